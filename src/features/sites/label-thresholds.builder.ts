import type { Label } from './labels.js';

/** For specs: thresholds for each kind of abuse, as a site may set them instead of the one for `refusal`. */
export const LABEL_THRESHOLDS = {
  toxicity: { hold: 0.8 },
  severeToxicity: { hold: 0.6 },
  insult: { hold: 0.7 },
  threat: { hold: 0.4 },
  identityAttack: { hold: 0.6 },
  sexual: { hold: 0.7 },
  spam: { hold: 0.6 },
} as const satisfies Partial<Record<Label, { hold: number }>>;
