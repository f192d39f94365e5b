import { estimate, type Estimate } from './estimates.js';

/**
 * Pairs of answers by two people about the same text, unordered: both said publish, both said refuse, or they differ.
 */
export interface ReviewPairs {
  readonly publish: number;
  readonly refuse: number;
  readonly apart: number;
}

export interface Agreement {
  readonly pairs: number;
  readonly agreed: Estimate;
  /** Agreement beyond chance, at most 1; null: too few pairs, or all answers are the same. */
  readonly kappa: number | null;
}

/** A kappa of fewer pairs means nothing. */
export const MIN_PAIRS = 20;

/**
 * Cohen's kappa (Cohen 1960). The order of the two answers has no meaning, so each pair is counted both ways and both
 * raters have the same shares.
 */
export function agreementOf({ publish, refuse, apart }: ReviewPairs): Agreement {
  const pairs = publish + refuse + apart;
  const agreed = estimate(publish + refuse, pairs);
  if (pairs < MIN_PAIRS) return { pairs, agreed, kappa: null };
  const shareOfPublish = (2 * publish + apart) / (2 * pairs);
  const byChance = shareOfPublish ** 2 + (1 - shareOfPublish) ** 2;
  if (byChance === 1) return { pairs, agreed, kappa: null };
  return { pairs, agreed, kappa: ((publish + refuse) / pairs - byChance) / (1 - byChance) };
}
