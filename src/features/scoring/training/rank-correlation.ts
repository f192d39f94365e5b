/** Ranks from 1 to the number of values; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length).fill(0);
  for (let at = 0; at < order.length;) {
    let end = at;
    while (end < order.length && values[order[end]] === values[order[at]]) end++;
    for (let same = at; same < end; same++) ranks[order[same]] = (at + end + 1) / 2;
    at = end;
  }
  return ranks;
}

/** Spearman's rank correlation, from -1 to 1; 0 if all values of a list are equal. */
export function spearman(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [ranksOf(first), ranksOf(second)];
  const mean = (first.length + 1) / 2;
  let [both, aa, bb] = [0, 0, 0];
  a.forEach((rank, at) => {
    both += (rank - mean) * (b[at] - mean);
    aa += (rank - mean) ** 2;
    bb += (b[at] - mean) ** 2;
  });
  return aa > 0 && bb > 0 ? both / Math.sqrt(aa * bb) : 0;
}
