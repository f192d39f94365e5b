/** Comments whose score for a label is in `[bin / 100, (bin + 1) / 100)`. */
export interface ScoreBin {
  readonly bin: number;
  readonly comments: number;
  /** Sum of the scores. */
  readonly sum: number;
}

/** The effect that a threshold would have had on some comments. Scores are taken as accurate probabilities. */
export interface ThresholdEffect {
  readonly hold: number;
  /** Share of the comments at or above it. */
  readonly held: number;
  /** Expected share below it among the comments that the label applies to. */
  readonly missed: number;
}

/** In hundredths. Low thresholds are closer together, because most comments have low scores. */
const THRESHOLDS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90];

/** @returns one effect per threshold, in ascending order; none if there are no comments */
export function thresholdEffects(bins: readonly ScoreBin[]): ThresholdEffect[] {
  const total = (of: 'comments' | 'sum', from: number): number =>
    bins.reduce((sum, bin) => (bin.bin >= from ? sum + bin[of] : sum), 0);
  const [comments, expected] = [total('comments', 0), total('sum', 0)];
  if (comments === 0) return [];
  return THRESHOLDS.map((from) => ({
    hold: from / 100,
    held: total('comments', from) / comments,
    missed: expected === 0 ? 0 : 1 - total('sum', from) / expected,
  }));
}
