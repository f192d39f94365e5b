import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { createSite, readerToken, type TestSite } from '../../support/sites.js';

const UNKNOWN = '018f3a2b-0000-7000-8000-000000000000';

let database: FreshDatabase;
let server: TestApp;
let site: TestSite;
const me = (token: string | null, query = '') => site.reader(token, 'GET', `/me${query}`);
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url });
  site = await createSite(server);
});

afterAll(async () => {
  await server?.close();
  await database?.drop();
});

describe('the signed-in reader', () => {
  it('is the one in the token, with the same ID every time', async () => {
    const first = await me(
      await site.token('ada', { name: 'Ada Lovelace', picture: 'https://news.example/a.png' }),
    );
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('private, no-store');
    expect(first.body).toMatchObject({
      reader: { name: 'Ada Lovelace', picture: 'https://news.example/a.png', role: 'reader' },
      tier: null,
      gate: { read: { allowed: true }, comment: { allowed: true } },
    });
    const again = await me(await site.token('ada', { name: 'Ada King' }));
    expect(again.body.reader).toEqual({ ...first.body.reader, name: 'Ada King', picture: null });
    expect((await me(await site.token('ADA'))).body.reader.id).not.toBe(first.body.reader.id);
  });

  it('is null without a token', async () => {
    const answer = await me(null, `?site=${site.id}`);
    expect(answer.body).toMatchObject({
      reader: null,
      tier: null,
      gate: { comment: { allowed: false, code: 'signed-out', message: 'You must be signed in to comment.' } },
    });
    expect((await me(null)).status).toBe(400);
    expect((await me(null, `?site=${UNKNOWN}`)).status).toBe(404);
    expect((await me(null, '?site=no-uuid')).status).toBe(404);
  });

  it('is on the token’s site, and on the requested one of several', async () => {
    const other = await createSite(server);
    const both = await site.token('ada', { aud: ['https://elsewhere.example', site.id] });
    expect((await me(both)).status).toBe(200);
    expect((await me(both, `?site=${site.id}`)).status).toBe(200);
    const mine = (await me(await site.token('ada'))).body.reader.id;
    const theirs = (await other.reader(await other.token('ada'), 'GET', '/me')).body.reader.id;
    expect(theirs).not.toBe(mine);
  });
});

describe('a token', () => {
  const refusals: [string, () => Promise<string> | string][] = [
    ['that is not a JWT', () => 'junk'],
    ['that has expired', () => site.token('ada', { iat: nowSeconds() - 7200, exp: nowSeconds() - 60 })],
    ['without an expiry', () => site.token('ada', { exp: undefined })],
    ['with a lifetime that is too long', () => site.token('ada', { exp: nowSeconds() + 90_000 })],
    ['without a name', () => site.token('ada', { name: undefined })],
    ['for another site', () => site.token('ada', { aud: UNKNOWN })],
    ['for no site', () => site.token('ada', { aud: undefined })],
    [
      'signed with a different secret',
      () => readerToken('another', { sub: 'ada', name: 'Ada', aud: site.id }),
    ],
    ["that is the publisher's key", () => server.adminKey],
  ];

  it.each(refusals)('%s is a 401 that gives no reason', async (_, make) => {
    const answer = await me(await make());
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthorized']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(answer.body.detail).toMatch(/^The reader token is not valid\.$/);
  });

  it('of another scheme is a 401', async () => {
    const answer = await server.call('GET', `/api/v1/me?site=${site.id}`, {
      headers: { authorization: 'Basic YTpi' },
    });
    expect(answer.status).toBe(401);
  });

  it('for one site is not accepted on another', async () => {
    const other = await createSite(server);
    const forged = await readerToken(site.ssoSecret, { sub: 'ada', name: 'Ada', aud: other.id });
    expect((await other.reader(forged, 'GET', '/me')).status).toBe(401);
  });

  it('becomes invalid at once when its secret is rotated immediately, and stays valid while secrets overlap', async () => {
    const own = await createSite(server);
    const token = await own.token('ada');
    expect((await own.reader(token, 'GET', '/me')).status).toBe(200);
    await own.publisher('POST', '/sso/secret');
    expect((await own.reader(token, 'GET', '/me')).status).toBe(200);
    await own.publisher('POST', '/sso/secret', { overlapSeconds: 0 });
    expect((await own.reader(token, 'GET', '/me')).status).toBe(401);
  });

  it('must come from the issuer once the site has set one', async () => {
    const own = await createSite(server);
    const token = await own.token('ada');
    expect((await own.reader(token, 'GET', '/me')).status).toBe(200);
    await own.publisher('PUT', '/sso', { family: 'hmac', issuer: 'https://login.example' });
    expect((await own.reader(token, 'GET', '/me')).status).toBe(401);
    const issued = await own.token('ada', { iss: 'https://login.example' });
    expect((await own.reader(issued, 'GET', '/me')).status).toBe(200);
  });
});

