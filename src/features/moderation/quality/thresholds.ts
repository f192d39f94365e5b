import { weightedEstimate, type Estimate } from './estimates.js';
import { BIN_EDGES, BINS, binOf } from './score-bins.js';

/** Minimum number of reviewed texts on the automated side of a threshold. */
export const MIN_REVIEWED = 100;

/** Reviewed texts from one source, by score. */
export interface ReviewedBin {
  /** An index of `BIN_EDGES`: scores from there (inclusive) up to the next edge (exclusive). */
  readonly bin: number;
  readonly published: number;
  readonly refused: number;
  /** Number of texts that each reviewed text represents. */
  readonly weight: number;
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  /** Share refused by people among texts with such a score. */
  readonly refused: Estimate;
}

export interface Suggestion {
  /**
   * `hold`: comments at or above it should be reviewed by people. `reject`: comments at or above it need no review.
   */
  readonly kind: 'hold' | 'reject';
  /** The acceptable error, 0 to 1. */
  readonly wantedError: number;
  /**
   * `enough`: the whole interval is within the acceptable error; `not-enough`: too little data; `none`: no threshold
   * has an acceptable error.
   */
  readonly state: 'enough' | 'not-enough' | 'none';
  readonly threshold: number | null;
  /**
   * For `hold`: share that people would refuse below it. For `reject`: share that people would publish at or above
   * it.
   */
  readonly error: Estimate;
}

/** @param edges where the ranges of combined bins begin: some of `BIN_EDGES`, from 0, ascending */
export function calibrationOf(bins: readonly ReviewedBin[], edges: readonly number[]): CalibrationBin[] {
  return edges.map((from, index) => {
    const to = edges[index + 1] ?? 1;
    const [first, end] = [binOf(from), index + 1 < edges.length ? binOf(to) : BINS];
    return { from, to, refused: refusedShare(bins.filter(({ bin }) => bin >= first && bin < end)) };
  });
}

/**
 * Finds the threshold that automates the most decisions with an acceptable error. It requires at least 100 reviewed
 * texts on the automated side of the threshold, and the whole interval within the error.
 */
export function suggest(
  bins: readonly ReviewedBin[],
  kind: Suggestion['kind'],
  wantedError: number,
): Suggestion {
  // Prefer the highest `hold` and the lowest `reject`: try from that end and take the first threshold within the error.
  const candidates = Array.from({ length: BINS - 1 }, (_, n) => n + 1).map((edge) => ({
    threshold: BIN_EDGES[edge],
    error:
      kind === 'hold'
        ? refusedShare(bins.filter(({ bin }) => bin < edge))
        : publishedShare(bins.filter(({ bin }) => bin >= edge)),
  }));
  if (kind === 'hold') candidates.reverse();
  const cutoff = candidates.find(
    ({ error }) => error.of >= MIN_REVIEWED && error.high !== null && error.high <= wantedError,
  );
  if (cutoff) return { kind, wantedError, state: 'enough', ...cutoff };
  const withinError = candidates.find(({ error }) => error.value !== null && error.value <= wantedError);
  if (withinError)
    return { kind, wantedError, state: 'not-enough', threshold: null, error: withinError.error };
  const total = kind === 'hold' ? refusedShare(bins) : publishedShare(bins);
  const state = total.of < MIN_REVIEWED ? 'not-enough' : 'none';
  return { kind, wantedError, state, threshold: null, error: total };
}

const refusedShare = (bins: readonly ReviewedBin[]): Estimate =>
  withoutEffectiveSize(
    weightedEstimate(
      bins.map(({ published, refused, weight }) => ({ count: refused, of: published + refused, weight })),
    ),
  );
const publishedShare = (bins: readonly ReviewedBin[]): Estimate =>
  withoutEffectiveSize(
    weightedEstimate(
      bins.map(({ published, refused, weight }) => ({ count: published, of: published + refused, weight })),
    ),
  );

const withoutEffectiveSize = ({ effective: _, ...estimate }: Estimate & { effective: number }): Estimate =>
  estimate;
