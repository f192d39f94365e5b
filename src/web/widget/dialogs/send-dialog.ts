import { startLiveUpdates } from '../interactive/startup.js';
import { announce } from '../interactive/announce.js';
import { patchViewer } from '../composer/comment-actions.js';
import type { AppealSummary, Comment } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';

/** Appeals the rejection of the reader's own comment. */
export async function sendAppeal(app: App, { id }: Comment, text: string): Promise<void> {
  const { createdAt, state } = await app.session.api.request<AppealSummary>(
    'POST',
    `/api/v1/comments/${id}/appeal`,
    { body: { text: text.trim() } },
  );
  const comment = app.state.byId.get(id);
  if (comment) app.state.byId.set(id, { ...comment, appeal: { createdAt, state } });
  announce(app, 'appealSent');
}

export async function sendFlag(app: App, { id }: Comment, reason: string, detail: string): Promise<void> {
  await app.session.api.request('POST', `/api/v1/comments/${id}/flags`, {
    body: { reason, ...(detail.trim() && { detail: detail.trim() }) },
  });
  patchViewer(app, id, { flagged: true });
  app.message = { id, text: app.t('flagSent'), isInfo: true };
}

export async function deleteComment(app: App, { id }: Comment): Promise<void> {
  await app.session.api.request('DELETE', `/api/v1/comments/${id}`);
  startLiveUpdates(app).markDeleted(id);
  app.composers.delete(id);
  announce(app, 'announceDeleted');
}
