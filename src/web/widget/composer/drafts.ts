/** The reader's draft, with the idempotency key of the last attempt to send it. */
export interface Draft {
  body: string;
  /** Key and text of the last attempt if its outcome is unknown. */
  sent?: { key: string; body: string };
}

/**
 * The idempotency key for sending this text. An attempt with the same text reuses its key, so that a retry never
 * creates a second comment; other texts get a new key.
 */
export function keyFor(draft: Draft, body: string, newKey: () => string): string {
  return draft.sent?.body === body ? draft.sent.key : newKey();
}

/**
 * Drafts in the browser's storage. If storage is not available (private windows, settings), they last as long as the
 * page.
 */
export class Drafts {
  readonly #memory = new Map<string, string>();

  /** @param scope site and story */
  constructor(private readonly scope: string) {}

  read(draftKey: string): Draft {
    const name = this.#name(draftKey);
    try {
      const text = this.#memory.get(name) ?? localStorage.getItem(name);
      const draft = JSON.parse(text ?? 'null') as Draft | null;
      return typeof draft?.body === 'string' ? draft : { body: '' };
    } catch {
      return { body: '' };
    }
  }

  save(draftKey: string, draft: Draft): void {
    const name = this.#name(draftKey);
    const text = draft.body.trim() || draft.sent ? JSON.stringify(draft) : null;
    try {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
    } catch {
      if (text) this.#memory.set(name, text);
      else this.#memory.delete(name);
    }
  }

  drop(draftKey: string): void {
    this.save(draftKey, { body: '' });
  }

  #name(draftKey: string): string {
    return `postbag:draft:${this.scope}:${draftKey}`;
  }
}
