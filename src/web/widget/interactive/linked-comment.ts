import { problemOf } from '../../kit/problem.js';
import type { Comment } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { openComposer, openAccount } from './gated-actions.js';
import { addReplies, repliesOf } from '../thread/thread-state.js';
import { focusComment } from './announce.js';

const commentHash = /^#postbag-([0-9a-f-]{36})$/;

/**
 * Follows a link to a comment (`#postbag-ID`): shows its conversation alone, and loads the comment with its ancestors
 * if it is on a later page. `#postbag-me` opens the reader's account, `#postbag-write` the composer. Without such a
 * link, shows all conversations.
 */
export async function openLinkedComment(app: App): Promise<void> {
  if (location.hash === '#postbag-me') return openAccount(app, 'comments');
  if (location.hash === '#postbag-write') {
    clearHash();
    app.element.scrollIntoView();
    return openComposer(app);
  }
  const id = commentHash.exec(location.hash)?.[1];
  if (app.message?.id === '') {
    app.message = null;
    app.render();
  }
  if (!id) {
    if (app.onlyId) showAllComments(app);
    return;
  }
  try {
    const top = await findComment(app, id);
    if (!top) return;
    app.onlyId = top;
    app.folded.delete(top);
    app.render();
    focusComment(app, id, false);
  } catch (error) {
    // The comment is gone or not visible to this reader. Show the others.
    const isGone = problemOf(error)?.status === 404;
    app.message = isGone
      ? { id: '', text: app.t('linkGone'), isInfo: true }
      : { id: '', text: app.t('notNow'), retry: () => void openLinkedComment(app) };
    app.render();
    app.element.scrollIntoView();
  }
}

/**
 * Loads a comment with its ancestors if it is not on this page of the thread.
 *
 * @returns the top-level comment of its conversation; null if the thread was reloaded in the meantime
 */
export async function findComment(app: App, id: string): Promise<string | null> {
  const { state, session } = app;
  const path: Comment[] = [];
  for (let next: string | null = id; next; next = path[0]?.parentId ?? null)
    path.unshift(state.byId.get(next) ?? (await session.api.get<Comment>(`/api/v1/comments/${next}`)));
  const [top, ...below] = path;
  if (!top || state !== app.state) return null;
  for (const comment of path) {
    state.byId.set(comment.id, comment);
    if (comment.viewer?.ignored) app.unfolded.add(comment.id);
  }
  const replies = repliesOf(state, top.id);
  // The top-level comment is on another page of the thread, so its replies are not loaded either.
  if (!state.order.includes(top.id) && replies.ids.length === 0)
    replies.next = top.replyCount > 0 ? '' : null;
  addReplies(state, top.id, { items: below, next: replies.next });
  return top.id;
}

/** Removes the fragment from the page's URL. */
export function clearHash(): void {
  history.replaceState(history.state, '', location.pathname + location.search);
}

/** Shows one conversation alone, under a URL that links to it. */
export function showConversation(app: App, id: string): void {
  app.menuCommentId = null;
  if (location.hash === `#postbag-${id}`) void openLinkedComment(app);
  else location.hash = `postbag-${id}`;
}

/** Returns from one conversation to all of them, and scrolls to it there if it is on the page. */
export function showAllComments(app: App): void {
  const { onlyId } = app;
  app.onlyId = null;
  if (commentHash.test(location.hash)) clearHash();
  app.render();
  if (onlyId && app.state.order.includes(onlyId)) focusComment(app, onlyId, false);
  else app.root.querySelector<HTMLElement>('article')?.focus();
}
