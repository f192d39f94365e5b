import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
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
import { until } from '../../support/processes.js';
import { openSmtpInbox, type SmtpInbox } from '../../support/smtp-inbox.js';

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

const team = (fixture: SiteFixture, path = ''): string => `/sites/${fixture.site}/moderators${path}`;
const tokenOf = (link: string): string => new URL(link).hash.slice(1);
const invite = async (
  session: Pick<ModeratorSession, 'call'>,
  fixture: SiteFixture,
  body: Record<string, unknown>,
) => (await expectStatus(201, session.call<Json>('POST', team(fixture), body))).body;
const statusAndCode = async (call: Promise<{ status: number; body: Json }>) => {
  const { status, body } = await call;
  return [status, body.code];
};
const roles = async (session: ModeratorSession, fixture: SiteFixture) =>
  Object.fromEntries(
    (await session.call<Json>('GET', team(fixture))).body.items.map((each: Json) => [each.name, each.role]),
  );

describe('an invitation', () => {
  it('creates an account with a role, whose link signs in once', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const invited = await invite(olga, fixture, {
      name: ' Ida ',
      email: 'Ida@Ledger.example',
      role: 'moderator',
    });
    expect(invited).toMatchObject({
      moderator: {
        name: 'Ida',
        email: 'ida@ledger.example',
        role: 'moderator',
        everywhere: false,
        state: 'invited',
        invitedUntil: invited.expiresAt,
        seenAt: null,
      },
      link: expect.stringMatching(/\/console\/sign-in#[A-Za-z0-9_-]{43}$/),
    });
    const ida = await signIn(app, { link: tokenOf(invited.link) });
    expect((await ida.call<Json>('GET', '/console/session')).body.sites).toEqual([
      { id: fixture.site, name: 'The Ledger', role: 'moderator', sections: null, needsSecondFactor: false },
    ]);
    expect((await ida.call('GET', `/moderation/queue?site=${fixture.site}`)).status).toBe(200);
    const { items } = (await olga.call<Json>('GET', team(fixture))).body;
    expect(items.map(({ name, state }: Json) => [name, state])).toEqual([
      ['Olga', 'active'],
      ['Ida', 'active'],
    ]);
    expect(items[1]).toMatchObject({ invitedUntil: null, seenAt: expect.any(String) });
    const again = app.call('POST', '/api/v1/console/session', {
      headers: { 'x-postbag-console': '1' },
      body: { link: tokenOf(invited.link) },
    });
    expect(await statusAndCode(again)).toEqual([401, 'link-used']);
  });

  it('gives an existing account a role and no sign-in link', async () => {
    const [ownFixture, otherFixture] = [await createSiteFixture(app), await createSiteFixture(app)];
    const olga = await signInModerator(app, db, 'Olga', ownFixture.site, 'owner');
    const both = await signInModerator(app, db, 'Bea', ownFixture.site, 'owner');
    const vera = await signInModerator(app, db, 'Vera', otherFixture.site, 'owner');
    const account = { name: 'Vera', email: `${newId()}@ledger.example`, password: 'a long enough password' };
    await expectStatus(200, vera.call('PUT', '/console/account', account));

    // People enter their own addresses, so a team cannot be sure who owns the account with an address.
    const invitation = { name: 'V.', email: account.email, role: 'viewer' };
    expect(await statusAndCode(olga.call('POST', team(ownFixture), invitation))).toEqual([
      409,
      'account-elsewhere',
    ]);
    expect((await vera.call('GET', `/moderation/queue?site=${ownFixture.site}`)).status).toBe(404);
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'moderator')`, [
      otherFixture.site,
      both.id,
    ]);
    expect(await statusAndCode(both.call('POST', team(ownFixture), invitation))).toEqual([
      409,
      'account-elsewhere',
    ]);
    await db.rows(`UPDATE moderator_role SET role = 'admin' WHERE site_id = $1 AND moderator_id = $2`, [
      otherFixture.site,
      both.id,
    ]);
    const answer = await invite(both, ownFixture, invitation);
    expect(answer).toMatchObject({ moderator: { id: vera.id, name: 'Vera', role: 'viewer' }, link: null });
    expect((await vera.call('GET', `/moderation/queue?site=${ownFixture.site}`)).status).toBe(200);
    const twice = olga.call('POST', team(ownFixture), { name: 'V.', email: account.email, role: 'admin' });
    expect(await statusAndCode(twice)).toEqual([409, 'already-member']);
    // The operator of the service may also do it.
    const third = await createSiteFixture(app);
    expect((await third.admin('POST', team(third), { ...invitation, role: 'admin' })).status).toBe(201);
    // Requesting another link is also refused, because it would give access to the other site, too.
    expect(await statusAndCode(olga.call('POST', team(ownFixture, `/${vera.id}/link`)))).toEqual([
      403,
      'other-sites',
    ]);
  });

  it('can be renewed, which ends the previous link', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const first = await invite(olga, fixture, { name: 'Ned', role: 'viewer' });
    const { body: second } = await expectStatus(
      201,
      olga.call<Json>('POST', team(fixture, `/${first.moderator.id}/link`)),
    );
    await expect(signIn(app, { link: tokenOf(first.link) })).rejects.toThrow('link-used');
    expect((await signIn(app, { link: tokenOf(second.link) })).cookie).toBeTruthy();
  });

  it('is reported to an existing account, and its link expires within a day', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const ned = await signInModerator(app, db, 'Ned', fixture.site);
    const email = `${newId()}@ledger.example`;
    await expectStatus(
      200,
      ned.call('PUT', '/console/account', { name: 'Ned', email, password: 'seven old lanterns' }),
    );
    const { body } = await expectStatus(201, olga.call<Json>('POST', team(fixture, `/${ned.id}/link`)));
    const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000;
    expect([hours > 23, hours <= 24]).toEqual([true, true]);
    const { items } = (await fixture.admin<Json>('GET', '/mail')).body;
    const emails = items.filter(({ to }: Json) => to === email);
    expect(emails.map(({ content }: Json) => content.text)).toEqual([
      expect.stringContaining('created a sign-in link to your account'),
    ]);
    expect(JSON.stringify(emails)).not.toContain(tokenOf(body.link));
  });

  it('can be sent by owners, admins and publisher keys, and cannot grant more rights than the sender has', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const adam = await signInModerator(app, db, 'Adam', fixture.site, 'admin');
    for (const role of ['moderator', 'viewer']) {
      const session = await signInModerator(app, db, role, fixture.site, role);
      expect(await statusAndCode(session.call('POST', team(fixture), { name: 'X', role: 'viewer' }))).toEqual(
        [403, 'role-required'],
      );
      expect((await session.call('GET', team(fixture))).status).toBe(403);
    }
    expect(await statusAndCode(adam.call('POST', team(fixture), { name: 'X', role: 'owner' }))).toEqual([
      403,
      'role-required',
    ]);
    expect((await invite(adam, fixture, { name: 'X', role: 'admin' })).moderator.role).toBe('admin');
    for (const [method, path, body] of [
      ['PATCH', `/${olga.id}`, { role: 'viewer' }],
      ['DELETE', `/${olga.id}`, undefined],
      ['POST', `/${olga.id}/link`, undefined],
    ] as const) {
      expect(await statusAndCode(adam.call(method, team(fixture, path), body))).toEqual([
        403,
        'role-required',
      ]);
    }
    const key = (scope: string) =>
      fixture.admin('POST', '/keys', { name: scope, scopes: [scope], sites: [fixture.site] });
    const call = (token: string) =>
      app.call<Json>('POST', `/api/v1${team(fixture)}`, { token, body: { name: 'By key', role: 'owner' } });
    expect((await call((await key('publisher')).body.key)).status).toBe(201);
    expect((await call((await key('moderation')).body.key)).status).toBe(403);
  });

  it('is limited to its site', async () => {
    const [ownFixture, otherFixture] = [await createSiteFixture(app), await createSiteFixture(app)];
    const olga = await signInModerator(app, db, 'Olga', ownFixture.site, 'owner');
    const outsider = await signInModerator(app, db, 'Far', otherFixture.site, 'viewer');
    expect(await roles(olga, ownFixture)).toEqual({ Olga: 'owner' });
    expect((await olga.call('GET', team(otherFixture))).status).toBe(404);
    expect((await olga.call('PATCH', team(ownFixture, `/${outsider.id}`), { role: 'admin' })).status).toBe(
      404,
    );
    expect((await olga.call('DELETE', team(ownFixture, `/${outsider.id}`))).status).toBe(404);
    expect((await olga.call('DELETE', team(ownFixture, '/no-id'))).status).toBe(404);
  });
});

describe('a role', () => {
  it('can be changed and removed, which applies from the next request', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const mo = await signInModerator(app, db, 'Mo', fixture.site, 'moderator');
    const { body } = await olga.call<Json>('PATCH', team(fixture, `/${mo.id}`), { role: 'admin' });
    expect(body).toMatchObject({ id: mo.id, role: 'admin' });
    expect((await mo.call('GET', `/sites/${fixture.site}/webhooks`)).status).toBe(200);
    expect((await olga.call('DELETE', team(fixture, `/${mo.id}`))).status).toBe(204);
    expect((await mo.call('GET', '/console/session')).status).toBe(401);
    // Decisions still show the moderator's name. For a member who never joined, no row remains.
    expect(await db.rows('SELECT 1 FROM moderator WHERE id = $1', [mo.id])).toHaveLength(1);
    const { moderator } = await invite(olga, fixture, { name: 'Never', role: 'viewer' });
    await olga.call('DELETE', team(fixture, `/${moderator.id}`));
    expect(await db.rows('SELECT 1 FROM moderator WHERE id = $1', [moderator.id])).toEqual([]);
  });

  it('of the last owner cannot be removed, even if two owners remove each other concurrently', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    expect(await statusAndCode(olga.call('DELETE', team(fixture, `/${olga.id}`)))).toEqual([
      409,
      'last-owner',
    ]);
    expect(await statusAndCode(olga.call('PATCH', team(fixture, `/${olga.id}`), { role: 'admin' }))).toEqual([
      409,
      'last-owner',
    ]);
    // An owner who has not joined does not count, because they could not invite the team again.
    await invite(olga, fixture, { name: 'Not yet', role: 'owner' });
    expect(await statusAndCode(olga.call('DELETE', team(fixture, `/${olga.id}`)))).toEqual([
      409,
      'last-owner',
    ]);

    const otto = await signInModerator(app, db, 'Otto', fixture.site, 'owner');
    const answers = await Promise.all([
      olga.call('DELETE', team(fixture, `/${otto.id}`)),
      otto.call('DELETE', team(fixture, `/${olga.id}`)),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const owners = await db.rows(
      `SELECT 1 FROM moderator_role r JOIN moderator m ON m.id = r.moderator_id
       WHERE site_id = $1 AND role = 'owner' AND joined_at IS NOT NULL`,
      [fixture.site],
    );
    expect(owners).toHaveLength(1);
  });

  it('on all sites is shown, and cannot be changed on one site', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const eve = await signInModerator(app, db, 'Eve', null, 'owner');
    const { items } = (await olga.call<Json>('GET', team(fixture))).body;
    expect(items.find(({ id }: Json) => id === eve.id)).toMatchObject({ role: 'owner', everywhere: true });
    for (const [method, body] of [
      ['PATCH', { role: 'viewer' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await statusAndCode(olga.call(method, team(fixture, `/${eve.id}`), body))).toEqual([
        409,
        'role-everywhere',
      ]);
    }
    await db.rows('DELETE FROM moderator WHERE id = $1', [eve.id]);
  });
});

describe('a role limited to sections', () => {
  it('is given with the invitation, changed and lifted, and changes are recorded', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    for (const [key, section] of [
      ['one', 'Sport'],
      ['two', 'Politics'],
      ['three', 'Sport'],
    ])
      await expectStatus(
        200,
        fixture.admin('PUT', `/sites/${fixture.site}/stories/${key}`, {
          url: `http://localhost/${key}`,
          title: key,
          section,
        }),
      );
    const limited = { name: 'Ida', role: 'moderator', sections: ['Sport', 'Local, "our" town', 'Sport'] };
    const { moderator } = await invite(olga, fixture, limited);
    expect(moderator.sections).toEqual(['Local, "our" town', 'Sport']);
    const { body } = await olga.call<Json>('GET', team(fixture));
    expect(body.sections).toEqual(['Politics', 'Sport']);
    expect(body.items.map(({ sections }: Json) => sections)).toEqual([null, moderator.sections]);

    const set = (change: object) => olga.call<Json>('PATCH', team(fixture, `/${moderator.id}`), change);
    const sectionsAfter = async (change: object) => (await expectStatus(200, set(change))).body.sections;
    // Omitted sections do not change, so that another change cannot extend access.
    expect(await sectionsAfter({ role: 'viewer' })).toEqual(moderator.sections);
    expect(await sectionsAfter({ role: 'moderator', sections: ['Politics'] })).toEqual(['Politics']);
    expect(await sectionsAfter({ role: 'moderator', sections: null })).toBeNull();
    await set({ role: 'moderator', sections: ['Politics'] });
    expect(await sectionsAfter({ role: 'admin' })).toBeNull();

    const entries = await olga.call<Json>('GET', `/sites/${fixture.site}/audit?action=role.changed`);
    expect(entries.body.items.map(({ details }: Json) => details)).toContainEqual(
      expect.objectContaining({ sections: [moderator.sections, ['Politics']] }),
    );
  });

  it('is not possible for owners and admins, who have the whole site', async () => {
    const fixture = await createSiteFixture(app);
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    for (const role of ['owner', 'admin']) {
      const { status, body } = await olga.call<Json>('POST', team(fixture), {
        name: 'X',
        role,
        sections: ['Sport'],
      });
      expect([status, body.errors]).toEqual([
        400,
        [{ pointer: '/sections', code: 'whole-site-role', message: expect.stringContaining('whole site') }],
      ]);
    }
    const none = await olga.call<Json>('POST', team(fixture), { name: 'X', role: 'viewer', sections: [] });
    expect(none.status).toBe(400);
  });
});

