import type { EmailTexts } from './email-texts.js';

export const de: EmailTexts = {
  reply: '{name} hat Ihnen geantwortet',
  mention: '{name} hat Sie erwähnt',
  story: {
    one: '{n} neuer Kommentar zu einem Artikel, dem Sie folgen',
    other: '{n} neue Kommentare zu einem Artikel, dem Sie folgen',
  },
  topic: {
    one: '{n} neuer Kommentar zu {topic}',
    other: '{n} neue Kommentare zu {topic}',
  },
  newStory: 'Neuer Artikel über {topic}',
  published: 'Ihr Kommentar ist veröffentlicht',
  rejected: 'Ihr Kommentar wurde nicht veröffentlicht',
  removed: 'Ihr Kommentar wurde entfernt',
  upheld: 'Ihr Einspruch: Die Entscheidung bleibt',
  overturned: 'Ihr Einspruch: Ihr Kommentar ist wieder da',
  commentUpdate: 'Neues zu Ihrem Kommentar',
  message: 'Eine Nachricht der Moderation',
  warned: 'Die Moderation verwarnt Sie',
  suspended: 'Sie können einige Zeit nicht kommentieren',
  banned: 'Sie können nicht mehr kommentieren',
  reinstated: 'Sie können wieder wie zuvor kommentieren',
  accountUpdate: 'Neues zu Ihrem Konto',
  quote: '„{text}“',
  lead: 'Aus den Kommentaren von {site}:',
  digestLead: 'Neues in den Kommentaren von {site}:',
  digestSubject: {
    one: '{n} Neuigkeit in den Kommentaren',
    other: '{n} Neuigkeiten in den Kommentaren',
  },
  reasonForEmail: 'Sie haben diese E-Mails bei {site} bestellt.',
  unsubscribe: 'Abbestellen',
  confirmationSubject: 'Bestätigen Sie Ihre Adresse für die Kommentare von {site}',
  confirmationBody:
    '{name} hat {site} gebeten, Benachrichtigungen über Kommentare an diese Adresse zu senden.\n\nWenn Sie das waren, bestätigen Sie es hier:\n{url}\n\nWenn nicht, brauchen Sie nichts zu tun: Es kommen keine weiteren E-Mails.',
  replyTo: '{name} an {other}',
  authorSubject: {
    one: '{n} neuer Kommentar: {title}',
    other: '{n} neue Kommentare: {title}',
  },
  authorLead: {
    one: '{n} neuer Kommentar zu Ihrem Artikel „{title}“:',
    other: '{n} neue Kommentare zu Ihrem Artikel „{title}“, die neuesten zuerst:',
  },
  authorReadAll: 'Alle unter dem Artikel lesen',
  authorReasonForEmail:
    'Sie erhalten diese E-Mails, weil {site} Sie als Verfasserin oder Verfasser dieses Artikels nennt.',
  invalidLink: {
    title: 'Dieser Link funktioniert nicht',
    lead: 'Er stammt nicht von hier, oder ein Teil davon fehlt. Kopieren Sie ihn vollständig aus der E-Mail.',
  },
  addressNotPending: {
    title: 'Diese Adresse muss nicht mehr bestätigt werden',
    lead: 'Inzwischen wurde eine andere gewählt oder keine. Wählen Sie sie in Ihren Einstellungen für Benachrichtigungen noch einmal.',
  },
  confirmPrompt: {
    title: 'Ist das Ihre Adresse?',
    lead: 'Benachrichtigungen über Kommentare auf {site} werden an {address} gesendet.',
    button: 'Bestätigen',
  },
  unsubscribePrompt: {
    title: 'Abbestellen?',
    lead: 'An {address} werden keine E-Mails über Kommentare auf {site} mehr gesendet.',
    button: 'Abbestellen',
  },
  confirmed: {
    title: 'Bestätigt',
    lead: 'Benachrichtigungen werden an {address} gesendet. Sie können diese Seite schließen.',
  },
  unsubscribed: {
    title: 'Abbestellt',
    lead: 'An {address} werden keine E-Mails über Kommentare mehr gesendet.',
  },
  stopAuthorPrompt: {
    title: 'Abbestellen?',
    lead: 'An {address} werden keine E-Mails über Kommentare zu Ihren Artikeln auf {site} mehr gesendet.',
    button: 'Abbestellen',
  },
  stoppedAuthor: {
    title: 'Abbestellt',
    lead: 'An {address} werden keine E-Mails über Kommentare zu Ihren Artikeln auf {site} mehr gesendet.',
    button: 'Wieder senden',
  },
  resumeAuthorPrompt: {
    title: 'Wieder erhalten?',
    lead: 'E-Mails über neue Kommentare zu Ihren Artikeln auf {site} werden an {address} gesendet.',
    button: 'Wieder senden',
  },
  resumedAuthor: {
    title: 'Sie kommen wieder',
    lead: 'E-Mails über neue Kommentare zu Ihren Artikeln auf {site} werden an {address} gesendet. Sie können diese Seite schließen.',
  },
  noticeReceivedSubject: 'Wir haben Ihre Meldung {reference} erhalten',
  noticeReceivedBody:
    '{site} hat Ihre Meldung erhalten, dass ein Kommentar rechtswidrig ist. Ihr Aktenzeichen ist {reference}. Die Moderation prüft sie und teilt Ihnen die Entscheidung an diese Adresse mit.\n\nDen Stand können Sie jederzeit abrufen:\n{url}',
  noticeDecidedSubject: 'Die Entscheidung über Ihre Meldung {reference}',
  noticeRemoved:
    'Die Moderation von {site} hat Ihre Meldung {reference} geprüft und entschieden, dass der Kommentar nicht mehr angezeigt wird.',
  noticeNoAction:
    'Die Moderation von {site} hat Ihre Meldung {reference} geprüft und entschieden, nichts zu unternehmen: Der Kommentar bleibt.',
  noticeRedress:
    'Die Entscheidung hat ein Mensch getroffen. Wenn Sie nicht einverstanden sind, können Sie {site} unter Angabe von {reference} um eine erneute Prüfung bitten, sich an eine zertifizierte Stelle zur außergerichtlichen Streitbeilegung wenden (Artikel 21 des Gesetzes über digitale Dienste) oder vor Gericht gehen.',
};
