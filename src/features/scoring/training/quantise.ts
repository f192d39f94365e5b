import { stepsOf } from '../model/model-file.js';

const MAX_BYTE = 127;
// Destructured because Jest runs specs in vm contexts, where every access to a global is slow.
const { abs, floor, max, min, sqrt } = Math;

/**
 * Quantises a block's weights to signed bytes, with the step that loses least on actual texts. The few larger weights
 * are clipped.
 *
 * @param from and `to` bound the block of features, `[from, to)`
 * @param frequency number of texts that contain each feature
 * @param bytes the output, `[feature * labels + label]`
 * @param labels the number of labels in it
 * @returns the size of one step
 */
export function quantise(
  trained: Float32Array,
  [from, to]: readonly [number, number],
  frequency: Uint32Array,
  bytes: Int8Array,
  label: number,
  labels: number,
): number {
  let largest = 0;
  for (let feature = from; feature < to; feature++) largest = max(largest, abs(trained[feature]));
  let best = { step: largest / stepsOf(MAX_BYTE) || 1, loss: Infinity };
  for (let clip = 1; clip > 0.1; clip *= 0.93) {
    const step = (largest * clip) / stepsOf(MAX_BYTE) || 1;
    let loss = 0;
    for (let feature = from; feature < to; feature++)
      if (frequency[feature] > 0)
        loss += frequency[feature] * (trained[feature] - stepsOf(byteOf(trained[feature], step)) * step) ** 2;
    if (loss < best.loss) best = { step, loss };
  }
  for (let feature = from; feature < to; feature++)
    bytes[feature * labels + label] = byteOf(trained[feature], best.step);
  return best.step;
}

/** The byte with the nearest number of steps. */
function byteOf(weight: number, step: number): number {
  const steps = abs(weight) / step;
  const lower = min(MAX_BYTE, floor(sqrt(steps)));
  const byte = lower < MAX_BYTE && steps - stepsOf(lower) > stepsOf(lower + 1) - steps ? lower + 1 : lower;
  return weight < 0 ? -byte : byte;
}