describe('the caller’s own sessions', () => {
  it('can be listed and ended, unlike those of others', async () => {
    const fixture = await createSiteFixture(app);
    const mo = await signInModerator(app, db, 'Mo', fixture.site);
    const other = await signInModerator(app, db, 'Other', fixture.site);
    const account = { name: 'Mo', email: `${newId()}@ledger.example`, password: 'a long enough password' };
    await mo.call('PUT', '/console/account', account);
    const phone = await signIn(app, { email: account.email, password: account.password });
    const { items } = (await mo.call<Json>('GET', '/console/sessions')).body;
    expect(items.map(({ current }: Json) => current)).toEqual([false, true]);
    expect(items[0]).toMatchObject({ agent: expect.any(String), seenAt: expect.any(String) });
    expect((await other.call('DELETE', `/console/sessions/${items[0].id}`)).status).toBe(404);
    expect((await mo.call('DELETE', `/console/sessions/${items[0].id}`)).status).toBe(204);
    expect((await phone.call('GET', '/console/session')).status).toBe(401);
    expect((await mo.call<Json>('GET', '/console/sessions')).body.items).toHaveLength(1);
    const withoutHeader = await app.call('DELETE', `/api/v1/console/sessions/${items[1].id}`, {
      headers: { cookie: mo.cookie },
    });
    expect([withoutHeader.status, withoutHeader.body['code']]).toEqual([403, 'csrf']);
    expect((await app.call('GET', '/api/v1/console/sessions')).status).toBe(401);
  });
});

