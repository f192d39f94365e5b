import type { Label } from '../scores.js';

/** What outside clients ask for, by the names that Comment Analyzer gave them, and what we call it. */
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
/** Every attribute may also be asked for as experimental, as in the original, and is then answered under that name. */
export type Attribute = Known | `${Known}${typeof EXPERIMENTAL}`;

const known = (name: string): string =>
  name.endsWith(EXPERIMENTAL) ? name.slice(0, -EXPERIMENTAL.length) : name;

export const isAttribute = (name: string): name is Attribute => Object.hasOwn(ATTRIBUTES, known(name));

export const labelOf = (attribute: Attribute): Label => ATTRIBUTES[known(attribute) as Known];
