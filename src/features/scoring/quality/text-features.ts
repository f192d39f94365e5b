/** Only this much of a text is read: the encoder reads no more either. */
const MAX_CHARS = 1_000;

const LONG_WORD = 7;
const VERY_LONG_WORD = 10;
const REASONS =
  /\b(?:because|since|therefore|thus|hence|so that|due to|leads? to|results? in|causes?|means that|if)\b/g;
const VAGUE =
  /\b(?:i think|i feel|i believe|my opinion|just|really|very|stuff|things?|everyone|no one|always|never)\b/g;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * How a text is worded, as numbers from about 0 to 1. None of them grows with the length of the text as such, and none
 * looks at spelling: a good argument may come from somebody who writes in their second language.
 */
export function wordingOf(text: string): number[] {
  const read = text.slice(0, MAX_CHARS);
  const lower = read.toLowerCase();
  const words = lower.match(/[a-z][a-z'’]*/g) ?? [];
  const total = Math.max(1, words.length);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const share = (holds: (word: string) => boolean): number => words.filter(holds).length / total;
  return [
    letters / total / 10,
    share((word) => word.length >= LONG_WORD),
    share((word) => word.length >= VERY_LONG_WORD),
    new Set(words).size / total,
    Number(/[.!?]["'’”)]*\s*$/.test(read)),
    Number(/^\s*["'“(]*\p{Lu}/u.test(read)),
    count(read, /,/g) / total,
    Math.min(2, count(lower, REASONS)) / 2,
    count(lower, VAGUE) / total,
    Number(/\d/.test(read)),
    Number(read.includes('!')),
    Number(read.includes('?')),
    Number(/\bi\b/.test(lower)),
    Number(/\b(?:you|your|u)\b/.test(lower)),
    Number(/[a-z]['’][a-z]/.test(lower)),
  ];
}

export const WORDING_FEATURES = wordingOf('').length;

/** The words, punctuation marks and adjacent pairs of them in a text, each once. `^` and `$` are its ends. */
export function phrasesOf(text: string): Set<string> {
  const tokens = [
    '^',
    ...(text
      .slice(0, MAX_CHARS)
      .toLowerCase()
      .match(/[a-z'’]+|[.,!?;:]/g) ?? []),
    '$',
  ];
  const phrases = new Set(tokens);
  for (let at = 1; at < tokens.length; at++) phrases.add(`${tokens[at - 1]} ${tokens[at]}`);
  return phrases;
}
