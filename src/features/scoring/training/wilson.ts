/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * Wilson's score interval (Wilson 1927), which stays within 0 to 1 and is valid for few or no hits.
 *
 * @param share 0 to 1
 * @param of sample size; may be a fraction if the items have weights
 */
export function wilson(share: number, of: number): readonly [low: number, high: number] {
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
