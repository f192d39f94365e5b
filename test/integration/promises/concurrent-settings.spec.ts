import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { createLockBarrier } from '../../support/database-locks.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../../support/site-fixture.js';

describe('two changes of different fields at the same time', () => {
  let database: FreshDatabase;
  let app: TestApp;
  let fixture: SiteFixture;
  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
    fixture = await createSiteFixture(app);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const callAs = async (sub: string, method: string, path: string, body?: unknown) =>
    app.call<Json>(method, `/api/v1${path}`, {
      token: await fixture.token(sub),
      ...(body === undefined ? {} : { body }),
    });

  /** Sends the requests in order while a row is locked, so that each has started before the first one writes. */
  async function whileLocked(
    lock: string,
    values: unknown[],
    ...requests: (() => ReturnType<typeof callAs>)[]
  ): Promise<void> {
    const barrier = await createLockBarrier(database.url, lock, values);
    const answers = [];
    try {
      for (const [index, request] of requests.entries()) {
        answers.push(expectStatus(200, request()));
        await barrier.waiting(index + 1);
      }
    } finally {
      await barrier.release();
    }
    await Promise.all(answers);
  }

  it('are both stored in a saved queue', async () => {
    const { body: queue } = await expectStatus(
      201,
      fixture.admin<Json>('POST', '/moderation/saved-queues', {
        site: fixture.site,
        name: 'Night shift',
        state: 'held',
      }),
    );
    const path = `/moderation/saved-queues/${queue.id}`;
    await whileLocked(
      'SELECT FROM saved_queue WHERE id = $1 FOR UPDATE',
      [queue.id],
      () => fixture.admin<Json>('PATCH', path, { name: 'Day shift' }),
      () => fixture.admin<Json>('PATCH', path, { targetMinutes: 30 }),
    );
    const { body } = await fixture.admin<Json>('GET', `/moderation/saved-queues?site=${fixture.site}`);
    expect(body.items).toMatchObject([{ name: 'Day shift', targetMinutes: 30 }]);
  });

  it('are both stored in notification settings', async () => {
    const path = '/me/notifications/settings';
    const settings = { replies: true, mentions: true, decisions: true };
    await expectStatus(200, callAs('ann', 'PUT', path, settings));
    await whileLocked(
      'SELECT FROM notification_settings FOR UPDATE',
      [],
      () => callAs('ann', 'PUT', path, { ...settings, following: false }),
      () => callAs('ann', 'PUT', path, { ...settings, replies: false }),
    );
    expect((await callAs('ann', 'GET', path)).body).toEqual({
      ...settings,
      replies: false,
      following: false,
    });
  });

  it('are both stored in email settings', async () => {
    const path = '/me/notifications/email';
    await expectStatus(200, callAs('ben', 'PUT', path, { address: 'ben@old.example', delivery: 'instant' }));
    await whileLocked(
      'SELECT FROM reader_email FOR UPDATE',
      [],
      () => callAs('ben', 'PUT', path, { address: 'ben@new.example', delivery: 'instant' }),
      () => callAs('ben', 'PUT', path, { delivery: 'daily' }),
    );
    expect((await callAs('ben', 'GET', path)).body).toMatchObject({
      address: 'ben@new.example',
      delivery: 'daily',
    });
  });
});
