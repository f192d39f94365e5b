import { harmlessSomewhere, isHarmless } from '../lexicon/lexicon.js';
import { BIT } from './classes.js';
import { FLAG, type Tokens } from './tokens.js';
import { hashWord } from './word-table.js';

const LISTED_BITS =
  BIT.slur | BIT.insult | BIT.swearing | BIT.sexual | BIT.dehumanising | BIT.belittling | BIT.mildSwearing;

// Stored as hashes: few words have a second meaning, so the others need not be converted to strings.
const HOMONYMS = new Set([...harmlessSomewhere()].map(hashWord));

/** Marks words with a harmless meaning next to their neighbours, as in "the chink in the armour". */
export function markHarmless(tokens: Tokens): void {
  const { count, classes, flags, hash } = tokens;
  for (let token = 0; token < count; token++) {
    if ((classes[token] & LISTED_BITS) === 0 || !HOMONYMS.has(hash[token])) continue;
    const near = (at: number): string | undefined =>
      at >= 0 && at < count && (flags[at] & FLAG.mark) === 0 ? tokens.textOf(at) : undefined;
    if (!isHarmless(tokens.textOf(token), near(token - 1), near(token + 1))) continue;
    classes[token] = 0;
    flags[token] |= FLAG.harmless;
  }
}
