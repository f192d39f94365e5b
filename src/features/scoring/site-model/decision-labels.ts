import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';

/** A person's decision about a text. */
export interface HumanVerdict {
  readonly refused: boolean;
  /** The code of one of the site's reasons; null if none was given. */
  readonly reason: string | null;
  /** The key of the rule that had held or published it; null if no rule applied. */
  readonly rule: string | null;
}

/** 1: it applies, 0: it does not; an absent label is unknown. */
export type Labelled = Readonly<Partial<Record<ModelLabel, number>>>;

const NOTHING_WRONG: Labelled = Object.fromEntries(MODEL_LABELS.map((label) => [label, 0]));
// By the codes of the default reasons. Some refuse a text for reasons that no text model can detect.
const BY_REASON: Readonly<Record<string, Labelled>> = {
  abuse: { toxicity: 1, insult: 1 },
  hate: { toxicity: 1, identityAttack: 1 },
  threat: { toxicity: 1, threat: 1 },
  spam: { spam: 1 },
  language: { profanity: 1 },
  'off-topic': {},
  'personal-data': {},
  illegal: {},
  // None of these: includes imported reasons without an equivalent here.
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
  repeat: {},
  flood: {},
  links: {},
  'personal-data': {},
  'off-language': {},
  'unscored-language': {},
};

/**
 * Derives labels from a decision. In an approved text no label applies, on this site. In a refused text the label of
 * the reason applies, otherwise that of the rule that held it, otherwise toxicity, which summarises the others.
 */
export function labelsOf({ refused, reason, rule }: HumanVerdict): Labelled {
  if (!refused) return NOTHING_WRONG;
  if (reason !== null && Object.hasOwn(BY_REASON, reason)) return BY_REASON[reason];
  if (reason === null && rule !== null && Object.hasOwn(BY_RULE, rule)) return BY_RULE[rule];
  return { toxicity: 1 };
}
