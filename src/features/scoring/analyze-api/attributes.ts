import type { Label, QualityLabel } from '../scores.js';

/**
 * Attributes for the quality of a comment. Those of Comment Analyzer have other meanings, so these have names of their
 * own.
 */
const QUALITY_ATTRIBUTES = {
  ARGUMENT_QUALITY: 'argumentQuality',
  ON_TOPIC: 'onTopic',
  QUESTION: 'question',
  NEWSROOM: 'newsroom',
} as const satisfies Record<string, QualityLabel>;

/** Maps the attribute names of Comment Analyzer to our labels. */
const ATTRIBUTES = {
  TOXICITY: 'toxicity',
  SEVERE_TOXICITY: 'severeToxicity',
  INSULT: 'insult',
  PROFANITY: 'profanity',
  THREAT: 'threat',
  IDENTITY_ATTACK: 'identityAttack',
  SEXUALLY_EXPLICIT: 'sexual',
  SPAM: 'spam',
  ...QUALITY_ATTRIBUTES,
} as const satisfies Record<string, Label | QualityLabel>;

type BaseAttribute = keyof typeof ATTRIBUTES;
const EXPERIMENTAL = '_EXPERIMENTAL';
/**
 * As in the original API, every attribute can also be requested as experimental and is then returned under that name.
 */
export type Attribute = BaseAttribute | `${BaseAttribute}${typeof EXPERIMENTAL}`;

const baseName = (name: string): string =>
  name.endsWith(EXPERIMENTAL) ? name.slice(0, -EXPERIMENTAL.length) : name;

export const isAttribute = (name: string): name is Attribute => Object.hasOwn(ATTRIBUTES, baseName(name));

export const labelOf = (attribute: Attribute): Label | QualityLabel =>
  ATTRIBUTES[baseName(attribute) as BaseAttribute];

export const isQualityAttribute = (attribute: Attribute): boolean =>
  Object.hasOwn(QUALITY_ATTRIBUTES, baseName(attribute));
