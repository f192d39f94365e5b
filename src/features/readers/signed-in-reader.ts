import type { ReaderId } from '../../platform/ids.js';
import type { SanctionTombstone } from './sanction-tombstones.js';
import type { ReaderClaims } from './reader-claims.js';

/** Who sent a valid reader token. */
export interface SignedInReader {
  /** Ours, and what others see; one that no row has when `isStored` is false. */
  readonly id: ReaderId;
  /** The token's `sub`. */
  readonly key: string;
  /** As others see it: screened, and not mistakable for staff or for another reader. */
  readonly name: string;
  readonly picture: string | null;
  readonly role: ReaderRole;
  /** False for somebody who so far only read: nothing of theirs is in the database. */
  readonly isStored: boolean;
  readonly claims: ReaderClaims;
  /** How somebody who is not stored will stand by what was decided before their deletion. */
  readonly sanctionTombstone?: SanctionTombstone | null;
}

export const READER_ROLES = ['reader', 'staff', 'author'] as const;
export type ReaderRole = (typeof READER_ROLES)[number];
