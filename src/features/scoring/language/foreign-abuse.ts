import { WordList } from '../word-lists/word-list.js';
import { readText, type Reading } from '../lexicon/reading.js';
import { NO_SCORE, uniteSpans, type Score, type Span } from '../scores.js';
import { FOREIGN_WORDS, type ForeignWords } from './foreign-words.js';

// Profanity is below the default threshold, as in English; insults and slurs are above theirs.
const VALUES = { profanity: 0.8, insult: 0.75, slur: 0.75 } as const satisfies Record<
  keyof ForeignWords,
  number
>;
const KINDS = Object.keys(VALUES) as (keyof ForeignWords)[];
/** Shorter words mean something else in another language, English among them. */
const MIN_UNAMBIGUOUS_CHARS = 4;
/** Words that are harmless in English or as a name. */
export const AMBIGUOUS_WORDS: ReadonlySet<string> = new Set([
  'bite',
  'ordure',
  'corno',
  'troia',
  'hure',
  'culo',
  'coño',
  'teef',
  'imbecil',
  'eikel',
  'arsch',
  'neger',
  'negro*',
  'nègre*',
  'négro*',
  'nigger*',
  'nikker*',
  'poes',
  'dose',
  'doos',
  'moffie',
  'moffies',
  'kaffir*',
  'idioot',
]);

type Lists = Readonly<Record<keyof ForeignWords, WordList>>;

const compile = (words: ForeignWords): Lists =>
  Object.fromEntries(KINDS.map((kind) => [kind, new WordList(words[kind])])) as Lists;

const unambiguousWords = (): ForeignWords =>
  Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      Object.values(FOREIGN_WORDS)
        .flatMap((words) => words[kind])
        .filter((word) => word.length >= MIN_UNAMBIGUOUS_CHARS && !AMBIGUOUS_WORDS.has(word)),
    ]),
  ) as Record<keyof ForeignWords, string[]>;

// Compiled on first use: most servers meet two or three languages.
const compiled = new Map<string, Lists>();

function listsOf(language: string | null): Lists | null {
  const key = language ?? '';
  const cached = compiled.get(key);
  if (cached) return cached;
  const words =
    language === null
      ? unambiguousWords()
      : Object.hasOwn(FOREIGN_WORDS, language)
        ? FOREIGN_WORDS[language]
        : null;
  if (!words) return null;
  const lists = compile(words);
  compiled.set(key, lists);
  return lists;
}

const scoreOf = (value: number, spans: readonly Span[]): Score =>
  spans.length === 0 ? NO_SCORE : { value, spans: uniteSpans(spans) };

/**
 * Scores a text by the word lists of other languages.
 *
 * @param language ISO 639-1; null if unknown, in which case only unmistakable words of all lists count
 * @returns null for a language without a list
 */
export function foreignAbuse(
  text: string,
  language: string | null,
  reading: Reading = readText(text),
): Record<keyof ForeignWords, Score> | null {
  const lists = listsOf(language);
  if (!lists) return null;
  return Object.fromEntries(
    KINDS.map((kind) => [kind, scoreOf(VALUES[kind], lists[kind].find(text, reading))]),
  ) as Record<keyof ForeignWords, Score>;
}
