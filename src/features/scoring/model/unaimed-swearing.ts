import { BIT } from './classes.js';
import { TextReader } from './text-reader.js';

const SWEARING = BIT.swearing | BIT.mildSwearing;
/** Words that belittle people, no matter who they are said to. */
const AIMED_WORDS = BIT.insult | BIT.slur | BIT.genderedSlur | BIT.belittling;
/** Somebody whom a swear word near them may be about. */
const TARGETS =
  BIT.you | BIT.they | BIT.role | BIT.group | BIT.nation | BIT.slur | BIT.genderedSlur | BIT.sexual;
/** A swear word is about what stands at most this many words before or after it in its sentence. */
const WORDS_BEFORE = 3;
const WORDS_AFTER = 4;

let reader: TextReader | undefined;

/**
 * Blanks the swear words that are about nobody ("Fuck cancer"), because they are no reason to refuse a comment.
 *
 * @returns the text with spaces in their place; null if there are none
 */
export function withoutUnaimedSwearing(text: string): string | null {
  const { classes, count, from, to, sentence, mitigation } = (reader ??= new TextReader()).read(text);
  const isAimed = (word: number): boolean => {
    for (let at = Math.max(0, word - WORDS_BEFORE); at <= Math.min(count - 1, word + WORDS_AFTER); at++) {
      if (at === word || sentence[at] !== sentence[word]) continue;
      if ((classes[at] & TARGETS) !== 0) return true;
      if ((classes[at] & BIT.insult) !== 0 && mitigation[at] === 0) return true;
    }
    return false;
  };
  let blanked = '';
  let copiedTo = 0;
  for (let word = 0; word < count; word++) {
    if ((classes[word] & SWEARING) === 0 || (classes[word] & AIMED_WORDS) !== 0 || isAimed(word)) continue;
    blanked += text.slice(copiedTo, from[word]) + ' '.repeat(to[word] - from[word]);
    copiedTo = to[word];
  }
  return copiedTo === 0 ? null : blanked + text.slice(copiedTo);
}
