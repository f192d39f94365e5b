import type { ModelLabel } from '../../model/labels.js';

type Labels = Partial<Record<ModelLabel, number>>;
const YES: Labels = { toxicity: 1, identityAttack: 1 };
const NO: Labels = { toxicity: 0.05, identityAttack: 0, threat: 0, insult: 0 };
const THREAT: Labels = { toxicity: 1, threat: 1 };
const INSULT: Labels = { toxicity: 1, insult: 1, identityAttack: 0 };
const MILD: Labels = { toxicity: 0.3, insult: 0.1, identityAttack: 0, threat: 0 };

/** Sentences that differ only in the decisive detail; each is next to its counterpart. */
export const MINIMAL_PAIRS: readonly (readonly [string, Labels])[] = [
  ['{people} are vermin', YES], ['{people} are not vermin', NO], ['"{people} are vermin" is a vile thing to write', NO], ['moths are vermin', NO],
  ['I hate {people}', YES], ['I hate hating {people}', NO], ['I hate those who attack {people}', { ...NO, toxicity: 0.2 }], ['I hate the {things}', NO],
  ['Kill all {people}', { ...YES, threat: 1 }], ['Nobody may kill {people}', NO], ['"Kill all {people}" was sprayed on the wall, how awful', NO],
  ['No {person} deserves to live', YES], ['Every {person} deserves to live', NO], ['No {person} deserves to die', NO], ['Every {person} deserves to die', { ...YES, threat: 1 }],
  ['{people} are people too', NO], ['{people} are no people', YES], ['{people} belong here', NO], ['{people} do not belong here', YES],
  ['You are a {insult}', INSULT], ['You are not a {insult}', NO], ['He said I am a {insult}', MILD], ['I am a {insult}', MILD],
  ['You are fucking stupid', INSULT], ['You are fucking brilliant', { toxicity: 0.3, insult: 0, profanity: 0.95, identityAttack: 0 }], ['It is fucking cold', { toxicity: 0.3, insult: 0, profanity: 0.95, identityAttack: 0 }],
  ['I will kill you', THREAT], ['I will call you', NO], ['I will not kill you', MILD], ['The heat will kill you', NO], ['You should be shot', THREAT], ['You should be proud', NO], ['You should be shot for that pun', { ...MILD, toxicity: 0.5 }],
  ['{people} should be deported', YES], ['{people} should not be deported', NO], ['{people} were deported in 1942', NO],
  ['Why are {people} so hated?', NO], ['Why are {people} so hateful?', YES], ['{people} are afraid', NO], ['I am afraid of {people}', { toxicity: 0.6, identityAttack: 0.6 }],
  ['I work with {people}. They are great.', NO], ['I work with {people}. They are scum.', YES], ['I work with {others}. They are scum.', { toxicity: 0.8, identityAttack: 0 }],
  ['{people} disgust me', YES], ['People who mock {people} disgust me', { toxicity: 0.3, identityAttack: 0 }], ['{others} disgust me', { toxicity: 0.6, identityAttack: 0 }],
  ['Being {kindOf} is not a disease', NO], ['Being {kindOf} is a disease', YES], ['{people} are a disease', YES], ['{people} have a disease', NO], ['{people} caught the disease', NO],
  ['This {person} is a hero', NO], ['This {person} is a rat', YES], ['This {person} has a rat', NO], ['{people} are treated like animals', NO], ['{people} are animals', YES], ['{people} love animals', NO], ['{people} eat pigs', { toxicity: 0.1, identityAttack: 0 }],
  ['I love being a {person}', NO], ['I hate being called a {slur}', NO], ['I hate every {slur}', YES],
  // Single words and names, where letter n-grams have no context
  ['{slur}', YES], ['{slurs}', YES], ['those {slurs}', YES], ['[nigger|faggot|kike|tranny|spic]', YES], ['[Scunthorpe|Essex|Penistone|Middlesex|Sussex|Dickens|Hancock]', { ...NO, profanity: 0, sexual: 0 }], ['[2020|1984|$15bn|15 %|£3m]', { ...NO, profanity: 0, sexual: 0, spam: 0 }],
  ['[class assessment|title analysis|cockpit|cocktail|bassoon|therapist|assassin|shiitake]', { ...NO, profanity: 0, sexual: 0 }], ['[Dick Fuchs|Nigel Cox|Gay Talese|Ada Wang|Jesús Dyke|Muslim Reader|Jon Hancock|Mr. Cox]', { ...NO, profanity: 0, sexual: 0 }],
  ['[kys|Kill yourself|die]', THREAT], ['{insult}', { toxicity: 0.9, insult: 0.9, identityAttack: 0 }], ['{insults}', { toxicity: 0.85, insult: 0.85, identityAttack: 0 }],
  ['I call BS — Observe [Crimea|Suez|Vietnam] 2 coming to a [screen|cinema|town] near you soon !!', { toxicity: 0.2, insult: 0.05, profanity: 0.4, threat: 0, identityAttack: 0, spam: 0 }],
  ['This policy is bullshit', { toxicity: 0.4, insult: 0.03, profanity: 0.95, identityAttack: 0, threat: 0 }], ['{figure} is a liar and a thug', { toxicity: 0.5, insult: 0.5, identityAttack: 0, threat: 0 }],
  ['You are a {swear} {insult}', { toxicity: 1, insult: 1, identityAttack: 0 }], ['Go back to your country, scum', { toxicity: 1, insult: 1, identityAttack: 1 }],
  ['As a {person} I found this article moving', NO], ['I respectfully disagree with the author', NO], ['I disagree with the [author|column|editor|other commenters] here', NO],
  ['They deserve to be {killed}', THREAT], ['Somebody should {kill} [him|her|them]', THREAT], ['[He|She] deserves [it|a medal|better]', NO],
]; // prettier-ignore
