import type { Comment, ReactionsAnswer, Viewer } from '../../kit/wire.js';
import type { App, Opened, Question } from '../thread/app.js';
import { draftsOf } from './drafts-of.js';
import { explain } from './explain.js';
import { say } from '../after/telling.js';

/** Opens or closes the composer at a comment. */
export function open(app: App, id: string, what: Opened): void {
  if (app.opened.get(id) === what) app.opened.delete(id);
  else app.opened.set(id, what);
  app.draw();
}

export async function ask(app: App, kind: Question, comment: Comment): Promise<void> {
  const { Dialog } = await import('../asking/asking.js');
  app.dialog = { kind, comment, Dialog };
}

const stranger: Viewer = { reactions: [], flagged: false, mine: false, canEdit: false, canDelete: false };

/** Changes what this reader has done to a comment, and the counts that show it. */
export function mark(
  app: App,
  id: string,
  viewer: Partial<Viewer>,
  reactions?: Record<string, number>,
): void {
  const comment = app.state.byId.get(id);
  if (!comment) return;
  app.state.byId.set(id, {
    ...comment,
    reactions: reactions ?? comment.reactions,
    viewer: { ...stranger, ...comment.viewer, ...viewer },
  });
}

/** Reacts, or takes it back; shown at once and put right by the server's answer. */
export async function react(app: App, { id }: Comment, kind: string): Promise<void> {
  const comment = app.state.byId.get(id);
  if (!comment) return;
  const was = comment.viewer?.reactions ?? [];
  const on = !was.includes(kind);
  const before = comment.reactions[kind] ?? 0;
  const now = on ? [...was, kind] : was.filter((each) => each !== kind);
  mark(app, id, { reactions: now }, { ...comment.reactions, [kind]: Math.max(0, before + (on ? 1 : -1)) });
  app.draw();
  try {
    const { reactions } = await app.session.api.request<ReactionsAnswer>(
      on ? 'PUT' : 'DELETE',
      `/api/v1/comments/${id}/reactions/${encodeURIComponent(kind)}`,
    );
    mark(app, id, {}, reactions);
  } catch (error) {
    mark(app, id, { reactions: was }, comment.reactions);
    app.note = { id, action: 'react', ...explain(app, error, 'act') };
  }
}

/** Folds an author's comments away for this reader, or shows them again. */
export async function ignore(
  app: App,
  { id, name }: { id: string; name: string },
  wanted: boolean,
): Promise<void> {
  const { api } = app.session;
  const theirs = [...app.state.byId.values()].filter(({ author }) => author?.id === id);
  try {
    if (wanted) await api.request('POST', '/api/v1/me/ignored', { body: { readerId: id } });
    else await api.request('DELETE', `/api/v1/me/ignored/${id}`);
    for (const comment of theirs) {
      mark(app, comment.id, { ignored: wanted });
      app.unfolded.delete(comment.id);
    }
    say(app, wanted ? 'ignored' : 'readAgain', { name });
  } catch (error) {
    const at = theirs[0]?.id;
    if (at) app.note = { id: at, ...explain(app, error, 'act') };
  }
}

export async function copyLink(app: App, { id }: Comment): Promise<void> {
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
  app.wantsComposer = true;
  app.refill += 1;
}
