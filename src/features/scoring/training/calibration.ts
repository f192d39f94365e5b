/** `probability = sigmoid(slope * logit + offset)`. */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Platt scaling with smoothed targets, by Newton's method (Lin, Lin and Weng 2007).
 *
 * @param logits of texts that the model was not trained on
 * @param positive whether the label applies to each text, or to what degree (0 to 1)
 * @param weights the weight of each text
 */
export function calibrate(
  logits: ArrayLike<number>,
  positive: ArrayLike<boolean | number>,
  weights: ArrayLike<number> = new Float64Array(logits.length).fill(1),
): Calibration {
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < positive.length; i++) {
    positives += weights[i] * Number(positive[i]);
    negatives += weights[i] * (1 - Number(positive[i]));
  }
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < 60; step++) {
    let [gradientA, gradientB, aa, ab, bb] = [0, 0, 1e-9, 0, 1e-9];
    for (let i = 0; i < logits.length; i++) {
      const p = 1 / (1 + Math.exp(-(slope * logits[i] + offset)));
      const gap = weights[i] * (p - (low + (high - low) * Number(positive[i])));
      const curve = weights[i] * p * (1 - p);
      gradientA += gap * logits[i];
      gradientB += gap;
      aa += curve * logits[i] * logits[i];
      ab += curve * logits[i];
      bb += curve;
    }
    const determinant = aa * bb - ab * ab;
    const moveA = (bb * gradientA - ab * gradientB) / determinant;
    const moveB = (aa * gradientB - ab * gradientA) / determinant;
    // Half steps at first: far from the optimum the curve is flat, and a full step would overshoot.
    const stepSize = step < 5 ? 0.5 : 1;
    slope -= stepSize * moveA;
    offset -= stepSize * moveB;
    if (Math.abs(moveA) + Math.abs(moveB) < 1e-9) break;
  }
  return { slope, offset };
}
