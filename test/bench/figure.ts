/** A measurement, and the value that it is compared with. */
export interface Figure {
  readonly name: string;
  /** Includes the unit, such as `12,345 req/s`. */
  readonly value: string;
  /** The same measurement of the ceiling, or a fixed limit. */
  readonly baseline: string;
  readonly ratio: number;
  /** The value must be at least (`>=`) or at most (`<=`) this ratio. */
  readonly target: { readonly operator: '>=' | '<='; readonly ratio: number };
}

/** Whether the measurement meets its target. */
export const meetsTarget = ({ ratio, target }: Figure): boolean =>
  target.operator === '>=' ? ratio >= target.ratio : ratio <= target.ratio;

export const formatNumber = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(value);

/**
 * Measures the product and the ceiling alternately, so that temporary load on the machine affects both.
 *
 * @returns the rates of the round with the median ratio
 */
export async function measureAlternately(
  rounds: number,
  product: (round: number) => Promise<number>,
  ceiling: (round: number) => Promise<number>,
): Promise<{ product: number; ceiling: number; ratio: number }> {
  const pairs: { product: number; ceiling: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const ceilingRate = await ceiling(round);
    pairs.push({ product: await product(round), ceiling: ceilingRate });
  }
  const sortedPairs = pairs
    .map((pair) => ({ ...pair, ratio: pair.product / pair.ceiling }))
    .sort((a, b) => a.ratio - b.ratio);
  return sortedPairs[Math.floor(sortedPairs.length / 2)];
}

export const throughputFigure = (
  name: string,
  { product, ceiling, ratio }: { product: number; ceiling: number; ratio: number },
  target: number,
): Figure => ({
  name,
  value: `${formatNumber(product)} req/s`,
  baseline: `${formatNumber(ceiling)} req/s`,
  ratio,
  target: { operator: '>=', ratio: target },
});
