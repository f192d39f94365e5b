import { createHash } from 'node:crypto';

/** One entry as stored. `body` is JSON; the hash covers its exact bytes. */
export interface ChainedEntry {
  readonly position: number;
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
}

/** The recorded state of the chain: the number of entries and the hash of the last one. */
export interface ChainHead {
  readonly length: number;
  readonly head: string;
}

export interface BrokenEntry {
  /** The first entry that was altered or is missing. */
  readonly position: number;
  readonly why: string;
}

/** The `previous` hash of the first entry in a chain. */
export const NO_ENTRY = '0'.repeat(64);

/** SHA-256 (hex) of the previous hash, the position and the body, each on its own line (ADR 0009). */
export const hashOfEntry = ({ previous, position, body }: Omit<ChainedEntry, 'hash'>): string =>
  createHash('sha256').update(`${previous}\n${position}\n${body}`).digest('hex');

/** Verifies a chain, starting at its first entry. */
export class ChainVerification {
  private length = 0;
  private head = NO_ENTRY;

  /** @returns what is wrong with this entry, which must be the next one by position; null if it is intact */
  add(entry: ChainedEntry): BrokenEntry | null {
    const position = this.length + 1;
    if (entry.position !== position) return { position, why: 'is missing' };
    if (entry.previous !== this.head) return { position, why: 'does not follow the entry before it' };
    if (hashOfEntry(entry) !== entry.hash) return { position, why: 'does not match its hash' };
    this.length = position;
    this.head = entry.hash;
    return null;
  }

  /**
   * Call this after the last entry.
   * @returns null if the chain ends where its recorded head says
   */
  finish({ length, head }: ChainHead): BrokenEntry | null {
    if (this.length < length) return { position: this.length + 1, why: 'is missing' };
    if (this.length > length) return { position: length + 1, why: 'was added outside the audit log' };
    return this.head === head ? null : { position: length, why: 'is not the last entry that was written' };
  }

  get progress(): ChainHead {
    return { length: this.length, head: this.head };
  }
}
