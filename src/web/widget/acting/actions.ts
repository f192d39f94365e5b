import type { Comment, ReactionsAnswer, Viewer } from '../../kit/wire.js';
import type { App, Opened } from '../thread/app.js';
import { draftsOf } from './drafts-of.js';
import { explain } from './explain.js';

/** Opens or closes the composer at a comment. */
export function open(app: App, id: string, what: Opened): void {
  if (app.opened.get(id) === what) app.opened.delete(id);
  else app.opened.set(id, what);
  app.draw();
}

export function ask(app: App, kind: 'flag' | 'delete', comment: Comment): void {
  app.menu = null;
  app.dialog = { kind, comment };
}

const stranger: Viewer = { reactions: [], flagged: false, mine: false, canEdit: false, canDelete: false };

/** Changes what this reader has done to a comment, and the counts that show it. */
function mark(app: App, id: string, viewer: Partial<Viewer>, reactions?: Record<string, number>): void {
  const comment = app.state.byId.get(id);
  if (!comment) return;
  app.state.byId.set(id, {
    ...comment,
    reactions: reactions ?? comment.reactions,
    viewer: { ...stranger, ...comment.viewer, ...viewer },
  });
}

/** Likes, or takes it back; shown at once and put right by the server's answer. */
export async function like(app: App, { id }: Comment): Promise<void> {
  const comment = app.state.byId.get(id);
  if (!comment) return;
  const was = comment.viewer?.reactions ?? [];
  const on = !was.includes('like');
  const before = comment.reactions['like'] ?? 0;
  const now = on ? [...was, 'like'] : was.filter((kind) => kind !== 'like');
  mark(app, id, { reactions: now }, { ...comment.reactions, like: Math.max(0, before + (on ? 1 : -1)) });
  app.draw();
  try {
    const { reactions } = await app.session.api.request<ReactionsAnswer>(
      on ? 'PUT' : 'DELETE',
      `/api/v1/comments/${id}/reactions/like`,
    );
    mark(app, id, {}, reactions);
  } catch (error) {
    mark(app, id, { reactions: was }, comment.reactions);
    app.note = { id, ...explain(app.t, error, 'act') };
  }
}

export async function flag(app: App, { id }: Comment, reason: string, detail: string): Promise<void> {
  await app.session.api.request('POST', `/api/v1/comments/${id}/flags`, {
    body: { reason, ...(detail.trim() && { detail: detail.trim() }) },
  });
  mark(app, id, { flagged: true });
  app.note = { id, text: app.t('flagSent'), calm: true };
}

export async function remove(app: App, { id }: Comment): Promise<void> {
  await app.session.api.request('DELETE', `/api/v1/comments/${id}`);
  (await app.alive()).deleted(id);
  app.opened.delete(id);
  app.say('saidDeleted');
}

export async function copyLink(app: App, { id }: Comment): Promise<void> {
  app.menu = null;
  const url = new URL(app.state.story?.url || location.href);
  url.hash = `postbag-${id}`;
  // Where the page may not write the clipboard, the link itself is there to be copied.
  const copied = await navigator.clipboard?.writeText(url.href).then(
    () => true,
    () => false,
  );
  app.note = { id, text: copied ? app.t('copied') : url.href, calm: true };
}

/** Puts the text of a comment that was not published back into the composer. */
export function reuse(app: App, { body, parentId }: Comment): void {
  draftsOf(app).keep(parentId ? `reply:${parentId}` : 'new', { body: body ?? '' });
  if (parentId && app.state.byId.get(parentId)?.author) app.opened.set(parentId, 'reply');
  app.cameFor = 'comment';
  app.refill += 1;
}
