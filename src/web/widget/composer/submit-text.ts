import { randomId } from '../../kit/random-id.js';
import type { Comment } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { mergeComment } from '../thread/thread-state.js';
import { keyFor } from './drafts.js';
import { draftsOf } from './drafts-of.js';
import { startLiveUpdates } from '../interactive/startup.js';
import { focusComment, announce } from '../interactive/announce.js';

/** The draft that a composer writes, and the comment that it relates to. */
export interface SubmitTarget {
  draftKey: string;
  /** The comment being replied to. */
  parent?: Comment | undefined;
  /** The reader's own comment being edited. */
  editing?: Comment | undefined;
}

/** The parent comment was removed. The text can still be posted as a top-level comment. */
export const isOrphaned = ({ parent }: SubmitTarget): boolean => Boolean(parent && !parent.author);

/**
 * Sends a text and shows the resulting comment in its place. The draft is deleted once the server has accepted it.
 * Until then it keeps the idempotency key, so that sending the same text again creates one comment.
 *
 * @throws what `ApiClient.request` throws; the draft is kept then
 */
export async function submitText(app: App, submitTarget: SubmitTarget, body: string): Promise<void> {
  const { draftKey, parent, editing } = submitTarget;
  const text = body.trim();
  const isOrphan = isOrphaned(submitTarget);
  const store = draftsOf(app);
  const storedKey = isOrphan ? `${draftKey}:alone` : draftKey;
  const idempotencyKey = keyFor(store.read(storedKey), text, randomId);
  store.save(storedKey, { body, sent: { key: idempotencyKey, body: text } });
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
    const edited = app.state.byId.get(id);
    if (edited) live.watchDecision(edited);
  } else {
    const comment = await api.request<Comment>('POST', app.session.path('/comments'), {
      body: { body: text, ...(parent && !isOrphan && { parentId: parent.id }) },
      idempotencyKey,
      // Asks for error messages in the page's language, even if the widget does not support it.
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
  store.drop(draftKey);
  store.drop(storedKey);
}
