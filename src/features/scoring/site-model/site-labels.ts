import { MODEL_LABELS } from '../model/labels.js';

/** The labels that a site model can score, in the order of its weights. `refusal` is what the default policy holds by. */
export const SITE_LABELS = [...MODEL_LABELS, 'refusal'] as const;
export type SiteLabel = (typeof SITE_LABELS)[number];
