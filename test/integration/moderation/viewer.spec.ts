import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { aModerator, type Desk } from '../../support/desk.js';
import { openEvents } from '../../support/events.js';
import { aNewsroom, ownerOf, type Newsroom, type Owner, type Json } from '../../support/newsroom.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

let database: FreshDatabase;
let app: TestApp;
let db: Owner;
let room: Newsroom;
let viewer: Desk;
let commentId: string;
let readerId: string;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await ownerOf(database.url);
  room = await aNewsroom(app, { moderation: { mode: 'hold-all' } });
  viewer = await aModerator(app, db, 'Vi', room.site, 'viewer');
  ({ id: commentId } = await room.submit('ann', 'Something to read.'));
  await until(async () => (await room.own('ann', commentId))['status'] === 'held');
  readerId = (await room.own('ann', commentId))['author'].id;
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

describe('a viewer', () => {
  it('reads the queue, its counts, a comment with all that is known, and the reasons', async () => {
    const { body } = await viewer.call<Json>('GET', `/moderation/queue?site=${room.site}`);
    expect(body.items.map(({ comment }: Json) => comment.id)).toEqual([commentId]);
    expect((await viewer.call<Json>('GET', '/moderation/queue')).body.items).toHaveLength(1);
    for (const path of [
      `/moderation/queue/counts?site=${room.site}`,
      `/moderation/reasons?site=${room.site}`,
      `/moderation/comments/${commentId}`,
    ]) {
      expect([path, (await viewer.call('GET', path)).status]).toEqual([path, 200]);
    }
  });

  it('hears the queue change', async () => {
    const events = await openEvents(`${app.url}/api/v1/moderation/events?site=${room.site}`, {
      cookie: viewer.cookie,
    });
    expect((await events.next('queue')).counts.held.count).toBe(1);
    events.close();
  });

  it('decides nothing, and is told why', async () => {
    const decision = { commentId, revision: 1, action: 'approve' };
    for (const [method, path, body] of [
      ['POST', '/moderation/decisions', { decisions: [decision] }],
      ['POST', `/moderation/decisions/${newId<'decision'>()}/undo`, undefined],
      ['POST', `/moderation/readers/${readerId}/standing`, { standing: 'banned', reason: 'x' }],
      ['PUT', `/moderation/comments/${commentId}/looking`, undefined],
      ['DELETE', `/moderation/comments/${commentId}/looking`, undefined],
    ] as const) {
      const answer = await viewer.call(method, path, body);
      expect([method, path, answer.status, answer.body['code']]).toEqual([
        method,
        path,
        403,
        'role-required',
      ]);
      expect(answer.body['detail']).toBe('Viewers read everything here and decide nothing.');
    }
    expect((await room.own('ann', commentId))['status']).toBe('held');
  });

  it('of one site who decides on another is refused in the place of each comment', async () => {
    const other = await aNewsroom(app);
    const desk = await aModerator(app, db, 'Two', room.site, 'viewer');
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'moderator')`, [
      other.site,
      desk.id,
    ]);
    const answer = await desk.call<Json>('POST', '/moderation/decisions', {
      decisions: [{ commentId, revision: 1, action: 'approve' }],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.results[0].error).toMatchObject({ status: 403, code: 'role-required' });
  });

  it('finds nothing on another site', async () => {
    const other = await aNewsroom(app);
    expect((await viewer.call('GET', `/moderation/queue?site=${other.site}`)).status).toBe(404);
  });

  it('is shown with the stronger of two roles', async () => {
    const owner = await aModerator(app, db, 'Olga', null, 'owner');
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'viewer')`, [
      room.site,
      owner.id,
    ]);
    const { body } = await owner.call<Json>('GET', '/console/session');
    expect(body.sites.find(({ id }: Json) => id === room.site).role).toBe('owner');
  });
});
