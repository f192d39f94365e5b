import type { Label } from '../scores.js';

/** What outside clients ask for, by the names that Comment Analyzer gave them, and what we call it. */
export const ATTRIBUTES = {
  TOXICITY: 'toxicity',
  SEVERE_TOXICITY: 'severeToxicity',
  INSULT: 'insult',
  PROFANITY: 'profanity',
  THREAT: 'threat',
  IDENTITY_ATTACK: 'identityAttack',
  SEXUALLY_EXPLICIT: 'sexual',
  SPAM: 'spam',
} as const satisfies Record<string, Label>;

export type Attribute = keyof typeof ATTRIBUTES;

export const isAttribute = (name: string): name is Attribute => Object.hasOwn(ATTRIBUTES, name);
