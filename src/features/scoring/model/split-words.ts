import { BIT } from './classes.js';
import { isStopWord } from './stop-words.js';
import { FLAG, type Tokens } from './tokens.js';
import { classesOf, FACTOR, hashWord } from './word-table.js';

/* Words that are matched even with spaces in them: "wo men", "disab led", "h a te", "sc u m". */

const BREAKABLE =
  BIT.group |
  BIT.dehumanising |
  BIT.disparaging |
  BIT.slur |
  BIT.insult |
  BIT.kill |
  BIT.death |
  BIT.hate |
  BIT.swearing |
  BIT.genderedSlur;
const PEOPLE = hashWord('people');
const SHORTEST = 4;
const LONGEST = 14;
const MAX_GAP_WIDTH = 2;
// Maximum length of a piece if there are three or more. Of two long pieces, only words for a target are accepted:
// "immig rants".
const LONGEST_PIECE = 6;
const SHORT_PIECE = 4;
const MAX_PIECES = 6;
// The factor of a hash for the number of letters that follow.
const SHIFTS = new Int32Array(LONGEST + 1).fill(1);
for (let letters = 1; letters <= LONGEST; letters++) SHIFTS[letters] = Math.imul(SHIFTS[letters - 1], FACTOR);
// Never the first piece: words that form others, "a hole", "who re", "be heading", "s hot", "k, ill do it", "latin
// a"; or words that often precede another one, "nut job", which word pairs already cover.
const NEVER_FIRST = new Set(
  'a i be who s t k dis nut non air free trans boot bottom cave'.split(' ').map(hashWord),
);
const NEVER_LAST = new Set(['a', 'i'].map(hashWord));

/**
 * Checks whether the last token and some before it are the pieces of one severe word. Two ordinary words are never
 * joined: "worth less", "go on".
 *
 * @returns the token that is the first piece; -1 for nearly all
 */
export function firstPieceOfSplitWord(tokens: Tokens): number {
  const { hash, first, last, flags, from, to, sentence, classes, count } = tokens;
  const right = count - 1;
  if (NEVER_LAST.has(hash[right])) return -1;
  let length = last[right] - first[right];
  if (length > LONGEST) return -1;
  let joined = hash[right];
  let longest = length;
  let shortest = length;
  // A piece that does not occur as a word of its own.
  let isStray = isPieceOfSplitWord(classes[right], hash[right]);
  for (let at = right - 1; at >= 0 && at > right - MAX_PIECES; at--) {
    // No word continues after a comma or with a capital: "as Ian says".
    if ((flags[at] & FLAG.mark) !== 0 || (flags[at + 1] & (FLAG.afterComma | FLAG.name)) !== 0) return -1;
    const gap = from[at + 1] - to[at];
    if (sentence[at] !== sentence[right] || gap < 1 || gap > MAX_GAP_WIDTH) return -1;
    const piece = last[at] - first[at];
    if (length + piece > LONGEST) return -1;
    joined = (Math.imul(hash[at], SHIFTS[length]) + joined) | 0;
    length += piece;
    longest = Math.max(longest, piece);
    shortest = Math.min(shortest, piece);
    if (right - at > 1 && longest > LONGEST_PIECE) return -1;
    isStray ||= isPieceOfSplitWord(classes[at], hash[at]);
    // Single letters are handled separately.
    if (length < SHORTEST || longest === 1 || !isStray || NEVER_FIRST.has(hash[at])) continue;
    const bits = classesOf(joined);
    if ((bits & (shortest > SHORT_PIECE ? BIT.group : BREAKABLE)) !== 0 || joined === PEOPLE) return at;
  }
  return -1;
}

const isPieceOfSplitWord = (classes: number, hash: number): boolean => classes === 0 && !isStopWord(hash);
