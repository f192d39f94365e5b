/** The scores of two scorers for one text, 0 to 1. */
export interface Pair {
  readonly from: number;
  readonly to: number;
}

export interface ThresholdFit {
  /** Texts that both scored. */
  readonly texts: number;
  /** Texts that the first scorer holds at its threshold. */
  readonly held: number;
  /** The threshold at which the second scorer holds the same share; null if the first holds none of the texts. */
  readonly threshold: number | null;
  /** 95 % confidence interval of the threshold, from the sample size; null if `threshold` is null. */
  readonly range: readonly [low: number, high: number] | null;
  /** Agreement of the two, with the second scorer at its new threshold. */
  readonly bothHold: number;
  readonly onlyFromHolds: number;
  readonly onlyToHolds: number;
  readonly neitherHolds: number;
  /** True if there are too few texts in total or on one side of the threshold to rely on it. */
  readonly isUncertain: boolean;
}

const MIN_COMPARED_TEXTS = 300;
const MIN_PER_KIND = 30;
const Z_95 = 1.96;

/**
 * Finds the threshold at which the second scorer holds as many texts as the first does at its own.
 *
 * @param heldFrom the first scorer holds a text whose score is at or above this
 */
export function fitThreshold(pairs: readonly Pair[], heldFrom: number): ThresholdFit {
  const texts = pairs.length;
  const held = pairs.filter(({ from }) => from >= heldFrom).length;
  const sorted = Float64Array.from(pairs, ({ to }) => to).sort();
  const threshold = held === 0 ? null : thresholdFor(sorted, held);
  // Margin of a binomial proportion, by the normal approximation.
  const margin = Z_95 * Math.sqrt(held * (1 - held / Math.max(1, texts)));
  const thresholdAt = (count: number): number =>
    thresholdFor(sorted, Math.min(texts, Math.max(1, Math.round(count))));
  const cells = { both: 0, from: 0, to: 0, neither: 0 };
  for (const { from, to } of pairs) {
    const [first, second] = [from >= heldFrom, threshold !== null && to >= threshold];
    cells[first ? (second ? 'both' : 'from') : second ? 'to' : 'neither']++;
  }
  return {
    texts,
    held,
    threshold,
    range: threshold === null ? null : [thresholdAt(held + margin), thresholdAt(held - margin)],
    bothHold: cells.both,
    onlyFromHolds: cells.from,
    onlyToHolds: cells.to,
    neitherHolds: cells.neither,
    isUncertain:
      texts < MIN_COMPARED_TEXTS || Math.min(held, cells.both + cells.to, texts - held) < MIN_PER_KIND,
  };
}

/**
 * Returns the threshold that comes closest to holding `count` texts. If two are equally close, returns the one that
 * holds more.
 *
 * @param sorted scores in ascending order
 * @param count from 1 to the number of scores
 */
function thresholdFor(sorted: Float64Array, count: number): number {
  const score = sorted[sorted.length - count];
  // Equal scores are either all held or all not held.
  const first = sorted.indexOf(score);
  const last = sorted.lastIndexOf(score);
  const heldWithTies = sorted.length - first;
  const heldWithoutTies = sorted.length - 1 - last;
  if (heldWithoutTies > 0 && count - heldWithoutTies < heldWithTies - count)
    return roundBetween(score, sorted[last + 1]);
  return roundBetween(first === 0 ? 0 : sorted[first - 1], score);
}

/** Returns a number with few digits above `low` and at most `high`, near their middle. */
function roundBetween(low: number, high: number): number {
  for (const digits of [100, 1_000]) {
    const middle = Math.ceil(((low + high) / 2) * digits) / digits;
    if (middle > low && middle <= high) return middle;
  }
  return high;
}
