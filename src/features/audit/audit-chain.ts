import { createHash } from 'node:crypto';

/** One entry as it is stored; `body` is JSON, and the hash is over its very bytes. */
export interface ChainedEntry {
  readonly position: number;
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
}

/** What the chain is said to be: how many entries, and the hash of the last one. */
export interface ChainHead {
  readonly length: number;
  readonly head: string;
}

export interface BrokenEntry {
  /** The first entry that is not as it was written, or that is missing. */
  readonly position: number;
  readonly why: string;
}

/** What the first entry of a chain follows. */
export const NO_ENTRY = '0'.repeat(64);

/** SHA-256, hex, of the hash before, the position and the body, each on a line of its own (ADR 0009). */
export const hashOfEntry = ({ previous, position, body }: Omit<ChainedEntry, 'hash'>): string =>
  createHash('sha256').update(`${previous}\n${position}\n${body}`).digest('hex');

/** Follows a chain from its first entry on. */
export class ChainVerification {
  private length = 0;
  private head = NO_ENTRY;

  /** @returns what is wrong with this entry, the next one by position; null: nothing */
  add(entry: ChainedEntry): BrokenEntry | null {
    const position = this.length + 1;
    if (entry.position !== position) return { position, why: 'is missing' };
    if (entry.previous !== this.head) return { position, why: 'does not follow the entry before it' };
    if (hashOfEntry(entry) !== entry.hash) return { position, why: 'is not what was written' };
    this.length = position;
    this.head = entry.hash;
    return null;
  }

  /** After the last entry. @returns null when the chain ends where it is said to */
  finish({ length, head }: ChainHead): BrokenEntry | null {
    if (this.length < length) return { position: this.length + 1, why: 'is missing' };
    if (this.length > length) return { position: length + 1, why: 'was not written by the record itself' };
    return this.head === head ? null : { position: length, why: 'is not the one that was written last' };
  }

  get progress(): ChainHead {
    return { length: this.length, head: this.head };
  }
}
