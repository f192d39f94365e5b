import { AbuseHead, textForEncoder } from './encoder/abuse-head.js';
import { SentenceEncoder } from './encoder/sentence-encoder.js';
import type { Detection } from './language/detect-language.js';
import { isAssumedEnglish, scoreByLanguageModel, UNREAD_SCORES } from './language-models/language-model.js';
import { MODEL_LABELS } from './model/labels.js';
import type { Scorer, TextClassifier } from './model/scorer.js';
import { scoreText } from './model/score-map.js';
import { shippedScorer } from './model/shipped-model.js';
import { addRefusal, withRefusal } from './refusal.js';
import { mergeScores, type ScoreMap } from './scores.js';

/** An n-gram model and a sentence encoder with its head, combined in this thread, for tools and specs. */
export class CombinedModels implements TextClassifier {
  constructor(
    private readonly scorer: Scorer,
    private readonly encode: (text: string) => Float32Array,
    private readonly head: AbuseHead,
  ) {}

  /** Every label except `refusal`. */
  readonly labels = (text: string): ScoreMap => {
    const embedding = this.embed(text);
    return scoreText(this.scorer, text, (scores) => this.head.blend(scores, embedding));
  };

  /** @returns null for a text without words */
  embed(text: string): Float32Array | null {
    const words = textForEncoder(text);
    return words === null ? null : this.encode(words);
  }

  probabilities(text: string): Float64Array {
    const scores = this.labels(text);
    return Float64Array.from(MODEL_LABELS, (label) => scores[label]?.value ?? 0);
  }
}

/** The shipped models. A server uses `TextScorer`. */
export async function loadShippedModels(): Promise<CombinedModels> {
  const encoder = await SentenceEncoder.load();
  return new CombinedModels(shippedScorer(), (text) => encoder.embed(text), AbuseHead.load());
}

let shipped: Promise<CombinedModels> | undefined;

/** Every label that a text model scores, by all shipped models, for tools and specs. */
export async function scoreByShippedModels(text: string): Promise<ScoreMap> {
  const { labels } = await (shipped ??= loadShippedModels());
  return (await withRefusal(text, async (one) => ({ scores: labels(one), languages: ['en'] }))).scores;
}

/** Like `TextScorer.scoreInOwnLanguage`, by the shipped models alone. */
export async function scoreInOwnLanguage(
  { language, hasEnglish }: Detection,
  text: string,
  useLanguageModel: ((scores: ScoreMap) => ScoreMap) | null,
): Promise<ScoreMap> {
  if (isAssumedEnglish(language)) return scoreByShippedModels(text);
  return mergeScores(
    UNREAD_SCORES,
    hasEnglish ? await scoreByShippedModels(text) : {},
    useLanguageModel ? useLanguageModel(addRefusal(scoreByLanguageModel(language, text))) : {},
  );
}

/** The sentence encoder's vector of a text, for tools and specs; null for a text without words. */
export const embedText = async (text: string): Promise<Float32Array | null> =>
  (await (shipped ??= loadShippedModels())).embed(text);