describe('an invitation by email', () => {
  let inbox: SmtpInbox;
  let emailDatabase: FreshDatabase;
  beforeAll(async () => {
    inbox = await openSmtpInbox();
    emailDatabase = await freshDatabase();
  });
  afterAll(async () => {
    await inbox?.close();
    await emailDatabase?.drop();
  });

  const mailFrom = 'comments@paper.example';
  const inviteNora = async (product: TestApp, email: string) => {
    const fixture = await createSiteFixture(product);
    const body = { name: 'Nora', email, role: 'moderator' };
    const invitation = (await expectStatus(201, fixture.admin<Json>('POST', team(fixture), body))).body;
    await until(async () => inbox.emails.some((each) => each.includes(`To: ${email}`)));
    // The content is quoted-printable.
    const sentEmail = inbox.emails
      .find((each) => each.includes(`To: ${email}`))!
      .replaceAll('=\r\n', '')
      .replaceAll('=3D', '=');
    return { invitation, email: sentEmail };
  };

  it('contains the link if an API client sends it', async () => {
    const product = await startApp({
      databaseUrl: emailDatabase.url,
      settings: { limits: false, smtpUrl: inbox.url, mailFrom },
    });
    try {
      const { invitation, email } = await inviteNora(product, 'nora@paper.example');
      expect(email).toContain('The Ledger');
      expect(email).toContain(invitation.link);
    } finally {
      await product.close();
    }
  });

  it('mentions no links or passwords if staff use single sign-on', async () => {
    const oidc = {
      issuer: 'https://login.paper.example',
      clientId: 'postbag',
      clientSecret: 'secret',
      name: 'the Ledger account',
    };
    const product = await startApp({
      databaseUrl: emailDatabase.url,
      settings: { limits: false, smtpUrl: inbox.url, mailFrom, oidc },
    });
    try {
      const { email } = await inviteNora(product, 'olga@paper.example');
      expect(email).toContain('Sign in with the Ledger account');
      expect(email).toContain('/console/');
      expect(email).not.toMatch(/link|password|sign-in#/i);
    } finally {
      await product.close();
    }
  });
});
