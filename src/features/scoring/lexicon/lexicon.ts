import { Dictionary } from './dictionary.js';
import { CLASS_WORDS } from '../model/classes.js';
import { HARMLESS, SPELLINGS, WORDS, type Levels } from './words.js';

/* The lists of this folder, compiled once when the module is loaded. */

export const wordSeverity = ({ profanity = 0, insult = 0, identityAttack = 0, sexual = 0 }: Levels): number =>
  Math.max(profanity, insult, identityAttack, sexual);

export const lexicon = new Dictionary<Levels>((levels) => wordSeverity(levels) >= 0.5);
/** Stems that are found inside longer words, longest first. */
export const stems: { stem: string; levels: Levels }[] = [];
for (const [levels, words] of WORDS) {
  for (const word of words.split(' ')) {
    if (levels.inside) stems.push({ stem: word, levels });
    lexicon.add(word, levels);
  }
}
/** Maps spellings in the dictionaries to the word they stand for. */
export const intendedWords = new Map<string, string>();
for (const [word, spellings] of Object.entries(SPELLINGS)) {
  for (const spelling of spellings.split(' ')) {
    intendedWords.set(spelling, word);
    const levels = lexicon.get(word);
    if (levels) lexicon.add(spelling, levels);
  }
}
stems.sort((a, b) => b.stem.length - a.stem.length);

/** Words used by the clauses and patterns of the model; recognised in disguise like the lexicon itself. */
export const vocabulary = new Dictionary<true>();
for (const words of Object.values(CLASS_WORDS))
  for (const word of words.split(' ')) if (word.length > 2) vocabulary.add(word, true);
for (const [spelling, word] of intendedWords)
  if (vocabulary.get(word) && !lexicon.get(word)) vocabulary.add(spelling, true);

/** Words by their form with `l` for every `i`, because digits and symbols can stand for either: `k111`. */
const wordsByLookalike = new Map<string, string>();
for (const [word] of [...vocabulary.entries(), ...lexicon.entries()])
  if (word.length > 3 && /[il]/.test(word)) wordsByLookalike.set(word.replaceAll('i', 'l'), word);

/** The word for a spelling in which `i` and `l` may be interchanged. */
export const wordForLookalike = (spelling: string): string | undefined =>
  wordsByLookalike.get(spelling.replaceAll('i', 'l'));

const harmless = new Map(
  Object.entries(HARMLESS).map(([word, patterns]) => [
    word,
    patterns.map((pattern) => {
      const [before, after] = pattern.split('_').map((side) => side.trim());
      return {
        before: before ? new Set(before.split('|')) : null,
        after: after ? new Set(after.split('|')) : null,
      };
    }),
  ]),
);

/** The words for which `isHarmless` can be true. */
export const wordsWithHarmlessUses = (): Iterable<string> => harmless.keys();

/** Whether a word between these two neighbours has a meaning other than the lexicon's. */
export function isHarmless(word: string, before: string | undefined, after: string | undefined): boolean {
  return (harmless.get(word) ?? []).some(
    (sides) =>
      (sides.before === null || sides.before.has(before ?? '')) &&
      (sides.after === null || sides.after.has(after ?? '')),
  );
}
