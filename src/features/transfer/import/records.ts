import type { CommentStatus } from '../../comments/comment-status.js';
import type { CommentLine, DecisionLine, EntitlementLine, ExportedStanding } from '../site-records.js';

/*
 * The records that every import format yields, regardless of the product that the file comes from. IDs and keys are
 * those of the source; times are milliseconds since 1970. Each line of a file yields at most one record.
 */

/** A site of the source, for exports that contain several. */
export interface GroupRecord {
  readonly kind: 'group';
  readonly id: string;
  readonly name: string;
  /** As in `URL.origin`. */
  readonly origins: readonly string[];
}

export interface StoryRecord {
  readonly kind: 'story';
  /** Becomes the story's key, unless a story with the same address is already registered. */
  readonly id: string;
  /** The key, if it is not the ID. */
  readonly key?: string;
  readonly group: string | null;
  readonly url: string;
  readonly title: string | null;
  readonly section: string | null;
  readonly publishedAt: number | null;
  readonly createdAt: number;
  readonly isClosed: boolean;
  /** Only in exports of this product. */
  readonly exact?: {
    readonly titleSource: string;
    readonly topics: readonly object[];
    readonly policy: object | null;
    readonly closesAt: number | null;
    readonly exemptFromAutoClose: boolean;
  };
}

export type ImportedStanding = ExportedStanding;

/** One entry in a reader's sanction history. */
export interface SanctionRecord {
  readonly standing: ImportedStanding;
  readonly at: number;
  /** Null if the sanction has no end. */
  readonly until: number | null;
  readonly reason: string | null;
  /** The source's ID of the person who decided; null for the system. */
  readonly by: string | null;
  /** The source's sites to which the sanction applies; null for all. */
  readonly groups: readonly string[] | null;
}

export interface ReaderRecord {
  readonly kind: 'reader';
  readonly id: string;
  /** The `sub` of the reader's tokens; null if the source does not know it. */
  readonly key: string | null;
  readonly name: string;
  readonly picture: string | null;
  readonly email: string | null;
  readonly role: 'reader' | 'staff' | 'author';
  readonly createdAt: number;
  /** Whether the source has deleted the account; if so, none of its data is imported. */
  readonly isErased: boolean;
  /** The sanctions in effect now. If there are several, the strictest applies. */
  readonly current: readonly SanctionRecord[];
  readonly history: readonly SanctionRecord[];
  /** Only in exports of this product. Such a reader is imported even without comments. */
  readonly exact?: { readonly nameFromPublisher: string; readonly tier: string | null };
}

export interface RevisionRecord {
  readonly id: string;
  /** Markdown, as normalized by `tidyBody`. */
  readonly body: string;
  readonly at: number;
}

export type ImportedStatus = 'published' | 'held' | 'rejected' | 'deleted';

export interface CommentRecord {
  readonly kind: 'comment';
  readonly id: string;
  readonly storyId: string;
  readonly parentId: string | null;
  /** Null if the account no longer exists. */
  readonly authorId: string | null;
  readonly status: ImportedStatus;
  /** Oldest first; empty only for a deleted comment. */
  readonly revisions: readonly RevisionRecord[];
  readonly createdAt: number;
  readonly featuredAt: number | null;
  /** Only in exports of this product. The history is then taken from the decisions as they are. */
  readonly exact?: ExactComment;
}

/** What an export of this product has of a comment besides. */
export type ExactComment = Pick<
  CommentLine,
  | 'status'
  | 'reason'
  | 'explanation'
  | 'shownRevision'
  | 'escalated'
  | 'waitingSince'
  | 'publishedAt'
  | 'pinnedAt'
  | 'authorTier'
  | 'language'
  | 'pageLanguage'
>;

/** What an export of this product has of a decision besides. */
export interface ExactDecision {
  readonly revision: number;
  readonly action: DecisionLine['action'];
  readonly rule: DecisionLine['rule'];
  readonly from: CommentStatus;
  readonly to: CommentStatus;
  readonly policyVersion: number;
}

export interface ReactionRecord {
  readonly kind: 'reaction';
  readonly commentId: string;
  readonly readerId: string;
  readonly at: number;
  /** The kind on this site; the site's first kind if it is left out. */
  readonly reaction?: string;
}

export interface FlagRecord {
  readonly kind: 'flag';
  readonly commentId: string;
  readonly readerId: string;
  readonly reason: 'abuse' | 'hate' | 'spam' | 'off-topic' | 'personal-data' | 'illegal' | 'other';
  readonly detail: string | null;
  readonly at: number;
  /** Whether it needs no review, because it was resolved or asks for no action. */
  readonly isClosed: boolean;
  /** Only in exports of this product: when it was closed, and the ID of the decision that closed it. */
  readonly exact?: { readonly closedAt: string | null; readonly closedBy: string | null };
}

/** A detection by the source's own rules, which held the comment before a person saw it. */
export interface DetectionRecord {
  readonly kind: 'detection';
  readonly commentId: string;
  readonly revisionId: string | null;
  readonly reason: string;
  /** Whether the rules detected spam. */
  readonly isSpam: boolean;
  readonly at: number;
}

export interface DecisionRecord {
  readonly kind: 'decision';
  readonly id: string;
  readonly commentId: string;
  readonly revisionId: string | null;
  readonly status: 'published' | 'held' | 'rejected';
  /** The source's ID of the moderator; null for the source's rules. */
  readonly by: string | null;
  /** A reason code of this product, not of the source. */
  readonly reason: string | null;
  /** The explanation given to the author. */
  readonly explanation: string | null;
  readonly note: string | null;
  readonly at: number;
  readonly exact?: ExactDecision;
}

export interface EntitlementRecord {
  readonly kind: 'entitlement';
  readonly line: Omit<EntitlementLine, 'type'>;
}

export type ImportRecord =
  | GroupRecord
  | StoryRecord
  | ReaderRecord
  | CommentRecord
  | ReactionRecord
  | FlagRecord
  | DetectionRecord
  | DecisionRecord
  | EntitlementRecord;

export interface ImportFault {
  readonly code: string;
  readonly message: string;
}

/**
 * The result of parsing one line: a record, a fault (the line is not imported), or both (it is imported with changes).
 */
export interface ParsedLine {
  readonly record?: ImportRecord;
  readonly fault?: ImportFault;
}
