import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { syntheticComments } from '../../../src/features/scoring/site-model/remarks.builder.js';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import {
  connectAsOwner,
  createSiteFixture,
  expectStatus,
  type Json,
  type OwnerConnection,
  type SiteFixture,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

/* The progress of a training, from the request to its result. The worker is another process's application. */

let database: FreshDatabase;
let api: TestApp;
let worker: TestApp | undefined;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  api = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(api, { moderation: { mode: 'hold-all' } });
});
afterAll(async () => {
  await worker?.close();
  await api?.close();
  await db?.end();
  await database?.drop();
});

const path = (rest: string) => `/sites/${fixture.site}/${rest}`;
const read = async (): Promise<Json> =>
  (await expectStatus(200, fixture.admin('GET', path('site-model')))).body;
const requestTraining = () => expectStatus(202, fixture.admin('POST', path('site-models')));

it('is queued until a worker starts it, and stalled if none does', async () => {
  expect((await read()).training).toBeNull();
  await requestTraining();
  const { training } = await read();
  expect(training).toMatchObject({ phase: 'queued', progress: 0, isStalled: false });
  const clock = api.app.get(Clock, { strict: false });
  const realNow = clock.now.bind(clock);
  clock.now = () => new Date(realNow().getTime() + 4 * 60_000);
  expect((await read()).training.isStalled).toBe(true);
  // A further request does not make it look as if it had just been queued.
  await requestTraining();
  expect((await read()).training).toEqual({ ...training, isStalled: true });
  clock.now = realNow;
});

it('shows its phases while it runs, and then the result', async () => {
  worker = await startApp({ databaseUrl: database.url, settings: { role: 'worker', limits: false } });
  await until(async () => (await read()).lastTraining.outcome === 'too-few');
  expect(await read()).toMatchObject({ training: null, lastTraining: { failedIn: null } });

  const ids: string[] = [];
  for (const body of syntheticComments(160)) ids.push((await fixture.submit('ann', body)).id);
  for (const id of ids)
    await until(async () => (await fixture.readOwnComment('ann', id))['status'] === 'held');
  for (let from = 0; from < ids.length; from += 80) {
    const decisions = ids.slice(from, from + 80).map((commentId, index) => ({
      commentId,
      revision: 1,
      action: index % 2 === 0 ? 'reject' : 'approve',
    }));
    await expectStatus(200, fixture.admin('POST', '/moderation/decisions', { decisions }));
  }
  const { at } = (await read()).lastTraining;
  await requestTraining();
  const seen: { phase: string; progress: number }[] = [];
  await until(async () => {
    const { training, lastTraining } = await read();
    if (training) seen.push(training);
    return lastTraining.at !== at;
  });
  expect(await read()).toMatchObject({ training: null, lastTraining: { outcome: 'trained' } });
  expect(new Set(seen.map(({ phase }) => phase)).size).toBeGreaterThan(1);
  const progress = seen.map((each) => each.progress);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});

it('says in which phase it failed', async () => {
  const { at } = (await read()).lastTraining;
  await db.rows('ALTER TABLE embedding RENAME TO embedding_away');
  try {
    await requestTraining();
    await until(async () => (await read()).lastTraining.at !== at, 60_000);
  } finally {
    await db.rows('ALTER TABLE embedding_away RENAME TO embedding');
  }
  const { training, lastTraining, shadow } = await read();
  expect([training, lastTraining.outcome, lastTraining.failedIn]).toEqual([null, 'failed', 'encoding']);
  expect(shadow).not.toBeNull();
});
