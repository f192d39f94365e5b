import { appendTo, runsOf, shapeOf, squeeze } from './spellings.js';

/**
 * Finds words even with stretched (`idioooot`) or masked (`id?ot`) letters. The time of a lookup is bounded by the
 * word's length and the few entries of the same shape.
 */
export class Dictionary<T> {
  /**
   * @param allowsDoubledLetter whether an entry also matches with a letter doubled (`idioot`); this may also be a typo
   *   or another word (`looser`). A letter that occurs three times or more always counts as stretched
   */
  constructor(private readonly allowsDoubledLetter: (value: T) => boolean = () => false) {}

  private readonly exact = new Map<string, T>();
  private readonly bySqueezed = new Map<string, string[]>();
  private readonly byShape = new Map<string, string[]>();

  /** The first value for a word is kept. */
  add(word: string, value: T): void {
    if (this.exact.has(word)) return;
    this.exact.set(word, value);
    appendTo(this.bySqueezed, squeeze(word), word);
    appendTo(this.byShape, shapeOf(word), word);
  }

  entries(): IterableIterator<[string, T]> {
    return this.exact.entries();
  }

  get(word: string): T | undefined {
    return this.exact.get(word);
  }

  /**
   * Returns the entry that a spelling stands for.
   *
   * @param spelling folded; `?` stands for one masked letter
   * @param lessSevere chooses between two entries that match a masked spelling
   */
  find(spelling: string, lessSevere: (a: T, b: T) => boolean): { word: string; value: T } | undefined {
    if (spelling.includes('?')) return this.unmask(spelling, lessSevere);
    const value = this.exact.get(spelling);
    return value === undefined ? this.unstretch(spelling) : { word: spelling, value };
  }

  private unstretch(spelling: string): { word: string; value: T } | undefined {
    const runs = runsOf(spelling);
    const longest = Math.max(...runs);
    if (longest < 2 || spelling.length < 4) return undefined;
    for (const word of this.bySqueezed.get(squeeze(spelling)) ?? []) {
      const value = this.exact.get(word)!;
      const allowsDoubled = word.length >= 5 && this.allowsDoubledLetter(value);
      const fits = runsOf(word).every(
        (run, i) => runs[i] >= run && (runs[i] === run || runs[i] >= 3 || allowsDoubled),
      );
      if (fits && (word.length >= 4 || longest >= 4)) return { word, value };
    }
    return undefined;
  }

  private unmask(
    spelling: string,
    lessSevere: (a: T, b: T) => boolean,
  ): { word: string; value: T } | undefined {
    const masked = spelling.length - spelling.replaceAll('?', '').length;
    // At least the first letter is visible, and in words of five letters or more two letters.
    if (spelling.startsWith('?') || masked > spelling.length - (spelling.length > 4 ? 2 : 1))
      return undefined;
    let best: { word: string; value: T } | undefined;
    for (const word of this.byShape.get(shapeOf(spelling)) ?? []) {
      if (![...spelling].every((char, i) => char === '?' || char === word[i])) continue;
      const value = this.exact.get(word)!;
      if (!best || lessSevere(value, best.value)) best = { word, value };
    }
    return best;
  }
}
