import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { createVirtualPasskey, type VirtualPasskey } from '../../support/passkey.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

const ORIGIN = 'https://comments.ledger.example';
const PASSWORD = 'seven old lanterns';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false, publicUrl: ORIGIN } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const signInWith = (body: unknown) =>
  app.call<Json>('POST', '/api/v1/console/session', { headers: { 'x-postbag-console': '1' }, body });
const challenge = async () =>
  (
    await expectStatus(
      201,
      app.call<Json>('POST', '/api/v1/console/passkey-challenge', { headers: { 'x-postbag-console': '1' } }),
    )
  ).body.options;
const statusAndCode = async (call: Promise<{ status: number; body: Json }>) => {
  const { status, body } = await call;
  return [status, body?.code];
};
const addPasskey = async (moderator: ModeratorSession, passkey: VirtualPasskey, name = 'Laptop') => {
  const { options } = (
    await expectStatus(201, moderator.call<Json>('POST', '/console/passkeys/registration'))
  ).body;
  return moderator.call<Json>('POST', '/console/passkeys', { name, response: passkey.register(options) });
};

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

describe('a passkey', () => {
  it('is added with a name, is sufficient to sign in, and can be renamed and removed', async () => {
    const moderator = await signInModerator(app, db, 'Vera', fixture.site);
    const email = 'vera@ledger.example';
    await moderator.call('PUT', '/console/account', { name: 'Vera', email, password: PASSWORD });
    const passkey = createVirtualPasskey(ORIGIN);
    const added = await expectStatus(201, addPasskey(moderator, passkey, ' Laptop '));
    expect(added.body).toMatchObject({ passkey: { name: 'Laptop', usedAt: null } });
    expect(added.body.recoveryCodes).toHaveLength(10);
    expect((await app.call<Json>('GET', '/api/v1/console/sign-in-methods')).body).toMatchObject({
      passkeys: true,
    });

    const answer = await signInWith({ passkey: passkey.answer(await challenge()) });
    expect([answer.status, answer.body.moderator]).toEqual([
      201,
      { id: moderator.id, name: 'Vera', email, hasPassword: true, hasSecondFactor: true, mayAddSites: false },
    ]);
    const list = (await moderator.call<Json>('GET', '/console/passkeys')).body;
    expect(list).toEqual({
      possible: true,
      items: [{ ...added.body.passkey, usedAt: expect.any(String) }],
    });

    // The password alone is no longer enough.
    const refused = await signInWith({ email, password: PASSWORD });
    expect([refused.status, refused.body.code, refused.body.methods]).toEqual([
      401,
      'second-factor-needed',
      ['passkey', 'recovery-code'],
    ]);
    expect(
      (await signInWith({ email, password: PASSWORD, recoveryCode: added.body.recoveryCodes[0] })).status,
    ).toBe(201);

    const path = `/console/passkeys/${added.body.passkey.id}`;
    expect((await moderator.call<Json>('PATCH', path, { name: 'Old laptop' })).body.name).toBe('Old laptop');
    await expectStatus(204, moderator.call('DELETE', path));
    expect(await statusAndCode(signInWith({ passkey: passkey.answer(await challenge()) }))).toEqual([
      401,
      'bad-passkey',
    ]);
    expect((await signInWith({ email, password: PASSWORD })).status).toBe(201);
  });

  it('confirms the person’s identity, and a colleague’s passkey does not', async () => {
    const [moderator, other] = [
      await signInModerator(app, db, 'Walt', fixture.site, 'owner'),
      await signInModerator(app, db, 'Xena', fixture.site),
    ];
    const [own, theirs] = [createVirtualPasskey(ORIGIN), createVirtualPasskey(ORIGIN)];
    await expectStatus(201, addPasskey(moderator, own));
    await expectStatus(201, addPasskey(other, theirs));
    await withClockAdvanced(11 * 60_000, async () => {
      const setTeamRule = () =>
        moderator.call('PUT', `/sites/${fixture.site}/team-rules`, { secondFactor: false });
      const confirm = async (passkey: VirtualPasskey) =>
        statusAndCode(
          moderator.call<Json>('POST', '/console/confirmation', {
            passkey: passkey.answer(await challenge()),
          }),
        );
      expect(await statusAndCode(setTeamRule())).toEqual([403, 'confirm-required']);
      expect(await confirm(theirs)).toEqual([403, 'bad-passkey']);
      expect(await statusAndCode(setTeamRule())).toEqual([403, 'confirm-required']);
      expect(await confirm(own)).toEqual([204, undefined]);
      expect((await setTeamRule()).status).toBe(200);
    });
  });

  it('cannot be renamed or removed by a colleague, and belongs to one account', async () => {
    const [moderator, other] = [
      await signInModerator(app, db, 'Yves', fixture.site),
      await signInModerator(app, db, 'Zita', fixture.site),
    ];
    const passkey = createVirtualPasskey(ORIGIN);
    const { id } = (await expectStatus(201, addPasskey(moderator, passkey))).body.passkey;
    expect(await statusAndCode(other.call('PATCH', `/console/passkeys/${id}`, { name: 'Mine' }))).toEqual([
      404,
      'not-found',
    ]);
    expect(await statusAndCode(other.call('DELETE', `/console/passkeys/${id}`))).toEqual([404, 'not-found']);
    expect(await statusAndCode(addPasskey(other, passkey))).toEqual([409, 'passkey-known']);
  });

  it.each([
    ['POST', '/console/passkeys/registration', undefined],
    ['POST', '/console/passkeys', { name: 'A key', response: {} }],
    ['DELETE', '/console/passkeys/0190d5a0-0000-7000-8000-000000000000', undefined],
  ])('is changed by %s %s only with recent confirmation', async (method, path, body) => {
    const moderator = await signInModerator(app, db, 'Alma', fixture.site);
    await withClockAdvanced(11 * 60_000, async () => {
      expect(await statusAndCode(moderator.call(method, path, body))).toEqual([403, 'confirm-required']);
    });
  });
});

