import { alive } from '../after/loading.js';
import { say } from '../after/telling.js';
import { mark } from '../acting/actions.js';
import type { AppealStanding, Comment } from '../../kit/wire.js';
import type { App } from '../thread/app.js';

/** Asks for another look at an own comment that was refused. */
export async function appeal(app: App, { id }: Comment, text: string): Promise<void> {
  const { createdAt, state } = await app.session.api.request<AppealStanding>(
    'POST',
    `/api/v1/comments/${id}/appeal`,
    { body: { text: text.trim() } },
  );
  const comment = app.state.byId.get(id);
  if (comment) app.state.byId.set(id, { ...comment, appeal: { createdAt, state } });
  say(app, 'appealSent');
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
  alive(app).deleted(id);
  app.opened.delete(id);
  say(app, 'saidDeleted');
}
