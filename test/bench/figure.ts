/** A measurement and what it is compared with. */
export interface Figure {
  readonly name: string;
  /** Includes the unit, such as `12,345 req/s`. */
  readonly value: string;
  /** The same measurement of the ceiling, or what the machine provides. */
  readonly baseline: string;
  readonly ratio: number;
  /** The value must be at least (`>=`) or at most (`<=`) this ratio. */
  readonly target: { readonly operator: '>=' | '<='; readonly ratio: number };
}

export const holds = ({ ratio, target }: Figure): boolean =>
  target.operator === '>=' ? ratio >= target.ratio : ratio <= target.ratio;

export const count = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(value);

/**
 * Measures two servers alternately, so that a noisy minute affects both. Returns the rates of each server's median
 * round.
 */
export async function alternate(
  rounds: number,
  ours: (round: number) => Promise<number>,
  theirs: (round: number) => Promise<number>,
): Promise<{ ours: number; theirs: number; ratio: number }> {
  const pairs: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const ceiling = await theirs(round);
    pairs.push({ ours: await ours(round), theirs: ceiling });
  }
  const sortedPairs = pairs
    .map((pair) => ({ ...pair, ratio: pair.ours / pair.theirs }))
    .sort((a, b) => a.ratio - b.ratio);
  return sortedPairs[Math.floor(sortedPairs.length / 2)];
}

export const rateFigure = (
  name: string,
  { ours, theirs, ratio }: { ours: number; theirs: number; ratio: number },
  target: number,
): Figure => ({
  name,
  value: `${count(ours)} req/s`,
  baseline: `${count(theirs)} req/s`,
  ratio,
  target: { operator: '>=', ratio: target },
});
