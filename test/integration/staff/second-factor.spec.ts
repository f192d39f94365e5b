import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { hashToken, newToken } from '../../../src/features/staff/session-token.js';
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
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let strictSite: SiteFixture;
/** Posted before the clock is moved, because readers' tokens expire. */
let held: { id: string };

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
  strictSite = await createSiteFixture(app);
  held = await strictSite.submit('reader-1', 'A first word on it.');
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const PASSWORD = 'seven old lanterns';
const FACTOR = '/console/second-factor';
const MINUTE_MS = 60_000;
// Sign-in is limited per address. All requests of this spec have the same address, so it advances the clock.
let clockOffsetMs = 0;
const now = () => Date.now() + clockOffsetMs;

/** Length of a code's time step in milliseconds (RFC 6238). */
const STEP_MS = 30_000;

/**
 * Advances the clock of the server and the apps by `ms`. If more than a third of the current time step has passed, the
 * clock is advanced to the next step, so that a code that is created now is checked within its step.
 */
function advanceClock(ms: number): void {
  const clock = app.app.get(Clock, { strict: false });
  clockOffsetMs += ms;
  if (now() % STEP_MS > STEP_MS / 3) clockOffsetMs += STEP_MS - (now() % STEP_MS);
  clock.now = () => new Date(now());
}

const post = (body: unknown) =>
  app.call<Json>('POST', '/api/v1/console/session', { headers: { 'x-postbag-console': '1' }, body });
const statusAndCode = async (call: Promise<{ status: number; body: Json }>) => {
  const { status, body } = await call;
  return [status, body?.code];
};
const createLink = async (id: string) => {
  const token = newToken();
  await db.rows(
    `INSERT INTO sign_in_link (token_hash, moderator_id, expires_at) VALUES ($1, $2, now() + interval '9 years')`,
    [hashToken(token), id],
  );
  return token;
};

interface EnrolledModerator {
  moderator: ModeratorSession;
  email: string;
  secret: string;
  /** The code with which the app was set up. */
  code: string;
  recoveryCodes: string[];
}

let count = 0;
async function createWithPassword(name: string, site: string | null = fixture.site, role = 'moderator') {
  const moderator = await signInModerator(app, db, name, site, role);
  const email = `${name.toLowerCase()}-${++count}@ledger.example`;
  await expectStatus(200, moderator.call('PUT', '/console/account', { name, email, password: PASSWORD }));
  return { moderator, email };
}
async function createEnrolled(
  name: string,
  site: string | null = fixture.site,
  role = 'moderator',
): Promise<EnrolledModerator> {
  const { moderator, email } = await createWithPassword(name, site, role);
  const { secret } = (await expectStatus(201, moderator.call<Json>('POST', `${FACTOR}/app`))).body;
  const code = totpCodeOf(secret, now());
  const { body } = await expectStatus(
    200,
    moderator.call<Json>('POST', `${FACTOR}/app/activation`, { code }),
  );
  return { moderator, email, secret, code, recoveryCodes: body.recoveryCodes };
}

