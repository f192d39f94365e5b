import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { totpCodeOf } from '../../support/totp-code.js';
import { signInModerator, signIn, type ModeratorSession } from '../../support/moderator-session.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import {
  startSsoServer,
  CLIENT_ID,
  type SsoServer,
  type SsoPerson,
  type TokenAnswer,
} from '../../support/sso-server.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

// The URL that browsers would use. The spec replaces it with the URL of the test server.
const PUBLIC = 'http://localhost:3000';
const CALLBACK = `${PUBLIC}/api/v1/console/oidc/callback`;

let database: FreshDatabase;
let server: SsoServer;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startSsoServer(CALLBACK);
  const oidc = {
    issuer: server.issuer,
    clientId: CLIENT_ID,
    clientSecret: server.clientSecret,
    name: 'the newsroom',
  };
  app = await startApp({ databaseUrl: database.url, settings: { limits: false, publicUrl: PUBLIC, oidc } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await server?.close();
  await database?.drop();
});

/** A browser's cookies for both servers, by origin. */
type Jar = Map<string, Map<string, string>>;

async function follow(url: string, jar: Jar): Promise<Response> {
  const { origin } = new URL(url);
  const cookies = jar.get(origin) ?? new Map<string, string>();
  jar.set(origin, cookies);
  const answer = await fetch(url.replace(PUBLIC, app.url), {
    redirect: 'manual',
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  });
  for (const each of answer.headers.getSetCookie()) {
    const [name, value = ''] = each.split(';')[0].split('=');
    if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(each)) cookies.delete(name);
    else cookies.set(name, value);
  }
  return answer;
}

/**
 * Signs in from the console's button, or from `from`, until the provider redirects the browser back. That redirect is not
 * followed.
 */
async function upToCallback(
  person: SsoPerson,
  jar: Jar,
  from = `${PUBLIC}/api/v1/console/oidc`,
): Promise<string> {
  server.person = person;
  let url = from;
  for (let hop = 0; hop < 8 && !url.startsWith(CALLBACK); hop++) {
    const answer = await follow(url, jar);
    const to = answer.headers.get('location');
    if (to === null) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
    url = new URL(to, url).href;
  }
  return url;
}

/** Signs in with single sign-on. @returns the console URL to which the browser is finally redirected */
async function completeSso(person: SsoPerson, jar: Jar = new Map()): Promise<URL> {
  const answer = await follow(await upToCallback(person, jar), jar);
  return new URL(answer.headers.get('location')!);
}

/** Connects the account of a signed-in moderator. @returns the console URL to which the browser is finally redirected */
async function connect(session: ModeratorSession, person: SsoPerson): Promise<URL> {
  const started = await expectStatus(201, session.call<Json>('POST', '/console/sso/connection'));
  // Only Lax cookies are sent with a navigation from another site.
  const stateCookies = started.headers.getSetCookie().map((each) => each.split(';')[0].split('='));
  const jar: Jar = new Map([[PUBLIC, new Map(stateCookies as [string, string][])]]);
  const answer = await follow(await upToCallback(person, jar, started.body.url), jar);
  return new URL(answer.headers.get('location')!);
}

const refusalIn = (url: URL): string | null => url.searchParams.get('refused');
const ssoResultOf = (url: URL) => [url.pathname, url.searchParams.get('sso')];
let count = 0;
/** Creates a team member who has set an email address and a password. */
async function createMember(name: string, site = fixture.site) {
  const session = await signInModerator(app, db, name, site);
  const email = `${name.toLowerCase()}-${++count}@ledger.example`;
  await expectStatus(
    200,
    session.call('PUT', '/console/account', { name, email, password: 'seven old lanterns' }),
  );
  return { session, email, person: { sub: `sub-${name}`, email, email_verified: true } };
}
async function createConnectedMember(name: string, site = fixture.site) {
  const made = await createMember(name, site);
  expect(ssoResultOf(await connect(made.session, made.person))).toEqual(['/console/security', 'connected']);
  return made;
}
const exchange = (url: URL, more = {}) =>
  app.call<Json>('POST', '/api/v1/console/session', {
    headers: { 'x-postbag-console': '1' },
    body: { link: url.hash.slice(1), ...more },
  });

