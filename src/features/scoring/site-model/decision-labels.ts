import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';

/** A person's decision about a text. */
export interface HumanVerdict {
  readonly refused: boolean;
  /** The code of one of the site's reasons; null if none was given. */
  readonly reason: string | null;
  /** The key of the last rule that decided about the text before the moderator did; null if none did. */
  readonly rule: string | null;
}

/** 1 if a label applies, 0 if it does not. A missing label is unknown, and nothing is learned about it. */
export type Labelled = Readonly<Partial<Record<ModelLabel, number>>>;

const NOTHING_WRONG: Labelled = Object.fromEntries(MODEL_LABELS.map((label) => [label, 0]));
// By the codes of the default reasons. An empty entry means that the reason says nothing about the labels, because no
// text model can detect it.
const BY_REASON: Readonly<Record<string, Labelled>> = {
  abuse: { toxicity: 1, insult: 1 },
  hate: { toxicity: 1, identityAttack: 1 },
  threat: { toxicity: 1, threat: 1 },
  spam: { spam: 1 },
  language: { profanity: 1 },
  'off-topic': {},
  'personal-data': {},
  illegal: {},
  // Also used for imported reasons without an equivalent here.
  other: {},
};
const BY_RULE: Readonly<Record<string, Labelled>> = {
  'score-threat': { toxicity: 1, threat: 1 },
  'score-identity-attack': { toxicity: 1, identityAttack: 1 },
  'score-severe-toxicity': { toxicity: 1 },
  'score-insult': { toxicity: 1, insult: 1 },
  'score-sexual': { sexual: 1 },
  'score-spam': { spam: 1 },
  'score-profanity': { profanity: 1 },
  // Held by the product from which the comment was imported.
  'imported-spam': { spam: 1 },
  'self-harm': {},
  repeat: {},
  flood: {},
  links: {},
  'personal-data': {},
  'off-language': {},
  'unscored-language': {},
};

/**
 * Derives labels from a decision. An approved text has none of the labels, on this site. A refused text gets the
 * labels of the moderator's reason or, if no reason was given, those of the rule. If that reason or rule is not
 * listed here, only `toxicity` is set, because it covers all kinds of abuse.
 */
export function labelsOf({ refused, reason, rule }: HumanVerdict): Labelled {
  if (!refused) return NOTHING_WRONG;
  if (reason !== null && Object.hasOwn(BY_REASON, reason)) return BY_REASON[reason];
  if (reason === null && rule !== null && Object.hasOwn(BY_RULE, rule)) return BY_RULE[rule];
  return { toxicity: 1 };
}
