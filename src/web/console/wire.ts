/**
 * What the server answers the console, as it stands on the wire. One file, so that types generated
 * from the OpenAPI description can take its place. Times are ISO 8601 UTC, scores are in [0, 1],
 * spans are half-open UTF-16 offsets into the comment's body.
 */

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Person {
  id: string;
  name: string;
}

export type ModeratorRole = string;

export interface Session {
  moderator: { id: string; name: string; email: string | null; hasPassword: boolean };
  sites: SiteRef[];
}

export interface SiteRef {
  id: string;
  name: string;
  role: ModeratorRole;
}

export const QUEUE_STATES = ['held', 'flagged', 'appealed', 'escalated', 'published', 'rejected'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

export const QUEUE_SORTS = ['risk', 'oldest', 'newest'] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

export type CommentStatus = 'pending' | 'published' | 'held' | 'rejected' | 'removed' | 'deleted';

export interface CommentView {
  id: string;
  storyId: string;
  parentId: string | null;
  body: string | null;
  status: CommentStatus;
  revision: number;
  createdAt: string;
  publishedAt: string | null;
  editedAt: string | null;
  replyCount: number;
}

export interface StoryRef {
  id: string;
  key: string;
  title: string;
  url: string;
  section: string | null;
}

export type Standing = 'normal' | 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted';

export interface AuthorView {
  id: string;
  name: string;
  tier: { key: string; name: string } | null;
  role: 'reader' | 'staff' | 'author';
  standing: Standing;
  standingUntil?: string | null;
  since: string;
  history: { published: number; held: number; rejected: number; removed: number; flagged: number };
}

export type Span = [start: number, end: number];

export interface Score {
  value: number;
  spans: Span[];
}

export interface Threshold {
  hold: number;
  reject?: number | null;
}

export type DecisionAction = 'approve' | 'reject' | 'remove' | 'restore' | 'escalate';

export interface LastDecision {
  id: string;
  action: string;
  by: string;
  moderator: Person | null;
  reason: string | null;
  createdAt: string;
  undoableUntil: string | null;
}

export interface QueueItem {
  comment: CommentView;
  story: StoryRef;
  parent: { id: string; author: { name: string } | null; body: string | null } | null;
  author: AuthorView | null;
  scores: Record<string, Score>;
  thresholds: Record<string, Threshold>;
  rule: { key: string; text: string } | null;
  flags: { count: number; reasons: Record<string, number> };
  /** The author's open appeal. */
  appeal?: { id: string; text: string; createdAt: string } | null;
  lookingAt: Person[];
  waitingSince: string;
  lastDecision: LastDecision | null;
}

export interface Revision {
  number: number;
  body: string;
  createdAt: string;
}

export interface DecisionRow {
  id: string;
  action: string;
  by: string;
  rule: { key: string; text: string } | string | null;
  moderator: Person | null;
  reason: string | null;
  note: string | null;
  from: string;
  to: string;
  revision: number;
  reverses: string | null;
  createdAt: string;
}

export interface FlagRow {
  id: string;
  reason: string;
  detail: string | null;
  createdAt: string;
  reader: Person | null;
}

export interface CommentDetail extends QueueItem {
  revisions: Revision[];
  decisions: DecisionRow[];
  flagItems: FlagRow[];
}

export type QueueCounts = Record<QueueState, { count: number; oldest: string | null }>;

export interface Reason {
  code: string;
  label: string;
  /** What the author reads. */
  text: string;
}

export interface DecisionRequest {
  commentId: string;
  revision: number;
  action: DecisionAction;
  reason?: string;
  note?: string;
}

export interface ProblemBody {
  status: number;
  code?: string;
  title?: string;
  detail?: string;
  requestId?: string;
  errors?: { pointer: string; code: string; message: string }[];
}

export type DecisionResult =
  | { commentId: string; status: CommentStatus; decisionId: string; error?: undefined }
  | { commentId: string; error: ProblemBody };

export interface StandingRequest {
  standing: Standing;
  until?: string;
  reason: string;
  note?: string;
}

export interface StandingAnswer {
  id: string;
  name: string;
  standing: Standing;
  until: string | null;
  reason: string | null;
}

export interface WebhookEndpoint {
  id: string;
  url: string;
  events: string[];
  body: string;
  status: 'enabled' | 'disabled';
  disabledReason: string | null;
  failingSince: string | null;
  createdAt: string;
}

export interface Attempt {
  number: number;
  startedAt: string;
  durationMs: number;
  /** HTTP status; null when no answer came. */
  status: number | null;
  error: string | null;
  /** The first 4 kB of the answer. */
  answer: string | null;
}

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'cancelled'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export interface Delivery {
  id: string;
  eventId: string;
  type: string;
  status: DeliveryStatus;
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  nextAttemptAt: string | null;
  createdAt: string;
  deliveredAt: string | null;
  /** The latest twenty, newest first. */
  log: Attempt[];
}

/** Payloads of the console's event stream, by event name. */
export interface DeskEvents {
  queue: { counts: QueueCounts };
  arrived: { commentId: string; state: QueueState };
  left: { commentId: string; status: CommentStatus; by: Person | 'rule' };
  looking: { commentId: string; lookingAt: Person[] };
}