describe('staff single sign-on', () => {
  it('is offered by name, and redirects the browser with PKCE, state and nonce', async () => {
    expect((await app.call<Json>('GET', '/api/v1/console/sign-in-methods')).body.newsroom).toBe(
      'the newsroom',
    );
    const answer = await follow(`${PUBLIC}/api/v1/console/oidc`, new Map());
    const to = new URL(answer.headers.get('location')!);
    expect([answer.status, to.origin, answer.headers.get('cache-control')]).toEqual([
      302,
      server.issuer,
      'no-store',
    ]);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      response_type: 'code',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
    });
    const cookies = answer.headers.getSetCookie();
    expect(cookies[0]).toMatch(/^__Host-postbag-oidc=.*; Path=\/; HttpOnly; Secure; SameSite=Lax/);
    // The cookie does not reveal the nonce.
    expect(cookies.join()).not.toContain(to.searchParams.get('nonce'));
  });

  it('signs in a team member who connected the account', async () => {
    const { session, person } = await createConnectedMember('Vera');
    const url = await completeSso(person);
    expect(url.pathname).toBe('/console/sign-in');
    const answer = await exchange(url);
    expect([answer.status, answer.body.moderator.id]).toEqual([201, session.id]);
    expect((await exchange(url)).body.code).toBe('link-used');
  });

  it('signs in a person who was invited and has not signed in yet', async () => {
    const owner = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const invited = await owner.call<Json>('POST', `/sites/${fixture.site}/moderators`, {
      name: 'Ida',
      email: 'ida@ledger.example',
      role: 'moderator',
    });
    const url = await completeSso({ sub: 'ida', email: 'IDA@ledger.example', email_verified: true });
    expect((await exchange(url)).body.moderator.id).toBe(invited.body.moderator.id);
    // The invitation link no longer works.
    expect((await exchange(new URL(invited.body.link))).body.code).toBe('link-used');
  });

  it('does not sign a person in to a colleague’s account because of an unverified address', async () => {
    const { session } = await createMember('Carl');
    const email = 'dana@ledger.example';
    await expectStatus(
      200,
      session.call('PUT', '/console/account', { name: 'Carl', email, password: 'seven old lanterns' }),
    );
    expect(refusalIn(await completeSso({ sub: 'dana', email, email_verified: true }))).toBe('not-connected');
    expect(await db.rows(`SELECT 1 FROM moderator_identity WHERE subject = 'dana'`)).toEqual([]);
    expect((await session.call<Json>('GET', '/console/sso')).body).toEqual({
      name: 'the newsroom',
      connectedAt: null,
    });
  });

  it('identifies the person by subject afterwards, and no longer by address', async () => {
    const { session, email, person } = await createConnectedMember('Walt');
    expect((await exchange(await completeSso(person))).status).toBe(201);
    const renamed = await exchange(await completeSso({ ...person, email: 'walter@ledger.example' }));
    expect(renamed.body.moderator.id).toBe(session.id);
    // The address now belongs to another person.
    expect(refusalIn(await completeSso({ sub: 'another', email, email_verified: true }))).toBe(
      'not-connected',
    );
  });

  it.each([
    ['whom nobody invited', { sub: 'x1', email: 'stranger@ledger.example', email_verified: true }],
    ['without an address', { sub: 'x2' }],
  ])('does not sign in a person %s', async (_, person) => {
    const before = await db.rows('SELECT count(*) FROM moderator');
    expect(refusalIn(await completeSso(person))).toBe('unknown');
    expect(await db.rows('SELECT count(*) FROM moderator')).toEqual(before);
  });

  it('does not rely on an address that the provider has not verified', async () => {
    const { email } = await createMember('Xena');
    expect(refusalIn(await completeSso({ sub: 'x3', email, email_verified: false }))).toBe('unknown');
    expect(refusalIn(await completeSso({ sub: 'x4', email }))).toBe('unknown');
  });

  it('does not sign in a person who was removed from every team', async () => {
    const { session, person } = await createConnectedMember('Yves');
    expect((await exchange(await completeSso(person))).status).toBe(201);
    await db.rows('DELETE FROM moderator_role WHERE moderator_id = $1', [session.id]);
    expect(refusalIn(await completeSso(person))).toBe('unknown');
  });

  it('still requires the account’s second factor, unless the provider has checked one', async () => {
    const { session, person } = await createConnectedMember('Zita');
    const { secret } = (await session.call<Json>('POST', '/console/second-factor/app')).body;
    await expectStatus(
      200,
      session.call('POST', '/console/second-factor/app/activation', {
        code: totpCodeOf(secret),
      }),
    );
    const url = await completeSso(person);
    expect((await exchange(url)).body.code).toBe('second-factor-needed');
    // Use the code of the next step: the current one was used, and an earlier one may be too old when it is checked.
    expect((await exchange(url, { code: totpCodeOf(secret, Date.now() + 30_000) })).status).toBe(201);
    expect((await exchange(await completeSso({ ...person, amr: ['pwd', 'otp', 'mfa'] }))).status).toBe(201);
  });

  it('gives access to a site that requires a second factor if the provider has checked one', async () => {
    const strict = await createSiteFixture(app);
    const { person } = await createConnectedMember('Alma', strict.site);
    await strict.admin('PUT', `/sites/${strict.site}/team-rules`, { secondFactor: true });
    const queue = async (more: Partial<SsoPerson>) => {
      const consoleUrl = await completeSso({ ...person, ...more });
      const session = await signIn(app, { link: consoleUrl.hash.slice(1) });
      return (await session.call('GET', `/moderation/queue?site=${strict.site}`)).status;
    };
    expect([await queue({}), await queue({ amr: ['mfa'] })]).toEqual([403, 200]);
  });
});

