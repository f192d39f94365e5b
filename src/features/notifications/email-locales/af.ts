import type { EmailTexts } from './email-texts.js';

export const af: EmailTexts = {
  reply: '{name} het jou geantwoord',
  mention: '{name} het jou genoem',
  story: {
    one: '{n} nuwe kommentaar op ’n storie wat jy volg',
    other: '{n} nuwe kommentare op ’n storie wat jy volg',
  },
  topic: {
    one: '{n} nuwe kommentaar oor {topic}',
    other: '{n} nuwe kommentare oor {topic}',
  },
  newStory: 'Nuwe storie oor {topic}',
  published: 'Jou kommentaar is gepubliseer',
  rejected: 'Jou kommentaar is nie gepubliseer nie',
  removed: 'Jou kommentaar is verwyder',
  upheld: 'Jou appèl: die besluit staan',
  overturned: 'Jou appèl: jou kommentaar is terug',
  commentUpdate: 'Nuus oor jou kommentaar',
  message: '’n Boodskap van die moderators',
  warned: 'Die moderators waarsku jou',
  suspended: 'Jy kan ’n tyd lank nie kommentaar lewer nie',
  banned: 'Jy kan nie meer kommentaar lewer nie',
  reinstated: 'Jy kan weer soos voorheen kommentaar lewer',
  accountUpdate: 'Nuus oor jou rekening',
  quote: '“{text}”',
  lead: 'Uit die kommentare van {site}:',
  digestLead: 'Wat nuut is in die kommentare van {site}:',
  digestSubject: {
    one: '{n} nuwe ding in die kommentare',
    other: '{n} nuwe dinge in die kommentare',
  },
  reasonForEmail: 'Jy het {site} vir hierdie e-posse gevra.',
  unsubscribe: 'Staak dit',
  confirmationSubject: 'Bevestig jou adres vir die kommentare van {site}',
  confirmationBody:
    '{name} het {site} gevra om kennisgewings oor kommentare na hierdie adres te stuur.\n\nAs dit jy was, bevestig dit hier:\n{url}\n\nAs dit nie jy was nie, doen niks: daar kom geen e-posse meer nie.',
  replyTo: '{name} aan {other}',
  authorSubject: {
    one: '{n} nuwe kommentaar: {title}',
    other: '{n} nuwe kommentare: {title}',
  },
  authorLead: {
    one: '{n} nuwe kommentaar onder jou artikel “{title}”:',
    other: '{n} nuwe kommentare onder jou artikel “{title}”, die nuutstes eerste:',
  },
  authorReadAll: 'Lees almal onder die artikel',
  authorReasonForEmail: 'Jy kry hierdie e-posse omdat {site} jou as skrywer van hierdie artikel noem.',
  invalidLink: {
    title: 'Hierdie skakel werk nie',
    lead: 'Dit is nie hier gemaak nie, of ’n deel daarvan ontbreek. Kopieer dit in sy geheel uit die e-pos.',
  },
  addressNotPending: {
    title: 'Hierdie adres hoef nie meer bevestig te word nie',
    lead: 'Intussen is ’n ander adres gekies, of geen. Kies dit weer in jou kennisgewinginstellings.',
  },
  confirmPrompt: {
    title: 'Is dit jou adres?',
    lead: 'Kennisgewings oor kommentare op {site} sal na {address} gestuur word.',
    button: 'Bevestig',
  },
  unsubscribePrompt: {
    title: 'Staak die e-posse?',
    lead: 'Geen e-posse oor kommentare op {site} sal meer na {address} gestuur word nie.',
    button: 'Staak dit',
  },
  confirmed: {
    title: 'Bevestig',
    lead: 'Kennisgewings sal na {address} gestuur word. Jy kan hierdie bladsy toemaak.',
  },
  unsubscribed: {
    title: 'Die e-posse is gestaak',
    lead: 'Geen e-posse oor kommentare word meer na {address} gestuur nie.',
  },
  stopAuthorPrompt: {
    title: 'Teken uit?',
    lead: 'Geen e-posse oor kommentare onder jou artikels op {site} sal meer na {address} gestuur word nie.',
    button: 'Teken uit',
  },
  stoppedAuthor: {
    title: 'Uitgeteken',
    lead: 'Geen e-posse oor kommentare onder jou artikels op {site} word meer na {address} gestuur nie.',
    button: 'Stuur hulle weer',
  },
  resumeAuthorPrompt: {
    title: 'Weer ontvang?',
    lead: 'E-posse oor nuwe kommentare onder jou artikels op {site} sal na {address} gestuur word.',
    button: 'Stuur hulle weer',
  },
  resumedAuthor: {
    title: 'Hulle kom weer',
    lead: 'E-posse oor nuwe kommentare onder jou artikels op {site} word na {address} gestuur. Jy kan hierdie bladsy toemaak.',
  },
  noticeReceivedSubject: 'Ons het u kennisgewing {reference} ontvang',
  noticeReceivedBody:
    '{site} het u kennisgewing ontvang dat ’n kommentaar onwettig is. Die verwysing is {reference}. ’n Moderator sal dit nagaan en ons sal die besluit na hierdie adres stuur.\n\nLees enige tyd wat die stand is:\n{url}',
  noticeDecidedSubject: 'Die besluit oor u kennisgewing {reference}',
  noticeRemoved:
    '’n Moderator van {site} het u kennisgewing {reference} nagegaan en besluit dat die kommentaar nie meer gewys word nie.',
  noticeNoAction:
    '’n Moderator van {site} het u kennisgewing {reference} nagegaan en besluit om niks te doen nie: die kommentaar bly.',
  noticeRedress:
    '’n Mens het die besluit geneem. As u nie saamstem nie, kan u {site} met die verwysing {reference} vra om dit te heroorweeg, na ’n gesertifiseerde liggaam vir geskilbeslegting buite die hof gaan (Artikel 21 van die Wet op Digitale Dienste), of hof toe gaan.',
};
