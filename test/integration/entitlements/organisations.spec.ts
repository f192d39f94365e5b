import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { createSite, type Body, type TestSite } from '../../support/sites.js';

let database: FreshDatabase;
let server: TestApp;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url });
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
});

const ACME = { name: 'Acme', seats: 2, tier: 'insider-gold', status: 'active' };

async function createOrganisation(more: object = {}): Promise<TestSite> {
  const site = await createSite(server, { policy: { gate: { comment: 'insider-gold' } } });
  const put = await site.publisher('PUT', '/organisations/acme', { ...ACME, ...more });
  expect([put.status, put.body]).toEqual([200, expect.objectContaining({ taken: 0, counts: true })]);
  return site;
}

const commentCode = async (site: TestSite, sub: string): Promise<string> => {
  const { comment } = (await site.reader(await site.token(sub), 'GET', '/me')).body.gate;
  return comment.allowed ? 'allowed' : comment.code;
};
const seatHolders = async (site: TestSite) =>
  (await site.publisher('GET', '/organisations/acme/seats')).body.items.map((seat: Body) => seat.readerKey);

describe('an organisation', () => {
  it('has as many seats as it pays for, and refuses one more with a reason', async () => {
    const site = await createOrganisation();
    const seat = (reader: string) => site.publisher('PUT', `/organisations/acme/seats/${reader}`);
    const ada = (await seat('ada')).body;
    expect(ada).toEqual({ readerKey: 'ada', reportedAt: expect.stringMatching(/Z$/) });
    expect((await seat('bo')).status).toBe(200);
    expect((await seat('ada')).body).toEqual(ada);
    expect((await site.publisher('GET', '/organisations/acme/seats/ada')).body).toEqual(ada);
    expect((await site.publisher('GET', '/organisations/acme/seats/cy')).status).toBe(404);
    expect((await site.publisher('GET', '/organisations/acme')).body).toMatchObject({ seats: 2, taken: 2 });
    const refused = await seat('cy');
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { code: 'no-seat-left', taken: 2, detail: expect.stringContaining('All 2 seats of Acme are taken') },
    ]);
    expect([
      await commentCode(site, 'ada'),
      await commentCode(site, 'bo'),
      await commentCode(site, 'cy'),
    ]).toEqual(['allowed', 'allowed', 'tier-required']);
    expect(await seatHolders(site)).toEqual(['ada', 'bo']);

    expect((await site.publisher('DELETE', '/organisations/acme/seats/ada')).status).toBe(204);
    expect((await seat('cy')).status).toBe(200);
    expect([await commentCode(site, 'ada'), await commentCode(site, 'cy')]).toEqual([
      'entitlement-ended',
      'allowed',
    ]);
  });

  it('changes all its seats at once, and each change appears in their history and events', async () => {
    const site = await createOrganisation();
    await site.publisher('POST', '/organisations/acme/seats', { readerKeys: ['ada', 'bo'] });
    const tooFew = await site.publisher('PUT', '/organisations/acme', { ...ACME, seats: 1 });
    expect([tooFew.status, tooFew.body.code, tooFew.body.taken]).toEqual([409, 'seats-taken', 2]);
    await site.publisher('PUT', '/organisations/acme', { ...ACME, status: 'expired' });
    expect([await commentCode(site, 'ada'), await commentCode(site, 'bo')]).toEqual([
      'entitlement-ended',
      'entitlement-ended',
    ]);
    await site.publisher('PUT', '/organisations/acme', ACME);
    expect(await commentCode(site, 'ada')).toBe('allowed');
    const path = '/readers/ada/entitlements/organisation:acme';
    const { items } = (await site.publisher('GET', `${path}/history`)).body;
    expect(items.map(({ status, kind, grantedBy }: Body) => [status, kind, grantedBy])).toEqual([
      ['active', 'seat', 'Acme'],
      ['expired', 'seat', 'Acme'],
      ['active', 'seat', 'Acme'],
    ]);
    await until(async () => {
      const events = (await site.publisher('GET', '/events?limit=100')).body.items as Body[];
      return (
        events.filter(({ type, data }) => type === 'entitlement.changed' && data.entitlement.kind === 'seat')
          .length === 6
      );
    });
    expect((await site.publisher('DELETE', '/organisations/acme')).status).toBe(204);
    expect(await commentCode(site, 'bo')).toBe('entitlement-ended');
    expect((await site.publisher('GET', path)).status).toBe(404);
  });

  it('assigns seats to many readers up to its limit, even in concurrent requests', async () => {
    const site = await createOrganisation({ seats: 3 });
    const readerKeys = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(
      [readerKeys, [...readerKeys].reverse()].map((each) =>
        site.publisher('POST', '/organisations/acme/seats', { readerKeys: each }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [first, second] = answers.map(({ body }) => body).sort((one, other) => other.seated - one.seated);
    expect([first.seated, first.refused.length, first.taken]).toEqual([3, 2, 3]);
    expect([second.seated, second.unchanged, second.refused.length]).toEqual([0, 3, 2]);
    expect(second.refused[0]).toMatchObject({ code: 'no-seat-left', message: expect.any(String) });
    expect(await seatHolders(site)).toHaveLength(3);
  });

  it('can assign seats in a bulk import, which names the readers without one', async () => {
    const site = await createOrganisation();
    const items = ['x', 'y', 'z'].map((readerKey) => ({ readerKey, organisation: 'acme' }));
    const all = [...items, { readerKey: 'w', organisation: 'none' }];
    const started = await site.publisher('POST', '/entitlements/imports', { items: all });
    expect(started.status).toBe(202);
    const read = async () => (await site.publisher('GET', `/entitlements/imports/${started.body.id}`)).body;
    await until(async () => (await read()).state === 'done');
    expect(await read()).toMatchObject({
      applied: 2,
      refused: 2,
      errors: [
        { index: 2, code: 'no-seat-left' },
        { index: 3, code: 'unknown-organisation' },
      ],
    });
    for (const item of [
      { ...items[0], tier: 'insider' },
      { readerKey: 'x' },
      { readerKey: 'x', tier: 'insider' },
    ])
      expect((await site.publisher('POST', '/entitlements/imports', { items: [item] })).status).toBe(400);
  });

  it('belongs to one site, and is refused if it is invalid', async () => {
    const site = await createOrganisation();
    const other = await createSite(server);
    expect((await other.publisher('GET', '/organisations/acme')).status).toBe(404);
    expect((await other.publisher('PUT', '/organisations/acme/seats/ada')).status).toBe(404);
    expect((await other.publisher('GET', '/organisations')).body.items).toEqual([]);
    expect((await site.publisher('GET', '/organisations')).body.items).toMatchObject([{ key: 'acme' }]);
    expect((await site.publisher('DELETE', '/organisations/acme/seats/nobody')).status).toBe(404);
    for (const bad of [{ tier: 'diamond' }, { seats: 1001 }, { seats: -1 }, { status: 'paused' }])
      expect((await site.publisher('PUT', '/organisations/acme', { ...ACME, ...bad })).status).toBe(400);
    expect((await site.publisher('PUT', '/organisations/a%20b', ACME)).status).toBe(400);
  });
});
