import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { rawCaller, type RawAnswer } from '../../support/raw-http.js';

/*
 * Several code paths can send a thread: the cache, a direct Fastify route, and the controller. Their responses must have
 * the same headers.
 */

let database: FreshDatabase;
let app: TestApp;
let raw: ReturnType<typeof rawCaller>;
let conversation: Conversation;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', trustProxy: 1 } });
  raw = rawCaller(app.url);
  conversation = await Conversation.open(app);
  for (let n = 0; n < 4; n++)
    await conversation.published(await conversation.token(`reader-${n}`), `Comment ${n}. `.repeat(40));
});
afterAll(async () => {
  raw?.close();
  await app?.close();
  await database?.drop();
});

type Headers = Record<string, string>;
const HTTPS = { 'x-forwarded-proto': 'https' };
let urlCount = 0;
/** A URL that has not been requested yet. */
const freshUrl = (): string => `${conversation.threadPath}?x=${urlCount++}`;
const get = (path: string, headers: Headers = {}, method = 'GET'): Promise<RawAnswer> =>
  raw.send({ method, path, headers: { ...HTTPS, ...headers } });

/**
 * Returns all headers except those of the connection. Values that differ between requests are replaced, so that only
 * their presence is compared.
 */
function headersOf({ headers }: RawAnswer): Record<string, unknown> {
  const { connection, date, 'keep-alive': keepAlive, ...own } = headers;
  return { ...own, 'x-request-id': typeof headers['x-request-id'] };
}
const without = (headers: Record<string, unknown>, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

const CODINGS = [
  ['identity', {}],
  ['gzip', { 'accept-encoding': 'gzip, deflate' }],
  ['br', { 'accept-encoding': 'gzip, deflate, br, zstd' }],
] as const;
const decode = ({ headers, bytes }: RawAnswer): string => {
  const coding = headers['content-encoding'];
  return (
    coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes
  ).toString();
};

describe.each(CODINGS)('a thread in %s', (coding, accept) => {
  it('has the same headers and bytes, whichever code path responds', async () => {
    const path = freshUrl();
    const first = await get(path, accept);
    const second = await get(path, accept);
    // This request is not cached. Its query is not in the plain form, so the controller's route answers it.
    const byController = await get(`${freshUrl()}&limit=0020`, accept);
    expect(first.status).toBe(200);
    expect(first.headers['content-encoding'] ?? 'identity').toBe(coding);
    expect(headersOf(second)).toEqual(headersOf(first));
    expect(headersOf(byController)).toEqual(headersOf(first));
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(headersOf(first)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('etag'),
      'cache-control': 'public, max-age=0, must-revalidate',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'content-type': 'application/json; charset=utf-8',
      etag: expect.stringMatching(/^"[^"]+"$/),
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      vary: 'Authorization, Accept-Encoding',
      'x-content-type-options': 'nosniff',
    });
  });

  it('has a 304 response with the same headers except those of the body, whichever code path responds', async () => {
    const path = freshUrl();
    const full = await get(path, accept);
    const conditional = { ...accept, 'if-none-match': full.headers['etag'] as string };
    const cached = await get(path, conditional);
    const uncached = await get(freshUrl(), conditional);
    const withWeakEtag = await get(path, {
      ...conditional,
      'if-none-match': `"x", W/${String(full.headers['etag'])}`,
    });
    const plainHeaders = without(headersOf(full), 'content-type', 'content-length', 'content-encoding');
    for (const answer of [cached, uncached, withWeakEtag]) {
      expect([answer.status, answer.bytes.length]).toEqual([304, 0]);
      expect(headersOf(answer)).toEqual(plainHeaders);
    }
  });

  it('has the same headers for HEAD as for GET', async () => {
    const path = freshUrl();
    const full = await get(path, accept);
    expect(headersOf(await get(path, accept, 'HEAD'))).toEqual(headersOf(full));
  });

  it('has the same headers with a token and in errors, except those about caching', async () => {
    const cachingHeaders = [
      'etag',
      'cache-control',
      'vary',
      'content-length',
      'content-type',
      'content-encoding',
    ];
    const expected = without(headersOf(await get(freshUrl(), accept)), ...cachingHeaders);
    const token = await conversation.token('ann');
    const withToken = await get(conversation.threadPath, { ...accept, authorization: `Bearer ${token}` });
    expect(withToken.status).toBe(200);
    expect(withToken.headers['cache-control']).toBe('private, no-store');
    expect(withToken.headers['content-encoding'] ?? 'identity').toBe(coding);
    expect(JSON.parse(decode(withToken)).items).toHaveLength(4);
    expect(without(headersOf(withToken), ...cachingHeaders)).toEqual(expected);
    for (const [status, path, headers] of [
      [404, conversation.threadPath.replace(/[^/]+\/comments$/, 'none/comments'), {}],
      [400, `${conversation.threadPath}?cursor=x`, {}],
      [400, `${conversation.threadPath}/%ff`, {}],
      [401, conversation.threadPath, { authorization: 'Bearer x' }],
    ] as const) {
      const answer = await get(path, { ...accept, ...headers });
      expect([path, answer.status]).toEqual([path, status]);
      expect(without(headersOf(answer), ...cachingHeaders, 'www-authenticate')).toEqual(expected);
    }
  });
});

