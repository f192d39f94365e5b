import { CLAUSE_FEATURES, Clauses, isSharpWord } from '../model/clauses.js';
import { MODEL_LABELS } from '../model/labels.js';
import { FLAG, TextReader } from '../model/text-reader.js';
import { logit, type ScoreMap } from '../scores.js';

const LABELS = MODEL_LABELS.length;
/** The shipped model's logits and the constant precede the features of the text itself. */
export const CONSTANT_INDEX = LABELS;
export const FIXED = LABELS + 1;

// How far each kind of weight can move: a feature's size is the effect of one unit of its weight, and all weights
// have the same penalty. Chosen on simulated newsrooms with the validation file's news and forum comments, 400 to
// 4,000 decisions each: larger sizes learn a policy sooner but lose more of the shipped order if there is little to
// learn from.
const CONSTANT_SIZE = 2;
const LOGIT_SIZE = 0.15;
const WORD_SIZE = 1.5;
const CLAUSE_SIZE = 0.3;
const PAIR_MULTIPLIER = 0x9e3779b1;

/**
 * The features of a text for a site model. `ids` and `sizes` are parallel; an id is a word, a word pair or a clause
 * feature.
 */
export interface SiteModelFeatures {
  /** The shipped model's logits, in the order of its labels. */
  readonly prior: Float64Array;
  readonly ids: Int32Array;
  readonly sizes: Float32Array;
  /** Position of each feature in the text: `[start, end)` in UTF-16 units. */
  readonly spans: readonly (readonly [number, number])[];
}

const scramble = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b) | 0;
};

// Reused for every text; reading a text is never interrupted.
let reader: TextReader | undefined;
let clauses: Clauses | undefined;

/**
 * The features of a site model, which is linear in them: the shipped model's words, word pairs and clause features,
 * and its logits. Runs of letters are left to the shipped model and enter through its logits: a few thousand
 * decisions could not fit so many weights, and nobody could interpret the changes.
 *
 * @param shipped the shipped model's scores for the same text
 */
export function featuresOf(text: string, shipped: ScoreMap): SiteModelFeatures {
  reader ??= new TextReader();
  clauses ??= new Clauses();
  const { count, hash, flags, sentence, from, to } = reader.read(text);
  const wordSpans = new Map<number, readonly [number, number]>();
  for (let token = 0; token < count; token++) {
    if ((flags[token] & (FLAG.harmless | FLAG.mark)) !== 0) continue;
    const word = scramble(hash[token]);
    if (!wordSpans.has(word)) wordSpans.set(word, [from[token], to[token]]);
    const before = token - 1;
    if (before < 0 || sentence[before] !== sentence[token]) continue;
    if ((flags[before] & (FLAG.harmless | FLAG.mark)) !== 0) continue;
    const pair = scramble((Math.imul(hash[before], PAIR_MULTIPLIER) + hash[token]) | 0);
    if (!wordSpans.has(pair)) wordSpans.set(pair, [from[before], to[token]]);
  }
  const words = wordSpans.size;
  clauses.collect(reader);
  for (let at = 0; at < clauses.count; at++) {
    const token = clauses.tokens[at];
    // Words are already included.
    if (isSharpWord(clauses.features[at])) continue;
    // Small numbers, with which scrambled hashes hardly ever collide.
    wordSpans.set(clauses.features[at], count > 0 ? [from[token], to[token]] : [0, 0]);
  }
  const perWord = wordSize(words);
  const ids = Int32Array.from(wordSpans.keys());
  return {
    prior: Float64Array.from(MODEL_LABELS, (label) => logit(shipped[label]?.value ?? 0)),
    ids,
    sizes: Float32Array.from(ids, (_, at) => (at < words ? perWord : CLAUSE_SIZE)),
    spans: [...wordSpans.values()],
  };
}

/** Size of a word or pair in a text with this many of them. */
export const wordSize = (words: number): number => (words > 0 ? WORD_SIZE / Math.sqrt(words) : 0);

/** Size of a fixed feature in this text: the shipped logit of a label, or the constant. */
export const fixedSize = (at: number, { prior }: Pick<SiteModelFeatures, 'prior'>): number =>
  at === CONSTANT_INDEX ? CONSTANT_SIZE : LOGIT_SIZE * prior[at];

/** The clause feature of an id; null for words. */
export const clauseOf = (id: number): number | null => (id >= 0 && id < CLAUSE_FEATURES ? id : null);
