/**
 * What the server says and takes, as the readers' and the moderators' faces see it. One file, so that the types
 * generated from OpenAPI can take its place; names are the wire's own.
 */

/** ISO 8601, UTC. */
export type Instant = string;

export type CommentStatus = 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';

export type Sort = 'newest' | 'oldest' | 'top' | 'replies';

export interface Tier {
  key: string;
  name: string;
}

export type RefusalCode =
  | 'signed-out'
  | 'tier-required'
  | 'entitlement-ended'
  | 'quota-exceeded'
  | 'suspended'
  | 'banned'
  | 'story-closed';

/** Why the reader may not, in words for them; `url` leads to the way in (an upgrade) where the site has one. */
export interface Refusal {
  allowed: false;
  code: RefusalCode;
  message: string;
  requiredTier?: Tier;
  url?: string;
}

export type Permission = { allowed: true } | Refusal;

export type GateAction = 'read' | 'comment' | 'reply' | 'react' | 'flag';

export type Gate = Record<GateAction, Permission>;

export interface Author {
  id: string;
  name: string;
  picture: string | null;
  tier: Tier | null;
  role: 'reader' | 'staff' | 'author';
}

/** What this reader has done and may do here; only with a token. */
export interface Viewer {
  reactions: string[];
  flagged: boolean;
  mine: boolean;
  canEdit: boolean;
  canDelete: boolean;
}

/**
 * A comment, or what stays of one (`author`, `body` and `html` are null together when it was removed or deleted and has
 * visible replies). `html` is made and sanitised by the server. `replyCount` counts published descendants.
 */
export interface Comment {
  id: string;
  storyId: string;
  parentId: string | null;
  author: Author | null;
  body: string | null;
  html: string | null;
  status: CommentStatus;
  revision: number;
  createdAt: Instant;
  publishedAt: Instant | null;
  editedAt: Instant | null;
  replyCount: number;
  reactions: Record<string, number>;
  viewer?: Viewer;
  /** For its author, after a rejection or removal: what they are told. */
  reason?: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A top-level comment with its first replies, oldest first, all descendants flat. */
export interface ThreadItem extends Comment {
  replies: Page<Comment>;
}

export interface Story {
  id: string;
  key: string;
  title: string;
  url: string;
  state: 'open' | 'closed';
  topics: { type: string; key: string; name: string }[];
}

/** `GET …/comments`. `total` counts published comments and replies. */
export interface Thread extends Page<ThreadItem> {
  story: Story;
  gate: Gate;
  total: number;
}

export interface ReactionsAnswer {
  reactions: Record<string, number>;
}

export interface CountsAnswer {
  counts: Record<string, number>;
}

export type FlagReason = 'abuse' | 'hate' | 'spam' | 'off-topic' | 'personal-data' | 'illegal' | 'other';

/** RFC 9457 problem details with the members of this product. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  requestId?: string;
  errors?: { pointer: string; code: string; message: string }[];
  requiredTier?: Tier;
  url?: string;
}

/** Events of a story's stream, by the name in their `event` field. */
export interface StoryEvents {
  'comment.published': { comment: Comment };
  'comment.edited': { comment: Comment };
  'comment.restored': { comment: Comment };
  'comment.removed': { id: string };
  'comment.deleted': { id: string };
  'comment.decided': { id: string; status: CommentStatus; reason?: string };
  counts: { total: number };
  /** Too much was missed: read the thread anew. */
  reset: Record<string, never>;
}
