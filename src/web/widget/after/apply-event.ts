import type { Comment, StoryEvents } from '../../kit/wire.js';
import { merge, repliesOf, type ThreadState } from '../reading/thread-state.js';

export type StoryEvent = { [K in keyof StoryEvents]: { type: K; data: StoryEvents[K] } }[keyof StoryEvents];

/**
 * Takes an event of the story's stream into the thread, without moving what is on the page: other readers' comments wait
 * in `fresh`, what is shown changes in its place, what is taken away leaves its place marked. Events may come twice.
 */
export function applyEvent(state: ThreadState, event: StoryEvent): void {
  switch (event.type) {
    case 'comment.published':
    case 'comment.restored':
      arrive(state, event.data.comment);
      break;
    case 'comment.edited':
      change(state, event.data.comment);
      break;
    case 'comment.removed':
      takeAway(state, event.data.id, 'removed');
      break;
    case 'comment.deleted':
      takeAway(state, event.data.id, 'deleted');
      break;
    case 'comment.decided':
      decide(state, event.data);
      break;
    case 'counts':
      state.total = event.data.total;
      break;
  }
}

/** Top-level comment of the thread that the comment stands in, as far as this page knows; null when it does not. */
export function topOf(state: ThreadState, comment: Comment): string | null {
  let at: Comment | undefined = comment;
  while (at?.parentId) at = state.byId.get(at.parentId) ?? inFresh(state, at.parentId);
  return at?.id ?? null;
}

function inFresh(state: ThreadState, id: string): Comment | undefined {
  return (
    state.fresh.find((comment) => comment.id === id) ??
    [...state.replies.values()].flatMap((replies) => replies.fresh).find((reply) => reply.id === id)
  );
}

function arrive(state: ThreadState, comment: Comment): void {
  const known = state.byId.get(comment.id);
  if (known) {
    merge(state, comment);
    if (known.status === 'published') return;
  } else if (inFresh(state, comment.id)) return change(state, comment);
  const top = topOf(state, comment);
  if (!comment.parentId) {
    if (!known) state.fresh.push(comment);
  } else if (top) {
    const root = state.byId.get(top);
    if (root) state.byId.set(top, { ...root, replyCount: root.replyCount + 1 });
    const replies = repliesOf(state, top);
    // Where replies are still to be loaded, it will be among them.
    if (!known && root && replies.next === null) replies.fresh.push(comment);
  }
}

function change(state: ThreadState, comment: Comment): void {
  if (state.byId.has(comment.id)) return merge(state, comment);
  const swap = (list: Comment[]) => list.map((old) => (old.id === comment.id ? comment : old));
  state.fresh = swap(state.fresh);
  for (const replies of state.replies.values()) replies.fresh = swap(replies.fresh);
}

function takeAway(state: ThreadState, id: string, status: 'removed' | 'deleted'): void {
  const without = (list: Comment[]) => list.filter((comment) => comment.id !== id);
  state.fresh = without(state.fresh);
  for (const replies of state.replies.values()) replies.fresh = without(replies.fresh);
  const known = state.byId.get(id);
  if (!known?.author) return;
  state.byId.set(id, { ...known, status, author: null, body: null, html: null });
  const top = topOf(state, known);
  const root = top && top !== id && known.status === 'published' ? state.byId.get(top) : undefined;
  if (root) state.byId.set(root.id, { ...root, replyCount: Math.max(0, root.replyCount - 1) });
}

function decide(state: ThreadState, { id, status, reason }: StoryEvents['comment.decided']): void {
  const known = state.byId.get(id);
  if (known?.author) state.byId.set(id, { ...known, status, reason: reason ?? null });
}
