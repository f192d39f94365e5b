import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { Conversation } from '../support/conversation.js';
import { connectAsOwner, type OwnerConnection } from '../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';

const ROUNDS = 40;
const CALLERS_OF_EACH = 3;
const LIST = [
  { key: 'insider', name: 'Insider', rank: 10 },
  { key: 'gold', name: 'Gold', rank: 20 },
];

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

async function deadlocks(): Promise<number> {
  const [row] = await db.rows<{ deadlocks: string }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(row.deadlocks);
}

it('handles mixed concurrent writes to one site without a deadlock', async () => {
  const conversation = await Conversation.open(app);
  await conversation.publisher('PUT', '/tiers', LIST);
  const token = await conversation.token('reader');
  const id = await conversation.published(token);
  const calls: ((n: number) => Promise<{ status: number }>)[] = [
    () => conversation.publisher('PUT', '/tiers', LIST),
    () => conversation.publisher('PUT', '/tiers', [...LIST].reverse()),
    (n) => conversation.publisher('PATCH', '/policy', { gate: { comment: n % 2 ? 'insider' : 'signed-in' } }),
    (n) => conversation.publisher('PATCH', '', { name: `Paper ${n}` }),
    (n) =>
      conversation.publisher('PUT', `/stories/story-${n % 5}`, {
        url: `https://paper.example/${n % 5}`,
        title: 'A story',
        policy: { gate: { reply: 'gold' } },
      }),
    (n) =>
      conversation.publisher('PUT', `/overrides/o-${n % 3}`, {
        section: 'Politics',
        from: '2026-01-01T00:00:00Z',
        until: '2026-01-02T00:00:00Z',
        policy: { gate: { comment: 'signed-in' } },
      }),
    (n) =>
      conversation.publisher('PUT', `/readers/r-${n % 5}/entitlement`, { tier: 'insider', status: 'active' }),
    (n) =>
      conversation.publisher('PUT', `/organisations/acme-${n % 3}`, {
        name: 'Acme',
        seats: 5,
        tier: 'gold',
        status: 'active',
      }),
    () => conversation.publisher('PUT', '/sso', { family: 'hmac' }),
    (n) => conversation.publisher('PUT', `/topics/ticker/T${n % 4}`, { name: 'Acme' }),
    (n) =>
      conversation.publisher('PUT', '/lookup', {
        url: 'http://127.0.0.1:9/',
        cacheSeconds: 60,
        timeoutMs: 500,
        whenDown: n % 2 ? 'nothing' : 'insider',
      }),
    (n) => conversation.publisher('POST', '/webhooks', { url: `http://127.0.0.1:9/${n}`, events: ['*'] }),
    async () => conversation.post(await conversation.token('other'), 'A comment'),
    () => conversation.comment('PUT', id, { path: '/reactions/like', token }),
  ];
  const statuses = new Map<number, number>();
  const before = await deadlocks();
  await Promise.all(
    calls.flatMap((call) =>
      Array.from({ length: CALLERS_OF_EACH }, async () => {
        for (let n = 0; n < ROUNDS; n++) {
          const { status } = await call(n);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }),
    ),
  );
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
  expect((await deadlocks()) - before).toBe(0);
}, 240_000);
