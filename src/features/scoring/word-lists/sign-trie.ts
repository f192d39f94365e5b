import type { Span } from '../scores.js';

type Node = Map<string, Node> & { isEnd?: boolean };

/**
 * The list's symbols and emoji, which are not words: matched literally, in one walk from each position of the text.
 */
export class SignTrie {
  private readonly root: Node = new Map<string, Node>();

  add(sign: string): void {
    let node = this.root;
    for (const unit of sign.split('')) {
      let next = node.get(unit);
      if (!next) node.set(unit, (next = new Map<string, Node>()));
      node = next;
    }
    node.isEnd = true;
  }

  /** Returns the longest match at each position as UTF-16 spans. */
  find(text: string): Span[] {
    const found: Span[] = [];
    if (this.root.size === 0) return found;
    for (let start = 0; start < text.length; start++) {
      let node: Node | undefined = this.root;
      let end = 0;
      for (let at = start; node && at < text.length; at++) {
        node = node.get(text[at]);
        if (node?.isEnd) end = at + 1;
      }
      if (end > 0) found.push([start, end]);
    }
    return found;
  }
}
