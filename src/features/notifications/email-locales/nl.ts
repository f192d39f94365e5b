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
  news: 'Nieuws over uw reactie',
  message: 'Een bericht van de moderatie',
  warned: 'De moderatie waarschuwt u',
  suspended: 'U kunt een tijd lang niet reageren',
  banned: 'U kunt niet meer reageren',
  reinstated: 'U kunt weer reageren zoals voorheen',
  accountNews: 'Nieuws over uw account',
  quote: '‘{text}’',
  lead: 'Uit de reacties van {site}:',
  digestLead: 'Nieuw in de reacties van {site}:',
  things: {
    one: '{n} nieuwtje in de reacties',
    other: '{n} nieuwtjes in de reacties',
  },
  why: 'U hebt {site} om deze e-mails gevraagd.',
  unsubscribe: 'Afmelden',
  askSubject: 'Bevestig uw adres voor de reacties van {site}',
  ask: '{name} heeft {site} gevraagd meldingen over reacties naar dit adres te sturen.\n\nWas u dat, bevestig het dan hier:\n{url}\n\nWas u het niet, doe dan niets: er komen geen e-mails meer.',
  replyTo: '{name} aan {other}',
  authorSubject: {
    one: '{n} nieuwe reactie: {title}',
    other: '{n} nieuwe reacties: {title}',
  },
  authorLead: {
    one: '{n} nieuwe reactie onder uw artikel “{title}”:',
    other: '{n} nieuwe reacties onder uw artikel “{title}”, de nieuwste eerst:',
  },
  authorAll: 'Lees ze allemaal onder het artikel',
  authorWhy: 'U krijgt deze e-mails omdat {site} u noemt als auteur van dit artikel.',
  noSuchLink: {
    title: 'Deze link werkt niet',
    lead: 'Hij is niet hier gemaakt, of er ontbreekt een stuk van. Kopieer hem in zijn geheel uit de e-mail.',
  },
  otherAddress: {
    title: 'Dit adres hoeft niet meer te worden bevestigd',
    lead: 'Er is sindsdien een ander adres gekozen, of geen. Kies het opnieuw in uw instellingen voor meldingen.',
  },
  askConfirm: {
    title: 'Is dit uw adres?',
    lead: 'Meldingen over reacties op {site} worden naar {address} gestuurd.',
    button: 'Bevestigen',
  },
  askUnsubscribe: {
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
  askStopAuthor: {
    title: 'Afmelden?',
    lead: 'Er gaan geen e-mails over reacties onder uw artikelen op {site} meer naar {address}.',
    button: 'Afmelden',
  },
  stoppedAuthor: {
    title: 'Afgemeld',
    lead: 'Er gaan geen e-mails over reacties onder uw artikelen op {site} meer naar {address}.',
    button: 'Stuur ze weer',
  },
  askResumeAuthor: {
    title: 'Weer ontvangen?',
    lead: 'E-mails over nieuwe reacties onder uw artikelen op {site} gaan naar {address}.',
    button: 'Stuur ze weer',
  },
  resumedAuthor: {
    title: 'Ze komen weer',
    lead: 'E-mails over nieuwe reacties onder uw artikelen op {site} gaan naar {address}. U kunt deze pagina sluiten.',
  },
};
