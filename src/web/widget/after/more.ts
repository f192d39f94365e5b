import type { Comment, Page } from '../../kit/wire.js';
import type { App } from '../thread/app.js';
import { addPage, addReplies, repliesOf } from '../thread/thread-state.js';

/** The next page of top-level comments; the first new one gets the focus, the page stays where it is. */
export async function more(app: App): Promise<void> {
  await fetchMore(app, '', async () => {
    const { state } = app;
    const shown = state.order.length;
    addPage(state, await app.session.thread(state.sort, state.next));
    return state.order.slice(shown);
  });
}

/** The next page of a comment's replies, likewise. */
export async function moreReplies(app: App, topId: string): Promise<void> {
  await fetchMore(app, topId, async () => {
    const replies = repliesOf(app.state, topId);
    const shown = new Set(replies.ids);
    const query = replies.next ? `?cursor=${encodeURIComponent(replies.next)}` : '';
    const path = `/api/v1/comments/${topId}/replies${query}`;
    addReplies(app.state, topId, await app.session.api.get<Page<Comment>>(path));
    return replies.ids.filter((id) => !shown.has(id));
  });
}

/** @param read takes the page in and tells which comments are new on the page */
async function fetchMore(app: App, what: string, read: () => Promise<string[]>): Promise<void> {
  if (app.busy.has(what)) return;
  const { run } = app;
  app.busy.add(what);
  app.failed.delete(what);
  app.draw();
  try {
    const added = await read();
    app.busy.delete(what);
    if (run !== app.run) return;
    app.say('saidMore', { n: added.length });
    app.focus(added[0]);
  } catch {
    app.busy.delete(what);
    app.failed.add(what);
    app.draw();
  }
}
