import { BIN_EDGES } from './score-bins.js';

/** Comments by their score for a label. */
export interface ScoreBin {
  /** An index of `BIN_EDGES`. */
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

/** Nobody needs lower or higher ones. */
const [LOWEST, HIGHEST] = [0.015, 0.9];

/** @returns one effect per threshold, in ascending order; none if there are no comments */
export function thresholdEffects(bins: readonly ScoreBin[]): ThresholdEffect[] {
  const total = (of: 'comments' | 'sum', from: number): number =>
    bins.reduce((sum, bin) => (bin.bin >= from ? sum + bin[of] : sum), 0);
  const [comments, expected] = [total('comments', 0), total('sum', 0)];
  if (comments === 0) return [];
  return BIN_EDGES.flatMap((hold, bin) =>
    hold < LOWEST || hold > HIGHEST
      ? []
      : [
          {
            hold,
            held: total('comments', bin) / comments,
            missed: expected === 0 ? 0 : 1 - total('sum', bin) / expected,
          },
        ],
  );
}
