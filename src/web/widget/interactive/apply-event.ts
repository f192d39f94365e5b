import type { Comment, StoryEvents } from '../../kit/api-types.js';
import { mergeComment, repliesOf, type ThreadState } from '../thread/thread-state.js';

export type StoryEvent = { [K in keyof StoryEvents]: { type: K; data: StoryEvents[K] } }[keyof StoryEvents];

/**
 * Applies a stream event to the thread without moving anything on the page. Other readers' new comments wait in
 * `unseen`. Shown comments change in place, and removed ones leave a placeholder. Events may arrive twice.
 */
export function applyEvent(state: ThreadState, event: StoryEvent): void {
  switch (event.type) {
    case 'comment.published':
    case 'comment.restored':
      addNewComment(state, event.data.comment);
      break;
    case 'comment.edited':
      applyChange(state, event.data.comment);
      break;
    case 'comment.removed':
      removeComment(state, event.data.id, 'removed');
      break;
    case 'comment.deleted':
      removeComment(state, event.data.id, 'deleted');
      break;
    case 'comment.decided':
      applyDecision(state, event.data);
      break;
    case 'counts':
      state.total = event.data.total;
      break;
    case 'gate':
      state.gate = event.data.gate;
      break;
    case 'reset':
      // Events were missed. The caller reloads the thread.
      break;
  }
}

/** The top-level comment above this one; null if it or a comment between them is not loaded. */
export function topLevelIdOf(state: ThreadState, comment: Comment): string | null {
  let ancestor: Comment | undefined = comment;
  while (ancestor?.parentId)
    ancestor = state.byId.get(ancestor.parentId) ?? findUnseen(state, ancestor.parentId);
  return ancestor?.id ?? null;
}

function findUnseen(state: ThreadState, id: string): Comment | undefined {
  return (
    state.unseen.find((comment) => comment.id === id) ??
    [...state.replies.values()].flatMap((replies) => replies.unseen).find((reply) => reply.id === id)
  );
}

/** Adds or subtracts one published comment in the counts of the thread and of the parent comment. */
function adjustCounts(state: ThreadState, comment: Comment, by: 1 | -1): void {
  state.total = Math.max(0, state.total + by);
  const root = comment.parentId && state.byId.get(topLevelIdOf(state, comment) ?? '');
  if (root) state.byId.set(root.id, { ...root, replyCount: Math.max(0, root.replyCount + by) });
}

function addNewComment(state: ThreadState, comment: Comment): void {
  const loaded = state.byId.get(comment.id);
  if (loaded) {
    mergeComment(state, comment);
    if (loaded.status !== 'published') adjustCounts(state, comment, 1);
    return;
  }
  if (findUnseen(state, comment.id)) return applyChange(state, comment);
  adjustCounts(state, comment, 1);
  if (!comment.parentId) state.unseen.push(comment);
  const top = topLevelIdOf(state, comment);
  const replies = comment.parentId && top && state.byId.has(top) ? repliesOf(state, top) : null;
  // If there are replies still to load, the comment will be among them.
  if (replies?.next === null) replies.unseen.push(comment);
}

function applyChange(state: ThreadState, comment: Comment): void {
  if (state.byId.has(comment.id)) return mergeComment(state, comment);
  const replaceIn = (list: Comment[]) => list.map((old) => (old.id === comment.id ? comment : old));
  state.unseen = replaceIn(state.unseen);
  for (const replies of state.replies.values()) replies.unseen = replaceIn(replies.unseen);
}

function removeComment(state: ThreadState, id: string, status: 'removed' | 'deleted'): void {
  const loaded = state.byId.get(id);
  const unseenComment = loaded ? undefined : findUnseen(state, id);
  if (unseenComment) adjustCounts(state, unseenComment, -1);
  const removeFrom = (list: Comment[]) => list.filter((comment) => comment.id !== id);
  state.unseen = removeFrom(state.unseen);
  for (const replies of state.replies.values()) replies.unseen = removeFrom(replies.unseen);
  if (!loaded?.author) return;
  if (loaded.status === 'published') adjustCounts(state, loaded, -1);
  // The author still sees a removed comment and its reason, and may appeal.
  const cleared = loaded.viewer?.mine && status === 'removed' ? {} : { author: null, body: null, html: null };
  state.byId.set(id, { ...loaded, status, ...cleared });
}

function applyDecision(
  state: ThreadState,
  { id, status, reason, appeal }: StoryEvents['comment.decided'],
): void {
  const loaded = state.byId.get(id);
  if (!loaded?.author) return;
  const isShown = status === 'published';
  if (isShown !== (loaded.status === 'published')) adjustCounts(state, loaded, isShown ? 1 : -1);
  state.byId.set(id, {
    ...loaded,
    status,
    // If an appeal does not change the rejection, the reason stays.
    reason: reason ?? (appeal ? loaded.reason : null),
    ...(appeal && { appeal: { createdAt: new Date().toISOString(), ...loaded.appeal, state: appeal } }),
  });
}
