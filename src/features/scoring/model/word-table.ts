import { gravity, lexicon, meant } from '../lexicon/lexicon.js';
import { BIT, CLASS_WORDS, type ClassName } from './classes.js';

/*
 * Words by the hash of their letters, so that a text is looked up without making a string per word. The hash is
 * polynomial: that of two words put together follows from theirs.
 */
export const FACTOR = 0x01000193;
export const hashWord = (word: string): number => {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, FACTOR) + word.charCodeAt(at)) | 0;
  return hash;
};

const SIZE = 1 << 14;
const MASK = SIZE - 1;
const slotOf = (hash: number): number => (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 18) & MASK;

/** Open addressing; 0 is the empty key. */
class HashTable {
  readonly keys = new Int32Array(SIZE);
  readonly values = new Int32Array(SIZE);

  get(hash: number): number {
    for (let slot = slotOf(hash); this.keys[slot] !== 0; slot = (slot + 1) & MASK)
      if (this.keys[slot] === hash) return this.values[slot];
    return 0;
  }

  or(hash: number, bits: number): void {
    let slot = slotOf(hash);
    while (this.keys[slot] !== 0 && this.keys[slot] !== hash) slot = (slot + 1) & MASK;
    this.keys[slot] = hash;
    this.values[slot] |= bits;
  }
}

const classes = new HashTable();
/** Words that only a disguise or a spelling leads to: what they look like, to be resolved the slow way. */
const odd = new HashTable();

for (const [name, words] of Object.entries(CLASS_WORDS) as [ClassName, string][])
  for (const word of words.split(' ')) classes.or(hashWord(word), BIT[name]);

for (const [word, levels] of lexicon.entries()) {
  const { profanity = 0, insult = 0, identityAttack = 0, sexual = 0, adjective } = levels;
  let bits = 0;
  if (identityAttack >= 0.6) bits |= BIT.slur;
  if (insult >= 0.35) bits |= adjective ? BIT.belittling : BIT.insult;
  if (profanity >= 0.5) bits |= BIT.swearing;
  else if (profanity >= 0.25) bits |= BIT.mildSwearing;
  if (sexual >= 0.35) bits |= BIT.sexual;
  if (bits !== 0) classes.or(hashWord(word), bits);
}
for (const spelling of meant.keys()) odd.or(hashWord(spelling), 1);
for (const [word, levels] of lexicon.entries()) {
  if (gravity(levels) < 0.5 || word.length < 4) continue;
  // Two words that make this one: "fu ck". And one of its letters twice: "idioot".
  odd.or(hashWord(word), 2);
  odd.or(hashWord(word.replace(/(.)\1+/g, '$1')), 4);
}

/** The classes of a word, as bits; 0 for most. */
export const classesOf = (hash: number): number => classes.get(hash);
/** 1: a spelling of a listed word; 2: a grave word; 4: a grave word with each letter once. */
export const oddnessOf = (hash: number): number => odd.get(hash);
