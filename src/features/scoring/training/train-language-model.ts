import { LANGUAGE_BUCKETS } from '../language-models/language-features.js';
import type { LanguageModel } from '../language-models/language-model-file.js';
import { scoreWith } from '../language-models/language-scorer.js';
import { FOREIGN_WORDS } from '../language/foreign-words.js';
import { BUCKETS, WORD_BUCKETS } from '../model/ngrams.js';
import { sigmoid } from '../scores.js';
import { calibrate } from './calibration.js';
import type { Row } from './dataset.js';
import { CONSTANT_INDEX } from './feature-order.js';
import { LanguageCorpus } from './language-corpus.js';
import { fit, logitOf, type Examples } from './logistic.js';
import { measure } from './metrics.js';
import { quantise } from './quantise.js';
import { RECIPES } from './recipes.js';
import { scalesOf } from './scales.js';

/*
 * Trains the model of a language other than English. Its only label is toxicity, which every source has.
 */

// Chosen on left-out sources of German, French and Arabic: words weigh less than in English, because each source has
// its own topics.
const RECIPE = { ...RECIPES.toxicity, words: 0.6, clauses: 0 };
const ROUNDS = 5;
const FOLDS = 3;
/** A source with fewer texts is not left out on its own. */
const MIN_SOURCE_ROWS = 200;
/** Sentences from templates are easy and alike. They only teach that naming a group is harmless. */
const TEMPLATES = 'identity-templates';
const TEMPLATE_WEIGHT = 0.3;
const LISTED_WORD_WEIGHT = 3;
const FURTHER_WORD_WEIGHT = 1;
/** The share of harmless texts of a left-out source that may score `TOXICITY_THRESHOLD` or more. */
const MAX_FALSE_SHARE = 0.01;
/** The default threshold of toxicity. */
const TOXICITY_THRESHOLD = 0.8;

export interface LanguageTrainingOptions {
  readonly language: string;
  readonly seed: number;
  readonly version: string;
  /** Abusive words besides those of `foreign-words.ts`. */
  readonly words: readonly string[];
}

interface Example {
  readonly text: string;
  readonly degree: number;
  readonly source: string;
  readonly weight: number;
}

/**
 * @param rows comments in the language
 * @param valid used for measurement only
 * @throws {Error} if there are no rows with a degree of toxicity
 */
export function trainLanguageModel(
  rows: readonly Row[],
  valid: readonly Row[],
  options: LanguageTrainingOptions,
): LanguageModel {
  const { language, seed, version } = options;
  const comments = examplesOf(rows);
  if (comments.length === 0) throw new Error(`there are no texts in ${language} with a label`);
  const words = wordExamples(options);
  const sources = [...new Set(comments.map(({ source }) => source))].sort();
  const groups = sources.filter(
    (source) =>
      source !== TEMPLATES &&
      comments.filter((example) => example.source === source).length >= MIN_SOURCE_ROWS,
  );

  // Calibrated on texts whose source the weights were not trained on, or on held-out texts of the only source.
  const isLeftOut = (group: number) => (example: Example, at: number) =>
    groups.length > 1 ? example.source === groups[group] : at % FOLDS === group;
  const logits: number[] = [];
  const positive: boolean[] = [];
  const leftOut: Record<string, number | null> = {};
  for (let group = 0; group < (groups.length > 1 ? groups.length : FOLDS); group++) {
    const isOut = isLeftOut(group);
    const { weights } = fitTo([...comments.filter((each, at) => !isOut(each, at)), ...words], seed);
    const leftOutExamples = comments.filter((each, at) => isOut(each, at) && each.source !== TEMPLATES);
    const found = logitsOf(leftOutExamples, weights);
    if (groups.length > 1) leftOut[groups[group]] = aucOf(found, leftOutExamples);
    logits.push(...found);
    positive.push(...leftOutExamples.map(({ degree }) => degree >= 0.5));
  }
  const { slope } = calibrate(logits, positive);
  const harmless = logits.filter((_, at) => !positive[at]).sort((a, b) => a - b);
  const limit = harmless[Math.floor(harmless.length * (1 - MAX_FALSE_SHARE))];
  const offset = Math.log(TOXICITY_THRESHOLD / (1 - TOXICITY_THRESHOLD)) - slope * limit;

  const { weights, frequency } = fitTo([...comments, ...words], seed);
  const compact = <T extends Float32Array | Uint32Array>(from: T): T => {
    const to = from.slice(0, 2 * LANGUAGE_BUCKETS) as T;
    to.set(from.subarray(WORD_BUCKETS, WORD_BUCKETS + LANGUAGE_BUCKETS), LANGUAGE_BUCKETS);
    return to;
  };
  const [compactWeights, counts] = [compact(weights), compact(frequency)];
  const bytes = new Int8Array(2 * LANGUAGE_BUCKETS);
  const wordStep = quantise(compactWeights, [0, LANGUAGE_BUCKETS], counts, bytes, 0, 1);
  const letterStep = quantise(compactWeights, [LANGUAGE_BUCKETS, 2 * LANGUAGE_BUCKETS], counts, bytes, 0, 1);
  const header = {
    version,
    language,
    labels: ['toxicity' as const],
    heads: [{ wordStep, letterStep, constant: weights[CONSTANT_INDEX], slope, offset }],
  };
  const training = { seed, rows: comments.length, sources, rocAuc: {} };
  const measured = examplesOf(valid).filter(({ source }) => source !== TEMPLATES);
  const model = { header: { ...header, training }, weights: bytes };
  const inSource =
    measured.length === 0
      ? null
      : rounded(
          measure(
            measured.map(({ text }) => scoreWith(model, text).toxicity!.value),
            measured.map(({ degree }) => degree >= 0.5),
          ).rocAuc,
        );
  return {
    ...model,
    header: { ...header, training: { ...training, rocAuc: { toxicity: { inSource, leftOut } } } },
  };
}

