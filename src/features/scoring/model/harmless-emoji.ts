import { emojiAt } from './emoji.js';
import { isSpelledAt } from './folded-text.js';

const wordsOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
/** Emoji that a comment without words uses to agree, celebrate or sympathise. */
const FRIENDLY = wordsOf(
  'emoji laugh crying love kiss smile wink thinking pray thumbsup clap praise strong handshake fist heartbreak party sparkles hundred yes fire goat gift money profit phone',
);
/** Not abusive on their own, but beside a group. */
const UNFRIENDLY = wordsOf(
  'thumbsdown eyeroll annoyed angry no forbidden warning dead dog horse chicken sheep cow camel zebra bug ants snail worm',
);
/** Aims the emoji beside it at somebody. */
const AT_YOU = '🫵';
/** They say that somebody is embarrassed. */
const THREE_MONKEYS = /[🙈🙉🙊]/gu;
/** Groups of people that nobody's anger should be aimed at. */
const GROUPS = wordsOf(
  'gay lesbian trans muslim mosque jew synagogue christian church hindu woman girl elderly man boy baby disabled',
);
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * Whether a text consists only of harmless emoji: friendly ones, or the emoji of a group beside friendly ones. Emoji
 * that are abusive on their own (a middle finger, an ape) or beside others are excluded.
 */
export function isHarmlessEmoji(written: string): boolean {
  const text = written.includes(AT_YOU) ? written : written.replace(THREE_MONKEYS, '🙂');
  let found = 0;
  let hasGroup = false;
  let isUnfriendly = false;
  for (let at = 0; at < text.length;) {
    if (isSpelledAt(text, at)) return false;
    const emoji = text.charCodeAt(at) < 0x80 ? null : emojiAt(text, at);
    if (!emoji) {
      const char = String.fromCodePoint(text.codePointAt(at)!);
      if (LETTER_OR_DIGIT.test(char)) return false;
      at += char.length;
      continue;
    }
    found++;
    at += emoji.length;
    if (GROUPS.has(emoji.word) || text.startsWith(AT_YOU, at - emoji.length)) hasGroup = true;
    else if (UNFRIENDLY.has(emoji.word)) isUnfriendly = true;
    else if (!FRIENDLY.has(emoji.word)) return false;
  }
  return found > 0 && !(hasGroup && isUnfriendly);
}
