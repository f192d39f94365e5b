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

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app, { moderation: { mode: 'hold-all' } });
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

async function submit(body: string, on = fixture): Promise<string> {
  const { id } = await on.submit('ann', body);
  await until(async () => (await on.readOwnComment('ann', id))['status'] === 'held');
  return id;
}

async function decide(commentId: string, action: string, on = fixture): Promise<string> {
  const { body } = await expectStatus(
    200,
    on.admin<Json>('POST', '/moderation/decisions', { decisions: [{ commentId, revision: 1, action }] }),
  );
  return body.results[0].decisionId;
}

const similarTo = async (commentId: string): Promise<Json> =>
  (await expectStatus(200, fixture.admin<Json>('GET', `/moderation/comments/${commentId}/similar-decisions`)))
    .body;

const LATE = 'The ferry to the island was late again this morning.';
const ALSO_LATE = 'Once more the boat to the island did not arrive on time this morning.';

it('lists decisions about similar comments, most similar first, as they are made', async () => {
  const first = await submit(LATE);
  // The first comments of a process may be scored before the encoder is ready.
  await until(
    async () => (await submit(LATE)) !== '' && (await db.rows('SELECT 1 FROM embedding')).length > 0,
  );
  expect(await similarTo(first)).toEqual({ isSupported: true, items: [] });

  const related = await submit(ALSO_LATE);
  const decisionId = await decide(related, 'reject');
  await decide(await submit('My favourite soup has garlic, leeks and a little cream.'), 'approve');
  expect((await similarTo(first)).items).toMatchObject([
    { id: decisionId, commentId: related, action: 'reject', excerpt: ALSO_LATE, reason: null },
  ]);

  const copy = await submit(`${LATE} Again!`);
  await decide(copy, 'approve');
  const { items } = await similarTo(first);
  expect(items.map((item: Json) => item.commentId)).toEqual([copy, related]);
  expect(items[0].similarity).toBeGreaterThan(items[1].similarity);
});

it('lists neither the comment itself nor decisions that were undone', async () => {
  const own = await submit('The library closes on Sundays from now on.');
  await decide(own, 'approve');
  expect((await similarTo(own)).items).toEqual([]);
  const other = await submit('From now on, the library is closed on Sundays.');
  const decisionId = await decide(other, 'reject');
  expect((await similarTo(own)).items).toMatchObject([{ id: decisionId }]);
  await expectStatus(200, fixture.admin('POST', `/moderation/decisions/${decisionId}/undo`));
  expect((await similarTo(own)).items).toEqual([]);
});

it('keeps the decisions of a site to itself', async () => {
  const other = await createSiteFixture(app, { moderation: { mode: 'hold-all' } });
  await decide(await submit('The swimming pool is too cold for children.', other), 'reject', other);
  expect((await similarTo(await submit('The swimming pool is too cold for children.'))).items).toEqual([]);
});

it('reports that a comment in an unsupported language cannot be compared, and answers 404 for an unknown comment', async () => {
  const german = await submit('Die Fähre zur Insel kam heute Morgen schon wieder zu spät an.');
  expect(await similarTo(german)).toEqual({ isSupported: false, items: [] });
  await expectStatus(
    404,
    fixture.admin('GET', '/moderation/comments/01900000-0000-7000-8000-000000000000/similar-decisions'),
  );
});
