import { readFileSync } from 'node:fs';
import { decodeEncoderFile, encodeEncoderFile } from './encoder-file.js';
import { decodeLayer, floatsOf, layerArrays, layerLogits, type LayerWeights } from './layer.js';

/** What the author of a text wants to do, however it is worded. */
export const INTENTS = [
  'putDown',
  'sexualRemark',
  'groupHate',
  'threat',
  'selfHarmBaiting',
  'selfHarm',
] as const;
export type Intent = (typeof INTENTS)[number];

export interface IntentHeadWeights extends LayerWeights {
  /** By intent, in the order of `INTENTS`: few harmless comments have a higher logit. */
  readonly limits: Float32Array;
}

const FILE = new URL('./intent-head.bin', import.meta.url);

/** Recognises intents by a text's embedding. */
export class IntentHead {
  constructor(private readonly weights: IntentHeadWeights) {}

  /** The shipped head. @throws {Error} if the file is missing or damaged */
  static load(): IntentHead {
    const { arrays } = decodeEncoderFile(readFileSync(FILE));
    return new IntentHead({ ...decodeLayer(arrays), limits: floatsOf(arrays, 'limits') });
  }

  static encode(weights: IntentHeadWeights): Uint8Array {
    return encodeEncoderFile({
      source: { model: 'Postbag intent head', package: 'postbag', license: 'Apache-2.0' },
      pieces: [...INTENTS],
      arrays: new Map([...layerArrays(weights), ['limits', weights.limits]]),
    });
  }

  /** @returns by intent, how far the logit is above its limit; negative: below it */
  margins(embedding: Float32Array): Record<Intent, number> {
    const logits = layerLogits(this.weights, embedding);
    return Object.fromEntries(
      INTENTS.map((intent, at) => [intent, logits[at] - this.weights.limits[at]]),
    ) as Record<Intent, number>;
  }
}

let shipped: IntentHead | undefined;

/** Of shorter texts, the meaning is too uncertain: "Put it over the fence." */
const MIN_WORDS = 8;

/**
 * The margins of the shipped head.
 *
 * @param embedding of the text; null if it was not encoded
 * @returns null if the text was not encoded or is too short
 */
export function intentMargins(text: string, embedding: Float32Array | null): Record<Intent, number> | null {
  if (!embedding || (text.match(/[\p{L}\p{M}'’]+/gu)?.length ?? 0) < MIN_WORDS) return null;
  return (shipped ??= IntentHead.load()).margins(embedding);
}
