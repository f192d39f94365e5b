import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';

/** What a person decided about a text. */
export interface HumanVerdict {
  readonly refused: boolean;
  /** A code of the site's reasons; null: none was given. */
  readonly reason: string | null;
  /** The key of the rule that had held it, or let it pass; null: none had a say. */
  readonly rule: string | null;
}

/** 1: it applies, 0: it does not; a label that is absent is unknown. */
export type Labelled = Readonly<Partial<Record<ModelLabel, number>>>;

const NOTHING_WRONG: Labelled = Object.fromEntries(MODEL_LABELS.map((label) => [label, 0]));
// By the codes of the default reasons. Some say that the text is refused for what no text model judges.
const BY_REASON: Readonly<Record<string, Labelled>> = {
  abuse: { toxicity: 1, insult: 1 },
  hate: { toxicity: 1, identityAttack: 1 },
  threat: { toxicity: 1, threat: 1 },
  spam: { spam: 1 },
  language: { profanity: 1 },
  'off-topic': {},
  'personal-data': {},
  illegal: {},
  // Something else than all of these: an import's reasons that have no place among ours end here.
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
  // Held by the product that the comment was imported from.
  'imported-spam': { spam: 1 },
  repeat: {},
  flood: {},
  links: {},
  'personal-data': {},
  'off-language': {},
  'unscored-language': {},
};

/**
 * What a decision says about the text. What was let through has nothing wrong with it, on this site. What was refused
 * has what the reason names, else what the rule that held it named, else it was too rude: toxicity is what sums up.
 */
export function labelsOf({ refused, reason, rule }: HumanVerdict): Labelled {
  if (!refused) return NOTHING_WRONG;
  if (reason !== null && Object.hasOwn(BY_REASON, reason)) return BY_REASON[reason];
  if (reason === null && rule !== null && Object.hasOwn(BY_RULE, rule)) return BY_RULE[rule];
  return { toxicity: 1 };
}
