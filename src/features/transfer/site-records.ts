/*
 * The lines of an export (`GET …/export`), which an import of the format `jsonl` reads. Each line is one JSON object;
 * `type` names its shape. Instants are ISO 8601 in UTC with milliseconds. An import ignores members it does not know.
 */
import type { CommentStatus } from '../comments/comment-status.js';

export const EXPORT_VERSION = 1;

/** The first line. */
export interface SiteLine {
  readonly type: 'site';
  readonly version: typeof EXPORT_VERSION;
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly exportedAt: string;
}

export interface StoryLine {
  readonly type: 'story';
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly titleSource: 'path' | 'page' | 'publisher';
  readonly section: string | null;
  readonly publishedAt: string | null;
  readonly topics: readonly object[];
  readonly state: 'open' | 'closed';
  readonly closesAt: string | null;
  readonly exemptFromAutoClose: boolean;
  readonly policy: object | null;
  readonly createdAt: string;
}

export const EXPORTED_STANDINGS = [
  'normal',
  'warned',
  'suspended',
  'banned',
  'pre-moderated',
  'trusted',
] as const;
export type ExportedStanding = (typeof EXPORTED_STANDINGS)[number];

export interface SanctionLine {
  readonly standing: ExportedStanding;
  readonly until: string | null;
  readonly reason: string;
  /** The name of the person or API key that decided. */
  readonly by: string | null;
  readonly at: string;
}

/** Erased readers are not exported. */
export interface ReaderLine {
  readonly type: 'reader';
  /** The `sub` of the reader's tokens. */
  readonly key: string;
  /** As other readers see it. */
  readonly name: string;
  readonly nameFromPublisher: string;
  readonly picture: string | null;
  readonly email: string | null;
  readonly tier: string | null;
  readonly role: 'reader' | 'staff' | 'author';
  readonly standing: ExportedStanding;
  readonly standingUntil: string | null;
  readonly standingReason: string | null;
  /** Oldest first. */
  readonly sanctions: readonly SanctionLine[];
  readonly createdAt: string;
}

export interface EntitlementLine {
  readonly type: 'entitlement';
  readonly readerKey: string;
  readonly key: string;
  readonly tier: string;
  readonly status: 'active' | 'trialing' | 'past_due' | 'cancelled' | 'expired';
  readonly kind: 'subscription' | 'trial' | 'gift' | 'seat';
  readonly grantedBy: string | null;
  readonly validUntil: string | null;
  readonly graceUntil: string | null;
  readonly endedAt: string | null;
  readonly source: string;
  /** A decimal number as a string. */
  readonly sequence: string | null;
  readonly reportedAt: string;
}

export interface CommentLine {
  readonly type: 'comment';
  readonly id: string;
  readonly storyKey: string;
  readonly parentId: string | null;
  /** Null if the author was erased. */
  readonly readerKey: string | null;
  readonly authorTier: string | null;
  readonly status: CommentStatus;
  /** A code of the site's reasons, for a rejection or removal. */
  readonly reason: string | null;
  /** The text that the author was shown with the decision. */
  readonly explanation: string | null;
  /** Oldest first; empty for a deleted comment. */
  readonly revisions: readonly { readonly body: string; readonly at: string }[];
  /** The number of the revision that others see or last saw, from 1. */
  readonly shownRevision: number | null;
  readonly escalated: boolean;
  readonly waitingSince: string | null;
  readonly publishedAt: string | null;
  readonly pickedAt: string | null;
  readonly pinnedAt: string | null;
  readonly language: string | null;
  readonly pageLanguage: string | null;
  readonly createdAt: string;
}

export interface DecisionLine {
  readonly type: 'decision';
  readonly id: string;
  readonly commentId: string;
  readonly revision: number;
  readonly action: (typeof EXPORTED_ACTIONS)[number];
  /** Null for a decision by a person. */
  readonly rule: { readonly key: string; readonly text: string | null } | null;
  /** The name of the person or API key that decided; null for a rule. */
  readonly by: string | null;
  readonly reason: string | null;
  readonly explanation: string | null;
  readonly note: string | null;
  readonly from: CommentStatus;
  readonly to: CommentStatus;
  readonly policyVersion: number;
  readonly at: string;
}

export const EXPORTED_ACTIONS = [
  'publish',
  'hold',
  'approve',
  'reject',
  'remove',
  'restore',
  'escalate',
  'undo',
] as const;

export interface ReactionLine {
  readonly type: 'reaction';
  readonly commentId: string;
  readonly readerKey: string;
  readonly kind: string;
  readonly at: string;
}

export interface FlagLine {
  readonly type: 'flag';
  readonly commentId: string;
  /** Null for a flag by a visitor without an account, which is not imported. */
  readonly readerKey: string | null;
  readonly reason: string;
  readonly detail: string | null;
  readonly at: string;
  readonly closedAt: string | null;
  /** The decision that closed it. */
  readonly closedBy: string | null;
}

/** For the record; not imported. */
export interface EventLine {
  readonly type: 'event';
  /** The thin webhook body. */
  readonly event: unknown;
}

/** For the record; not imported. `hash` and `previous` form the audit chain; see `GET …/audit/export`. */
export interface AuditLine {
  readonly type: 'audit';
  readonly position: number;
  readonly previous: string;
  readonly hash: string;
  /** The exact text over which the hash is computed. */
  readonly entry: string;
}

/** After each page. Send `after` as `?after=` to resume an interrupted export behind this line. */
export interface CursorLine {
  readonly type: 'cursor';
  readonly after: string;
}

/** The last line. A file without it is incomplete. */
export interface EndLine {
  readonly type: 'end';
}

export type ExportLine =
  | SiteLine
  | StoryLine
  | ReaderLine
  | EntitlementLine
  | CommentLine
  | DecisionLine
  | ReactionLine
  | FlagLine
  | EventLine
  | AuditLine
  | CursorLine
  | EndLine;
