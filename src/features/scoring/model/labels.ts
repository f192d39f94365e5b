/**
 * The labels that the model scores, in the order of the weights in its file. Severe toxicity is derived from them.
 */
export const MODEL_LABELS = [
  'toxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
] as const;
export type ModelLabel = (typeof MODEL_LABELS)[number];