describe('an authenticator app', () => {
  it('is active when it has provided a code, and then the password is no longer sufficient', async () => {
    const { moderator, email } = await createWithPassword('Vera');
    const { secret, uri } = (await expectStatus(201, moderator.call<Json>('POST', `${FACTOR}/app`))).body;
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expect(decodeURIComponent(new URL(uri).pathname)).toBe(`/Postbag:${email}`);
    expect((await moderator.call<Json>('GET', FACTOR)).body).toEqual({
      app: null,
      recoveryCodesLeft: 0,
      isRequired: false,
    });
    const wrong = await moderator.call<Json>('POST', `${FACTOR}/app/activation`, { code: '000000' });
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ pointer: '/code', code: 'bad-code' }] });
    // The second factor is not in effect yet.
    expect((await post({ email, password: PASSWORD })).status).toBe(201);

    const done = await moderator.call<Json>('POST', `${FACTOR}/app/activation`, {
      code: totpCodeOf(secret, now()),
    });
    expect(done.status).toBe(200);
    expect(done.body.recoveryCodes).toHaveLength(10);
    expect((await moderator.call<Json>('GET', FACTOR)).body).toMatchObject({
      app: { since: expect.any(String) },
      recoveryCodesLeft: 10,
    });
    expect((await moderator.call<Json>('GET', '/console/session')).body.moderator.hasSecondFactor).toBe(true);

    const needed = await post({ email, password: PASSWORD });
    expect([needed.status, needed.body.code, needed.body.methods, needed.headers.getSetCookie()]).toEqual([
      401,
      'second-factor-needed',
      ['code', 'recovery-code'],
      [],
    ]);
    advanceClock(MINUTE_MS);
    const signedIn = await post({ email, password: PASSWORD, code: totpCodeOf(secret, now()) });
    expect(signedIn.status).toBe(201);
  });

  it('provides codes that work once, even if two requests send one at the same time', async () => {
    const { email, secret, code } = await createEnrolled('Walt');
    // The code that was used to set up the app cannot be used again.
    expect(await statusAndCode(post({ email, password: PASSWORD, code }))).toEqual([
      401,
      'bad-second-factor',
    ]);
    advanceClock(MINUTE_MS);
    const body = { email, password: PASSWORD, code: totpCodeOf(secret, now()) };
    const statuses = (await Promise.all([post(body), post(body)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 401]);
    // An older code is not accepted after a newer one.
    advanceClock(MINUTE_MS);
    const older = { ...body, code: totpCodeOf(secret, now() - STEP_MS) };
    expect((await post(older)).status).toBe(201);
    expect((await post(older)).status).toBe(401);
  });

  it('is not revealed to a caller without the password', async () => {
    const { email } = await createEnrolled('Xena');
    advanceClock(20 * MINUTE_MS);
    for (const more of [{}, { code: '123456' }, { recoveryCode: 'AAAA-AAAA-AAAA' }]) {
      expect(await statusAndCode(post({ email, password: 'not the password', ...more }))).toEqual([
        401,
        'bad-credentials',
      ]);
    }
  });

  it('has an encrypted secret, and the recovery codes are hashed', async () => {
    const { secret, recoveryCodes } = await createEnrolled('Yves');
    const [row] = await db.rows(`
      SELECT (SELECT string_agg(t::text, chr(10)) FROM moderator_totp t)
        || (SELECT string_agg(r::text, chr(10)) FROM recovery_code r)
        || (SELECT string_agg(a.body, chr(10)) FROM audit_entry a) AS all`);
    expect(row['all']).not.toContain(secret);
    for (const code of recoveryCodes) expect(row['all']).not.toContain(code);
    expect(row['all']).not.toContain(recoveryCodes[0].replaceAll('-', ''));
  });

  it('is replaced only if the new one works, and an unfinished set-up expires', async () => {
    const { moderator, email, secret } = await createEnrolled('Zita');
    const newSecret = (await moderator.call<Json>('POST', `${FACTOR}/app`)).body.secret;
    advanceClock(MINUTE_MS);
    expect((await post({ email, password: PASSWORD, code: totpCodeOf(newSecret, now()) })).status).toBe(401);
    expect((await post({ email, password: PASSWORD, code: totpCodeOf(secret, now()) })).status).toBe(201);
    const replaced = await moderator.call<Json>('POST', `${FACTOR}/app/activation`, {
      code: totpCodeOf(newSecret, now()),
    });
    // The existing recovery codes stay valid.
    expect([replaced.status, replaced.body.recoveryCodes]).toEqual([200, null]);
    advanceClock(MINUTE_MS);
    expect((await post({ email, password: PASSWORD, code: totpCodeOf(secret, now()) })).status).toBe(401);

    const { moderator: slow } = await createWithPassword('Alma');
    const late = (await slow.call<Json>('POST', `${FACTOR}/app`)).body.secret;
    advanceClock(16 * MINUTE_MS);
    await expectStatus(204, slow.call('POST', '/console/confirmation', { password: PASSWORD }));
    expect(
      await statusAndCode(slow.call('POST', `${FACTOR}/app/activation`, { code: totpCodeOf(late, now()) })),
    ).toEqual([409, 'not-begun']);
  });

  it('ends the other sessions when it is set up and when it is removed', async () => {
    const { moderator, email } = await createWithPassword('Bodo');
    const otherSession = await signIn(app, { email, password: PASSWORD });
    const { secret } = (await moderator.call<Json>('POST', `${FACTOR}/app`)).body;
    await expectStatus(
      200,
      moderator.call('POST', `${FACTOR}/app/activation`, { code: totpCodeOf(secret, now()) }),
    );
    expect((await otherSession.call('GET', '/console/session')).status).toBe(401);
    advanceClock(MINUTE_MS);
    const third = await signIn(app, { email, password: PASSWORD, code: totpCodeOf(secret, now()) });
    await expectStatus(204, moderator.call('DELETE', `${FACTOR}/app`));
    expect((await third.call('GET', '/console/session')).status).toBe(401);
    expect((await moderator.call<Json>('GET', FACTOR)).body).toMatchObject({
      app: null,
      recoveryCodesLeft: 0,
    });
    expect((await post({ email, password: PASSWORD })).status).toBe(201);
    expect(await statusAndCode(moderator.call('DELETE', `${FACTOR}/app`))).toEqual([409, 'no-app']);
  });

  it('is also required for a sign-in link, which stays valid until the code is sent', async () => {
    const { moderator, secret } = await createEnrolled('Cleo');
    advanceClock(MINUTE_MS);
    const token = await createLink(moderator.id);
    expect(await statusAndCode(post({ link: token }))).toEqual([401, 'second-factor-needed']);
    expect(await statusAndCode(post({ link: token, code: '000000' }))).toEqual([401, 'bad-second-factor']);
    expect((await post({ link: token, code: totpCodeOf(secret, now()) })).status).toBe(201);
    expect(await statusAndCode(post({ link: token }))).toEqual([401, 'link-used']);
  });
});