describe('the callback', () => {
  it('is refused in a browser that did not start the sign-in, so that nobody can sign another person in', async () => {
    const { person } = await createMember('Bodo');
    const callbackUrl = await upToCallback(person, new Map());
    expect(refusalIn(new URL((await follow(callbackUrl, new Map())).headers.get('location')!))).toBe('stale');
    // It is also refused in a browser that has started another sign-in.
    const victim: Jar = new Map();
    await follow(`${PUBLIC}/api/v1/console/oidc`, victim);
    expect(refusalIn(new URL((await follow(callbackUrl, victim)).headers.get('location')!))).toBe('failed');
  });

  it('is refused after ten minutes, even in a browser that still has the state', async () => {
    const { person } = await createMember('Dora');
    const jar: Jar = new Map();
    const callbackUrl = await upToCallback(person, jar);
    const clock = app.app.get(Clock, { strict: false });
    const realNow = clock.now.bind(clock);
    clock.now = () => new Date(realNow().getTime() + 10 * 60_000);
    try {
      expect(refusalIn(new URL((await follow(callbackUrl, jar)).headers.get('location')!))).toBe('stale');
    } finally {
      clock.now = realNow;
    }
  });

  it('is refused when it is repeated', async () => {
    const { person } = await createConnectedMember('Cleo');
    const jar: Jar = new Map();
    const callbackUrl = await upToCallback(person, jar);
    const jarCopy: Jar = new Map([...jar].map(([origin, cookies]) => [origin, new Map(cookies)]));
    expect(refusalIn(new URL((await follow(callbackUrl, jar)).headers.get('location')!))).toBeNull();
    expect(refusalIn(new URL((await follow(callbackUrl, jar)).headers.get('location')!))).toBe('stale');
    // Send the code a second time, with a copy of the state cookie.
    expect(refusalIn(new URL((await follow(callbackUrl, jarCopy)).headers.get('location')!))).toBe('stale');
  });

  it('reports a provider that rejects the client secret or is broken', async () => {
    const { person } = await createConnectedMember('Fred');
    const resultAfter = async (answers: TokenAnswer) => {
      const jar: Jar = new Map();
      const callbackUrl = await upToCallback(person, jar);
      server.tokenAnswer = answers;
      try {
        return refusalIn(new URL((await follow(callbackUrl, jar)).headers.get('location')!));
      } finally {
        server.tokenAnswer = null;
      }
    };
    expect(await resultAfter({ status: 401, body: { error: 'invalid_client' } })).toBe('client');
    expect(await resultAfter({ status: 400, body: { error: 'unauthorized_client' } })).toBe('client');
    expect(await resultAfter({ status: 500, body: { error: 'server_error' } })).toBe('unavailable');
    expect(await resultAfter({ status: 502, body: '<h1>Bad gateway</h1>' })).toBe('unavailable');
    expect(await resultAfter('hang up')).toBe('unavailable');
    expect(await resultAfter({ status: 200, body: { token_type: 'Bearer' } })).toBe('failed');
    expect(refusalIn(await completeSso(person))).toBeNull();
  });

  it.each(['', '?code=x', '?state=x', '?code=x&state=y&iss=z', '?error=access_denied', '?code=a&code=b'])(
    'with %j is refused without a server error',
    async (search) => {
      const jar: Jar = new Map();
      await follow(`${PUBLIC}/api/v1/console/oidc`, jar);
      const answer = await follow(CALLBACK + search, jar);
      const to = new URL(answer.headers.get('location')!);
      expect([answer.status, to.origin, ['failed', 'denied'].includes(refusalIn(to)!)]).toEqual([
        302,
        PUBLIC,
        true,
      ]);
    },
  );
});

