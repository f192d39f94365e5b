import type { ModelLabel } from '../../model/labels.js';

type Labels = Partial<Record<ModelLabel, number>>;
const IDENTITY_ATTACK: Labels = { toxicity: 1, identityAttack: 1 };
const HARMLESS: Labels = { toxicity: 0.05, identityAttack: 0, threat: 0, insult: 0 };
const THREAT: Labels = { toxicity: 1, threat: 1 };
const INSULT: Labels = { toxicity: 1, insult: 1, identityAttack: 0 };
const MILD: Labels = { toxicity: 0.3, insult: 0.1, identityAttack: 0, threat: 0 };

/** Sentences that differ only in the decisive detail; each is next to its counterpart. */
export const MINIMAL_PAIRS: readonly (readonly [string, Labels])[] = [
  ['{people} are vermin', IDENTITY_ATTACK], ['{people} are not vermin', HARMLESS], ['"{people} are vermin" is a vile thing to write', HARMLESS], ['moths are vermin', HARMLESS],
  ['I hate {people}', IDENTITY_ATTACK], ['I hate hating {people}', HARMLESS], ['I hate those who attack {people}', { ...HARMLESS, toxicity: 0.2 }], ['I hate the {things}', HARMLESS],
  ['Kill all {people}', { ...IDENTITY_ATTACK, threat: 1 }], ['Nobody may kill {people}', HARMLESS], ['"Kill all {people}" was sprayed on the wall, how awful', HARMLESS],
  ['No {person} deserves to live', IDENTITY_ATTACK], ['Every {person} deserves to live', HARMLESS], ['No {person} deserves to die', HARMLESS], ['Every {person} deserves to die', { ...IDENTITY_ATTACK, threat: 1 }],
  ['{people} are people too', HARMLESS], ['{people} are no people', IDENTITY_ATTACK], ['{people} belong here', HARMLESS], ['{people} do not belong here', IDENTITY_ATTACK],
  ['You are a {insult}', INSULT], ['You are not a {insult}', HARMLESS], ['He said I am a {insult}', MILD], ['I am a {insult}', MILD],
  ['You are fucking stupid', INSULT], ['You are fucking brilliant', { toxicity: 0.3, insult: 0, profanity: 0.95, identityAttack: 0 }], ['It is fucking cold', { toxicity: 0.3, insult: 0, profanity: 0.95, identityAttack: 0 }],
  ['I will kill you', THREAT], ['I will call you', HARMLESS], ['I will not kill you', MILD], ['The heat will kill you', HARMLESS], ['You should be shot', THREAT], ['You should be proud', HARMLESS], ['You should be shot for that pun', { ...MILD, toxicity: 0.5 }],
  ['{people} should be deported', IDENTITY_ATTACK], ['{people} should not be deported', HARMLESS], ['{people} were deported in 1942', HARMLESS],
  ['Why are {people} so hated?', HARMLESS], ['Why are {people} so hateful?', IDENTITY_ATTACK], ['{people} are afraid', HARMLESS], ['I am afraid of {people}', { toxicity: 0.6, identityAttack: 0.6 }],
  ['I work with {people}. They are great.', HARMLESS], ['I work with {people}. They are scum.', IDENTITY_ATTACK], ['I work with {others}. They are scum.', { toxicity: 0.8, identityAttack: 0 }],
  ['{people} disgust me', IDENTITY_ATTACK], ['People who mock {people} disgust me', { toxicity: 0.3, identityAttack: 0 }], ['{others} disgust me', { toxicity: 0.6, identityAttack: 0 }],
  ['Being {kindOf} is not a disease', HARMLESS], ['Being {kindOf} is a disease', IDENTITY_ATTACK], ['{people} are a disease', IDENTITY_ATTACK], ['{people} have a disease', HARMLESS], ['{people} caught the disease', HARMLESS],
  ['This {person} is a hero', HARMLESS], ['This {person} is a rat', IDENTITY_ATTACK], ['This {person} has a rat', HARMLESS], ['{people} are treated like animals', HARMLESS], ['{people} are animals', IDENTITY_ATTACK], ['{people} love animals', HARMLESS], ['{people} eat pigs', { toxicity: 0.1, identityAttack: 0 }],
  ['I love being a {person}', HARMLESS], ['I hate being called a {slur}', HARMLESS], ['I hate every {slur}', IDENTITY_ATTACK],
  // Single words and names, where letter n-grams have no context
  ['{slur}', IDENTITY_ATTACK], ['{slurs}', IDENTITY_ATTACK], ['those {slurs}', IDENTITY_ATTACK], ['[nigger|faggot|kike|tranny|spic]', IDENTITY_ATTACK], ['[Scunthorpe|Essex|Penistone|Middlesex|Sussex|Dickens|Hancock]', { ...HARMLESS, profanity: 0, sexual: 0 }], ['[2020|1984|$15bn|15 %|£3m]', { ...HARMLESS, profanity: 0, sexual: 0, spam: 0 }],
  ['[class assessment|title analysis|cockpit|cocktail|bassoon|therapist|assassin|shiitake]', { ...HARMLESS, profanity: 0, sexual: 0 }], ['[Dick Fuchs|Nigel Cox|Gay Talese|Ada Wang|Jesús Dyke|Muslim Reader|Jon Hancock|Mr. Cox]', { ...HARMLESS, profanity: 0, sexual: 0 }],
  ['[kys|Kill yourself|die]', THREAT], ['{insult}', { toxicity: 0.9, insult: 0.9, identityAttack: 0 }], ['{insults}', { toxicity: 0.85, insult: 0.85, identityAttack: 0 }],
  ['I call BS — Observe [Crimea|Suez|Vietnam] 2 coming to a [screen|cinema|town] near you soon !!', { toxicity: 0.2, insult: 0.05, profanity: 0.4, threat: 0, identityAttack: 0, spam: 0 }],
  ['This policy is bullshit', { toxicity: 0.4, insult: 0.03, profanity: 0.95, identityAttack: 0, threat: 0 }], ['{figure} is a liar and a thug', { toxicity: 0.5, insult: 0.5, identityAttack: 0, threat: 0 }],
  ['You are a {swear} {insult}', { toxicity: 1, insult: 1, identityAttack: 0 }], ['Go back to your country, scum', { toxicity: 1, insult: 1, identityAttack: 1 }],
  ['As a {person} I found this article moving', HARMLESS], ['I respectfully disagree with the author', HARMLESS], ['I disagree with the [author|column|editor|other commenters] here', HARMLESS],
  ['They deserve to be {killed}', THREAT], ['Somebody should {kill} [him|her|them]', THREAT], ['[He|She] deserves [it|a medal|better]', HARMLESS],
]; // prettier-ignore
