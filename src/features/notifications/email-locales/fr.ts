import type { EmailTexts } from './email-texts.js';

export const fr: EmailTexts = {
  reply: '{name} vous a répondu',
  mention: '{name} vous a mentionné',
  story: {
    one: '{n} nouveau commentaire sur un article que vous suivez',
    many: '{n} nouveaux commentaires sur un article que vous suivez',
    other: '{n} nouveaux commentaires sur un article que vous suivez',
  },
  topic: {
    one: '{n} nouveau commentaire sur {topic}',
    many: '{n} nouveaux commentaires sur {topic}',
    other: '{n} nouveaux commentaires sur {topic}',
  },
  newStory: 'Nouvel article sur {topic}',
  published: 'Votre commentaire est publié',
  rejected: 'Votre commentaire n’a pas été publié',
  removed: 'Votre commentaire a été retiré',
  upheld: 'Votre recours : la décision est maintenue',
  overturned: 'Votre recours : votre commentaire est rétabli',
  commentUpdate: 'Du nouveau sur votre commentaire',
  message: 'Un message de la modération',
  warned: 'La modération vous adresse un avertissement',
  suspended: 'Vous ne pouvez pas commenter pendant quelque temps',
  banned: 'Vous ne pouvez plus commenter',
  reinstated: 'Vous pouvez commenter comme avant',
  accountUpdate: 'Du nouveau sur votre compte',
  quote: '« {text} »',
  lead: 'Dans les commentaires de {site} :',
  digestLead: 'Du nouveau dans les commentaires de {site} :',
  digestSubject: {
    one: '{n} nouveauté dans les commentaires',
    many: '{n} nouveautés dans les commentaires',
    other: '{n} nouveautés dans les commentaires',
  },
  reasonForEmail: 'Vous avez demandé ces e-mails à {site}.',
  unsubscribe: 'Se désabonner',
  confirmationSubject: 'Confirmez votre adresse pour les commentaires de {site}',
  confirmationBody:
    '{name} a demandé à {site} d’envoyer à cette adresse des notifications sur les commentaires.\n\nSi c’était vous, confirmez-le ici :\n{url}\n\nSinon, ne faites rien : aucun autre e-mail ne viendra.',
  replyTo: '{name} à {other}',
  authorSubject: {
    one: '{n} nouveau commentaire : {title}',
    many: '{n} nouveaux commentaires : {title}',
    other: '{n} nouveaux commentaires : {title}',
  },
  authorLead: {
    one: '{n} nouveau commentaire sous votre article « {title} » :',
    many: '{n} nouveaux commentaires sous votre article « {title} », les plus récents d’abord :',
    other: '{n} nouveaux commentaires sous votre article « {title} », les plus récents d’abord :',
  },
  authorReadAll: 'Tous les lire sous l’article',
  authorReasonForEmail: 'Vous recevez ces e-mails parce que {site} vous indique comme auteur de cet article.',
  invalidLink: {
    title: 'Ce lien ne fonctionne pas',
    lead: 'Il n’a pas été créé ici, ou il en manque une partie. Copiez-le en entier depuis l’e-mail.',
  },
  addressNotPending: {
    title: 'Cette adresse n’est plus à confirmer',
    lead: 'Une autre a été choisie depuis, ou aucune. Choisissez-la de nouveau dans vos réglages de notification.',
  },
  confirmPrompt: {
    title: 'Est-ce votre adresse ?',
    lead: 'Les notifications sur les commentaires de {site} seront envoyées à {address}.',
    button: 'Confirmer',
  },
  unsubscribePrompt: {
    title: 'Se désabonner ?',
    lead: 'Plus aucun e-mail sur les commentaires de {site} ne sera envoyé à {address}.',
    button: 'Se désabonner',
  },
  confirmed: {
    title: 'Adresse confirmée',
    lead: 'Les notifications seront envoyées à {address}. Vous pouvez fermer cette page.',
  },
  unsubscribed: {
    title: 'Désabonnement fait',
    lead: 'Plus aucun e-mail sur les commentaires n’est envoyé à {address}.',
  },
  stopAuthorPrompt: {
    title: 'Se désabonner ?',
    lead: 'Plus aucun e-mail sur les commentaires de vos articles sur {site} ne sera envoyé à {address}.',
    button: 'Se désabonner',
  },
  stoppedAuthor: {
    title: 'Désabonné',
    lead: 'Plus aucun e-mail sur les commentaires de vos articles sur {site} n’est envoyé à {address}.',
    button: 'Les envoyer de nouveau',
  },
  resumeAuthorPrompt: {
    title: 'Les recevoir de nouveau ?',
    lead: 'Des e-mails sur les nouveaux commentaires de vos articles sur {site} seront envoyés à {address}.',
    button: 'Les envoyer de nouveau',
  },
  resumedAuthor: {
    title: 'Ils reviennent',
    lead: 'Les e-mails sur les nouveaux commentaires de vos articles sur {site} sont envoyés à {address}. Vous pouvez fermer cette page.',
  },
  noticeReceivedSubject: 'Nous avons reçu votre signalement {reference}',
  noticeReceivedBody:
    '{site} a reçu votre signalement d’un commentaire illicite. Sa référence est {reference}. La modération va l’examiner et vous communiquera sa décision à cette adresse.\n\nConsultez son état à tout moment :\n{url}',
  noticeDecidedSubject: 'La décision sur votre signalement {reference}',
  noticeRemoved:
    'La modération de {site} a examiné votre signalement {reference} et a décidé que le commentaire n’est plus affiché.',
  noticeNoAction:
    'La modération de {site} a examiné votre signalement {reference} et a décidé de ne pas intervenir : le commentaire reste.',
  noticeRedress:
    'La décision a été prise par une personne. Si vous la contestez, vous pouvez demander à {site} un nouvel examen en indiquant la référence {reference}, saisir un organe certifié de règlement extrajudiciaire des litiges (article 21 du règlement sur les services numériques) ou aller en justice.',
};
