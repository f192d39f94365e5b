import { sigmoid } from '../scores.js';
import { shuffle } from './random.js';

const HIDDEN = 64;
const EPOCHS = 14;
const BATCH = 256;
const LEARNING_RATE = 0.002;
const WEIGHT_DECAY = 0.001;
const DROPOUT = 0.2;
const INITIAL_SCALE = 3;

export interface LayerTrainingSet {
  /** Numbers per row of `inputs`. */
  readonly width: number;
  /** Numbers per row of `targets` and `weights`. */
  readonly labels: number;
  /** `[rows, width]`, scaled so that a number is about 1. */
  readonly inputs: Float32Array;
  /** `[rows, labels]`, from 0 to 1; the weight of an unknown label is 0. */
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

export interface HiddenLayer {
  /** `[width, hidden]`, row by row. */
  readonly hiddenWeights: Float32Array;
  readonly hiddenBias: Float32Array;
  /** `[hidden, labels]`, row by row. */
  readonly outputWeights: Float32Array;
  readonly outputBias: Float32Array;
}

/** A normally distributed random number (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** One array of weights with the state of Adam. */
class Parameters {
  readonly gradients: Float32Array;
  private readonly means: Float32Array;
  private readonly squares: Float32Array;

  constructor(
    readonly values: Float32Array,
    private readonly decay: number,
  ) {
    this.gradients = new Float32Array(values.length);
    this.means = new Float32Array(values.length);
    this.squares = new Float32Array(values.length);
  }

  step(rate: number, time: number): void {
    const { values, gradients, means, squares, decay } = this;
    const meanScale = 1 / (1 - 0.9 ** time);
    const squareScale = 1 / (1 - 0.999 ** time);
    for (let i = 0; i < values.length; i++) {
      const gradient = gradients[i] + decay * values[i];
      means[i] = 0.9 * means[i] + 0.1 * gradient;
      squares[i] = 0.999 * squares[i] + 0.001 * gradient * gradient;
      values[i] -= (rate * means[i] * meanScale) / (Math.sqrt(squares[i] * squareScale) + 1e-8);
      gradients[i] = 0;
    }
  }
}

/**
 * Trains one hidden layer with rectifiers and dropout and a logistic output per label, by Adam with a cosine schedule.
 * The same data and random numbers give the same weights.
 */
export function fitHiddenLayer(
  { width, labels, inputs, targets, weights }: LayerTrainingSet,
  random: () => number,
  onProgress?: (line: string) => void,
): HiddenLayer {
  const initial = (length: number, scale: number): Float32Array =>
    Float32Array.from({ length }, () => normal(random) * scale);
  const hiddenWeights = new Parameters(
    initial(width * HIDDEN, INITIAL_SCALE / Math.sqrt(width)),
    WEIGHT_DECAY,
  );
  const hiddenBias = new Parameters(new Float32Array(HIDDEN), 0);
  const outputWeights = new Parameters(initial(HIDDEN * labels, 1 / Math.sqrt(HIDDEN)), WEIGHT_DECAY);
  const outputBias = new Parameters(new Float32Array(labels), 0);
  const rows = inputs.length / width;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const steps = EPOCHS * Math.floor(rows / BATCH);
  const hidden = new Float32Array(HIDDEN);
  const hiddenErrors = new Float32Array(HIDDEN);
  let time = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (let from = 0; from + BATCH <= rows; from += BATCH) {
      time++;
      for (let i = from; i < from + BATCH; i++) addGradients(order[i]);
      const rate = LEARNING_RATE * 0.5 * (1 + Math.cos((Math.PI * time) / steps));
      for (const parameters of [hiddenWeights, hiddenBias, outputWeights, outputBias])
        parameters.step(rate, time);
    }
    onProgress?.(`epoch ${epoch + 1} of ${EPOCHS}`);
  }
  return {
    hiddenWeights: hiddenWeights.values,
    hiddenBias: hiddenBias.values,
    outputWeights: outputWeights.values,
    outputBias: outputBias.values,
  };

  function addGradients(row: number): void {
    const input = row * width;
    hidden.set(hiddenBias.values);
    for (let d = 0; d < width; d++) {
      const x = inputs[input + d];
      const at = d * HIDDEN;
      for (let unit = 0; unit < HIDDEN; unit++) hidden[unit] += x * hiddenWeights.values[at + unit];
    }
    for (let unit = 0; unit < HIDDEN; unit++)
      hidden[unit] = hidden[unit] > 0 && random() >= DROPOUT ? hidden[unit] / (1 - DROPOUT) : 0;
    hiddenErrors.fill(0);
    for (let label = 0; label < labels; label++) {
      const weight = weights[row * labels + label];
      if (weight === 0) continue;
      let sum = outputBias.values[label];
      for (let unit = 0; unit < HIDDEN; unit++)
        sum += hidden[unit] * outputWeights.values[unit * labels + label];
      const error = ((sigmoid(sum) - targets[row * labels + label]) * weight) / BATCH;
      outputBias.gradients[label] += error;
      for (let unit = 0; unit < HIDDEN; unit++) {
        if (hidden[unit] === 0) continue;
        outputWeights.gradients[unit * labels + label] += error * hidden[unit];
        hiddenErrors[unit] += (error * outputWeights.values[unit * labels + label]) / (1 - DROPOUT);
      }
    }
    for (let unit = 0; unit < HIDDEN; unit++) hiddenBias.gradients[unit] += hiddenErrors[unit];
    for (let d = 0; d < width; d++) {
      const x = inputs[input + d];
      const at = d * HIDDEN;
      for (let unit = 0; unit < HIDDEN; unit++) hiddenWeights.gradients[at + unit] += x * hiddenErrors[unit];
    }
  }
}
