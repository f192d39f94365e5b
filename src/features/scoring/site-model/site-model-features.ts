import { CLAUSE_FEATURES, Clauses, isSharpWord } from '../model/clauses.js';
import { FLAG, TextReader } from '../model/text-reader.js';
import { toBytes } from '../encoder/embedding.js';
import { logit, type ScoreMap } from '../scores.js';
import { SITE_LABELS } from './site-labels.js';

const LABELS = SITE_LABELS.length;
/** The shipped models' logits and the constant precede the features of the text itself. */
export const CONSTANT_INDEX = LABELS;
/** Number of these fixed features. */
export const FIXED = LABELS + 1;

// How far each kind of weight can move: a feature's size is the effect of one unit of its weight, and all weights
// have the same penalty. Chosen on newsrooms simulated with public sets that neither shipped model was trained on, 100
// to 2,600 decisions each: larger sizes learn a policy sooner but lose more of the shipped order if there is little to
// learn from. See docs/model-card.md.
const CONSTANT_SIZE = 2;
const LOGIT_SIZE = 0.1;
const WORD_SIZE = 0.7;
const CLAUSE_SIZE = 0.15;
const EMBEDDING_SIZE = 0.7;
const PAIR_MULTIPLIER = 0x9e3779b1;

/** An embedding as features: the size of each is `scale` times its number. In bytes, because a training has many. */
export interface Meaning {
  readonly numbers: Int8Array;
  readonly scale: number;
}

/**
 * The features of a text for a site model. `ids` and `sizes` are parallel; an id is a word, a word pair or a clause
 * feature.
 */
export interface SiteModelFeatures {
  /** The shipped models' logits, in the order of `SITE_LABELS`. */
  readonly prior: Float64Array;
  /** Null if the text was not encoded. */
  readonly meaning: Meaning | null;
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
 * the sentence encoder's numbers, and the logits of both shipped models together. Runs of letters are left to the
 * shipped model and enter through its logits: a few thousand decisions could not fit so many weights, and nobody could
 * interpret the changes.
 *
 * @param shipped the shipped models' scores for the same text
 * @param embedding null if the text was not encoded
 */
export function featuresOf(
  text: string,
  shipped: ScoreMap,
  embedding: Float32Array | null,
): SiteModelFeatures {
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
    prior: Float64Array.from(SITE_LABELS, (label) => logit(shipped[label]?.value ?? 0)),
    meaning: embedding && normalisedEmbedding(embedding),
    ids,
    sizes: Float32Array.from(ids, (_, at) => (at < words ? perWord : CLAUSE_SIZE)),
    spans: [...wordSpans.values()],
  };
}

function normalisedEmbedding(embedding: Float32Array): Meaning | null {
  const bytes = toBytes(embedding);
  const numbers = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  let squares = 0;
  for (const number of numbers) squares += number * number;
  return squares === 0 ? null : { numbers, scale: EMBEDDING_SIZE / Math.sqrt(squares) };
}

/** What the numbers of an embedding contribute to a logit. */
export function meaningSum({ numbers, scale }: Meaning, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < numbers.length; at++) sum += weights[at] * numbers[at];
  return sum * scale;
}

/** Size of a word or pair in a text with this many of them. */
export const wordSize = (words: number): number => (words > 0 ? WORD_SIZE / Math.sqrt(words) : 0);

/** Size of a fixed feature in this text: the shipped logit of a label, or the constant. */
export const fixedSize = (at: number, { prior }: Pick<SiteModelFeatures, 'prior'>): number =>
  at === CONSTANT_INDEX ? CONSTANT_SIZE : LOGIT_SIZE * prior[at];

/** The clause feature of an id; null for words. */
export const clauseOf = (id: number): number | null => (id >= 0 && id < CLAUSE_FEATURES ? id : null);
