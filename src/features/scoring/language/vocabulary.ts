import { readdirSync, readFileSync } from 'node:fs';

/*
 * Word probabilities in each language: from the word lists in `words/`, or from the letters if no list has the word.
 * The tables are typed arrays because some 300,000 words as strings would take ten times the memory.
 */

// Destructured because Jest runs specs in vm contexts, where every access to a global is slow.
const { exp, imul, log, max, min, round } = Math;

const WORDS = new URL('./words/', import.meta.url);
const ENGLISH = 'en';
const NAMES = 'en-names';

/** English first; `ru-Latn` is Russian in Latin letters. */
export const LANGUAGES: readonly string[] = [
  ENGLISH,
  ...readdirSync(WORDS)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => file.slice(0, -4))
    .filter((name) => name !== ENGLISH && name !== NAMES)
    .sort(),
];
const COUNT = LANGUAGES.length;
const PADDED_LANGUAGES = 32;

/** Flag that an entry stores in addition to a word's level. */
const DICTIONARY = 1;

// Open addressing; a word has an entry per language, in adjacent slots.
const SLOTS = 1 << 20;
const EMPTY = 0xffff;

/**
 * Number of letters used for unlisted words: a to z, the apostrophe, accented letters by base letter, and the word
 * boundary.
 */
const LETTERS = 40;
const EDGE = 0;
const OTHER = 39;
const ACCENTED = 'aeiouycnsz';
const ODD_LETTERS: Readonly<Record<string, number>> = {
  ß: 37,
  ø: 31,
  æ: 28,
  œ: 31,
  ł: OTHER,
  đ: OTHER,
  ı: 30,
};

/** The share of words in running text that a list does not have. */
const UNLISTED = [0.006, 0.036];
/** Less than the probability of any listed word. */
const MIN_PROBABILITY = 1e-30;
/** Factor for a word without its accents, as many people type it. */
const UNACCENTED = 0.25;

function letterOf(char: string): number {
  const code = char.charCodeAt(0);
  if (code >= 97 && code <= 122) return code - 96;
  if (char === "'") return 27;
  const odd = ODD_LETTERS[char];
  if (odd !== undefined) return odd;
  const base = ACCENTED.indexOf(char.normalize('NFD')[0]);
  return base >= 0 && char.length === 1 ? 28 + base : OTHER;
}

const hashOf = (word: string, seed: number): number => {
  let hash = seed;
  for (let at = 0; at < word.length; at++) hash = imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) | 0;
};

const IS_ASCII = /^[\0-\x7f]*$/;
export const withoutAccents = (word: string): string =>
  IS_ASCII.test(word)
    ? word
    : word
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replace(/ß/g, 'ss')
        .replace(/[øœ]/g, 'o')
        .replace(/æ/g, 'ae')
        .replace(/ł/g, 'l')
        .replace(/đ/g, 'd')
        .replace(/ı/g, 'i');

/** A word as found in the lists. */
export interface WordEvidence {
  /** Per language, in the order of `LANGUAGES`: the natural logarithm of its probability. */
  readonly logs: Float64Array;
  /** Whether it is in any list. */
  readonly isListed: boolean;
  /** Whether it is in the English dictionary and not only a name. */
  readonly isDictionary: boolean;
  /** Its share of English text according to the lists; 0 if they do not have it. */
  readonly english: number;
  /** Per language: 1 if its list has the word. */
  readonly listed: Uint8Array;
}

export class Vocabulary {
  private readonly keys = new Int32Array(SLOTS);
  private readonly checks = new Int32Array(SLOTS);
  /** Language, dictionary flag and level: the word's probability is `2 ^ (-level / 2)`. */
  private readonly entries = new Uint16Array(SLOTS).fill(EMPTY);
  /** `-10 ln p` of a letter after two others, per language; at most 255. */
  private readonly costs = new Uint8Array(LETTERS ** 3 * PADDED_LANGUAGES);

  constructor() {
    const english = new Set<string>();
    const counts = new Float32Array(LETTERS ** 3);
    const read = (language: number, name: string): void => {
      for (const line of readFileSync(new URL(`${name}.txt`, WORDS), 'utf8').split('\n')) {
        const [levelText, ...words] = line.split(' ');
        const level = Number(levelText);
        for (const word of words) {
          this.add(word, language, level, name === ENGLISH ? DICTIONARY : 0);
          if (language === 0 && level < 34) english.add(word);
          // A word that is far more frequent in English is an English word in foreign subtitles.
          else if (language !== 0 && level > 26 && english.has(word)) continue;
          this.count(counts, word, name === NAMES ? 0.3 : 1);
          if (language === 0 || LANGUAGES[language] === 'vi') continue;
          const unaccented = withoutAccents(word);
          if (unaccented === word) continue;
          this.add(unaccented, language, level + 4, 0);
          this.count(counts, unaccented, UNACCENTED);
        }
      }
    };
    for (const [language, name] of LANGUAGES.entries()) {
      counts.fill(0);
      read(language, name);
      if (language === 0) read(0, NAMES);
      this.learnLetters(counts, language);
    }
  }

