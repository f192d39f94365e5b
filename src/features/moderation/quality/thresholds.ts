import { weightedEstimate, type Estimate } from './estimates.js';

/** Fiftieths of the scale, as the database has them. */
export const BINS = 50;
/** A threshold stands on at least so many judged texts on its side. */
export const MIN_REVIEWED = 100;

/** Texts of one source that people judged, by score. */
export interface ReviewedBin {
  /** From bin/50 up to (bin + 1)/50. */
  readonly bin: number;
  readonly published: number;
  readonly refused: number;
  /** Texts like it that each stands for. */
  readonly weight: number;
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  /** Of the texts with such a score, how many people refuse. */
  readonly refused: Estimate;
}

export interface Suggestion {
  /** `hold`: from where on people should look; `reject`: from where on nobody need. */
  readonly kind: 'hold' | 'reject';
  readonly wantedError: number;
  /** `enough`: the whole interval is within the wanted error; `not-enough`: there is too little to say; `none`: no threshold gives it. */
  readonly state: 'enough' | 'not-enough' | 'none';
  readonly threshold: number | null;
  /** Below a hold: what people would refuse. From a reject on: what people would publish. */
  readonly error: Estimate;
}

/** @param width in fiftieths */
export function calibrationOf(bins: readonly ReviewedBin[], width: number): CalibrationBin[] {
  return Array.from({ length: BINS / width }, (_, n) => {
    const inside = bins.filter(({ bin }) => Math.floor(bin / width) === n);
    return { from: (n * width) / BINS, to: ((n + 1) * width) / BINS, refused: refusedOf(inside) };
  });
}

/**
 * The threshold that lets the machine do most within a wanted error. It is believed where at least 100 judged texts
 * lie on its side and the whole interval is within the error: few texts suggest nothing.
 */
export function suggest(
  bins: readonly ReviewedBin[],
  kind: Suggestion['kind'],
  wantedError: number,
): Suggestion {
  // Of a hold the highest, of a reject the lowest: from both ends towards the one that is too far.
  const tried = Array.from({ length: BINS - 1 }, (_, n) => n + 1).map((edge) => ({
    threshold: edge / BINS,
    error:
      kind === 'hold'
        ? refusedOf(bins.filter(({ bin }) => bin < edge))
        : publishedOf(bins.filter(({ bin }) => bin >= edge)),
  }));
  if (kind === 'hold') tried.reverse();
  const within = tried.find(
    ({ error }) => error.of >= MIN_REVIEWED && error.high !== null && error.high <= wantedError,
  );
  if (within) return { kind, wantedError, state: 'enough', ...within };
  const hopeful = tried.find(({ error }) => error.value !== null && error.value <= wantedError);
  if (hopeful) return { kind, wantedError, state: 'not-enough', threshold: null, error: hopeful.error };
  const total = kind === 'hold' ? refusedOf(bins) : publishedOf(bins);
  const state = total.of < MIN_REVIEWED ? 'not-enough' : 'none';
  return { kind, wantedError, state, threshold: null, error: total };
}

const refusedOf = (bins: readonly ReviewedBin[]): Estimate =>
  plain(
    weightedEstimate(
      bins.map(({ published, refused, weight }) => ({ count: refused, of: published + refused, weight })),
    ),
  );
const publishedOf = (bins: readonly ReviewedBin[]): Estimate =>
  plain(
    weightedEstimate(
      bins.map(({ published, refused, weight }) => ({ count: published, of: published + refused, weight })),
    ),
  );

const plain = ({ effective: _, ...estimate }: Estimate & { effective: number }): Estimate => estimate;