describe('the encodings of a thread', () => {
  it('contain the same text with different ETags, none of which matches another encoding', async () => {
    const path = freshUrl();
    const answers = await Promise.all(CODINGS.map(([, accept]) => get(path, accept)));
    expect(new Set(answers.map(decode)).size).toBe(1);
    const tags = answers.map(({ headers }) => headers['etag'] as string);
    expect(new Set(tags).size).toBe(3);
    expect((await get(path, { 'if-none-match': tags[2] })).status).toBe(200);
    const sizes = answers.map(({ bytes }) => bytes.length);
    expect(sizes[1]).toBeLessThan(sizes[0] / 3);
    expect(sizes[2]).toBeLessThan(sizes[0] / 3);
  });

  it('are rebuilt when the thread changes', async () => {
    const path = freshUrl();
    const br = { 'accept-encoding': 'br' };
    const before = await get(path, br);
    await conversation.published(await conversation.token('late'), 'A comment more.');
    let after = await get(path, br);
    for (let n = 0; n < 100 && after.headers['etag'] === before.headers['etag']; n++)
      after = await get(path, br);
    expect(JSON.parse(decode(after)).total).toBe(JSON.parse(decode(before)).total + 1);
    expect((await get(path, { ...br, 'if-none-match': before.headers['etag'] as string })).status).toBe(200);
  });
});

describe('other responses', () => {
  it('are compressed from 1 kB, and send Vary', async () => {
    const acceptGzip = { 'accept-encoding': 'gzip' };
    for (const path of [
      '/api/openapi.json',
      conversation.threadPath.replace(/comments$/, 'feed.json'),
      conversation.threadPath.replace(/comments$/, 'feed.rss'),
      conversation.threadPath.replace(/comments$/, 'page'),
    ]) {
      const compressed = await get(path, acceptGzip);
      const plain = await get(path);
      expect([path, compressed.headers['content-encoding']]).toEqual([path, 'gzip']);
      expect(compressed.headers['content-length']).toBe(String(compressed.bytes.length));
      expect(decode(compressed)).toBe(plain.text);
      for (const answer of [compressed, plain]) expect(answer.headers['vary']).toMatch(/Accept-Encoding/);
      expect(compressed.headers['etag'] ?? 'W/').toMatch(/^W\//);
    }
    const small = await get('/api/v1/nothing', acceptGzip);
    expect([small.headers['content-encoding'], small.status]).toEqual([undefined, 404]);
  });

  it('are not compressed if they are streams, or if a cookie is enough to read secrets', async () => {
    const stream = await get(conversation.threadPath.replace(/comments$/, 'events'), {
      'accept-encoding': 'br',
    });
    expect([stream.status, stream.headers['content-encoding']]).toEqual([200, undefined]);
    const refusal = await raw.send({
      method: 'POST',
      path: '/api/v1/console/session',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'br' },
      // The response names every unknown field.
      body: JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`field${n}`, 1]))),
    });
    expect(refusal.bytes.length).toBeGreaterThan(1_024);
    expect(refusal.headers['content-encoding']).toBeUndefined();
  });
});
