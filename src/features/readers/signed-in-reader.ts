import type { ReaderId } from '../../platform/ids.js';
import type { SanctionTombstone } from './sanction-tombstones.js';
import type { ReaderClaims } from './reader-claims.js';

/** The sender of a valid reader token. */
export interface SignedInReader {
  /** Postbag's own id, visible to others. If `isStored` is false, no row has this id. */
  readonly id: ReaderId;
  /** The token's `sub`. */
  readonly key: string;
  /** The name shown to others: checked, and distinct from the names of staff and other readers. */
  readonly name: string;
  readonly picture: string | null;
  readonly role: ReaderRole;
  /** False for a reader who has only read so far. Nothing about them is in the database. */
  readonly isStored: boolean;
  readonly claims: ReaderClaims;
  /** For a reader who is not stored: the sanction that was in effect when their earlier account was deleted. */
  readonly sanctionTombstone?: SanctionTombstone | null;
}

export const READER_ROLES = ['reader', 'staff', 'author'] as const;
export type ReaderRole = (typeof READER_ROLES)[number];
