/** What the reader was writing, with the idempotency key under which it was last sent. */
export interface Draft {
  body: string;
  /** Key and text of the last attempt whose end is unknown. */
  sent?: { key: string; body: string };
}

/**
 * The key for sending this text: the one of an attempt with the same text, so that a repeat is never a second comment,
 * else a new one.
 */
export function keyFor(draft: Draft, body: string, newKey: () => string): string {
  return draft.sent?.body === body ? draft.sent.key : newKey();
}

/** Drafts in the browser's storage; where that is closed to us (private windows, settings), they live as long as the page. */
export class Drafts {
  readonly #memory = new Map<string, string>();

  /** @param scope site and story */
  constructor(private readonly scope: string) {}

  read(what: string): Draft {
    const name = this.#name(what);
    try {
      const text = this.#memory.get(name) ?? localStorage.getItem(name);
      const draft = JSON.parse(text ?? 'null') as Draft | null;
      return typeof draft?.body === 'string' ? draft : { body: '' };
    } catch {
      return { body: '' };
    }
  }

  keep(what: string, draft: Draft): void {
    const name = this.#name(what);
    const text = draft.body.trim() || draft.sent ? JSON.stringify(draft) : null;
    try {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
    } catch {
      if (text) this.#memory.set(name, text);
      else this.#memory.delete(name);
    }
  }

  drop(what: string): void {
    this.keep(what, { body: '' });
  }

  #name(what: string): string {
    return `postbag:draft:${this.scope}:${what}`;
  }
}