describe('a passkey response is refused', () => {
  let moderator: ModeratorSession;
  let passkey: VirtualPasskey;
  beforeAll(async () => {
    moderator = await signInModerator(app, db, 'Bodo', fixture.site);
    passkey = createVirtualPasskey(ORIGIN);
    await expectStatus(201, addPasskey(moderator, passkey));
  });
  const refused = [401, 'bad-passkey'];

  it('a second time, also if two requests use it concurrently', async () => {
    const answer = passkey.answer(await challenge());
    const statuses = (await Promise.all([1, 2].map(() => signInWith({ passkey: answer })))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([201, 401]);
    expect(await statusAndCode(signInWith({ passkey: answer }))).toEqual(refused);
  });

  it.each([
    ['that was made on another origin', { origin: 'https://ledger.example.evil.example' }],
    ['for another host', { rpId: 'ledger.example' }],
    ['whose device did not verify the user', { isVerified: false }],
    ['to a challenge that was not issued', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['to a malformed challenge', { challenge: 'a\u0000b' }],
  ])('%s', async (_, claims) => {
    expect(await statusAndCode(signInWith({ passkey: passkey.answer(await challenge(), claims) }))).toEqual(
      refused,
    );
  });

  it('if its challenge has expired', async () => {
    const answer = passkey.answer(await challenge());
    expect(await withClockAdvanced(6 * 60_000, () => statusAndCode(signInWith({ passkey: answer })))).toEqual(
      refused,
    );
  });

  it('for the challenge of a registration', async () => {
    const { options } = (await moderator.call<Json>('POST', '/console/passkeys/registration')).body;
    expect(await statusAndCode(signInWith({ passkey: passkey.answer(options) }))).toEqual(refused);
  });

  it('if its signature counter has decreased, which indicates a copy', async () => {
    await expectStatus(201, signInWith({ passkey: passkey.answer(await challenge()) }));
    passkey.counter.value -= 2;
    expect(await statusAndCode(signInWith({ passkey: passkey.answer(await challenge()) }))).toEqual(refused);
    passkey.counter.value += 2;
  });

  it('with the signature of another passkey', async () => {
    const answer = passkey.answer(await challenge());
    const { response } = createVirtualPasskey(ORIGIN).answer({ challenge: 'x' });
    const { signature } = response as { signature: string };
    const forged = { ...answer, response: { ...(answer['response'] as object), signature } };
    expect(await statusAndCode(signInWith({ passkey: forged }))).toEqual(refused);
  });

  it.each([[{}], [{ id: 'AAAA' }], [{ id: 7 }], [{ id: 'a\u0000b' }], [{ id: 'ID', response: null }]])(
    'that is malformed: %j',
    async (wrong) => {
      const answer = 'response' in wrong ? { ...wrong, id: passkey.id } : wrong;
      expect(await statusAndCode(signInWith({ passkey: answer }))).toEqual(refused);
      const registered = await moderator.call<Json>('POST', '/console/passkeys', {
        name: 'x',
        response: answer,
      });
      expect([registered.status, registered.body.errors[0].pointer]).toEqual([400, '/response']);
    },
  );

  it('for a registration that a colleague started', async () => {
    const other = await signInModerator(app, db, 'Cleo', fixture.site);
    const { options } = (await moderator.call<Json>('POST', '/console/passkeys/registration')).body;
    const response = createVirtualPasskey(ORIGIN).register(options);
    expect((await other.call('POST', '/console/passkeys', { name: 'x', response })).status).toBe(400);
    expect((await moderator.call('POST', '/console/passkeys', { name: 'x', response })).status).toBe(201);
  });
});

it('passkeys are not offered without https or localhost', async () => {
  const plain = await startApp({
    databaseUrl: database.url,
    settings: { limits: false, publicUrl: 'http://comments.ledger.example' },
  });
  try {
    expect((await plain.call<Json>('GET', '/api/v1/console/sign-in-methods')).body).toMatchObject({
      passkeys: false,
    });
    const challengeResponse = plain.call<Json>('POST', '/api/v1/console/passkey-challenge', {
      headers: { 'x-postbag-console': '1' },
    });
    expect(await statusAndCode(challengeResponse)).toEqual([409, 'no-passkeys-here']);
  } finally {
    await plain.close();
  }
});
