/** How well one label's scores agree with human labels; `positive` is a label of .5 and above. */
export interface Metrics {
  readonly rows: number;
  readonly positives: number;
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  readonly threshold: 0.5;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Expected calibration error over ten bins of equal width. */
  readonly ece: number;
}

/** ROC-AUC and average precision are null if all rows have the same label. */
export function measure(scores: readonly number[], positive: readonly boolean[]): Metrics {
  const order = scores.map((_, index) => index).sort((a, b) => scores[b] - scores[a]);
  const positives = positive.filter(Boolean).length;
  const negatives = scores.length - positives;
  let scoredHigher = 0;
  let auc = 0;
  let precisionSum = 0;
  let recallBefore = 0;
  // Equal scores are a single step, because their order is arbitrary.
  for (let at = 0; at < order.length;) {
    let end = at;
    let hits = 0;
    while (end < order.length && scores[order[end]] === scores[order[at]]) if (positive[order[end++]]) hits++;
    const misses = end - at - hits;
    auc += misses * (scoredHigher + hits / 2);
    scoredHigher += hits;
    const recall = positives > 0 ? scoredHigher / positives : 0;
    precisionSum += (recall - recallBefore) * (scoredHigher / end);
    recallBefore = recall;
    at = end;
  }
  let found = 0;
  let correct = 0;
  scores.forEach((score, index) => {
    if (score < 0.5) return;
    found++;
    if (positive[index]) correct++;
  });
  const precision = found > 0 ? correct / found : 0;
  const recall = positives > 0 ? correct / positives : 0;
  const hasBothClasses = positives > 0 && negatives > 0;
  return {
    rows: scores.length,
    positives,
    rocAuc: hasBothClasses ? auc / (positives * negatives) : null,
    averagePrecision: positives > 0 ? precisionSum : null,
    threshold: 0.5,
    precision,
    recall,
    f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0,
    ece: calibrationError(scores, positive),
  };
}

const BINS = 10;
function calibrationError(scores: readonly number[], positive: readonly boolean[]): number {
  const sums = Array.from({ length: BINS }, () => ({ score: 0, positives: 0 }));
  scores.forEach((score, index) => {
    const bin = sums[Math.min(BINS - 1, Math.floor(score * BINS))];
    bin.score += score;
    if (positive[index]) bin.positives++;
  });
  const gaps = sums.reduce((sum, bin) => sum + Math.abs(bin.score - bin.positives), 0);
  return scores.length > 0 ? gaps / scores.length : 0;
}
