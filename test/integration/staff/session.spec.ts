import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  MAX_SESSION_MS,
  MAX_IDLE_MS,
  SessionsService,
} from '../../../src/features/staff/sessions.service.js';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { signInModerator, signIn } from '../../support/moderator-session.js';
import {
  createSiteFixture,
  connectAsOwner,
  type OwnerConnection,
  type Json,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;

let logText = '';
const logTo = new Writable({
  write: (chunk: Buffer, _, done) => {
    logText += chunk.toString();
    done();
  },
});

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, logTo });
  db = await connectAsOwner(database.url);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const sessions = () => app.app.get(SessionsService, { strict: false });
const linkToken = async () => new URL(await sessions().bootstrapLink()).hash.slice(1);
const post = (body: unknown, headers: Record<string, string> = { 'x-postbag-console': '1' }) =>
  app.call<Json>('POST', '/api/v1/console/session', { headers, body });

async function withClockAdvanced<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const clock = app.app.get(Clock, { strict: false });
  const realNow = clock.now.bind(clock);
  clock.now = () => new Date(realNow().getTime() + ms);
  try {
    return await work();
  } finally {
    clock.now = realNow;
  }
}

describe('the sign-in link printed at startup', () => {
  it('signs the owner in once and gives access to every site', async () => {
    const { site } = await createSiteFixture(app);
    const link = await sessions().bootstrapLink();
    expect(link).toMatch(/^http:\/\/[^/]+\/console\/sign-in#[A-Za-z0-9_-]{43}$/);
    const token = new URL(link).hash.slice(1);

    const answer = await post({ link: token });
    expect(answer.status).toBe(201);
    expect(answer.body.moderator).toEqual({
      id: expect.any(String),
      name: 'Owner',
      email: null,
      hasPassword: false,
      hasSecondFactor: false,
      mayAddSites: true,
    });
    expect(answer.body.sites).toContainEqual({
      id: site,
      name: 'The Ledger',
      role: 'owner',
      sections: null,
      needsSecondFactor: false,
    });
    const again = await post({ link: token });
    expect([again.status, again.body.code]).toEqual([401, 'link-used']);
  });

  it('belongs to the same owner each time and invalidates the previous link', async () => {
    const [first, second] = [await linkToken(), await linkToken()];
    expect((await post({ link: first })).status).toBe(401);
    expect((await post({ link: second })).status).toBe(201);
    expect(await db.rows('SELECT 1 FROM moderator')).toHaveLength(1);
  });

  it('is stored only as a hash', async () => {
    const token = await linkToken();
    const [row] = await db.rows('SELECT string_agg(sign_in_link::text, chr(10)) AS all FROM sign_in_link');
    expect(row['all']).not.toContain(token);
  });
});

describe('a session', () => {
  it('uses cookies that scripts cannot read and other sites cannot send', async () => {
    const answer = await post({ link: await linkToken() });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-postbag', 'postbag-session']);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\//);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Strict/);
      expect(cookie).not.toMatch(/Domain/i);
    }
    expect(cookies[0]).toMatch(/; Secure/);
    const token = cookies[0].split(/[=;]/)[1];
    const [row] = await db.rows(
      'SELECT string_agg(moderator_session::text, chr(10)) AS all FROM moderator_session',
    );
    expect(row['all']).not.toContain(token);
  });

  it('returns the signed-in account, and ends at sign-out', async () => {
    const moderator = await signIn(app, { link: await linkToken() });
    expect((await moderator.call<Json>('GET', '/console/session')).body.moderator.name).toBe('Owner');
    expect((await moderator.call('DELETE', '/console/session')).status).toBe(204);
    expect((await moderator.call('GET', '/console/session')).status).toBe(401);
    expect((await app.call('GET', '/api/v1/console/session')).status).toBe(401);
  });

  it('ends when idle, and after a week even when active', async () => {
    const moderator = await signIn(app, { link: await linkToken() });
    const status = async () => (await moderator.call('GET', '/console/session')).status;
    expect(await withClockAdvanced(MAX_IDLE_MS - 60_000, status)).toBe(200);
    expect(await withClockAdvanced(2 * MAX_IDLE_MS - 120_000, status)).toBe(200);
    expect(await withClockAdvanced(3 * MAX_IDLE_MS, status)).toBe(401);

    const activeModerator = await signIn(app, { link: await linkToken() });
    const answers: number[] = [];
    for (let ms = 0; ms <= MAX_SESSION_MS; ms += MAX_IDLE_MS / 2) {
      answers.push(
        await withClockAdvanced(
          ms,
          async () => (await activeModerator.call('GET', '/console/session')).status,
        ),
      );
    }
    expect(answers.slice(0, -1).every((answer) => answer === 200)).toBe(true);
    expect(answers.at(-1)).toBe(401);
  });

  it('gets a new token when its password is confirmed or its account changes; the previous one stops working', async () => {
    const { site } = await createSiteFixture(app);
    const moderator = await signInModerator(app, db, 'Rena', site);
    const account = { name: 'Rena', email: 'rena@paper.example', password: 'seven old lanterns' };
    const status = async (cookie: string) =>
      (await app.call('GET', '/api/v1/console/session', { headers: { cookie } })).status;
    const expectRenewal = async (call: () => Promise<{ status: number }>) => {
      const before = moderator.cookie;
      const [[row], { status: callStatus }] = [await ownSession(), await call()];
      expect([callStatus < 300, await status(before), await status(moderator.cookie)]).toEqual([
        true,
        401,
        200,
      ]);
      // The session keeps its age: confirming it does not extend it.
      expect(await ownSession()).toEqual([row]);
    };
    const ownSession = () =>
      db.rows('SELECT id, created_at, expires_at FROM moderator_session WHERE moderator_id = $1', [
        moderator.id,
      ]);
    await expectRenewal(() => moderator.call('PUT', '/console/account', account));
    await expectRenewal(() =>
      moderator.call('POST', '/console/confirmation', { password: account.password }),
    );
    const before = moderator.cookie;
    expect((await moderator.call('POST', '/console/confirmation', { password: 'no lanterns' })).status).toBe(
      403,
    );
    expect(moderator.cookie).toBe(before);
  });

  it('is not kept open by the background requests of an idle page', async () => {
    const { site } = await createSiteFixture(app);
    const moderator = await signIn(app, { link: await linkToken() });
    const inactiveHeaders = { 'x-postbag-inactive': '1' };
    const statusAfter = (ms: number, headers: Record<string, string>, path = '/console/session') =>
      withClockAdvanced(ms, async () => (await moderator.call('GET', path, undefined, headers)).status);
    expect(await statusAfter(MAX_IDLE_MS - 60_000, inactiveHeaders)).toBe(200);
    expect(
      await statusAfter(
        MAX_IDLE_MS - 60_000,
        { accept: 'text/event-stream' },
        `/moderation/queue?site=${site}`,
      ),
    ).toBe(200);
    expect(await statusAfter(MAX_IDLE_MS + 1, {})).toBe(401);
  });

  it('refuses writes without the console’s header', async () => {
    expect((await post({ link: await linkToken() }, {})).body.code).toBe('csrf');
    const { cookie } = await signIn(app, { link: await linkToken() });
    for (const [method, path] of [
      ['DELETE', '/api/v1/console/session'],
      ['PUT', '/api/v1/console/account'],
    ]) {
      const body = { name: 'N', email: 'n@x.example', password: 'long enough for all' };
      const answer = await app.call(method, path, { headers: { cookie }, body });
      expect([answer.status, answer.body['code']]).toEqual([403, 'csrf']);
    }
  });

  it('cannot be read by another origin', async () => {
    const answer = await app.call('GET', '/api/v1/console/session', {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('can use the publisher’s routes of a site only with the role admin or owner', async () => {
    const { site } = await createSiteFixture(app);
    const admin = await signInModerator(app, db, 'Ada', site, 'admin');
    const plain = await signInModerator(app, db, 'Mo', site, 'moderator');
    expect((await admin.call('GET', `/sites/${site}/webhooks`)).status).toBe(200);
    logText = '';
    expect((await plain.call('GET', `/sites/${site}/webhooks`)).status).toBe(403);
    const other = await createSiteFixture(app);
    expect((await admin.call('GET', `/sites/${other.site}/webhooks`)).status).toBe(404);
    // The log names the caller.
    const refused = logText.split('\n').filter((line) => line.includes('access.refused'));
    const route = '/api/v1/sites/:site/webhooks';
    expect(refused.map((line) => JSON.parse(line))).toMatchObject([
      { code: 'role-required', caller: expect.stringContaining(plain.id), method: 'GET', route },
      { code: 'not-found', caller: expect.stringContaining(admin.id), method: 'GET', route },
    ]);
    expect((await admin.call<Json>('GET', '/console/session')).body.sites).toEqual([
      { id: site, name: 'The Ledger', role: 'admin', sections: null, needsSecondFactor: false },
    ]);
  });
});

describe('an account', () => {
  it('is set up after the link, and then signs in by password', async () => {
    const { site } = await createSiteFixture(app);
    const moderator = await signInModerator(app, db, 'Nobody', site);
    const other = await signIn(app, { link: await linkToken() });
    const set = (body: unknown) => moderator.call<Json>('PUT', '/console/account', body);
    const account = { name: 'Vera', email: ' Vera@Ledger.example', password: 'correct horse battery' };
    expect(
      (await set({ ...account, email: 'vera@ledger.example', password: 'too short' })).body,
    ).toMatchObject({
      status: 400,
      errors: [{ pointer: '/password' }],
    });
    const answer = await set({ ...account, email: 'Vera@Ledger.example' });
    expect([answer.status, answer.body.moderator]).toEqual([
      200,
      {
        id: moderator.id,
        name: 'Vera',
        email: 'vera@ledger.example',
        hasPassword: true,
        hasSecondFactor: false,
        mayAddSites: false,
      },
    ]);
    expect((await moderator.call<Json>('GET', '/console/account')).body).toEqual(answer.body);
    const conflict = await other.call<Json>('PUT', '/console/account', {
      ...account,
      email: 'vera@ledger.example',
    });
    expect([conflict.status, conflict.body.code]).toEqual([409, 'email-taken']);

    expect(
      (await signIn(app, { email: 'VERA@ledger.example', password: account.password })).cookie,
    ).toBeTruthy();
    for (const wrong of [
      { email: 'vera@ledger.example', password: 'correct horse batterY' },
      { email: 'nobody@ledger.example', password: account.password },
    ]) {
      const refused = await post(wrong);
      expect([refused.status, refused.body.code]).toEqual([401, 'bad-credentials']);
    }
    const [row] = await db.rows('SELECT password_hash FROM moderator WHERE id = $1', [moderator.id]);
    expect(row['password_hash']).toMatch(/^\$argon2id\$/);
  });

  it('ends its other sessions when it changes its password', async () => {
    const { site } = await createSiteFixture(app);
    const moderator = await signInModerator(app, db, 'Zoe', site);
    const account = { name: 'Zoe', email: 'zoe@ledger.example', password: 'a long enough password' };
    await moderator.call('PUT', '/console/account', account);
    const otherSession = await signIn(app, { email: account.email, password: account.password });
    await moderator.call('PUT', '/console/account', { ...account, password: 'another long password' });
    expect((await otherSession.call('GET', '/console/session')).status).toBe(401);
    expect((await moderator.call('GET', '/console/session')).status).toBe(200);
  });

  it('refuses a password that is easy to guess, and says what to use instead', async () => {
    const { site, admin } = await createSiteFixture(app);
    await admin('PATCH', `/sites/${site}`, { name: 'The Winterbourne Ledger' });
    const moderator = await signInModerator(app, db, 'Nobody', site);
    for (const [password, code, remedy] of [
      ['password12345', 'too-common', /words that only you would put together/],
      ['P@ssw0rd-Sunshine1', 'too-common', /words that only you would put together/],
      ['ZebedeeThornquist7', 'own-words', /nothing to do with you/],
      ['thornquist@paper', 'own-words', /nothing to do with you/],
      ['TheWinterbourneLedger', 'own-words', /nothing to do with you/],
    ] as const) {
      const account = { name: 'Zebedee Thornquist', email: 'thornquist@paper.example', password };
      const { status, body } = await moderator.call<Json>('PUT', '/console/account', account);
      expect([password, status, body.errors]).toEqual([
        password,
        400,
        [{ pointer: '/password', code, message: expect.stringMatching(remedy) }],
      ]);
    }
  });

  it('ends its sign-in links when it changes its password', async () => {
    const { site } = await createSiteFixture(app);
    const owner = await signInModerator(app, db, 'Olaf', site, 'owner');
    const moderator = await signInModerator(app, db, 'Lina', site);
    const account = { name: 'Lina', email: 'lina@paper.example', password: 'seven old lanterns' };
    await moderator.call('PUT', '/console/account', account);
    const { link } = (await owner.call<Json>('POST', `/sites/${site}/moderators/${moderator.id}/link`)).body;
    await moderator.call('PUT', '/console/account', { ...account, password: 'eight new lanterns' });
    expect((await post({ link: new URL(link).hash.slice(1) })).body.code).toBe('link-used');
  });

  it('requires confirmation of its password before sensitive actions', async () => {
    const { site } = await createSiteFixture(app);
    const moderator = await signInModerator(app, db, 'Cora', site, 'owner');
    const account = { name: 'Cora', email: 'cora@paper.example', password: 'seven old lanterns' };
    const ELEVEN_MIN = 11 * 60_000;
    const invite = () =>
      moderator.call<Json>('POST', `/sites/${site}/moderators`, { name: 'Dan', role: 'viewer' });
    const confirm = (password: string) => moderator.call<Json>('POST', '/console/confirmation', { password });

    expect((await confirm('whatever')).body.code).toBe('no-password');
    expect((await withClockAdvanced(ELEVEN_MIN, invite)).body.code).toBe('confirm-required');
    // An account without a password cannot confirm one. Setting a password counts as confirmation.
    await withClockAdvanced(ELEVEN_MIN, async () => {
      expect((await moderator.call('PUT', '/console/account', account)).status).toBe(200);
      expect((await invite()).status).toBe(201);
    });
    await withClockAdvanced(2 * ELEVEN_MIN, async () => {
      expect((await moderator.call<Json>('PUT', '/console/account', account)).body.code).toBe(
        'confirm-required',
      );
      expect((await confirm('seven new lanterns')).body.code).toBe('bad-password');
      expect((await invite()).body.code).toBe('confirm-required');
      expect((await confirm(account.password)).status).toBe(204);
      expect((await invite()).status).toBe(201);
      expect((await moderator.call('PUT', '/console/account', account)).status).toBe(200);
      for (let guess = 0; guess < 3; guess++) await confirm('no lanterns');
      expect((await confirm(account.password)).status).toBe(429);
    });
  });

  it('limits password attempts per network and account', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 8; index++) {
      statuses.push(
        (await post({ email: 'guess@ledger.example', password: `guess number ${index}` })).status,
      );
    }
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.at(-1)).toBe(429);
    const answer = await post({ email: 'guess@ledger.example', password: 'x' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    // The limit does not affect another account.
    expect((await post({ email: 'else@ledger.example', password: 'x' })).status).toBe(401);
  });

  it.each([
    [{}],
    [{ link: 'a', email: 'b@c.example', password: 'd' }],
    [{ email: 'b@c.example' }],
    [{ link: 7 }],
    [{ link: 'x', admin: true }],
    ['nothing'],
  ])('cannot sign in with the invalid request %j', async (body) => {
    expect((await post(body)).status).toBe(400);
  });
});

it('refused sign-ins are logged with the client’s network and the reason, without the credentials', async () => {
  logText = '';
  const password = 'lanterns that nobody has';
  const refused = await post({ email: 'wanted@ledger.example', password });
  expect(refused.body.code).toBe('bad-credentials');
  await post({ link: 'a link that nobody was given' });
  const lines = logText
    .split('\n')
    .filter((line) => line.includes('sign-in.refused'))
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { code: 'bad-credentials', network: '127.0.0.1', requestId: refused.body.requestId },
    { code: 'link-used', network: '127.0.0.1' },
  ]);
  for (const sent of [password, 'wanted@', 'nobody was given']) expect(logText).not.toContain(sent);
});
