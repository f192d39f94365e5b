import type { Label } from '../scores.js';

/**
 * A scorer that can be compared with another one: `local` (what currently scores the site's comments: the shipped
 * model, combined with the site's own model and the operator's where they are in effect), one of these three alone,
 * or `external:<key>`.
 */
export type ScorerRef = (typeof LOCAL_SCORERS)[number] | `external:${string}`;
export const LOCAL_SCORERS = ['local', 'shipped', 'site-model', 'custom-model'] as const;

export const LOCAL_NAMES: Readonly<Record<(typeof LOCAL_SCORERS)[number], string>> = {
  local: 'The local model',
  shipped: 'The shipped model alone',
  'site-model': 'The site’s own model',
  'custom-model': 'The operator’s model (MODEL_DIR)',
};

/** Labels that every local scorer scores or may score. */
export const COMPARED_LABELS = [
  'refusal',
  'toxicity',
  'severeToxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
] as const satisfies readonly Label[];
export type ComparedLabel = (typeof COMPARED_LABELS)[number];

const EXTERNAL = 'external:';

/** @returns the key of an external scorer; null for a local one */
export const externalKeyOf = (ref: string): string | null =>
  ref.startsWith(EXTERNAL) ? ref.slice(EXTERNAL.length) : null;

export const externalRef = (key: string): ScorerRef => `${EXTERNAL}${key}`;