describe('a recovery code', () => {
  it('signs in once, in any spelling, and is reported by email', async () => {
    const { email, recoveryCodes } = await createEnrolled('Dora');
    const written = recoveryCodes[3].toLowerCase().replaceAll('-', ' ');
    expect((await post({ email, password: PASSWORD, recoveryCode: written })).status).toBe(201);
    expect(await statusAndCode(post({ email, password: PASSWORD, recoveryCode: recoveryCodes[3] }))).toEqual([
      401,
      'bad-second-factor',
    ]);
    const moderator = await signIn(app, { email, password: PASSWORD, recoveryCode: recoveryCodes[0] });
    expect((await moderator.call<Json>('GET', FACTOR)).body.recoveryCodesLeft).toBe(8);
    const { items } = (await app.call<Json>('GET', '/api/v1/mail', { token: app.adminKey })).body;
    const emailTexts = items.filter(({ to }: Json) => to === email).map(({ content }: Json) => content.text);
    expect(emailTexts.filter((text: string) => text.includes('A recovery code was used'))).toHaveLength(2);
    for (const text of emailTexts) for (const code of recoveryCodes) expect(text).not.toContain(code);
  });

  it('of a colleague does not work', async () => {
    const [one, other] = [await createEnrolled('Emil'), await createEnrolled('Fred')];
    expect(
      await statusAndCode(
        post({ email: one.email, password: PASSWORD, recoveryCode: other.recoveryCodes[0] }),
      ),
    ).toEqual([401, 'bad-second-factor']);
  });

  it('is replaced with all others, and cannot be created without a second factor', async () => {
    const { moderator, email, recoveryCodes } = await createEnrolled('Gina');
    const fresh = (await expectStatus(201, moderator.call<Json>('POST', `${FACTOR}/recovery-codes`))).body
      .recoveryCodes;
    expect(new Set([...fresh, ...recoveryCodes]).size).toBe(20);
    expect((await post({ email, password: PASSWORD, recoveryCode: recoveryCodes[0] })).status).toBe(401);
    expect((await post({ email, password: PASSWORD, recoveryCode: fresh[0] })).status).toBe(201);
    const { moderator: plain } = await createWithPassword('Hugo');
    expect(await statusAndCode(plain.call('POST', `${FACTOR}/recovery-codes`))).toEqual([
      409,
      'no-second-factor',
    ]);
  });
});

