import { randomId } from '../../kit/random-id.js';
import type { Comment } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { mergeComment } from '../thread/thread-state.js';
import { keyFor } from './drafts.js';
import { draftsOf } from './drafts-of.js';
import { startLiveUpdates } from '../interactive/startup.js';
import { focusComment, announce } from '../interactive/announce.js';

/** What a composer writes, by its draft's name, and what it is about. */
export interface SubmitTarget {
  what: string;
  /** The comment that is answered. */
  parent?: Comment | undefined;
  /** The own comment that is changed. */
  editing?: Comment | undefined;
}

/** What was to be answered has gone: the text can still stand by itself. */
export const isOrphaned = ({ parent }: SubmitTarget): boolean => Boolean(parent && !parent.author);

/**
 * Sends a text and shows what the server made of it in its place. The draft is dropped when it has arrived; until then it
 * keeps the key of the attempt, so that the same text sent again appears once.
 *
 * @throws what `ApiClient.request` throws; the draft is kept then
 */
export async function submitText(app: App, writing: SubmitTarget, body: string): Promise<void> {
  const { what, parent, editing } = writing;
  const text = body.trim();
  const alone = isOrphaned(writing);
  const store = draftsOf(app);
  const kept = alone ? `${what}:alone` : what;
  const idempotencyKey = keyFor(store.read(kept), text, randomId);
  store.keep(kept, { body, sent: { key: idempotencyKey, body: text } });
  const { api } = app.session;
  const live = startLiveUpdates(app);
  if (editing) {
    const { id } = editing;
    const path = `/api/v1/comments/${id}`;
    mergeComment(
      app.state,
      await api.request<Comment>('PATCH', path, { body: { body: text }, idempotencyKey }),
    );
    app.composers.delete(id);
    const changed = app.state.byId.get(id);
    if (changed) live.watchDecision(changed);
  } else {
    const comment = await api.request<Comment>('POST', app.session.path('/comments'), {
      body: { body: text, ...(parent && !alone && { parentId: parent.id }) },
      idempotencyKey,
      // Why it is refused, should it be, is read in the page's language, also where we do not speak it.
      headers: {
        'accept-language': encodeURI(app.element.closest<HTMLElement>('[lang]')?.lang || app.lang),
      },
    });
    if (parent) app.composers.delete(parent.id);
    else app.isWriting = false;
    app.emit('submit', { comment });
    live.addOwnComment(comment);
    announce(app, 'announcePending');
    focusComment(app, comment.id, false);
  }
  store.drop(what);
  store.drop(kept);
}
