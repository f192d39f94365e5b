import type { Comment, ReactionsAnswer, Viewer } from '../../kit/api-types.js';
import type { App, ComposerMode, DialogKind } from '../thread/app.js';
import { draftsOf } from './drafts-of.js';
import { describeError } from './describe-error.js';
import { announce } from '../interactive/announce.js';

/** Opens or closes the composer at a comment. */
export function toggleComposer(app: App, id: string, mode: ComposerMode): void {
  if (app.composers.get(id) === mode) app.composers.delete(id);
  else app.composers.set(id, mode);
  app.render();
}

export async function openDialog(app: App, kind: DialogKind, comment: Comment): Promise<void> {
  const { CommentDialog } = await import('../dialogs/dialogs-chunk.js');
  app.dialog = { kind, comment, CommentDialog };
}

const noViewerState: Viewer = {
  reactions: [],
  flagged: false,
  mine: false,
  canEdit: false,
  canDelete: false,
};

/** Updates this reader's own actions on a comment, and the counts that include them. */
export function patchViewer(
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
    viewer: { ...noViewerState, ...comment.viewer, ...viewer },
  });
}

/** Adds or removes a reaction. The change is shown at once and corrected by the server's response. */
export async function react(app: App, { id }: Comment, kind: string): Promise<void> {
  const comment = app.state.byId.get(id);
  if (!comment) return;
  const reactionsBefore = comment.viewer?.reactions ?? [];
  const isAdding = !reactionsBefore.includes(kind);
  const countBefore = comment.reactions[kind] ?? 0;
  const reactionsAfter = isAdding
    ? [...reactionsBefore, kind]
    : reactionsBefore.filter((each) => each !== kind);
  patchViewer(
    app,
    id,
    { reactions: reactionsAfter },
    { ...comment.reactions, [kind]: Math.max(0, countBefore + (isAdding ? 1 : -1)) },
  );
  app.render();
  try {
    const { reactions } = await app.session.api.request<ReactionsAnswer>(
      isAdding ? 'PUT' : 'DELETE',
      `/api/v1/comments/${id}/reactions/${encodeURIComponent(kind)}`,
    );
    patchViewer(app, id, {}, reactions);
  } catch (error) {
    patchViewer(app, id, { reactions: reactionsBefore }, comment.reactions);
    app.message = { id, action: 'react', ...describeError(app, error, 'act') };
  }
}

/** Hides an author's comments for this reader, or shows them again. */
export async function ignore(
  app: App,
  { id, name }: { id: string; name: string },
  isIgnored: boolean,
): Promise<void> {
  const { api } = app.session;
  const authorComments = [...app.state.byId.values()].filter(({ author }) => author?.id === id);
  try {
    if (isIgnored) await api.request('POST', '/api/v1/me/ignored', { body: { readerId: id } });
    else await api.request('DELETE', `/api/v1/me/ignored/${id}`);
    for (const comment of authorComments) {
      patchViewer(app, comment.id, { ignored: isIgnored });
      app.unfolded.delete(comment.id);
    }
    announce(app, isIgnored ? 'ignored' : 'readAgain', { name });
  } catch (error) {
    const firstId = authorComments[0]?.id;
    if (firstId) app.message = { id: firstId, ...describeError(app, error, 'act') };
  }
}

export async function copyLink(app: App, { id }: Comment): Promise<void> {
  const url = new URL(app.state.story?.url || location.href);
  url.hash = `postbag-${id}`;
  // If the page may not write to the clipboard, show the link so that it can be copied by hand.
  const copied = await navigator.clipboard?.writeText(url.href).then(
    () => true,
    () => false,
  );
  app.message = { id, text: copied ? app.t('copied') : url.href, isInfo: true };
}

/** Loads the text of an unpublished comment into the composer. */
export function reuseAsDraft(app: App, { body, parentId }: Comment): void {
  draftsOf(app).save(parentId ? `reply:${parentId}` : 'new', { body: body ?? '' });
  if (parentId && app.state.byId.get(parentId)?.author) app.composers.set(parentId, 'reply');
  app.focusComposer = true;
  app.draftVersion += 1;
}
