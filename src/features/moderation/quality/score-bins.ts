/**
 * The lower ends of the bins in which scores are counted; a bin ends where the next one begins, the last one at 1. The
 * same as in the database's `score_bin`. They are close together at low scores, because most comments have them and the
 * default threshold of `refusal` is 0.08. Every default threshold is an edge, so that no bin is on both sides of one.
 */
export const BIN_EDGES: readonly number[] = [
  0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05, 0.055, 0.06, 0.065, 0.07, 0.075, 0.08,
  0.085, 0.09, 0.095, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.175, 0.2, 0.225, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
  0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995,
];
export const BINS = BIN_EDGES.length;

/** For people, several bins are combined. Each of these is one of `BIN_EDGES`. */
export const COMBINED_EDGES: readonly number[] = [
  0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95,
];

/** The bin of a score, 0 to `BINS - 1`. */
export const binOf = (score: number): number => BIN_EDGES.findLastIndex((edge) => edge <= score);
