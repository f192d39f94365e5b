import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { JWKS_TTL_MS } from '../../../src/features/readers/token-verification-keys.js';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { createSite, readerToken, type TestSite } from '../../support/sites.js';

let database: FreshDatabase;
let server: TestApp;
let site: TestSite;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({
    databaseUrl: database.url,
    settings: { role: 'api', outboundAllow: ['127.0.0.0/8'] },
  });
  site = await createSite(server);
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
});

const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const check = (token: string, onSite = site) => onSite.publisher('POST', '/tokens/check', { token });

describe('checking a token', () => {
  it('returns the reader and the tier of the token', async () => {
    await site.publisher('PUT', '/readers/ada/entitlement', { tier: 'insider-gold', status: 'active' });
    expect(await check(await site.token('ada', { name: 'Ada', tier: 'insider' }))).toMatchObject({
      status: 200,
      body: {
        valid: true,
        reader: { key: 'ada', name: 'Ada', picture: null, email: null },
        tier: { key: 'insider-gold', name: 'Insider Gold' },
        problems: [],
      },
    });
    expect((await check(await site.token('bo', { tier: 'platinum' }))).body).toMatchObject({
      valid: true,
      tier: null,
      problems: [{ claim: 'tier', code: 'unknown-tier' }],
    });
  });

  it('reports everything that is wrong', async () => {
    const token = await readerToken('not the secret', {
      sub: '',
      name: 'Ada',
      exp: nowSeconds() - 3600,
      iat: nowSeconds() - 7200,
    });
    const { status, body } = await check(token);
    expect([status, body.valid, body.reader, body.tier]).toEqual([200, false, undefined, undefined]);
    expect(
      body.problems.map((each: { claim: string; code: string }) => `${each.claim} ${each.code}`),
    ).toEqual(['signature wrong-secret', 'aud missing', 'sub not-an-id', 'exp expired']);
    expect((await check('nonsense')).body).toMatchObject({
      valid: false,
      problems: [{ claim: 'token', code: 'not-a-jwt' }],
    });
  });

  it('is available only to the site’s own publisher', async () => {
    const path = `/api/v1/sites/${site.id}/tokens/check`;
    const body = { token: await site.token('ada') };
    expect((await server.call('POST', path, { body })).status).toBe(401);
    expect((await server.call('POST', path, { token: body.token, body })).status).toBe(401);
    const other = await createSite(server);
    const { body: key } = await server.call<{ key: string }>('POST', '/api/v1/keys', {
      token: server.adminKey,
      body: { name: 'other', scopes: ['publisher'], sites: [other.id] },
    });
    expect((await server.call('POST', path, { token: key.key, body })).status).toBe(404);
  });

  it('also returns the problems in a reader’s request if the developer asks for them', async () => {
    const token = await site.token('ada', { exp: nowSeconds() - 60, iat: nowSeconds() - 120 });
    const plain = await site.reader(token, 'GET', '/me');
    expect([plain.status, plain.body.problems]).toEqual([401, undefined]);
    const debugged = await server.call<{ problems: unknown }>('GET', '/api/v1/me', {
      token,
      headers: { 'postbag-debug': '1' },
    });
    expect(debugged).toMatchObject({ status: 401, body: { problems: [{ claim: 'exp', code: 'expired' }] } });
    const path = `/api/v1/sites/${site.id}/stories/s/comments?url=https://elsewhere.example/s`;
    expect(await server.call('GET', path)).toMatchObject({
      status: 404,
      body: { reason: 'wrong-origin', detail: expect.stringContaining('https://elsewhere.example') },
    });
  });
});