/** Each source counts both classes equally, because the shares of abuse in them were chosen by their collectors. */
function examplesOf(rows: readonly Row[]): Example[] {
  const labelled = rows.flatMap(({ text, labels, source }) => {
    // Some sources only say whether a text attacks a group.
    const degree = labels.toxicity ?? labels.identityAttack;
    return degree === undefined ? [] : [{ text, degree, source }];
  });
  const counts = new Map<string, [number, number]>();
  for (const { source, degree } of labelled) {
    const count = counts.get(source) ?? [0, 0];
    count[degree >= 0.5 ? 1 : 0]++;
    counts.set(source, count);
  }
  return labelled.map((example) => {
    const [harmless, abusive] = counts.get(example.source)!;
    const ownClass = example.degree >= 0.5 ? abusive : harmless;
    const weight = (harmless + abusive) / (2 * ownClass);
    return { ...example, weight: example.source === TEMPLATES ? weight * TEMPLATE_WEIGHT : weight };
  });
}

function wordExamples({ language, words }: LanguageTrainingOptions): Example[] {
  const exampleOf = (text: string, weight: number): Example => ({
    text: text.replaceAll('*', ''),
    degree: 1,
    source: 'words',
    weight,
  });
  const listed = Object.hasOwn(FOREIGN_WORDS, language) ? Object.values(FOREIGN_WORDS[language]).flat() : [];
  return [
    ...listed.map((word: string) => exampleOf(word, LISTED_WORD_WEIGHT)),
    ...words.map((word) => exampleOf(word, FURTHER_WORD_WEIGHT)),
  ];
}

function fitTo(
  examples: readonly Example[],
  seed: number,
): { readonly weights: Float32Array; readonly frequency: Uint32Array } {
  const corpus = new LanguageCorpus(examples.length);
  for (const { text } of examples) corpus.add(text);
  const chosen: Examples = {
    rows: Int32Array.from(examples, (_, row) => row),
    degrees: Float32Array.from(examples, ({ degree }) => degree),
    weights: Float32Array.from(examples, ({ weight }) => weight),
  };
  const scales = scalesOf(corpus, chosen, RECIPE);
  const { weights } = fit(corpus, chosen, scales, { c: RECIPE.c, rounds: ROUNDS, seed });
  return { weights, frequency: corpus.frequency.subarray(0, BUCKETS) };
}

function logitsOf(examples: readonly Example[], weights: Float32Array): number[] {
  const corpus = new LanguageCorpus(examples.length);
  return examples.map(({ text }) => logitOf(corpus, corpus.add(text), weights));
}

function aucOf(logits: readonly number[], examples: readonly Example[]): number | null {
  return rounded(
    measure(
      logits.map(sigmoid),
      examples.map(({ degree }) => degree >= 0.5),
    ).rocAuc,
  );
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000) / 1000;
