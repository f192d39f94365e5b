import type { Comment, Page } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { addPage, addReplies, repliesOf } from '../thread/thread-state.js';
import { focusComment, announce } from './announce.js';

/** Shows only the editors' picks, or all comments again. */
export async function showPicks(app: App, picksOnly: boolean): Promise<void> {
  if (picksOnly === (app.picks !== null)) return;
  app.picks = picksOnly ? { ids: [], next: '' } : null;
  app.failed.delete('');
  app.render();
  if (picksOnly) await loadMore(app);
}

/** Loads the next page of comments or picks. The first new one is focused; the page does not scroll. */
export async function loadMore(app: App): Promise<void> {
  const { picks } = app;
  await fetchPage(app, '', async () => {
    if (picks) return loadMorePicks(app, picks);
    const { state } = app;
    const shown = state.order.length;
    addPage(state, await app.session.thread(state.sort, state.next));
    return state.order.slice(shown);
  });
}

async function loadMorePicks(app: App, picks: NonNullable<App['picks']>): Promise<string[]> {
  const query = picks.next ? `?cursor=${encodeURIComponent(picks.next)}` : '';
  const page = await app.session.api.get<Page<Comment>>(app.session.path(`/picks${query}`));
  const { state } = app;
  for (const comment of page.items) {
    // A comment that is not on any loaded page: its replies have not been loaded.
    if (!state.byId.has(comment.id) && comment.replyCount > 0) repliesOf(state, comment.id).next = '';
    state.byId.set(comment.id, comment);
  }
  const added = page.items.map(({ id }) => id);
  const isFirst = picks.next === '';
  picks.ids.push(...added);
  picks.next = page.next;
  // The focus stays on the tab that the reader chose.
  return isFirst ? [] : added;
}

/** Loads the next page of a comment's replies in the same way. */
export async function loadReplies(app: App, topId: string): Promise<void> {
  await fetchPage(app, topId, async () => {
    const replies = repliesOf(app.state, topId);
    const shown = new Set(replies.ids);
    const query = replies.next ? `?cursor=${encodeURIComponent(replies.next)}` : '';
    const path = `/api/v1/comments/${topId}/replies${query}`;
    addReplies(app.state, topId, await app.session.api.get<Page<Comment>>(path));
    return replies.ids.filter((id) => !shown.has(id));
  });
}

/**
 * @param key of `app.busy`: '' for the thread, a comment's id for its replies
 * @param read adds the page to the thread and returns the ids of comments that were not shown before
 */
async function fetchPage(app: App, key: string, read: () => Promise<string[]>): Promise<void> {
  if (app.busy.has(key)) return;
  const { loads } = app;
  app.busy.add(key);
  app.failed.delete(key);
  app.render();
  try {
    const added = await read();
    app.busy.delete(key);
    if (loads !== app.loads) return;
    if (added.length > 0) announce(app, 'announceMore', { n: added.length });
    else app.render();
    focusComment(app, added[0]);
  } catch {
    app.busy.delete(key);
    app.failed.add(key);
    app.render();
  }
}