  evidenceFor(word: string): WordEvidence {
    const logs = new Float64Array(COUNT);
    const listed = new Uint8Array(COUNT);
    let isListed = false;
    let isDictionary = false;
    const key = hashOf(word, 0x811c9dc5);
    const check = hashOf(word, 0x2f0b4c47);
    for (let slot = key & (SLOTS - 1); this.entries[slot] !== EMPTY; slot = (slot + 1) & (SLOTS - 1)) {
      if (this.keys[slot] !== key || this.checks[slot] !== check) continue;
      const entry = this.entries[slot];
      const language = entry >> 9;
      logs[language] = max(logs[language], 2 ** (-(entry & 0xff) / 2));
      listed[language] = 1;
      isListed = true;
      if (language === 0 && entry & 0x100) isDictionary = true;
    }
    const english = logs[0];
    this.addLetters(word, logs);
    return { logs, listed, isListed, isDictionary, english };
  }

  has(word: string): boolean {
    const key = hashOf(word, 0x811c9dc5);
    const check = hashOf(word, 0x2f0b4c47);
    for (let slot = key & (SLOTS - 1); this.entries[slot] !== EMPTY; slot = (slot + 1) & (SLOTS - 1))
      if (this.keys[slot] === key && this.checks[slot] === check) return true;
    return false;
  }

  private add(word: string, language: number, level: number, flag: number): void {
    const key = hashOf(word, 0x811c9dc5);
    let slot = key & (SLOTS - 1);
    while (this.entries[slot] !== EMPTY) slot = (slot + 1) & (SLOTS - 1);
    this.keys[slot] = key;
    this.checks[slot] = hashOf(word, 0x2f0b4c47);
    this.entries[slot] = (language << 9) | (flag << 8) | min(level, 0xff);
  }

  private count(counts: Float32Array, word: string, weight: number): void {
    let [before, last] = [EDGE, EDGE];
    for (let at = 0; at <= word.length; at++) {
      const letter = at < word.length ? letterOf(word[at]) : EDGE;
      counts[(before * LETTERS + last) * LETTERS + letter] += weight;
      before = last;
      last = letter;
    }
  }

  /** Witten-Bell smoothing: letters never seen after a pair fall back to those seen after its last letter. */
  private learnLetters(counts: Float32Array, language: number): void {
    const pairs = new Float32Array(LETTERS ** 2);
    const singles = new Float32Array(LETTERS);
    for (let at = 0; at < counts.length; at++) {
      pairs[at % LETTERS ** 2] += counts[at];
      singles[at % LETTERS] += counts[at];
    }
    const smooth = (
      own: Float32Array,
      from: number,
      backoff: (letter: number) => number,
    ): ((letter: number) => number) => {
      let total = 0;
      let kinds = 0;
      for (let letter = 0; letter < LETTERS; letter++) {
        total += own[from + letter];
        if (own[from + letter] > 0) kinds++;
      }
      return total === 0
        ? backoff
        : (letter) => (own[from + letter] + kinds * backoff(letter)) / (total + kinds);
    };
    const singleProbability = smooth(singles, 0, () => 1 / LETTERS);
    for (let last = 0; last < LETTERS; last++) {
      const afterOne = smooth(pairs, last * LETTERS, singleProbability);
      for (let before = 0; before < LETTERS; before++) {
        const context = (before * LETTERS + last) * LETTERS;
        const afterTwo = smooth(counts, context, afterOne);
        for (let letter = 0; letter < LETTERS; letter++)
          this.costs[(context + letter) * PADDED_LANGUAGES + language] = min(
            255,
            round(-10 * log(afterTwo(letter))),
          );
      }
    }
  }

  /** Adds the letter evidence to the probabilities in `logs` and converts them to logarithms. */
  private addLetters(word: string, logs: Float64Array): void {
    const sums = letterSums.fill(0);
    let [before, last] = [EDGE, EDGE];
    for (let at = 0; at <= word.length; at++) {
      const letter = at < word.length ? letterOf(word[at]) : EDGE;
      const from = ((before * LETTERS + last) * LETTERS + letter) * PADDED_LANGUAGES;
      for (let language = 0; language < COUNT; language++) sums[language] += this.costs[from + language];
      before = last;
      last = letter;
    }
    for (let language = 0; language < COUNT; language++) {
      const letterProbability = exp(-sums[language] / 10) * UNLISTED[language === 0 ? 0 : 1];
      logs[language] = log(logs[language] + letterProbability + MIN_PROBABILITY);
    }
  }
}

const letterSums = new Float64Array(COUNT);

let loaded: Vocabulary | undefined;

/** The word lists, loaded once per process when the first comment is scored. */
export const vocabulary = (): Vocabulary => (loaded ??= new Vocabulary());
