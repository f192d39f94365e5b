import type { Label } from '../scores.js';

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
} as const satisfies Record<string, Label>;

type Known = keyof typeof ATTRIBUTES;
const EXPERIMENTAL = '_EXPERIMENTAL';
/**
 * As in the original API, every attribute can also be requested as experimental and is then returned under that name.
 */
export type Attribute = Known | `${Known}${typeof EXPERIMENTAL}`;

const known = (name: string): string =>
  name.endsWith(EXPERIMENTAL) ? name.slice(0, -EXPERIMENTAL.length) : name;

export const isAttribute = (name: string): name is Attribute => Object.hasOwn(ATTRIBUTES, known(name));

export const labelOf = (attribute: Attribute): Label => ATTRIBUTES[known(attribute) as Known];
