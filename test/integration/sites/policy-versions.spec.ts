import { afterAll, beforeAll, expect, it } from '@jest/globals';
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
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let owner: ModeratorSession;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
  owner = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const policy = (path = '') => `/sites/${fixture.site}/policy${path}`;
const insultAt = (hold: number) => ({ moderation: { thresholds: { insult: { hold } } } });

it('stores who changed what, when and why, compares versions, and restores one as a new version', async () => {
  await expectStatus(200, owner.call('PATCH', policy('?note=Too%20much%20got%20through.'), insultAt(0.5)));
  await expectStatus(
    200,
    owner.call('PATCH', policy(), {
      moderation: { wordLists: { banned: ['spamword'] } },
      editWindowSeconds: 60,
    }),
  );
  const { body: list } = await owner.call<Json>('GET', policy('/versions'));
  expect(list.items.map(({ version }: Json) => version)).toEqual([3, 2, 1]);
  expect(list.items[1]).toMatchObject({
    actor: { kind: 'moderator', id: owner.id, name: 'Olga' },
    note: 'Too much got through.',
    differences: [{ what: 'insult: held from', before: null, after: 0.5 }],
  });
  const { body: compared } = await owner.call<Json>('GET', policy('/versions/3/differences/1'));
  expect(compared.differences.map(({ what }: Json) => what)).toEqual([
    'insult: held from',
    'banned words',
    'seconds in which an author may edit',
  ]);

  const { body: restored } = await expectStatus(
    200,
    owner.call<Json>('POST', policy('/versions/2/restore'), { note: 'As before.' }),
  );
  expect(restored).toMatchObject({
    version: 4,
    restores: 2,
    note: 'As before.',
    policy: { editWindowSeconds: 300 },
  });
  expect((await owner.call<Json>('GET', policy())).body.moderation.wordLists.banned).toEqual([]);
  const { body: audit } = await owner.call<Json>('GET', `/sites/${fixture.site}/audit?action=policy.changed`);
  expect(audit.items[0]).toMatchObject({ reason: 'As before.', policyVersion: 4, details: { restores: 2 } });
});

it('includes overrides in the changes', async () => {
  await expectStatus(
    200,
    owner.call('PUT', `/sites/${fixture.site}/overrides/trial`, { policy: insultAt(0.4) }),
  );
  const { body } = await owner.call<Json>('GET', policy('/versions?limit=1'));
  expect(body.items[0].differences).toMatchObject([{ what: 'override trial', before: null }]);
  expect(body.next).not.toBeNull();
});

it('refuses a change based on an outdated version, and stores nothing of a refused change', async () => {
  const { body: before } = await owner.call<Json>('GET', policy('/versions?limit=1'));
  const answer = await owner.call('PATCH', policy('?expect=2'), insultAt(0.3));
  expect([answer.status, answer.body['code']]).toEqual([409, 'policy-moved-on']);
  expect((await owner.call('PATCH', policy('?expect=x'), insultAt(0.3))).status).toBe(400);
  const contradiction = { moderation: { thresholds: { insult: { hold: 0.9, reject: 0.5 } } } };
  expect((await owner.call('PATCH', policy(), contradiction)).status).toBe(400);
  expect((await owner.call<Json>('GET', policy('/versions?limit=1'))).body).toEqual(before);
});

it('does not restore a tier that was deleted', async () => {
  await expectStatus(
    200,
    owner.call('PUT', `/sites/${fixture.site}/tiers`, [{ key: 'gold', name: 'Gold', rank: 1 }]),
  );
  await expectStatus(200, owner.call('PATCH', policy(), { gate: { comment: 'gold' } }));
  const { body } = await owner.call<Json>('GET', policy('/versions?limit=1'));
  await expectStatus(200, owner.call('PATCH', policy(), { gate: { comment: null } }));
  await expectStatus(200, owner.call('PUT', `/sites/${fixture.site}/tiers`, []));
  const restored = await owner.call<Json>('POST', policy(`/versions/${body.items[0].version}/restore`), {});
  expect([restored.status, restored.body.errors?.[0].code]).toEqual([400, 'unknown-tier']);
});

it('does not find a version of another site or one that never existed', async () => {
  const other = await createSiteFixture(app);
  expect((await owner.call('GET', `/sites/${other.site}/policy/versions`)).status).toBe(404);
  for (const version of ['99', '0', 'x', '99999999999'])
    expect((await owner.call('GET', policy(`/versions/${version}`))).status).toBe(404);
});

it('prevents the service from changing stored versions', async () => {
  await expect(db.rows(`SET ROLE postbag_app; UPDATE policy_version SET note = 'x'`)).rejects.toThrow(
    'permission',
  );
  await db.rows('RESET ROLE');
});
