import { wilson } from '../../scoring/training/wilson.js';

/** A share with the counts that it is based on. The value is null if the sample is empty. */
export interface Estimate {
  /** `count` out of `of`. */
  readonly count: number;
  readonly of: number;
  /** 0 to 1. With weights, the weighted share. */
  readonly value: number | null;
  /** Bounds of the 95 % Wilson interval. */
  readonly low: number | null;
  readonly high: number | null;
}

export function estimate(count: number, of: number): Estimate {
  if (of === 0) return { count, of, value: null, low: null, high: null };
  const [low, high] = wilson(count / of, of);
  return { count, of, value: count / of, low, high };
}

/** A group in which each item represents `weight` items. */
export interface WeightedCount {
  readonly count: number;
  readonly of: number;
  readonly weight: number;
}

/**
 * A weighted share over groups that represent unequal parts of a whole. The interval is based on Kish's effective sample
 * size, (Σw)² / Σw², because a few items with a large weight are not as informative as many items.
 *
 * @returns the estimate and the effective sample size
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
