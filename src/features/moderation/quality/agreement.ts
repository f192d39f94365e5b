import { estimate, type Estimate } from './estimates.js';

/**
 * Numbers of unordered pairs of answers by two people about the same text: both publish, both refuse, or different.
 */
export interface ReviewPairs {
  readonly publish: number;
  readonly refuse: number;
  readonly disagreements: number;
}

export interface Agreement {
  readonly pairs: number;
  readonly agreementRate: Estimate;
  /** Agreement beyond chance, at most 1; null: too few pairs, or all answers are the same. */
  readonly kappa: number | null;
}

/** Minimum number of pairs for a meaningful kappa. */
export const MIN_PAIRS = 20;

/**
 * Cohen's kappa (Cohen 1960). The order of the two answers has no meaning, so each pair is counted both ways and both
 * raters have the same shares.
 */
export function agreementOf({ publish, refuse, disagreements }: ReviewPairs): Agreement {
  const pairs = publish + refuse + disagreements;
  const agreementRate = estimate(publish + refuse, pairs);
  if (pairs < MIN_PAIRS) return { pairs, agreementRate, kappa: null };
  const shareOfPublish = (2 * publish + disagreements) / (2 * pairs);
  const expectedByChance = shareOfPublish ** 2 + (1 - shareOfPublish) ** 2;
  if (expectedByChance === 1) return { pairs, agreementRate, kappa: null };
  return {
    pairs,
    agreementRate,
    kappa: ((publish + refuse) / pairs - expectedByChance) / (1 - expectedByChance),
  };
}
