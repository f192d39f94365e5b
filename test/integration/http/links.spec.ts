import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { rawCaller, type RawAnswer } from '../../support/raw-http.js';

/* The sender of a request controls its Host, its X-Forwarded headers and the host of an absolute request target. */

const PUBLIC_URL = 'https://comments.example';
const EVIL = 'evil.example';

let database: FreshDatabase;
let app: TestApp;
let raw: ReturnType<typeof rawCaller>;
let conversation: Conversation;

beforeAll(async () => {
  database = await freshDatabase();
  // Test behind a trusted proxy: its X-Forwarded-For is trusted, but its X-Forwarded-Host is not.
  app = await startApp({
    databaseUrl: database.url,
    settings: { publicUrl: PUBLIC_URL, trustProxy: 1, role: 'api' },
  });
  raw = rawCaller(app.url);
  conversation = await Conversation.open(app, {}, 'a story/1');
  await conversation.published(await conversation.token('ann'), 'Worth reading.');
});
afterAll(async () => {
  raw?.close();
  await app?.close();
  await database?.drop();
});

const SPOOFED_HOSTS: readonly (readonly [
  what: string,
  path: (path: string) => string,
  headers: Record<string, string>,
])[] = [
  ['Host', (path) => path, { host: EVIL }],
  ['X-Forwarded-Host', (path) => path, { 'x-forwarded-host': EVIL, forwarded: `host=${EVIL}` }],
  ['an absolute target', (path) => `http://${EVIL}${path}`, {}],
  ['an absolute target in capitals', (path) => `HTTPS://user@${EVIL}:444${path}`, { host: EVIL }],
  ['a query', (path) => `${path}?x=//${EVIL}/`, {}],
];

describe.each(SPOOFED_HOSTS)('a host supplied in %s', (_what, path, headers) => {
  const get = (address: string): Promise<RawAnswer> =>
    raw.send({ method: 'GET', path: path(address), headers });

  it.each(['feed.json', 'feed.rss', 'page'])('does not appear in %s', async (name) => {
    const address = conversation.threadPath.replace(/comments$/, name);
    const answer = await get(address);
    expect([answer.status, JSON.stringify(answer).includes(EVIL)]).toEqual([200, false]);
    const self = `${PUBLIC_URL}${address.replace(/page$/, 'feed.rss')}`;
    expect(answer.text).toContain(self);
    // The next caller does not get the forged host either.
    expect((await raw.send({ method: 'GET', path: address })).text).toBe(answer.text);
  });

  it('does not appear in any other response', async () => {
    for (const address of [
      '/',
      '/console',
      '/nothing',
      '/api/openapi.json',
      '/health/live',
      conversation.threadPath,
    ]) {
      const answer = await get(address);
      expect([address, JSON.stringify(answer).includes(EVIL)]).toEqual([address, false]);
    }
  });
});

describe('an absolute request target', () => {
  it('is treated like its path', async () => {
    const thread = await raw.send({ method: 'GET', path: conversation.threadPath });
    expect((await raw.send({ method: 'GET', path: `http://x.example${conversation.threadPath}` })).text).toBe(
      thread.text,
    );
    expect((await raw.send({ method: 'GET', path: 'http://x.example' })).status).toBe(302);
  });

  it.each([
    '/api/v1/console/session',
    'http://x.example/api/v1/console/session',
    '/api/v1/%63onsole/session',
  ])('does not open cookie routes to other origins: %s', async (path) => {
    const { status, headers } = await raw.send({
      method: 'GET',
      path,
      headers: { origin: 'https://elsewhere.example' },
    });
    expect([status, headers['access-control-allow-origin'], headers['cache-control']]).toEqual([
      401,
      undefined,
      'no-store',
    ]);
  });
});

it('pages on other origins can read only the API and the files of the element', async () => {
  const isOpen = async (path: string): Promise<boolean> => {
    const { headers } = await raw.send({ method: 'GET', path, headers: { origin: 'https://paper.example' } });
    return headers['access-control-allow-origin'] === '*';
  };
  for (const path of [conversation.threadPath, '/api/openapi.json', '/embed.js', '/api/v1/nothing']) {
    expect([path, await isOpen(path)]).toEqual([path, true]);
  }
  for (const path of [
    '/',
    '/console/',
    '/api/v1/console/account',
    '/demo/mailbox',
    '/metrics',
    '/health/live',
  ]) {
    expect([path, await isOpen(path)]).toEqual([path, false]);
  }
});
