import { readFileSync } from 'node:fs';
import { visibleText } from '../../../platform/visible-text.js';
import { blankAddresses } from '../lexicon/addresses.js';
import { MIN_MARKED_SCORE, withSeverity } from '../model/score-map.js';
import { logit, sigmoid, toValue, type ScoreMap } from '../scores.js';
import { decodeEncoderFile, encodeEncoderFile } from './encoder-file.js';
import { decodeLayer, floatsOf, layerArrays, layerLogits, type LayerWeights } from './layer.js';

/** The labels for which the encoder improves on the n-gram model. */
export const HEAD_LABELS = ['toxicity', 'insult', 'threat', 'identityAttack', 'sexual'] as const;
export type HeadLabel = (typeof HEAD_LABELS)[number];

/** How a label's logit is combined with that of the n-gram model: `slope * (ngram + weight * head) + offset`. */
export interface Blend {
  readonly weight: number;
  readonly slope: number;
  readonly offset: number;
  /** The head's mean logit, used for a text that was not encoded. */
  readonly mean: number;
}

export interface AbuseHeadWeights extends LayerWeights {
  /** In the order of `HEAD_LABELS`. */
  readonly blends: readonly Blend[];
}

const FILE = new URL('./abuse-head.bin', import.meta.url);
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
  constructor(private readonly weights: AbuseHeadWeights) {}

  /** The shipped head. @throws {Error} if the file is missing or damaged */
  static load(): AbuseHead {
    const { arrays } = decodeEncoderFile(readFileSync(FILE));
    const blend = floatsOf(arrays, 'blends');
    return new AbuseHead({
      ...decodeLayer(arrays),
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
      arrays: new Map([...layerArrays(weights), ['blends', blends]]),
    });
  }

  /** @returns the logit of each of `HEAD_LABELS` by the embedding alone */
  logits(embedding: Float32Array): Float64Array {
    return layerLogits(this.weights, embedding).map((value) =>
      Math.min(MAX_LOGIT, Math.max(-MAX_LOGIT, value)),
    );
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
