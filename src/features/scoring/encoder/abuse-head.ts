import { readFileSync } from 'node:fs';
import { visibleText } from '../../../platform/visible-text.js';
import { blankAddresses } from '../lexicon/addresses.js';
import { MIN_MARKED_SCORE, withSeverity } from '../model/score-map.js';
import { logit, sigmoid, toValue, type ScoreMap } from '../scores.js';
import { decodeEncoderFile, encodeEncoderFile } from './encoder-file.js';
import { DIMENSIONS } from './sentence-encoder.js';

/** The labels for which the encoder improves on the n-gram model. */
export const HEAD_LABELS = ['toxicity', 'insult', 'threat', 'identityAttack', 'sexual'] as const;
export type HeadLabel = (typeof HEAD_LABELS)[number];

/** Multiplies the embedding: its length is 1, so each of its 512 numbers is small. */
export const INPUT_SCALE = 8;

/** How a label's logit is combined with that of the n-gram model: `slope * (ngram + weight * head) + offset`. */
export interface Blend {
  readonly weight: number;
  readonly slope: number;
  readonly offset: number;
  /** The head's mean logit, used for a text that was not encoded. */
  readonly mean: number;
}

export interface AbuseHeadWeights {
  /** `[DIMENSIONS, hidden]`, row by row. */
  readonly hiddenWeights: Float32Array;
  readonly hiddenBias: Float32Array;
  /** `[hidden, labels]`, row by row. */
  readonly outputWeights: Float32Array;
  readonly outputBias: Float32Array;
  /** In the order of `HEAD_LABELS`. */
  readonly blends: readonly Blend[];
}

const FILE = new URL('./abuse-head.bin', import.meta.url);
const WEIGHT_ARRAYS = ['hiddenWeights', 'hiddenBias', 'outputWeights', 'outputBias'] as const;
const BLEND_FIELDS = ['weight', 'slope', 'offset', 'mean'] as const;
/** Limit for the head's logits, negative ones too, so that the head cannot drown out the n-gram model. */
const MAX_LOGIT = 8;

/** The text for the encoder: as it is displayed, without addresses; null if it has no letters. */
export function textForEncoder(text: string): string | null {
  const words = visibleText(blankAddresses(text));
  return /\p{L}/u.test(words) ? words : null;
}

/** Scores a text from its embedding by one hidden layer. The sentence encoder itself is not trained. */
export class AbuseHead {
  private readonly hidden: Float32Array;

  constructor(private readonly weights: AbuseHeadWeights) {
    this.hidden = new Float32Array(weights.hiddenBias.length);
  }

  /** The shipped head. @throws {Error} if the file is missing or damaged */
  static load(): AbuseHead {
    const { arrays } = decodeEncoderFile(readFileSync(FILE));
    const floats = (name: string): Float32Array => {
      const array = arrays.get(name);
      if (!(array instanceof Float32Array)) throw new Error(`the abuse head has no ${name}`);
      return array;
    };
    const blend = floats('blends');
    return new AbuseHead({
      ...(Object.fromEntries(WEIGHT_ARRAYS.map((name) => [name, floats(name)])) as Record<
        (typeof WEIGHT_ARRAYS)[number],
        Float32Array
      >),
      blends: HEAD_LABELS.map((_, label) => {
        const [weight, slope, offset, mean] = blend.subarray(label * BLEND_FIELDS.length);
        return { weight, slope, offset, mean };
      }),
    });
  }

  static encode(weights: AbuseHeadWeights): Uint8Array {
    const blends = Float32Array.from(
      weights.blends.flatMap((blend) => BLEND_FIELDS.map((name) => blend[name])),
    );
    return encodeEncoderFile({
      source: { model: 'Postbag abuse head', package: 'postbag', license: 'Apache-2.0' },
      pieces: [],
      arrays: new Map([...WEIGHT_ARRAYS.map((name) => [name, weights[name]] as const), ['blends', blends]]),
    });
  }

  /** @returns the logit of each of `HEAD_LABELS` by the embedding alone */
  logits(embedding: Float32Array): Float64Array {
    const { hiddenWeights, hiddenBias, outputWeights, outputBias } = this.weights;
    const { hidden } = this;
    const width = hidden.length;
    hidden.set(hiddenBias);
    for (let row = 0; row < DIMENSIONS; row++) {
      const x = embedding[row] * INPUT_SCALE;
      for (let unit = 0; unit < width; unit++) hidden[unit] += x * hiddenWeights[row * width + unit];
    }
    const logits = Float64Array.from(outputBias);
    for (let unit = 0; unit < width; unit++) {
      if (hidden[unit] <= 0) continue;
      for (let label = 0; label < logits.length; label++)
        logits[label] += hidden[unit] * outputWeights[unit * logits.length + label];
    }
    return logits.map((value) => Math.min(MAX_LOGIT, Math.max(-MAX_LOGIT, value)));
  }

  /**
   * Combines the n-gram model's scores with those of the embedding. The spans stay those of the n-gram model, because
   * the encoder cannot tell which words caused its score.
   *
   * @param embedding null if the text was not encoded
   */
  blend(scores: ScoreMap, embedding: Float32Array | null): ScoreMap {
    const logits = embedding && this.logits(embedding);
    const blended: ScoreMap = { ...scores };
    for (const [at, label] of HEAD_LABELS.entries()) {
      const { value: ngram, spans } = scores[label] ?? { value: 0, spans: [] };
      const { weight, slope, offset, mean } = this.weights.blends[at];
      const value = sigmoid(slope * (logit(ngram) + weight * (logits?.[at] ?? mean)) + offset);
      blended[label] = { value: toValue(value), spans: value >= MIN_MARKED_SCORE ? spans : [] };
    }
    return withSeverity(blended);
  }
}
