/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * Wilson's score interval (Wilson 1927), which stays within 0 to 1 and is valid for few or no hits.
 *
 * @param share 0 to 1
 * @param sampleSize may be a fraction if the items have weights
 */
export function wilson(share: number, sampleSize: number): readonly [low: number, high: number] {
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * sampleSize)) / (1 + z2 / sampleSize);
  const half =
    (Z / (1 + z2 / sampleSize)) *
    Math.sqrt((share * (1 - share)) / sampleSize + z2 / (4 * sampleSize * sampleSize));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
