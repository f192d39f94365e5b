/** Stands for a word boundary in the vocabulary. */
const BOUNDARY = '\u2581';
const WORD_BOUNDARY = BOUNDARY.codePointAt(0)!;
const SPACE = 0x20;
/** The token of characters that the vocabulary does not have. Ids below `FIRST_PIECE` never match a text. */
const UNKNOWN = 0;
const FIRST_PIECE = 6;
/** Texts are cut here before they are read, which bounds the time. It is far more than the encoder's tokens hold. */
export const MAX_CHARS = 4096;

const ROOT = 0;
/** A character that no piece has. */
const ABSENT = -1;
/** More than the vocabulary has different characters; a key is `node * MAX_CHARACTERS + character`. */
const MAX_CHARACTERS = 1024;

function cut(text: string): string {
  if (text.length <= MAX_CHARS) return text;
  const splitsPair = /[\uD800-\uDBFF]/.test(text[MAX_CHARS - 1]);
  return text.slice(0, splitsPair ? MAX_CHARS - 1 : MAX_CHARS);
}

/**
 * Splits a text into pieces of a vocabulary so that the sum of their scores (logarithms of probabilities) is largest:
 * the unigram model of SentencePiece (Kudo, 2018). Gives the same ids as the tokenizer that the weights were published
 * with, including where that one differs from SentencePiece.
 */
export class SentencePieces {
  /** A trie; for its keys see `MAX_CHARACTERS`. A piece's characters lead from the root to its node. */
  private readonly children = new Map<number, number>();
  /** The trie's number of each character, by code point. */
  private readonly characters = new Map<number, number>();
  /** Token id by node; `UNKNOWN` if no piece ends there. */
  private readonly idOf: Int32Array;
  private readonly lengthOf: Int32Array;

  /**
   * @param pieces the vocabulary, by token id
   * @param scores by token id
   */
  constructor(
    pieces: readonly string[],
    private readonly scores: Float64Array,
  ) {
    if (pieces.length !== scores.length) throw new Error('the vocabulary must have one score per piece');
    const ids: number[] = [UNKNOWN];
    this.lengthOf = Int32Array.from(pieces, (piece) => [...piece].length);
    this.lengthOf[UNKNOWN] = 1;
    for (let id = FIRST_PIECE; id < pieces.length; id++) {
      let node = ROOT;
      for (const character of pieces[id]) {
        const key = node * MAX_CHARACTERS + this.indexOf(character.codePointAt(0)!);
        let next = this.children.get(key);
        if (next === undefined) {
          next = ids.push(UNKNOWN) - 1;
          this.children.set(key, next);
        }
        node = next;
      }
      ids[node] = id;
    }
    if (this.characters.size > MAX_CHARACTERS)
      throw new Error(`the vocabulary has more than ${MAX_CHARACTERS} different characters`);
    this.idOf = Int32Array.from(ids);
  }

  private indexOf(character: number): number {
    let index = this.characters.get(character);
    if (index === undefined) {
      index = this.characters.size;
      this.characters.set(character, index);
    }
    return index;
  }

  /** The characters of a text as the trie numbers them, with spaces as word boundaries. */
  private symbolsOf(text: string): Int16Array {
    const symbols = new Int16Array(text.length);
    let count = 0;
    for (let at = 0; at < text.length;) {
      const character = text.codePointAt(at)!;
      symbols[count++] = this.characters.get(character === SPACE ? WORD_BOUNDARY : character) ?? ABSENT;
      at += character > 0xffff ? 2 : 1;
    }
    return symbols.subarray(0, count);
  }

  /**
   * Takes time linear in the text: from each character, as many steps as the longest piece has characters.
   *
   * @param text only its first `MAX_CHARS` UTF-16 units are read
   * @returns token ids; adjacent unknown characters share one
   */
  encode(text: string): number[] {
    const normalized = cut(text).normalize('NFKC');
    if (normalized.length === 0) return [];
    const symbols = this.symbolsOf(BOUNDARY + normalized);
    // The best score of a split of the first n characters, and its last token. Where no piece ends, the score stays 0
    // and the token unknown, and 0 gives way to any score, as in the original.
    const best = new Float64Array(symbols.length + 1);
    const last = new Int32Array(symbols.length + 1);
    for (let start = 0; start < symbols.length; start++) {
      let node = ROOT;
      let found = false;
      for (let at = start; at < symbols.length; at++) {
        const next: number | undefined =
          symbols[at] === ABSENT ? undefined : this.children.get(node * MAX_CHARACTERS + symbols[at]);
        if (next === undefined) break;
        node = next;
        const id = this.idOf[node];
        if (id === UNKNOWN) continue;
        found = true;
        const score = best[start] + this.scores[id];
        if (best[at + 1] === 0 || score >= best[at + 1]) {
          best[at + 1] = score;
          last[at + 1] = id;
        }
      }
      if (!found && (best[start + 1] === 0 || best[start] >= best[start + 1])) {
        best[start + 1] = best[start];
        last[start + 1] = UNKNOWN;
      }
    }
    const ids: number[] = [];
    for (let end = symbols.length; end > 0; end -= this.lengthOf[last[end]]) {
      const id = last[end];
      if (id !== UNKNOWN || ids[ids.length - 1] !== UNKNOWN) ids.push(id);
    }
    return ids.reverse();
  }
}
