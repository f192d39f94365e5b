/** A share with what it stands on. Where it stands on nothing, it is not known: null. */
export interface Estimate {
  /** So many of `of`. */
  readonly count: number;
  readonly of: number;
  /** 0 to 1; with weights, of what the counted ones stand for. */
  readonly value: number | null;
  /** The Wilson interval: with 95 % confidence the share is not below `low`, nor above `high`. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The normal distribution's quantile for a two-sided 95 %. */
const Z = 1.959964;

/**
 * Wilson's score interval (Wilson 1927), which stays inside 0 to 1 and says something of few and of none.
 *
 * @param share 0 to 1
 * @param of on how many it stands; may be a fraction where they weigh differently
 */
export function wilson(share: number, of: number): readonly [low: number, high: number] {
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

export function estimate(count: number, of: number): Estimate {
  if (of === 0) return { count, of, value: null, low: null, high: null };
  const [low, high] = wilson(count / of, of);
  return { count, of, value: count / of, low, high };
}

/** A group of which each stands for `weight` like it. */
export interface WeightedCount {
  readonly count: number;
  readonly of: number;
  readonly weight: number;
}

/**
 * A share over groups that stand for unequal parts of a whole: each counts by its weight, and the interval by Kish's
 * effective number, (Σw)² / Σw², so that few with a great weight are not taken for many.
 */
export function weightedEstimate(
  groups: readonly WeightedCount[],
): Estimate & { readonly effective: number } {
  let [count, of, weight, squares, hits] = [0, 0, 0, 0, 0];
  for (const group of groups) {
    count += group.count;
    of += group.of;
    weight += group.of * group.weight;
    squares += group.of * group.weight * group.weight;
    hits += group.count * group.weight;
  }
  if (of === 0 || weight === 0) return { count, of, value: null, low: null, high: null, effective: 0 };
  const effective = (weight * weight) / squares;
  const value = hits / weight;
  const [low, high] = wilson(value, effective);
  return { count, of, value, low, high, effective };
}
