import { AbuseHead, textForEncoder } from './encoder/abuse-head.js';
import { SentenceEncoder } from './encoder/sentence-encoder.js';
import { MODEL_LABELS } from './model/labels.js';
import type { TextClassifier } from './model/scorer.js';
import { scoreByModel } from './model/shipped-model.js';
import { withRefusal } from './refusal.js';
import type { ScoreMap } from './scores.js';

/** The shipped models in this thread, for tools and specs. A server uses `TextScorer`. */
export class ShippedModels implements TextClassifier {
  private constructor(
    private readonly encoder: SentenceEncoder,
    private readonly head: AbuseHead,
  ) {}

  static async load(): Promise<ShippedModels> {
    return new ShippedModels(await SentenceEncoder.load(), AbuseHead.load());
  }

  /** Every label except `refusal`. */
  readonly labels = (text: string): ScoreMap => {
    const embedding = this.embed(text);
    return scoreByModel(text, (scores) => this.head.blend(scores, embedding));
  };

  /** @returns null for a text without words */
  embed(text: string): Float32Array | null {
    const words = textForEncoder(text);
    return words === null ? null : this.encoder.embed(words);
  }

  probabilities(text: string): Float64Array {
    const scores = this.labels(text);
    return Float64Array.from(MODEL_LABELS, (label) => scores[label]?.value ?? 0);
  }
}

let shipped: Promise<ShippedModels> | undefined;

/** Every label that a text model scores, by all shipped models, for tools and specs. */
export async function scoreByShippedModels(text: string): Promise<ScoreMap> {
  const { labels } = await (shipped ??= ShippedModels.load());
  return (await withRefusal(text, async (one) => ({ scores: labels(one), languages: ['en'] }))).scores;
}

/** The sentence encoder's vector of a text, for tools and specs; null for a text without words. */
export const embedText = async (text: string): Promise<Float32Array | null> =>
  (await (shipped ??= ShippedModels.load())).embed(text);
