import {
  wordSeverity,
  isHarmless,
  lexicon,
  intendedWords,
  stems,
  wordForLookalike,
  vocabulary,
} from './lexicon.js';
import type { Compound, Reading, SpelledOutWord, Token } from './reading.js';
import { unleet } from './fold.js';
import { isProperName } from './proper-names.js';
import type { Levels } from './words.js';

/** The intended word, whatever its spelling. */
export interface Word {
  /** UTF-16 offsets into the raw text; a word split from a contraction has those of the whole contraction. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly sentence: number;
  /** Its levels in the lexicon; null for most words. */
  readonly levels: Levels | null;
}

// "g a y": too short to be found among spelled-out letters, unless there is nothing else.
const SHORT_GROUPS: ReadonlySet<string> = new Set(['gay', 'jew']);
// Minimum severity for a word made of two joined words or of spelled-out letters.
const MIN_COMBINED_SEVERITY = 0.5;
/** From this `identityAttack` level on, a word denotes people of a group. */
const OF_GROUP = 0.5;
const milder = (a: Levels, b: Levels): boolean => wordSeverity(a) < wordSeverity(b);

const CONTRACTIONS: Record<string, string> = {
  "i'm": 'i am', im: 'i am', "i'll": 'i will', "i'd": 'i would', "i've": 'i have', imma: 'i will', "i'ma": 'i will', ima: 'i will',
  "you're": 'you are', youre: 'you are', ur: 'your', u: 'you', ya: 'you', yu: 'you', yous: 'you', "you'll": 'you will', "you'd": 'you would', "you've": 'you have', "y'all": 'yall',
  "he's": 'he is', "she's": 'she is', "it's": 'it is', "that's": 'that is', "they're": 'they are', theyre: 'they are', "we're": 'we are', "who's": 'who is', "what's": 'what is',
  "he'll": 'he will', "she'll": 'she will', "they'll": 'they will', "we'll": 'we will', "he'd": 'he would',
  gonna: 'going to', gunna: 'going to', wanna: 'want to', gotta: 'gotta', "let's": 'let us', lets: 'let us',
  "don't": 'do not', dont: 'do not', "doesn't": 'does not', doesnt: 'does not', "didn't": 'did not', "isn't": 'is not', isnt: 'is not', "aren't": 'are not', arent: 'are not', "ain't": 'is not', aint: 'is not',
  "wasn't": 'was not', "weren't": 'were not', "won't": 'will not', wont: 'will not', "can't": 'cannot', cant: 'cannot', "couldn't": 'could not', "shouldn't": 'should not', "wouldn't": 'would not',
}; // prettier-ignore

/** Resolves the words of a reading, in order. Each token belongs to one word. */
export function resolveWords({ raw, tokens, compounds, spelled }: Reading): Word[] {
  const claimed = new Map<number, { to: number; words: Word[] }>();
  const isFree = (from: number, to: number): boolean => {
    for (let index = from; index <= to; index++) if (isCovered[index]) return false;
    return true;
  };
  const isCovered = new Uint8Array(tokens.length);
  const claim = (from: number, to: number, words: Word[]): void => {
    claimed.set(from, { to, words });
    isCovered.fill(1, from, to + 1);
  };

  for (const run of spelled) claimSpelledWords(run, tokens, claim);
  for (const compound of compounds) {
    if (!isFree(compound.from, compound.to)) continue;
    const word = readCompound(compound, tokens);
    if (word) claim(compound.from, compound.to, [word]);
  }

  const words: Word[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const match = claimed.get(index);
    if (match) {
      words.push(...match.words);
      index = match.to;
    } else words.push(...readToken(tokens[index]));
  }
  words.forEach((word, index) => {
    const text = intendedWords.get(word.text);
    if (text !== undefined) words[index] = { ...word, text };
  });
  return words.map((word, index) =>
    word.levels &&
    (isHarmless(word.text, words[index - 1]?.text, words[index + 1]?.text) ||
      isProperName(raw, word.start, word.end, (word.levels.identityAttack ?? 0) >= OF_GROUP))
      ? { ...word, levels: null }
      : word,
  );
}