describe('guessing', () => {
  it('codes with the correct password is limited, and the owner can still sign in with recovery codes', async () => {
    const { email, secret, recoveryCodes } = await createEnrolled('Ilse');
    const statuses: number[] = [];
    for (let round = 0; round < 5; round++) {
      // Stay below the limit per address and account, so that only the limit on codes applies.
      advanceClock(2 * MINUTE_MS);
      for (let guess = 0; guess < 4; guess++) {
        await db.rows(`DELETE FROM limit_counter WHERE key LIKE 'sign-in:%'`);
        statuses.push(
          (await post({ email, password: PASSWORD, code: String(100_000 + round * 7 + guess) })).status,
        );
      }
    }
    expect(statuses).toContain(429);
    await db.rows(`DELETE FROM limit_counter WHERE key LIKE 'sign-in:%'`);
    const right = await post({ email, password: PASSWORD, code: totpCodeOf(secret, now()) });
    expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await post({ email, password: PASSWORD, recoveryCode: recoveryCodes[0] })).status).toBe(201);
  });

  it('without the password locks nobody out', async () => {
    const { email, secret } = await createEnrolled('Jana');
    for (let guess = 0; guess < 30; guess++) {
      await db.rows(`DELETE FROM limit_counter WHERE key LIKE 'sign-in:%'`);
      await post({ email, password: 'a guess at it', code: '123456' });
    }
    await db.rows(`DELETE FROM limit_counter WHERE key LIKE 'sign-in:%'`);
    advanceClock(MINUTE_MS);
    expect((await post({ email, password: PASSWORD, code: totpCodeOf(secret, now()) })).status).toBe(201);
  });
});

describe('confirming the identity', () => {
  it('requires the password and the second factor', async () => {
    const { moderator, secret, recoveryCodes } = await createEnrolled('Kurt', fixture.site, 'owner');
    advanceClock(11 * MINUTE_MS);
    const confirm = (body: unknown) =>
      statusAndCode(moderator.call<Json>('POST', '/console/confirmation', body));
    const remove = () => statusAndCode(moderator.call<Json>('DELETE', `${FACTOR}/app`));
    expect(await remove()).toEqual([403, 'confirm-required']);
    expect(await confirm({ password: PASSWORD })).toEqual([403, 'second-factor-needed']);
    expect(await confirm({ code: totpCodeOf(secret, now()) })).toEqual([403, 'bad-password']);
    expect(await confirm({ password: PASSWORD, code: '000000' })).toEqual([403, 'bad-second-factor']);
    expect(await remove()).toEqual([403, 'confirm-required']);
    expect(
      await confirm({ password: PASSWORD, code: totpCodeOf(secret, now()), recoveryCode: recoveryCodes[0] }),
    ).toEqual([400, 'invalid']);
    advanceClock(MINUTE_MS);
    expect(await confirm({ password: PASSWORD, recoveryCode: recoveryCodes[0] })).toEqual([204, undefined]);
    expect(await remove()).toEqual([204, undefined]);
  });

  it.each([
    ['POST', '/app'],
    ['POST', '/app/activation'],
    ['DELETE', '/app'],
    ['POST', '/recovery-codes'],
  ])('is required before %s %s, and so is the console’s header', async (method, path) => {
    const { moderator } = await createWithPassword('Lena');
    const body = path === '/app/activation' ? { code: '123456' } : undefined;
    const withoutHeader = { headers: { cookie: moderator.cookie }, ...(body && { body }) };
    expect(await statusAndCode(app.call(method, `/api/v1${FACTOR}${path}`, withoutHeader))).toEqual([
      403,
      'csrf',
    ]);
    advanceClock(11 * MINUTE_MS);
    expect(await statusAndCode(moderator.call(method, FACTOR + path, body))).toEqual([
      403,
      'confirm-required',
    ]);
  });
});

