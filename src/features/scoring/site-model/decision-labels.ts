import { SITE_LABELS, type SiteLabel } from './site-labels.js';

/** A person's decision about a text. */
export interface HumanVerdict {
  readonly refused: boolean;
  /** The code of one of the site's reasons; null if none was given. */
  readonly reason: string | null;
  /** The key of the last rule that decided about the text before the moderator did; null if none did. */
  readonly rule: string | null;
}

/** 1 if a label applies, 0 if it does not. A missing label is unknown, and nothing is learned about it. */
export type Labelled = Readonly<Partial<Record<SiteLabel, number>>>;

const NO_LABEL_APPLIES: Labelled = Object.fromEntries(SITE_LABELS.map((label) => [label, 0]));
const ABUSE: Labelled = { refusal: 1, toxicity: 1 };
// By the codes of the default reasons. An empty entry means that the reason says nothing about the labels, because no
// text model can detect it. Spam says nothing about `refusal`, which is about abuse.
const BY_REASON: Readonly<Record<string, Labelled>> = {
  abuse: { ...ABUSE, insult: 1 },
  hate: { ...ABUSE, identityAttack: 1 },
  threat: { ...ABUSE, threat: 1 },
  spam: { spam: 1 },
  language: { refusal: 1, profanity: 1 },
  'off-topic': {},
  'personal-data': {},
  illegal: {},
  // Also used for imported reasons without an equivalent here.
  other: {},
};
const BY_RULE: Readonly<Record<string, Labelled>> = {
  'score-refusal': ABUSE,
  'score-threat': { ...ABUSE, threat: 1 },
  'score-identity-attack': { ...ABUSE, identityAttack: 1 },
  'score-severe-toxicity': ABUSE,
  'score-insult': { ...ABUSE, insult: 1 },
  'score-sexual': { refusal: 1, sexual: 1 },
  'score-spam': { spam: 1 },
  'score-profanity': { refusal: 1, profanity: 1 },
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
 * listed here, only `refusal` and `toxicity` are set, because they cover all kinds of abuse.
 */
export function labelsOf({ refused, reason, rule }: HumanVerdict): Labelled {
  if (!refused) return NO_LABEL_APPLIES;
  if (reason !== null && Object.hasOwn(BY_REASON, reason)) return BY_REASON[reason];
  if (reason === null && rule !== null && Object.hasOwn(BY_RULE, rule)) return BY_RULE[rule];
  return ABUSE;
}
