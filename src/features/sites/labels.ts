/**
 * All labels that a comment is scored for. The first nine describe what the text says: a text model scores them, and
 * phases with rules can raise most of them. Each of the others is scored by a single phase. The list belongs to the
 * sites feature because site thresholds refer to it.
 *
 * - `toxicity` rude or hateful enough to make others leave; summarizes the labels below
 * - `severeToxicity` very strong toxicity, never reached by swearing alone
 * - `insult` belittles a person; scores higher when addressed to that person
 * - `profanity` swear words, whether or not they are aimed at somebody
 * - `threat` wishes or announces harm to somebody
 * - `identityAttack` slurs, and hate for people because of who they are
 * - `sexual` sexually explicit words
 * - `spam` advertising, scams, sexual solicitation
 * - `refusal` the probability that a moderator would refuse the comment for what it says; computed from the labels
 *   above
 * - `repeat` repeats what this reader, or many readers, posted recently
 * - `flood` too many comments in too short a time
 * - `links` more links than the site allows, a blocked or disguised domain, or a link from a new reader
 * - `personalData` somebody's email address, or telephone, card, account or identity number
 * - `shouting` all capitals
 * - `offLanguage` a language that the site does not accept
 * - `bannedWords` a word that the site's editors banned
 * - `suspectWords` a word that the site's editors want to review
 *
 * A new label also needs a default threshold in `policy.ts`, a name in `decision-rules.ts` and `rule-reason-text.ts`, and
 * in the console one in `score-labels.ts` and `suggest-reason.ts`.
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
  'refusal',
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

/**
 * Labels for the quality of a comment. They only order comments and suggest some to editors. No policy may hold, reject
 * or hide a comment because of them, so they are not of the type `Label`. Only English comments have them.
 *
 * - `argumentQuality` how well it argues, as people would rate it
 * - `onTopic` the probability that it is about its story or about the comment that it replies to
 * - `question` asks something that the newsroom or the author could answer
 * - `newsroom` corrects the article or tips the newsroom off
 */
export const QUALITY_LABELS = ['argumentQuality', 'onTopic', 'question', 'newsroom'] as const;

export type QualityLabel = (typeof QUALITY_LABELS)[number];
