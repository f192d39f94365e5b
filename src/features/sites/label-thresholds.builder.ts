import type { Label } from './labels.js';

/** Test data: thresholds for individual labels, which a site can set instead of the threshold for `refusal`. */
export const LABEL_THRESHOLDS = {
  toxicity: { hold: 0.8 },
  severeToxicity: { hold: 0.6 },
  insult: { hold: 0.7 },
  threat: { hold: 0.4 },
  identityAttack: { hold: 0.6 },
  sexual: { hold: 0.7 },
  spam: { hold: 0.6 },
} as const satisfies Partial<Record<Label, { hold: number }>>;
