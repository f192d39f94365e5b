import { Dictionary } from './dictionary.js';
import { DEHUMANISING, DISPARAGING, NATIONS, PROTECTED } from './groups.js';
import { LISTS, PHRASES, type PhraseLevels } from './phrases.js';
import { PhraseMatcher } from './phrase-matcher.js';
import { SPAM, SPAM_HINTS } from './spam-phrases.js';
import { HARMLESS, SPELLINGS, WORDS, type Levels } from './words.js';

/* The lists of this folder, compiled once when the module is loaded. */

export const gravity = ({ profanity = 0, insult = 0, identityAttack = 0, sexual = 0 }: Levels): number =>
  Math.max(profanity, insult, identityAttack, sexual);

export const lexicon = new Dictionary<Levels>((levels) => gravity(levels) >= 0.5);
/** What is found inside longer words, longest first. */
export const stems: { stem: string; levels: Levels }[] = [];
for (const [levels, words] of WORDS) {
  for (const word of words.split(' ')) {
    if (levels.inside) stems.push({ stem: word, levels });
    lexicon.add(word, levels);
  }
}
/** The word that a spelling in the dictionaries stands for. */
export const meant = new Map<string, string>();
for (const [word, spellings] of Object.entries(SPELLINGS)) {
  for (const spelling of spellings.split(' ')) {
    meant.set(spelling, word);
    const levels = lexicon.get(word);
    if (levels) lexicon.add(spelling, levels);
  }
}
stems.sort((a, b) => b.stem.length - a.stem.length);

const lists = (group: readonly string[]): Record<string, string[]> => ({
  ...Object.fromEntries(Object.entries(LISTS).map(([name, words]) => [name, words.split(' ')])),
  group: [...group],
  dehumanising: DEHUMANISING,
  disparaging: DISPARAGING,
});

// The news are full of nations at war; running one down is milder than hate, calling for its death is not.
const ofNation = (levels: PhraseLevels): PhraseLevels =>
  (levels.identityAttack ?? 0) >= 0.9
    ? levels
    : { ...levels, identityAttack: (levels.identityAttack ?? 0) * 0.65 };

export const phrases = new PhraseMatcher<PhraseLevels>(PHRASES, lists(PROTECTED));
export const nationPhrases = new PhraseMatcher<PhraseLevels>(
  PHRASES.filter(([, pattern]) => pattern.includes('@group')).map(([levels, pattern]) => [
    ofNation(levels),
    pattern,
  ]),
  lists(NATIONS),
);
export const spamPhrases = new PhraseMatcher<number>([...SPAM, ...SPAM_HINTS], lists(PROTECTED));

/** What context.ts and the patterns know words by; recognised in disguise like the lexicon itself. */
export const vocabulary = new Dictionary<true>();
for (const { vocabulary: words } of [phrases, nationPhrases, spamPhrases])
  for (const word of words) vocabulary.add(word, true);
for (const [spelling, word] of meant)
  if (vocabulary.get(word) && !lexicon.get(word)) vocabulary.add(spelling, true);

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

/** Whether a word between these two means something else than the lexicon says. */
export function isHarmless(word: string, before: string | undefined, after: string | undefined): boolean {
  return (harmless.get(word) ?? []).some(
    (sides) =>
      (sides.before === null || sides.before.has(before ?? '')) &&
      (sides.after === null || sides.after.has(after ?? '')),
  );
}
