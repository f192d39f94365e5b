import type { Comment, Gate, Page, Sort, Story, Thread, ThreadLimits } from '../../kit/api-types.js';

/** A comment's replies as far as they are shown: ids oldest first, and the cursor where the rest begins ('': at the beginning). */
export interface Replies {
  ids: string[];
  next: string | null;
  /** Arrived live and not shown yet, oldest first. */
  unseen: Comment[];
}

/** The thread as this page knows it. Changed in place by the functions beside it; drawn after each change. */
export interface ThreadState {
  sort: Sort;
  story: Story | null;
  gate: Gate | null;
  limits: ThreadLimits | null;
  /** What stands beside names instead of the tier's, by its key; empty: nothing. */
  badges: Record<string, string>;
  /** Kinds of reactions, in the site's order. */
  reactions: string[];
  /** Published comments and replies, as the server counts. */
  total: number;
  /** Editors' picks, as the server counts. */
  picks: number;
  /** The comment that stands first, whatever the order. */
  pinned: string | null;
  byId: Map<string, Comment>;
  /** Top-level comments in the order they are shown. */
  order: string[];
  next: string | null;
  /** By top-level comment. */
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

/** Takes in a page of the thread behind what is there; a comment that is there already keeps its place. */
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

/** Takes in a page of a comment's replies; one that came live before keeps one place, in order of time. */
export function addReplies(state: ThreadState, topId: string, page: Page<Comment>): void {
  const known = repliesOf(state, topId);
  known.next = page.next;
  for (const reply of page.items) {
    state.byId.set(reply.id, reply);
    if (!known.ids.includes(reply.id)) known.ids.push(reply.id);
  }
  known.unseen = known.unseen.filter((reply) => !known.ids.includes(reply.id));
  // UUIDv7: the order of ids is the order of time.
  known.ids.sort();
}

export function repliesOf(state: ThreadState, topId: string): Replies {
  let replies = state.replies.get(topId);
  if (!replies) state.replies.set(topId, (replies = { ids: [], next: null, unseen: [] }));
  return replies;
}

/** How many replies the server has beyond those that are shown or announced. */
export function hiddenReplies(state: ThreadState, topId: string): number {
  const { ids, unseen } = repliesOf(state, topId);
  const shown = ids.filter((id) => state.byId.get(id)?.status === 'published').length;
  return Math.max(0, (state.byId.get(topId)?.replyCount ?? 0) - shown - unseen.length);
}

/** The comment changed: new words, new counts. What only this reader knows about it (`viewer`) stays. */
export function mergeComment(state: ThreadState, comment: Comment): void {
  const known = state.byId.get(comment.id);
  state.byId.set(
    comment.id,
    known?.viewer && !comment.viewer ? { ...comment, viewer: known.viewer } : comment,
  );
}