describe('connecting an account', () => {
  it('is reported by email, and ends the account’s other sessions', async () => {
    const { session, email, person } = await createMember('Gert');
    const otherSession = await signIn(app, { email, password: 'seven old lanterns' });
    expect(ssoResultOf(await connect(session, person))).toEqual(['/console/security', 'connected']);
    expect((await otherSession.call('GET', '/console/session')).status).toBe(401);
    expect((await session.call<Json>('GET', '/console/sso')).body.connectedAt).toMatch(/^20/);
    const emails = await db.rows('SELECT key FROM mail WHERE address = $1 ORDER BY id', [email]);
    expect(emails.at(-1)!['key']).toMatch(/^account-sso-connected-/);
    const recorded = await db.rows(
      `SELECT body::jsonb -> 'actor' AS actor FROM audit_entry
       WHERE body::jsonb ->> 'action' = 'identity.made' AND body::jsonb #>> '{subject,id}' = $1`,
      [session.id],
    );
    expect(recorded).toMatchObject([{ actor: { kind: 'moderator', id: session.id } }]);
  });

  it('replaces the previous identity, and cannot use one that is connected to another account', async () => {
    const { session, person } = await createConnectedMember('Hera');
    expect(ssoResultOf(await connect(session, { ...person, sub: 'hera-2' }))[1]).toBe('connected');
    expect((await exchange(await completeSso({ ...person, sub: 'hera-2' }))).body.moderator.id).toBe(
      session.id,
    );
    expect(refusalIn(await completeSso(person))).toBe('not-connected');
    const other = await createMember('Ivo');
    expect(ssoResultOf(await connect(other.session, { ...person, sub: 'hera-2' }))[1]).toBe('taken');
    expect(ssoResultOf(await connect(session, { ...person, sub: 'hera-2' }))[1]).toBe('connected');
  });

  it('needs a session that was confirmed recently and is still open', async () => {
    const { session, person } = await createMember('Jana');
    const clock = app.app.get(Clock, { strict: false });
    const realNow = clock.now.bind(clock);
    clock.now = () => new Date(realNow().getTime() + 11 * 60_000);
    try {
      const refused = await session.call<Json>('POST', '/console/sso/connection');
      expect([refused.status, refused.body.code]).toEqual([403, 'confirm-required']);
    } finally {
      clock.now = realNow;
    }
    expect((await app.call('POST', '/api/v1/console/sso/connection')).status).toBe(403);
    const started = await expectStatus(201, session.call<Json>('POST', '/console/sso/connection'));
    const stateCookies = started.headers.getSetCookie().map((each) => each.split(';')[0].split('='));
    const jar: Jar = new Map([[PUBLIC, new Map(stateCookies as [string, string][])]]);
    const callbackUrl = await upToCallback(person, jar, started.body.url);
    await session.call('DELETE', '/console/session');
    const end = new URL((await follow(callbackUrl, jar)).headers.get('location')!);
    expect(ssoResultOf(end)).toEqual(['/console/security', 'stale']);
    expect(refusalIn(await completeSso(person))).toBe('not-connected');
  });
});

it('calls the provider only if OUTBOUND_ALLOW permits it', async () => {
  const oidc = { issuer: server.issuer, clientId: CLIENT_ID, clientSecret: server.clientSecret, name: 'it' };
  const withoutOutbound = await startApp({
    databaseUrl: database.url,
    settings: { limits: false, publicUrl: PUBLIC, oidc, outboundAllow: [] },
  });
  try {
    const answer = await fetch(`${withoutOutbound.url}/api/v1/console/oidc`, { redirect: 'manual' });
    expect(refusalIn(new URL(answer.headers.get('location')!))).toBe('unavailable');
  } finally {
    await withoutOutbound.close();
  }
});

it('single sign-on is not available if no provider is configured', async () => {
  const without = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  try {
    expect((await without.call('GET', '/api/v1/console/oidc')).status).toBe(404);
    expect((await without.call('GET', '/api/v1/console/oidc/callback')).status).toBe(404);
  } finally {
    await without.close();
  }
});
