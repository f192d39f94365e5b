import { CLAUSE_FEATURES, Clauses, isSharpWord } from '../model/clauses.js';
import { MODEL_LABELS } from '../model/labels.js';
import { FLAG, TextReader } from '../model/text-reader.js';
import type { ScoreMap } from '../scores.js';

const LABELS = MODEL_LABELS.length;
/** The shipped model's logits, and the constant, stand before what the text itself has. */
export const CONSTANT = LABELS;
export const FIXED = LABELS + 1;

// How far each kind of weight may move: a feature's size is what a unit of its weight does, and all weights are held
// alike. Chosen on newsrooms made of the validation file's news and forum comments, 400 to 4,000 decisions each: larger
// sizes learn a line sooner, and lose more of the shipped order where there is little to learn from.
const CONSTANT_SIZE = 2;
const LOGIT_SIZE = 0.15;
const WORD_SIZE = 1.5;
const CLAUSE_SIZE = 0.3;
// Scores are kept to four decimals; beyond, a logit says nothing more.
const LEAST = 0.0001;
const PAIR = 0x9e3779b1;

/** One text as a site's head sees it. `ids` and `sizes` go together; an id is a word, two words, or a clause feature. */
export interface SiteModelFeatures {
  /** What the shipped model says, before the sigmoid, by the order of its labels. */
  readonly prior: Float64Array;
  readonly ids: Int32Array;
  readonly sizes: Float32Array;
  /** Where in the text each stands: `[start, end)` in UTF-16 units. */
  readonly spans: readonly (readonly [number, number])[];
}

const scramble = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b) | 0;
};

// Their arrays are filled anew by every text, which is read without a pause.
let reader: TextReader | undefined;
let clauses: Clauses | undefined;

const logit = (value: number): number => {
  const p = Math.min(1 - LEAST, Math.max(LEAST, value));
  return Math.log(p / (1 - p));
};

/**
 * What a site's head is linear in: the shipped model's own words, pairs of words and clause features, and its logits.
 * Runs of letters are left to the shipped model, whose logits carry them: a few thousand decisions could not set so
 * many, and nobody could read what moved.
 *
 * @param shipped what the shipped model says about the same text
 */
export function featuresOf(text: string, shipped: ScoreMap): SiteModelFeatures {
  reader ??= new TextReader();
  clauses ??= new Clauses();
  const { count, hash, flags, sentence, from, to } = reader.read(text);
  const places = new Map<number, readonly [number, number]>();
  for (let token = 0; token < count; token++) {
    if ((flags[token] & (FLAG.harmless | FLAG.mark)) !== 0) continue;
    const word = scramble(hash[token]);
    if (!places.has(word)) places.set(word, [from[token], to[token]]);
    const before = token - 1;
    if (before < 0 || sentence[before] !== sentence[token]) continue;
    if ((flags[before] & (FLAG.harmless | FLAG.mark)) !== 0) continue;
    const pair = scramble((Math.imul(hash[before], PAIR) + hash[token]) | 0);
    if (!places.has(pair)) places.set(pair, [from[before], to[token]]);
  }
  const words = places.size;
  clauses.collect(reader);
  for (let at = 0; at < clauses.count; at++) {
    const token = clauses.tokens[at];
    // Words are here by themselves.
    if (isSharpWord(clauses.features[at])) continue;
    // Small numbers, which scrambled hashes hardly ever are.
    places.set(clauses.features[at], count > 0 ? [from[token], to[token]] : [0, 0]);
  }
  const perWord = wordSize(words);
  const ids = Int32Array.from(places.keys());
  return {
    prior: Float64Array.from(MODEL_LABELS, (label) => logit(shipped[label]?.value ?? 0)),
    ids,
    sizes: Float32Array.from(ids, (_, at) => (at < words ? perWord : CLAUSE_SIZE)),
    spans: [...places.values()],
  };
}

/** Size of a word or pair in a text with so many of them. */
export const wordSize = (words: number): number => (words > 0 ? WORD_SIZE / Math.sqrt(words) : 0);

/** Size of a fixed feature in this text: the shipped logit of a label, or the constant. */
export const fixedSize = (at: number, { prior }: Pick<SiteModelFeatures, 'prior'>): number =>
  at === CONSTANT ? CONSTANT_SIZE : LOGIT_SIZE * prior[at];

/** The clause feature of that id; null for words. */
export const clauseOf = (id: number): number | null => (id >= 0 && id < CLAUSE_FEATURES ? id : null);
