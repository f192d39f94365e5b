import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, TEST_SECRET_KEY, type TestApp } from '../../support/app.js';
import { totpCodeOf } from '../../support/totp-code.js';
import { signInModerator, signIn, type ModeratorSession } from '../../support/moderator-session.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { productEnv } from '../../support/product.js';
import { tempFolder } from '../../support/temp-folder.js';

/*
 * Runs `npm run cli -- reset-second-factor` and `end-sessions` like an operator: the built command line in a separate
 * process.
 */

const root = new URL('../../..', import.meta.url).pathname;
const PASSWORD = 'seven old lanterns';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let site: string;
const folder = tempFolder();

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  ({ site } = await createSiteFixture(app));
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
  folder.remove();
});

const run = (...args: string[]): Promise<{ code: number; stdout: string }> =>
  new Promise((done) => {
    const { PATH = '', HOME = '/tmp' } = process.env;
    const env = {
      PATH,
      HOME,
      DATA_DIR: folder.path,
      ...productEnv({ databaseUrl: database.url, env: { SECRET_KEY: TEST_SECRET_KEY } }),
    };
    const child = execFile(process.execPath, ['dist/cli.js', ...args], { cwd: root, env }, (_, stdout) =>
      done({ code: child.exitCode ?? -1, stdout: stdout.trim() }),
    );
  });

const post = (body: object) =>
  app.call<Json>('POST', '/api/v1/console/session', { headers: { 'x-postbag-console': '1' }, body });

describe('an owner who lost the app and the recovery codes', () => {
  it('can sign in with the password again; sessions and open links end, and the reset is emailed and recorded', async () => {
    const owner = await signInModerator(app, db, 'Olga', site, 'owner');
    const helper = await signInModerator(app, db, 'Odo', site, 'owner');
    const email = 'olga@ledger.example';
    await expectStatus(
      200,
      owner.call('PUT', '/console/account', { name: 'Olga', email, password: PASSWORD }),
    );
    const { link } = (await helper.call<Json>('POST', `/sites/${site}/moderators/${owner.id}/link`)).body;
    const { secret } = (await owner.call<Json>('POST', '/console/second-factor/app')).body;
    const set = await expectStatus(
      200,
      owner.call<Json>('POST', '/console/second-factor/app/activation', { code: totpCodeOf(secret) }),
    );
    expect((await post({ email, password: PASSWORD })).body.code).toBe('second-factor-needed');

    const { code, stdout } = await run('reset-second-factor', ' OLGA@ledger.example ');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('was removed. They can now sign in with their password'),
    ]);

    expect((await owner.call('GET', '/console/session')).status).toBe(401);
    expect((await post({ link: new URL(link).hash.slice(1) })).body.code).toBe('link-used');
    const back = await signIn(app, { email, password: PASSWORD });
    expect((await back.call<Json>('GET', '/console/second-factor')).body).toMatchObject({
      app: null,
      recoveryCodesLeft: 0,
    });
    const recoveryCode = set.body.recoveryCodes[0];
    // An old recovery code is no longer needed and is ignored.
    expect((await post({ email, password: PASSWORD, recoveryCode })).status).toBe(201);
    const { items } = (await app.call<Json>('GET', '/api/v1/mail', { token: app.adminKey })).body;
    const emailTexts = items.filter(({ to }: Json) => to === email).map(({ content }: Json) => content.text);
    expect(emailTexts).toContainEqual(expect.stringContaining('removed the second factor from your account'));
    // The sessions of other accounts stay open.
    expect((await helper.call('GET', '/console/session')).status).toBe(200);
  });

  it('is not reset or signed out if the email address is unknown, and the error says why', async () => {
    expect(
      await Promise.all([
        run('reset-second-factor', 'nobody@ledger.example'),
        run('reset-second-factor'),
        run('end-sessions', 'nobody@ledger.example'),
      ]),
    ).toEqual([
      { code: 1, stdout: 'No account has the email address nobody@ledger.example.' },
      { code: 2, stdout: 'Name an account: npm run cli -- reset-second-factor ADDRESS' },
      { code: 1, stdout: 'No account has the email address nobody@ledger.example.' },
    ]);
  });
});

describe('sessions that the operator ends', () => {
  it('are those of one account or of everybody, who can all sign in again', async () => {
    const [paul, petra] = [
      await signInModerator(app, db, 'Paul', site),
      await signInModerator(app, db, 'Petra', site, 'owner'),
    ];
    const email = 'paul@ledger.example';
    await expectStatus(
      200,
      paul.call('PUT', '/console/account', { name: 'Paul', email, password: PASSWORD }),
    );
    const otherSession = await signIn(app, { email, password: PASSWORD });
    const isSignedIn = async (moderator: Pick<ModeratorSession, 'call'>) =>
      (await moderator.call('GET', '/console/session')).status === 200;

    expect(await run('end-sessions', ' PAUL@ledger.example ')).toEqual({
      code: 0,
      stdout: '2 sessions ended.',
    });
    expect([await isSignedIn(paul), await isSignedIn(otherSession), await isSignedIn(petra)]).toEqual([
      false,
      false,
      true,
    ]);

    const back = await signIn(app, { email, password: PASSWORD });
    expect((await run('end-sessions', 'everybody')).code).toBe(0);
    expect([await isSignedIn(back), await isSignedIn(petra)]).toEqual([false, false]);
    expect(await isSignedIn(await signIn(app, { email, password: PASSWORD }))).toBe(true);
  });
});
