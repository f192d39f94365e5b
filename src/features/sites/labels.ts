/**
 * Everything a comment is scored for. The first eight are what a text model judges, the others are facts
 * that a phase of their own finds out. The list lives with the sites because their thresholds name it.
 *
 * - `toxicity` rude or hateful enough to make others leave; the summary of the labels below
 * - `severeToxicity` the same so strong that swearing alone never reaches it
 * - `insult` belittles a person; stronger when it is said to that person
 * - `profanity` swear words, whoever they are for
 * - `threat` wishes or announces harm to somebody
 * - `identityAttack` slurs, and hate for people because of who they are
 * - `sexual` explicit sexual words
 * - `spam` advertising, scams, come-ons
 * - `repeat` says what this reader, or many readers, posted a short while ago
 * - `flood` too many comments in too short a time
 * - `links` more links than the site allows, a blocked or disguised domain, a new reader's link
 * - `personalData` somebody's e-mail address, telephone, card, account or identity number
 * - `shouting` capitals throughout
 * - `offLanguage` a language that the site does not take
 * - `bannedWords` a word that the site's editors banned
 * - `suspectWords` a word that the site's editors want to look at
 */
export const LABELS = [
  'toxicity',
  'severeToxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
  'repeat',
  'flood',
  'links',
  'personalData',
  'shouting',
  'offLanguage',
  'bannedWords',
  'suspectWords',
] as const;

export type Label = (typeof LABELS)[number];
