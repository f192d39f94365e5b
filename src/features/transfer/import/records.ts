/**
 * What every import format yields, whatever product the file comes from. Ids and keys are the source's own; times are
 * milliseconds since 1970. One line of a file gives at most one record.
 */

/** A site of the source, where one export holds several. */
export interface GroupRecord {
  readonly kind: 'group';
  readonly id: string;
  readonly name: string;
  /** As `URL.origin` writes them. */
  readonly origins: readonly string[];
}

export interface StoryRecord {
  readonly kind: 'story';
  /** Becomes the story's key unless a story with the same address is registered already. */
  readonly id: string;
  readonly group: string | null;
  readonly url: string;
  readonly title: string | null;
  readonly section: string | null;
  readonly publishedAt: number | null;
  readonly createdAt: number;
  readonly isClosed: boolean;
}

export type ImportedStanding = 'normal' | 'warned' | 'suspended' | 'banned' | 'pre-moderated';

/** One entry of a reader's history of sanctions. */
export interface SanctionRecord {
  readonly standing: ImportedStanding;
  readonly at: number;
  /** Null: without an end. */
  readonly until: number | null;
  readonly reason: string | null;
  /** The source's id of who decided; null: the system. */
  readonly by: string | null;
  /** The groups that it holds for; null: all. */
  readonly groups: readonly string[] | null;
}

export interface ReaderRecord {
  readonly kind: 'reader';
  readonly id: string;
  /** The `sub` of the reader's tokens; null: the source does not know it. */
  readonly key: string | null;
  readonly name: string;
  readonly picture: string | null;
  readonly email: string | null;
  readonly role: 'reader' | 'staff';
  readonly createdAt: number;
  /** The source has deleted the account: nothing of it is kept. */
  readonly isErased: boolean;
  /** What holds now; the strictest one counts. */
  readonly current: readonly SanctionRecord[];
  readonly history: readonly SanctionRecord[];
}

export interface RevisionRecord {
  readonly id: string;
  /** Markdown, as `tidyBody` leaves it. */
  readonly body: string;
  readonly at: number;
}

export type ImportedStatus = 'published' | 'held' | 'rejected' | 'deleted';

export interface CommentRecord {
  readonly kind: 'comment';
  readonly id: string;
  readonly storyId: string;
  readonly parentId: string | null;
  /** Null: the account is gone. */
  readonly authorId: string | null;
  readonly status: ImportedStatus;
  /** The oldest first; empty for a deleted comment alone. */
  readonly revisions: readonly RevisionRecord[];
  readonly createdAt: number;
  readonly featuredAt: number | null;
}

export interface ReactionRecord {
  readonly kind: 'reaction';
  readonly commentId: string;
  readonly readerId: string;
  readonly at: number;
}

export interface FlagRecord {
  readonly kind: 'flag';
  readonly commentId: string;
  readonly readerId: string;
  readonly reason: 'abuse' | 'hate' | 'spam' | 'off-topic' | 'personal-data' | 'illegal' | 'other';
  readonly detail: string | null;
  readonly at: number;
  /** Nobody needs to look at it: it was answered, or asks for nothing. */
  readonly isClosed: boolean;
}

/** The source's own rules found something: the comment was held before a person saw it. */
export interface DetectionRecord {
  readonly kind: 'detection';
  readonly commentId: string;
  readonly revisionId: string | null;
  readonly reason: string;
  /** What it found is spam. */
  readonly isSpam: boolean;
  readonly at: number;
}

export interface DecisionRecord {
  readonly kind: 'decision';
  readonly id: string;
  readonly commentId: string;
  readonly revisionId: string | null;
  readonly status: 'published' | 'held' | 'rejected';
  /** The source's id of the moderator; null: the source's rules. */
  readonly by: string | null;
  /** A code of ours. */
  readonly reason: string | null;
  /** What the author was told. */
  readonly explanation: string | null;
  readonly note: string | null;
  readonly at: number;
}

export type ImportRecord =
  | GroupRecord
  | StoryRecord
  | ReaderRecord
  | CommentRecord
  | ReactionRecord
  | FlagRecord
  | DetectionRecord
  | DecisionRecord;

export interface ImportFault {
  readonly code: string;
  readonly message: string;
}

/** What became of one line: a record, a fault, both (kept, but not as it was), or nothing that is imported. */
export interface ParsedLine {
  readonly record?: ImportRecord;
  readonly fault?: ImportFault;
}