it('an open session cannot add a password to an account that can confirm another way', async () => {
  const moderator = await signInModerator(app, db, 'Nopass', fixture.site);
  const { secret } = (await moderator.call<Json>('POST', `${FACTOR}/app`)).body;
  await expectStatus(
    200,
    moderator.call('POST', `${FACTOR}/app/activation`, { code: totpCodeOf(secret, now()) }),
  );
  advanceClock(11 * MINUTE_MS);
  const account = { name: 'Nopass', email: 'nopass@ledger.example', password: PASSWORD };
  expect(await statusAndCode(moderator.call<Json>('PUT', '/console/account', account))).toEqual([
    403,
    'confirm-required',
  ]);
  await expectStatus(
    204,
    moderator.call('POST', '/console/confirmation', { code: totpCodeOf(secret, now()) }),
  );
  expect((await moderator.call('PUT', '/console/account', account)).status).toBe(200);
});

describe('a site that requires a second factor from its team', () => {
  it('cannot be accessed by members without one until they set it up, unlike their other sites', async () => {
    const quietSite = await createSiteFixture(app);
    const owner = await createEnrolled('Mona', strictSite.site, 'owner');
    const { moderator } = await createWithPassword('Nils', strictSite.site, 'admin');
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'moderator')`, [
      quietSite.site,
      moderator.id,
    ]);
    const rules = `/sites/${strictSite.site}/team-rules`;
    expect((await owner.moderator.call<Json>('GET', rules)).body).toEqual({ secondFactor: false });
    await expectStatus(200, owner.moderator.call('PUT', rules, { secondFactor: true }));
    expect((await owner.moderator.call<Json>('GET', rules)).body).toEqual({ secondFactor: true });

    const calls: [string, string, unknown?][] = [
      ['GET', `/moderation/queue?site=${strictSite.site}`],
      ['GET', `/moderation/events?site=${strictSite.site}`],
      ['GET', `/moderation/comments/${held.id}`],
      [
        'POST',
        '/moderation/bulk-decisions',
        { site: strictSite.site, action: 'approve', comments: [{ commentId: held.id, revision: 1 }] },
      ],
      ['GET', `/sites/${strictSite.site}/moderators`],
    ];
    for (const [method, path, body] of calls) {
      expect([path, ...(await statusAndCode(moderator.call(method, path, body)))]).toEqual([
        path,
        403,
        'second-factor-required',
      ]);
    }
    const decided = await moderator.call<Json>('POST', '/moderation/decisions', {
      decisions: [{ commentId: held.id, revision: 1, action: 'approve' }],
    });
    expect(decided.body.results[0].error.code).toBe('second-factor-required');
    // A list of all sites omits this site.
    expect((await moderator.call('GET', `/moderation/queue?site=${quietSite.site}`)).status).toBe(200);
    const { items } = (await moderator.call<Json>('GET', '/moderation/queue?state=published')).body;
    expect(items.filter(({ comment }: Json) => comment?.id === held.id)).toEqual([]);
    expect((await moderator.call<Json>('GET', '/console/session')).body.sites).toEqual(
      expect.arrayContaining([
        { id: strictSite.site, name: 'The Ledger', role: 'admin', sections: null, needsSecondFactor: true },
        {
          id: quietSite.site,
          name: 'The Ledger',
          role: 'moderator',
          sections: null,
          needsSecondFactor: false,
        },
      ]),
    );

    const { secret } = (await moderator.call<Json>('POST', `${FACTOR}/app`)).body;
    await expectStatus(
      200,
      moderator.call('POST', `${FACTOR}/app/activation`, { code: totpCodeOf(secret, now()) }),
    );
    expect((await moderator.call('GET', `/moderation/queue?site=${strictSite.site}`)).status).toBe(200);
    // The second factor cannot be removed while it is required.
    expect(await statusAndCode(moderator.call('DELETE', `${FACTOR}/app`))).toEqual([
      409,
      'last-second-factor',
    ]);
    expect((await moderator.call<Json>('GET', FACTOR)).body).toMatchObject({
      app: { since: expect.any(String) },
      isRequired: true,
    });
    await expectStatus(200, owner.moderator.call('PUT', rules, { secondFactor: false }));
  });

  it('shows who has none, and also requires one from roles on all sites', async () => {
    const owner = await createEnrolled('Olga', strictSite.site, 'owner');
    const { moderator: everywhere } = await createWithPassword('Paul', null, 'admin');
    const members = (await owner.moderator.call<Json>('GET', `/sites/${strictSite.site}/moderators`)).body
      .items;
    expect(members).toContainEqual(expect.objectContaining({ name: 'Olga', hasSecondFactor: true }));
    expect(members).toContainEqual(expect.objectContaining({ name: 'Paul', hasSecondFactor: false }));
    await expectStatus(
      200,
      owner.moderator.call('PUT', `/sites/${strictSite.site}/team-rules`, { secondFactor: true }),
    );
    for (const path of [
      `/sites/${strictSite.site}`,
      `/sites/${fixture.site}`,
      '/keys',
      '/moderation/queue',
    ]) {
      expect(await statusAndCode(everywhere.call('GET', path))).toEqual([403, 'second-factor-required']);
    }
    expect((await everywhere.call<Json>('GET', '/console/session')).body.sites[0].needsSecondFactor).toBe(
      true,
    );
    await expectStatus(
      200,
      owner.moderator.call('PUT', `/sites/${strictSite.site}/team-rules`, { secondFactor: false }),
    );
    expect((await everywhere.call('GET', `/sites/${strictSite.site}`)).status).toBe(200);
  });
});

describe('a colleague who lost their second factor', () => {
  const reset = (moderator: ModeratorSession, site: string, id: string) =>
    statusAndCode(moderator.call('DELETE', `/sites/${site}/moderators/${id}/second-factor`));

  it('can sign in again after an owner has removed it, which ends their sessions', async () => {
    const paper = await createSiteFixture(app);
    const owner = await createWithPassword('Quin', paper.site, 'owner');
    const lost = await createEnrolled('Rosa', paper.site);
    expect(await reset(owner.moderator, paper.site, lost.moderator.id)).toEqual([204, undefined]);
    expect((await lost.moderator.call('GET', '/console/session')).status).toBe(401);
    const again = await signIn(app, { email: lost.email, password: PASSWORD });
    expect((await again.call<Json>('GET', FACTOR)).body).toMatchObject({ app: null, recoveryCodesLeft: 0 });
    const audit = (
      await owner.moderator.call<Json>('GET', `/sites/${paper.site}/audit?action=second-factor.`)
    ).body.items;
    expect(audit[0]).toMatchObject({
      action: 'second-factor.deleted',
      actor: { kind: 'moderator', id: owner.moderator.id },
      subject: { id: lost.moderator.id },
    });
  });

  it('cannot have it removed by an admin, or by an owner of one of their sites', async () => {
    const [paper, other] = [await createSiteFixture(app), await createSiteFixture(app)];
    const admin = await createWithPassword('Sven', paper.site, 'admin');
    const owner = await createWithPassword('Tina', paper.site, 'owner');
    const lost = await createEnrolled('Udo', paper.site);
    expect(await reset(admin.moderator, paper.site, lost.moderator.id)).toEqual([403, 'role-required']);
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'viewer')`, [
      other.site,
      lost.moderator.id,
    ]);
    expect(await reset(owner.moderator, paper.site, lost.moderator.id)).toEqual([403, 'other-sites']);
    expect(await reset(owner.moderator, other.site, lost.moderator.id)).toEqual([404, 'not-found']);
    const everywhere = await createEnrolled('Vito', null, 'admin');
    expect(await reset(owner.moderator, paper.site, everywhere.moderator.id)).toEqual([
      409,
      'role-everywhere',
    ]);
    expect((await lost.moderator.call('GET', '/console/session')).status).toBe(200);
    advanceClock(11 * MINUTE_MS);
    expect(await reset(owner.moderator, paper.site, lost.moderator.id)).toEqual([403, 'confirm-required']);
  });
});
