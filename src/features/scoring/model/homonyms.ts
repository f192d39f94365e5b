import { wordsWithHarmlessUses, isHarmless } from '../lexicon/lexicon.js';
import { isProperName } from '../lexicon/proper-names.js';
import { BIT } from './classes.js';
import { FLAG, type Tokens } from './tokens.js';
import { hashWord } from './word-table.js';

const LISTED_BITS =
  BIT.slur | BIT.insult | BIT.swearing | BIT.sexual | BIT.dehumanising | BIT.belittling | BIT.mildSwearing;

const OF_GROUP = BIT.group | BIT.slur;

// Stored as hashes: few words have a second meaning, so the others need not be converted to strings.
const HOMONYMS = new Set([...wordsWithHarmlessUses()].map(hashWord));

/** Marks words with a harmless meaning next to their neighbours ("the chink in the armour"), and names. */
export function markHarmless(tokens: Tokens): void {
  const { count, classes, flags, hash } = tokens;
  for (let token = 0; token < count; token++) {
    if ((classes[token] & (LISTED_BITS | BIT.group)) === 0) continue;
    const neighbourAt = (at: number): string | undefined =>
      at >= 0 && at < count && (flags[at] & FLAG.mark) === 0 ? tokens.textOf(at) : undefined;
    if (
      !(
        HOMONYMS.has(hash[token]) &&
        isHarmless(tokens.textOf(token), neighbourAt(token - 1), neighbourAt(token + 1))
      ) &&
      !isProperName(tokens.raw, tokens.from[token], tokens.to[token], (classes[token] & OF_GROUP) !== 0)
    )
      continue;
    classes[token] = 0;
    flags[token] |= FLAG.harmless;
  }
}