describe('keys at a URL', () => {
  let keyServer: Server;
  let url: string;
  let requestCount = 0;
  /** Null means that the address responds with an error. */
  let keys: unknown[] | null = [];

  beforeAll(async () => {
    keyServer = createServer((_, answer) => {
      requestCount++;
      answer.statusCode = keys ? 200 : 500;
      answer.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(keyServer.address() as { port: number }).port}/jwks`;
  });

  afterAll(() => new Promise((resolve) => keyServer.close(resolve)));

  const createKeyPair = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const sign = (aud: string, header = {}) =>
      new SignJWT({ sub: 'ada', name: 'Ada', aud, iat: nowSeconds(), exp: nowSeconds() + 600 })
        .setProtectedHeader({ alg: 'ES256', kid, ...header })
        .sign(privateKey);
    return { jwk: { ...(await exportJWK(publicKey)), kid }, sign };
  };

  it('verify tokens, are fetched once, and are not fetched again for every unknown kid', async () => {
    const own = await createSite(server);
    const [one, stranger] = [await createKeyPair('one'), await createKeyPair('two')];
    keys = [one.jwk];
    await own.publisher('PUT', '/sso', { family: 'public-key', jwksUrl: url });
    requestCount = 0;
    for (let index = 0; index < 3; index++) {
      expect((await own.reader(await one.sign(own.id), 'GET', '/me')).status).toBe(200);
      expect((await own.reader(await stranger.sign(own.id), 'GET', '/me')).status).toBe(401);
    }
    expect((await own.reader(await one.sign(own.id, { jku: url, kid: 'x' }), 'GET', '/me')).status).toBe(401);
    expect(requestCount).toBe(1);
    // A site with keys no longer accepts tokens signed with its secret.
    expect((await own.reader(await own.token('ada'), 'GET', '/me')).status).toBe(401);
  });

  it('that cannot be fetched lead to a 401 for every token, not a 5xx', async () => {
    const own = await createSite(server);
    const one = await createKeyPair('one');
    keys = [one.jwk];
    await own.publisher('PUT', '/sso', { family: 'public-key', jwksUrl: `${url}?gone` });
    keys = null;
    expect((await own.reader(await one.sign(own.id), 'GET', '/me')).status).toBe(401);
  });
});

describe("a reader's name", () => {
  const nameOf = async (own: TestSite, sub: string, name: string): Promise<string> =>
    (await own.reader(await own.token(sub, { name }), 'GET', '/me')).body.reader.name;

  it('cannot be mistaken for that of another reader', async () => {
    const own = await createSite(server);
    expect(await nameOf(own, 'r1', '  Ada   Lovelace ')).toBe('Ada Lovelace');
    expect(await nameOf(own, 'r2', 'Ada Lovelace')).toBe('Ada Lovelace (2)');
    expect(await nameOf(own, 'r3', 'Аdа Lоvеlасе')).toBe('Аdа Lоvеlасе (3)');
    expect(await nameOf(own, 'r4', 'Ada Lovelace (2)')).not.toBe('Ada Lovelace (2)');
    expect(await nameOf(own, 'r2', 'Ada Lovelace')).toBe('Ada Lovelace (2)');
    expect(await nameOf(own, 'r1', 'Countess')).toBe('Countess');
    expect(await nameOf(own, 'r5', 'Ada Lovelace')).toBe('Ada Lovelace');
  });

  it('is given to only one of two readers who arrive at the same time', async () => {
    const own = await createSite(server);
    const names = await Promise.all(
      Array.from({ length: 6 }, (_, index) => nameOf(own, `s${index}`, 'Grace Hopper')),
    );
    expect(new Set(names).size).toBe(6);
  });

  it('cannot be that of a role, of staff or of the site, but never prevents a reader from signing in', async () => {
    const own = await createSite(server);
    await own.publisher('PUT', '/readers/editor-1', { name: 'Nellie Bly', role: 'staff' });
    for (const [sub, name] of [
      ['a', 'Moderator'],
      ['b', 'Аdmіn'],
      ['c', 'Nellie Bly'],
      ['d', 'The Example Ledger'],
      ['e', '\u200b\u3164'],
    ] as const) {
      expect(await nameOf(own, sub, name)).toMatch(/^Reader [0-9a-f]{6}$/);
    }
    expect(await nameOf(own, 'editor-1', 'Nellie Bly')).toBe('Nellie Bly');
    expect(await nameOf(own, 'f', 'Ida Wells')).toBe('Ida Wells');
    await own.publisher('PUT', '/readers/editor-2', { name: 'Ida Wells', role: 'author' });
    expect(await nameOf(own, 'f', 'Ida Wells')).toMatch(/^Reader /);
  });

  it('is shortened to the display length and loses characters that the database cannot store', async () => {
    const own = await createSite(server);
    expect([...(await nameOf(own, 'long', 'x'.repeat(5000)))].length).toBeLessThanOrEqual(60);
    expect(await nameOf(own, 'nul', 'Ada\0\ud800!')).toBe('Ada!');
  });
});

describe('readers in the publisher’s API', () => {
  it('can be written, read and changed, and are not found on another site', async () => {
    const [own, other] = [await createSite(server), await createSite(server)];
    const put = await own.publisher('PUT', '/readers/nellie%20bly%2F1', {
      name: 'Nellie Bly',
      role: 'author',
    });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      key: 'nellie bly/1',
      name: 'Nellie Bly',
      role: 'author',
      standing: 'normal',
    });
    expect((await own.publisher('GET', '/readers/nellie%20bly%2F1')).body).toEqual(put.body);
    expect((await other.publisher('GET', '/readers/nellie%20bly%2F1')).status).toBe(404);
    const token = await own.token('nellie bly/1', { name: 'Nellie' });
    expect((await own.reader(token, 'GET', '/me')).body.reader).toMatchObject({
      id: put.body.id,
      role: 'author',
    });
    await own.publisher('PUT', '/readers/nellie%20bly%2F1', { name: 'Nellie', role: 'reader' });
    expect((await own.reader(token, 'GET', '/me')).body.reader).toMatchObject({ role: 'reader' });
  });

  it.each([
    ['', {}],
    ['', { name: 'x', role: 'king' }],
    ['', { name: '' }],
    ['', { name: 'x', picture: 'javascript:x' }],
    ['', { name: 'x', other: 1 }],
    ['x'.repeat(256), { name: 'x' }],
  ])('cannot be written with the key %j and the body %j', async (key, body) => {
    const answer = await site.publisher('PUT', `/readers/${key || 'r'}`, body);
    expect(answer.status).toBe(400);
  });
});
