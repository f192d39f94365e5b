import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { connectAsOwner, type OwnerConnection } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

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
  const talk = await Conversation.open(app);
  await talk.publisher('PUT', '/tiers', LIST);
  const token = await talk.token('reader');
  const id = await talk.published(token);
  const calls: ((n: number) => Promise<{ status: number }>)[] = [
    () => talk.publisher('PUT', '/tiers', LIST),
    () => talk.publisher('PUT', '/tiers', [...LIST].reverse()),
    (n) => talk.publisher('PATCH', '/policy', { gate: { comment: n % 2 ? 'insider' : 'signed-in' } }),
    (n) => talk.publisher('PATCH', '', { name: `Paper ${n}` }),
    (n) =>
      talk.publisher('PUT', `/stories/story-${n % 5}`, {
        url: `https://paper.example/${n % 5}`,
        title: 'A story',
        policy: { gate: { reply: 'gold' } },
      }),
    (n) =>
      talk.publisher('PUT', `/overrides/o-${n % 3}`, {
        section: 'Politics',
        from: '2026-01-01T00:00:00Z',
        until: '2026-01-02T00:00:00Z',
        policy: { gate: { comment: 'signed-in' } },
      }),
    (n) => talk.publisher('PUT', `/readers/r-${n % 5}/entitlement`, { tier: 'insider', status: 'active' }),
    (n) =>
      talk.publisher('PUT', `/organisations/acme-${n % 3}`, {
        name: 'Acme',
        seats: 5,
        tier: 'gold',
        status: 'active',
      }),
    () => talk.publisher('PUT', '/sso', { family: 'hmac' }),
    (n) => talk.publisher('PUT', `/topics/ticker/T${n % 4}`, { name: 'Acme' }),
    (n) =>
      talk.publisher('PUT', '/lookup', {
        url: 'http://127.0.0.1:9/',
        cacheSeconds: 60,
        timeoutMs: 500,
        whenDown: n % 2 ? 'nothing' : 'insider',
      }),
    (n) => talk.publisher('POST', '/webhooks', { url: `http://127.0.0.1:9/${n}`, events: ['*'] }),
    async () => talk.post(await talk.token('other'), 'A comment'),
    () => talk.comment('PUT', id, { path: '/reactions/like', token }),
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