describe('keys at a URL', () => {
  let keyServer: Server;
  let url: string;
  let keys: unknown[] = [];
  let answer: { status: number; body: string } | null = null;

  beforeAll(async () => {
    keyServer = createServer((_, response) => {
      response
        .writeHead(answer?.status ?? 200, { 'content-type': 'application/json' })
        .end(answer?.body ?? JSON.stringify({ keys }));
    });
    await new Promise<void>((done) => keyServer.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks`;
  });
  beforeEach(() => {
    answer = null;
  });
  afterAll(() => {
    keyServer.closeAllConnections();
    return new Promise((done) => keyServer.close(done));
  });

  const createKeyPair = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const sign = (aud: string, sub: string) =>
      new SignJWT({ sub, name: sub, aud, iat: nowSeconds(), exp: nowSeconds() + 3600 })
        .setProtectedHeader({ alg: 'ES256', kid })
        .sign(privateKey);
    return { jwk: { ...(await exportJWK(publicKey)), kid }, sign };
  };

  it('are fetched before they replace keys that work', async () => {
    const own = await createSite(server);
    const one = await createKeyPair('one');
    const { d: _, ...rsa } = { kty: 'RSA', n: 'AQAB', e: 'AQAB', d: '' };
    const put = (jwksUrl = url) => own.publisher('PUT', '/sso', { family: 'public-key', jwksUrl });
    const refusals: [string, () => void][] = [
      ['status 500', () => (answer = { status: 500, body: '{}' })],
      ['status 404', () => (answer = { status: 404, body: '{}' })],
      ['not JSON', () => (answer = { status: 200, body: '<html>' })],
      ['not a JWK set', () => (answer = { status: 200, body: '[]' })],
      ['empty', () => (answer = { status: 200, body: '{"keys": []}' })],
      ['can be used', () => (answer = { status: 200, body: JSON.stringify({ keys: [rsa] }) })],
      ['larger', () => (answer = { status: 200, body: `{"keys": ["${'x'.repeat(200_000)}"]}` })],
    ];
    for (const [message, setAnswer] of refusals) {
      setAnswer();
      expect(await put()).toMatchObject({
        status: 400,
        body: {
          errors: [{ pointer: '/jwksUrl', code: 'no-keys', message: expect.stringContaining(message) }],
        },
      });
    }
    answer = null;
    expect((await put('http://127.0.0.1:1/jwks')).status).toBe(400);
    // The keys in use remain valid.
    expect((await own.publisher('GET', '/sso')).body.family).toBe('hmac');
    expect((await own.reader(await own.token('ada'), 'GET', '/me')).status).toBe(200);
    keys = [one.jwk, rsa];
    expect((await put()).status).toBe(200);
    expect((await own.reader(await one.sign(own.id, 'ada'), 'GET', '/me')).status).toBe(200);
  });

  it('are fetched again at once when the publisher checks a token', async () => {
    const own = await createSite(server);
    const [one, two] = [await createKeyPair('one'), await createKeyPair('two')];
    keys = [one.jwk];
    await own.publisher('PUT', '/sso', { family: 'public-key', jwksUrl: `${url}?anew` });
    expect((await check(await one.sign(own.id, 'ada'), own)).body.valid).toBe(true);
    const token = await two.sign(own.id, 'bo');
    expect((await check(token, own)).body.problems).toMatchObject([{ claim: 'kid', code: 'unknown-key' }]);
    keys = [one.jwk, two.jwk];
    expect((await check(token, own)).body).toMatchObject({ valid: true, problems: [] });
  });

  it('become invalid ten minutes after they are withdrawn, regardless of when a token was checked', async () => {
    const own = await createSite(server);
    const [one, two] = [await createKeyPair('one'), await createKeyPair('two')];
    keys = [one.jwk];
    await own.publisher('PUT', '/sso', { family: 'public-key', jwksUrl: `${url}?withdrawn` });
    const [early, late] = [await one.sign(own.id, 'ada'), await one.sign(own.id, 'bo')];
    const read = async (token: string) => (await own.reader(token, 'GET', '/me')).status;
    const clock = server.app.get(Clock, { strict: false });
    const realNow = clock.now.bind(clock);
    const setClockAhead = (ms: number) => (clock.now = () => new Date(realNow().getTime() + ms));
    try {
      expect(await read(early)).toBe(200);
      setClockAhead(JWKS_TTL_MS - 10_000);
      expect(await read(late)).toBe(200);
      keys = [two.jwk];
      setClockAhead(JWKS_TTL_MS + 1_000);
      expect([await read(late), await read(early)]).toEqual([401, 401]);
    } finally {
      clock.now = realNow;
    }
  });
});
