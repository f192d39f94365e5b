/** Buckets per doubling of the time. A bucket spans 19 %, so a percentile is accurate to within a fifth. */
const PER_DOUBLING = 4;

export interface WaitingBucket {
  /** Bucket b: over 2^((b-1)/4) up to 2^(b/4) seconds; 0: up to one second. */
  readonly bucket: number;
  readonly decisions: number;
}

/**
 * The waiting time below which a share of decisions was made. Interpolates within the bucket on a logarithmic scale.
 *
 * @param share 0 to 1
 * @returns seconds; null if there are no decisions
 */
export function waitingPercentile(buckets: readonly WaitingBucket[], share: number): number | null {
  const sorted = [...buckets].filter(({ decisions }) => decisions > 0).sort((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, { decisions }) => sum + decisions, 0);
  let before = 0;
  for (const { bucket, decisions } of sorted) {
    const targetCount = share * total;
    if (before + decisions >= targetCount) {
      if (bucket === 0) return 1;
      return 2 ** ((bucket - 1 + (targetCount - before) / decisions) / PER_DOUBLING);
    }
    before += decisions;
  }
  return null;
}
