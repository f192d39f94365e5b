import type { EmailTexts } from './email-texts.js';

export const nl: EmailTexts = {
  reply: '{name} heeft u geantwoord',
  mention: '{name} heeft u genoemd',
  story: {
    one: '{n} nieuwe reactie op een artikel dat u volgt',
    other: '{n} nieuwe reacties op een artikel dat u volgt',
  },
  topic: {
    one: '{n} nieuwe reactie over {topic}',
    other: '{n} nieuwe reacties over {topic}',
  },
  newStory: 'Nieuw artikel over {topic}',
  published: 'Uw reactie is geplaatst',
  rejected: 'Uw reactie is niet geplaatst',
  removed: 'Uw reactie is verwijderd',
  upheld: 'Uw bezwaar: de beslissing blijft staan',
  overturned: 'Uw bezwaar: uw reactie is terug',
  commentUpdate: 'Nieuws over uw reactie',
  message: 'Een bericht van de moderatie',
  warned: 'De moderatie waarschuwt u',
  suspended: 'U kunt een tijd lang niet reageren',
  banned: 'U kunt niet meer reageren',
  reinstated: 'U kunt weer reageren zoals voorheen',
  accountUpdate: 'Nieuws over uw account',
  quote: '‘{text}’',
  lead: 'Uit de reacties van {site}:',
  digestLead: 'Nieuw in de reacties van {site}:',
  digestSubject: {
    one: '{n} nieuwtje in de reacties',
    other: '{n} nieuwtjes in de reacties',
  },
  reasonForEmail: 'U hebt {site} om deze e-mails gevraagd.',
  unsubscribe: 'Afmelden',
  confirmationSubject: 'Bevestig uw adres voor de reacties van {site}',
  confirmationBody:
    '{name} heeft {site} gevraagd meldingen over reacties naar dit adres te sturen.\n\nWas u dat, bevestig het dan hier:\n{url}\n\nWas u het niet, doe dan niets: er komen geen e-mails meer.',
  replyTo: '{name} aan {other}',
  authorSubject: {
    one: '{n} nieuwe reactie: {title}',
    other: '{n} nieuwe reacties: {title}',
  },
  authorLead: {
    one: '{n} nieuwe reactie onder uw artikel “{title}”:',
    other: '{n} nieuwe reacties onder uw artikel “{title}”, de nieuwste eerst:',
  },
  authorReadAll: 'Lees ze allemaal onder het artikel',
  authorReasonForEmail: 'U krijgt deze e-mails omdat {site} u noemt als auteur van dit artikel.',
  invalidLink: {
    title: 'Deze link werkt niet',
    lead: 'Hij is niet hier gemaakt, of er ontbreekt een stuk van. Kopieer hem in zijn geheel uit de e-mail.',
  },
  addressNotPending: {
    title: 'Dit adres hoeft niet meer te worden bevestigd',
    lead: 'Er is sindsdien een ander adres gekozen, of geen. Kies het opnieuw in uw instellingen voor meldingen.',
  },
  confirmPrompt: {
    title: 'Is dit uw adres?',
    lead: 'Meldingen over reacties op {site} worden naar {address} gestuurd.',
    button: 'Bevestigen',
  },
  unsubscribePrompt: {
    title: 'Afmelden?',
    lead: 'Er worden geen e-mails over reacties op {site} meer naar {address} gestuurd.',
    button: 'Afmelden',
  },
  confirmed: {
    title: 'Bevestigd',
    lead: 'Meldingen worden naar {address} gestuurd. U kunt deze pagina sluiten.',
  },
  unsubscribed: {
    title: 'Afgemeld',
    lead: 'Er worden geen e-mails over reacties meer naar {address} gestuurd.',
  },
  stopAuthorPrompt: {
    title: 'Afmelden?',
    lead: 'Er gaan geen e-mails over reacties onder uw artikelen op {site} meer naar {address}.',
    button: 'Afmelden',
  },
  stoppedAuthor: {
    title: 'Afgemeld',
    lead: 'Er gaan geen e-mails over reacties onder uw artikelen op {site} meer naar {address}.',
    button: 'Stuur ze weer',
  },
  resumeAuthorPrompt: {
    title: 'Weer ontvangen?',
    lead: 'E-mails over nieuwe reacties onder uw artikelen op {site} gaan naar {address}.',
    button: 'Stuur ze weer',
  },
  resumedAuthor: {
    title: 'Ze komen weer',
    lead: 'E-mails over nieuwe reacties onder uw artikelen op {site} gaan naar {address}. U kunt deze pagina sluiten.',
  },
  noticeReceivedSubject: 'We hebben uw melding {reference} ontvangen',
  noticeReceivedBody:
    '{site} heeft uw melding ontvangen dat een reactie illegaal is. Het kenmerk is {reference}. De moderatie beoordeelt de melding en laat u de beslissing op dit adres weten.\n\nBekijk op elk moment de status:\n{url}',
  noticeDecidedSubject: 'De beslissing over uw melding {reference}',
  noticeRemoved:
    'De moderatie van {site} heeft uw melding {reference} beoordeeld en besloten dat de reactie niet meer wordt getoond.',
  noticeNoAction:
    'De moderatie van {site} heeft uw melding {reference} beoordeeld en besloten niets te doen: de reactie blijft staan.',
  noticeRedress:
    'De beslissing is door een mens genomen. Bent u het er niet mee eens, dan kunt u {site} onder vermelding van {reference} om een nieuwe beoordeling vragen, naar een gecertificeerd orgaan voor buitengerechtelijke geschillenbeslechting gaan (artikel 21 van de digitaledienstenverordening) of naar de rechter.',
};
