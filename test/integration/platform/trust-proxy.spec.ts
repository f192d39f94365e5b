import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../../src/platform/config/settings.js';
import { startApp, type TestApp } from '../../support/app.js';
import { signInModerator } from '../../support/moderator-session.js';
import { connectAsOwner } from '../../support/site-fixture.js';
import { createSite } from '../../support/sites.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

/** Sends a wrong password for the account, as if a proxy had forwarded the request. Returns the status. */
const tryPassword = async (app: TestApp, email: string, forwardedFor: string): Promise<number> =>
  (
    await app.call('POST', '/api/v1/console/session', {
      headers: { 'x-postbag-console': '1', 'x-forwarded-for': forwardedFor },
      body: { email, password: 'not the password' },
    })
  ).status;

/** Sends six wrong passwords, each with another forwarded address. Five are allowed per address. */
async function tryPasswords(app: TestApp, forwardedFor: (n: number) => string): Promise<number[]> {
  const email = `${randomUUID()}@ledger.example`;
  const answers: number[] = [];
  for (let n = 1; n <= 6; n++) answers.push(await tryPassword(app, email, forwardedFor(n)));
  return answers;
}

async function withApp<T>(
  trustProxy: Settings['trustProxy'] | undefined,
  work: (app: TestApp) => Promise<T>,
): Promise<T> {
  const app = await startApp({
    databaseUrl: database.url,
    ...(trustProxy === undefined ? {} : { settings: { trustProxy } }),
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

const ALLOWED = [401, 401, 401, 401, 401, 401];
const LIMITED = [401, 401, 401, 401, 401, 429];

describe('the address of a client', () => {
  it('is that of the connection by default, regardless of forwarded headers', () =>
    withApp(undefined, async (app) => {
      expect(await tryPasswords(app, (n) => `203.0.113.${n}`)).toEqual(LIMITED);

      const { id } = await createSite(app);
      const requestThread = (n: number) =>
        app.call(
          'GET',
          `/api/v1/sites/${id}/stories/s-${n}/comments?url=https://news.example/s-${n}&title=S`,
          {
            headers: { 'x-forwarded-for': `198.51.100.${n}` },
          },
        );
      const answers: number[] = [];
      for (let n = 1; n <= 80 && answers.at(-1) !== 429; n++) answers.push((await requestThread(n)).status);
      expect(answers.at(-1)).toBe(429);
      // The forwarded scheme is not trusted either: an HTTPS-only cookie would be lost over HTTP.
      const signIn = await app.call('GET', '/api/v1/console/session', {
        headers: { 'x-forwarded-proto': 'https', cookie: 'postbag-session=x' },
      });
      expect(signIn.status).toBe(401);
      expect(signIn.headers.get('strict-transport-security')).toBeNull();
    }));

  it('is taken from the entry that the outermost trusted proxy added, and earlier entries are not trusted', () =>
    withApp(1, async (app) => {
      expect(await tryPasswords(app, (n) => `203.0.113.${n}`)).toEqual(ALLOWED);
      expect(await tryPasswords(app, (n) => `203.0.113.${n}, 198.51.100.7`)).toEqual(LIMITED);
      // A response over HTTPS tells browsers to use only HTTPS from then on.
      const answer = await app.call('GET', '/api/v1/console/session', {
        headers: { 'x-forwarded-proto': 'https' },
      });
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    }));

  it('is taken from proxies in a trusted range, through several of them', () =>
    withApp(['127.0.0.0/8', '10.0.0.0/8'], async (app) => {
      expect(await tryPasswords(app, (n) => `203.0.113.${n}, 10.1.2.3`)).toEqual(ALLOWED);
      expect(await tryPasswords(app, (n) => `203.0.113.${n}, 198.51.100.7, 10.1.2.3`)).toEqual(LIMITED);
    }));

  it('shares limits with its /64 for IPv6, and an IPv4 address is the same in both notations', () =>
    withApp(1, async (app) => {
      expect(await tryPasswords(app, (n) => `2001:db8:1:${n}::1`)).toEqual(ALLOWED);
      expect(await tryPasswords(app, (n) => `2001:db8:1:2:${n}::${n}`)).toEqual(LIMITED);
      expect(await tryPasswords(app, (n) => (n % 2 ? '203.0.113.7' : '::ffff:203.0.113.7'))).toEqual(LIMITED);

      const { id } = await createSite(app);
      const lastStatus = async (path: (n: number) => string, maxRequests: number): Promise<number> => {
        let status = 0;
        for (let n = 1; n <= maxRequests && status !== 429; n++) {
          const from = { 'x-forwarded-for': `2001:db8:1:2::${n}` };
          status = (await app.call('GET', path(n), { headers: from })).status;
        }
        return status;
      };
      const stories = `/api/v1/sites/${id}/stories`;
      expect(
        await lastStatus((n) => `${stories}/s-${n}/comments?url=https://news.example/s-${n}&title=S`, 80),
      ).toBe(429);
      expect(await lastStatus(() => `/api/v1/sites/${id}/search?q=x`, 200)).toBe(429);
    }));

  it('does not allow guessing a password from many addresses in an open session', () =>
    withApp(1, async (app) => {
      const db = await connectAsOwner(database.url);
      const { id } = await createSite(app);
      const moderator = await signInModerator(app, db, 'Cora', id, 'owner');
      await db.end();
      await moderator.call('PUT', '/console/account', {
        name: 'Cora',
        email: `${randomUUID()}@paper.example`,
        password: 'seven old lanterns',
      });
      const answers: number[] = [];
      for (let n = 1; n <= 6; n++) {
        const from = { 'x-forwarded-for': `203.0.113.${n}` };
        const body = { password: `guess number ${n}` };
        answers.push((await moderator.call('POST', '/console/confirmation', body, from)).status);
      }
      expect(answers).toEqual([403, 403, 403, 403, 403, 429]);
    }));

  it('is that of the connection if the proxy is not in a trusted range', () =>
    withApp(['10.0.0.0/8'], async (app) => {
      expect(await tryPasswords(app, (n) => `203.0.113.${n}`)).toEqual(LIMITED);
    }));
});
