import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import {
  connectAsOwner,
  createSiteFixture,
  expectStatus,
  type Json,
  type OwnerConnection,
  type SiteFixture,
} from '../../support/site-fixture.js';

const BIKES = 'Cycle lanes on Harbour Street would make the way to school safer for hundreds of children.';
const REWORDED =
  'For hundreds of children, cycle lanes on Harbour Street would make their way to school safer.';
const OPPOSED = 'Cycle lanes on Harbour Street only slow down deliveries, and hardly anybody would use them.';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
  // The first comments of a process may be scored before the encoder is ready.
  await until(async () => {
    await submit('zoe', 'The library closes on Sundays from now on.');
    return (await db.rows('SELECT 1 FROM embedding')).length > 0;
  });
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

async function submit(sub: string, body: string, on = fixture): Promise<string> {
  const { id } = await on.submit(sub, body);
  await until(async () => (await on.readOwnComment(sub, id))['status'] !== 'pending');
  return id;
}
const like = async (id: string): Promise<Json> =>
  (await expectStatus(200, fixture.admin<Json>('GET', `/moderation/comments/${id}/near-duplicates`))).body;

it('counts recent comments that say the same in nearly the same words, newest first', async () => {
  const first = await submit('ann', BIKES);
  expect(await like(first)).toEqual({ isSupported: true, count: 0, authors: 0, items: [] });
  await submit('bob', OPPOSED);
  const reworded = await submit('cleo', REWORDED);
  const copy = await submit('cleo', `${BIKES} Build them now!`);
  const { count, authors, items } = await like(first);
  expect([count, authors]).toEqual([2, 1]);
  expect(items).toMatchObject([
    { commentId: copy, author: 'Reader cleo', status: 'published' },
    { commentId: reworded, excerpt: REWORDED },
  ]);
  // It is information only: nothing else about the comments refers to it.
  const [{ held }] = await db.rows<Json>(
    `SELECT count(*)::int AS held FROM comment WHERE status <> 'published'`,
  );
  expect(held).toBe(0);
});

it('leaves out comments that are deleted or of another site', async () => {
  const first = await submit(
    'dan',
    'The night bus must stay, because nurses and cleaners need a safe way home.',
  );
  const again = 'The night bus has to stay, because cleaners and nurses need a safe way home.';
  const deleted = await submit('eva', again);
  const kept = await submit('fay', `${again} Please.`);
  const other = await createSiteFixture(app);
  await submit('gil', again, other);
  expect((await like(first)).count).toBe(2);
  await expectStatus(
    204,
    app.call('DELETE', `/api/v1/comments/${deleted}`, { token: await fixture.token('eva') }),
  );
  expect((await like(first)).items).toMatchObject([{ commentId: kept }]);
  await expectStatus(
    404,
    fixture.admin('GET', `/moderation/comments/${crypto.randomUUID()}/near-duplicates`),
  );
});

it('has no answer for a comment that is not English', async () => {
  const german = await submit(
    'hal',
    'Der Nachtbus muss bleiben, denn die Leute brauchen einen sicheren Heimweg.',
  );
  expect(await like(german)).toEqual({ isSupported: false, count: 0, authors: 0, items: [] });
});
