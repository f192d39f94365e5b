import type { Comment, Gate, Page, Sort, Story, Thread, ThreadLimits } from '../../kit/api-types.js';

/** The loaded replies of a comment: ids oldest first, and the cursor for the rest ('' if none are loaded yet). */
export interface Replies {
  ids: string[];
  next: string | null;
  /** Arrived live and not shown yet, oldest first. */
  unseen: Comment[];
}

/**
 * The thread as known to this page. The functions in this file change it in place; it is rendered after each change.
 */
export interface ThreadState {
  sort: Sort;
  story: Story | null;
  gate: Gate | null;
  limits: ThreadLimits | null;
  /** Labels shown beside names instead of the tier's name, by tier key; an empty label shows nothing. */
  badges: Record<string, string>;
  /** The site's reactions, in its order. */
  reactions: string[];
  /** The server's count of published comments and replies. */
  total: number;
  /** The server's count of editors' picks. */
  picks: number;
  /** The comment shown first in any order. */
  pinned: string | null;
  byId: Map<string, Comment>;
  /** Ids of the top-level comments in display order. */
  order: string[];
  /** The cursor for the next page; null after the last. */
  next: string | null;
  /** Keyed by top-level comment. */
  replies: Map<string, Replies>;
  /** Top-level comments that arrived live and are not shown yet, oldest first. */
  unseen: Comment[];
}

export function emptyThread(sort: Sort): ThreadState {
  return {
    sort,
    story: null,
    gate: null,
    limits: null,
    badges: {},
    reactions: [],
    total: 0,
    picks: 0,
    pinned: null,
    byId: new Map(),
    order: [],
    next: null,
    replies: new Map(),
    unseen: [],
  };
}

/** Appends a page of the thread. A comment that is already loaded keeps its position. */
export function addPage(state: ThreadState, page: Thread): void {
  state.story = page.story;
  state.gate = page.gate;
  state.limits = page.limits;
  state.badges = page.badges ?? {};
  state.reactions = page.reactions;
  state.total = page.total;
  state.picks = page.picks;
  state.next = page.next;
  state.pinned ??= page.pinned?.id ?? null;
  for (const { replies, ...comment } of page.pinned ? [page.pinned, ...page.items] : page.items) {
    if (!state.order.includes(comment.id)) state.order.push(comment.id);
    state.byId.set(comment.id, comment);
    addReplies(state, comment.id, replies);
  }
}

/** Adds a page of a comment's replies in order of time. A reply that already arrived live is not duplicated. */
export function addReplies(state: ThreadState, topId: string, page: Page<Comment>): void {
  const replies = repliesOf(state, topId);
  replies.next = page.next;
  for (const reply of page.items) {
    state.byId.set(reply.id, reply);
    if (!replies.ids.includes(reply.id)) replies.ids.push(reply.id);
  }
  replies.unseen = replies.unseen.filter((reply) => !replies.ids.includes(reply.id));
  // UUIDv7: id order is time order.
  replies.ids.sort();
}

export function repliesOf(state: ThreadState, topId: string): Replies {
  let replies = state.replies.get(topId);
  if (!replies) state.replies.set(topId, (replies = { ids: [], next: null, unseen: [] }));
  return replies;
}

/** The number of published replies that are not loaded yet. */
export function hiddenReplies(state: ThreadState, topId: string): number {
  const { ids, unseen } = repliesOf(state, topId);
  const shown = ids.filter((id) => state.byId.get(id)?.status === 'published').length;
  return Math.max(0, (state.byId.get(topId)?.replyCount ?? 0) - shown - unseen.length);
}

/** Updates a comment's text and counts. Data about this reader only (`viewer`) is kept. */
export function mergeComment(state: ThreadState, comment: Comment): void {
  const before = state.byId.get(comment.id);
  state.byId.set(
    comment.id,
    before?.viewer && !comment.viewer ? { ...comment, viewer: before.viewer } : comment,
  );
}