function readToken({ start, end, text, forms, sentence }: Token): Word[] {
  const word = (resolved: string, levels: Levels | null): Word => ({
    start,
    end,
    text: resolved,
    sentence,
    levels,
  });
  const contraction = Object.hasOwn(CONTRACTIONS, text) ? CONTRACTIONS[text] : undefined;
  if (contraction) return contraction.split(' ').map((part) => word(part, null));

  const stripped = text.replace(/'s?$/, '').replaceAll("'", '');
  const listedLevels = lexicon.get(text) ?? lexicon.get(stripped);
  if (listedLevels) return [word(stripped, listedLevels)];
  if (vocabulary.get(stripped)) return [word(stripped, null)];
  // Fast path for most words: no symbol, no doubled letter.
  if (forms.length > 0 || /(.)\1/.test(stripped)) {
    for (const spelling of [...forms, stripped]) {
      const found = lexicon.find(spelling, milder);
      if (found) return [word(found.word, found.value)];
    }
    for (const spelling of [...forms, stripped]) {
      const expansion = Object.hasOwn(CONTRACTIONS, spelling) ? CONTRACTIONS[spelling] : undefined;
      if (expansion) return expansion.split(' ').map((part) => word(part, null));
      const found = vocabulary.find(spelling, () => false);
      if (found) return [word(found.word, null)];
    }
  }
  for (const spelling of forms) {
    const corrected = wordForLookalike(spelling);
    if (corrected) return [word(corrected, lexicon.get(corrected) ?? null)];
  }
  for (const spelling of [stripped, ...forms]) {
    const levels = findInfix(spelling);
    if (levels) return [word(spelling, levels)];
  }
  return [word(stripped, null)];
}

/** Matches `absofuckinglutely` but not "snigger". */
function findInfix(spelling: string): Levels | null {
  if (spelling.length < 5) return null;
  const plain = spelling.replace(/(.)\1{2,}/g, '$1');
  for (const { stem, levels } of stems) {
    const at = plain.indexOf(stem);
    if (at >= 0 && !(stem === 'nigger' && plain[at - 1] === 's')) return levels;
  }
  return null;
}

function readCompound({ start, end, from, forms, kind }: Compound, tokens: readonly Token[]): Word | null {
  const { sentence } = tokens[from];
  for (const form of forms) {
    const found = lexicon.find(form, milder);
    if (found && (kind === 'signs' || wordSeverity(found.value) >= MIN_COMBINED_SEVERITY)) {
      return { start, end, text: found.word, sentence, levels: found.value };
    }
  }
  if (kind === 'split') return null;
  for (const form of forms) {
    const corrected = form.includes('?') ? undefined : wordForLookalike(form);
    if (corrected) return { start, end, text: corrected, sentence, levels: lexicon.get(corrected) ?? null };
  }
  for (const form of forms) {
    // k!ll, d1e: matches words of the patterns, but never by guessing masked letters.
    if (!form.includes('?') && form.length > 2 && vocabulary.get(form))
      return { start, end, text: form, sentence, levels: null };
  }
  return null;
}

/** Splits spelled-out letters into words from the left, longest first: `youareanidiot`. */
function claimSpelledWords(
  { from, letters }: SpelledOutWord,
  tokens: readonly Token[],
  claim: (from: number, to: number, words: Word[]) => void,
): void {
  const LONGEST = 16;
  for (const spelling of [letters, ...unleetLong(letters)]) {
    let hit = false;
    const words: { at: number; length: number; text: string; levels: Levels | null }[] = [];
    for (let at = 0; at < spelling.length;) {
      let length = Math.min(LONGEST, spelling.length - at);
      for (; length > 2; length--) {
        const part = spelling.slice(at, at + length);
        const levels = lexicon.get(part) ?? null;
        // Three letters are a word only if there are no others: "a s s", but not in "p a s s e d".
        const counts = levels && (length >= 4 ? wordSeverity(levels) >= 0.3 : length === spelling.length);
        if (!counts && !(levels === null && vocabulary.get(part))) continue;
        if (counts || length >= 4 || (length === spelling.length && SHORT_GROUPS.has(part))) hit = true;
        words.push({ at, length, text: part, levels: counts ? levels : null });
        break;
      }
      at += Math.max(1, length > 2 ? length : 1);
    }
    if (!hit) continue;
    for (const { at, length, text, levels } of words) {
      const [first, last] = [tokens[from + at], tokens[from + at + length - 1]];
      claim(from + at, from + at + length - 1, [
        { start: first.start, end: last.end, text, sentence: first.sentence, levels },
      ]);
    }
    return;
  }
}

const unleetLong = (letters: string): string[] => (/\d/.test(letters) ? unleet(letters) : []);
