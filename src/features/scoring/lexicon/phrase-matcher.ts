/** One word of a text in order; what the patterns of `phrases.ts` run over. */
export interface PhraseWord {
  readonly text: string;
  readonly sentence: number;
}

type Slot =
  | { readonly kind: 'word'; readonly words: ReadonlySet<string>; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly max: number }
  | { readonly kind: 'end' };

interface Pattern<T> {
  readonly slots: readonly Slot[];
  readonly atStart: boolean;
  readonly value: T;
}

export interface PhraseMatch<T> {
  readonly value: T;
  /** Indexes of the words, `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/**
 * Finds patterns in rows of words. A pattern has a bounded number of optional slots and gaps and never looks past
 * the sentence, so that the work per word has a bound which no text can raise: see `steps`.
 */
export class PhraseMatcher<T> {
  private readonly byFirst = new Map<string, Pattern<T>[]>();
  /** Every word that a pattern names. */
  readonly vocabulary = new Set<string>();
  /** Comparisons made by the last `match`; for the spec of the bound. */
  steps = 0;

  /** @throws {Error} for a pattern that names an unknown list or starts with a gap: a fault of ours */
  constructor(
    patterns: Iterable<readonly [T, string]>,
    private readonly lists: Readonly<Record<string, readonly string[]>>,
  ) {
    for (const [value, text] of patterns) this.add(value, text);
  }

  private add(value: T, text: string): void {
    const parts = text.split(' ');
    const atStart = parts[0] === '^';
    const slots = (atStart ? parts.slice(1) : parts).map((part) => this.slotOf(part));
    const lead = slots.findIndex((slot) => slot.kind !== 'word' || !slot.optional);
    const firsts = slots.slice(0, lead + 1);
    if (lead < 0 || firsts.some((slot) => slot.kind !== 'word'))
      throw new Error(`a pattern must start with a word: ${text}`);
    for (const word of new Set(firsts.flatMap((slot) => (slot.kind === 'word' ? [...slot.words] : [])))) {
      const patterns = this.byFirst.get(word);
      if (patterns) patterns.push({ slots, atStart, value });
      else this.byFirst.set(word, [{ slots, atStart, value }]);
    }
  }

  private slotOf(part: string): Slot {
    if (part === '$') return { kind: 'end' };
    if (part.startsWith('..')) return { kind: 'gap', max: Number(part.slice(2)) };
    const optional = part.endsWith('?');
    const words = (optional ? part.slice(0, -1) : part).split('|').flatMap((word) => {
      if (!word.startsWith('@')) return [word];
      const list = this.lists[word.slice(1)];
      if (!list) throw new Error(`a pattern names an unknown list: ${word}`);
      return list;
    });
    words.forEach((word) => this.vocabulary.add(word));
    return { kind: 'word', words: new Set(words), optional };
  }

  /** All patterns that match, in the order of where they start; each at its shortest. */
  match(words: readonly PhraseWord[]): PhraseMatch<T>[] {
    this.steps = 0;
    const found: PhraseMatch<T>[] = [];
    words.forEach((word, from) => {
      const patterns = this.byFirst.get(word.text);
      if (!patterns) return;
      const starts = from === 0 || words[from - 1].sentence !== word.sentence;
      for (const { slots, atStart, value } of patterns) {
        if (atStart && !starts) continue;
        const to = this.fit(slots, 0, words, from, word.sentence);
        if (to > 0) found.push({ value, from, to });
      }
    });
    return found;
  }

  /** The index behind the match, or -1. */
  private fit(
    slots: readonly Slot[],
    slot: number,
    words: readonly PhraseWord[],
    at: number,
    sentence: number,
  ): number {
    this.steps++;
    const here = slots[slot];
    if (!here) return at;
    const word = words[at]?.sentence === sentence ? words[at] : undefined;
    if (here.kind === 'end') return word ? -1 : this.fit(slots, slot + 1, words, at, sentence);
    if (here.kind === 'gap') {
      for (let skipped = 0; skipped <= here.max; skipped++) {
        if (skipped > 0 && words[at + skipped - 1]?.sentence !== sentence) return -1;
        const to = this.fit(slots, slot + 1, words, at + skipped, sentence);
        if (to > 0) return to;
      }
      return -1;
    }
    if (word && here.words.has(word.text)) {
      const to = this.fit(slots, slot + 1, words, at + 1, sentence);
      if (to > 0) return to;
    }
    return here.optional ? this.fit(slots, slot + 1, words, at, sentence) : -1;
  }
}
