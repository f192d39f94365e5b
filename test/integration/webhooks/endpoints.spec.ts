import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type SiteFixture,
  type OwnerConnection,
  type Json,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

const UNKNOWN = '018f3a2b-0000-7000-8000-000000000000';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { outboundAllow: [], limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const endpointsPath = (more = '') => `/sites/${fixture.site}/webhooks${more}`;
const create = (body: Record<string, unknown>) =>
  fixture.admin('POST', endpointsPath(), { url: 'https://crm.example/hook', events: ['*'], ...body });

describe('a webhook endpoint', () => {
  it('is created with a secret that is shown once and encrypted at rest', async () => {
    const made = await expectStatus(
      201,
      create({ events: ['comment.published', 'comment.published', 'comment.held'] }),
    );
    expect(made.body).toMatchObject({
      url: 'https://crm.example/hook',
      events: ['comment.published', 'comment.held'],
      body: 'thin',
      status: 'enabled',
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    const { secret, ...shown } = made.body;
    expect((await fixture.admin('GET', endpointsPath(`/${made.body.id}`))).body).toEqual(shown);
    const [row] = await db.rows('SELECT secrets::text AS secrets FROM webhook_endpoint WHERE id = $1', [
      made.body.id,
    ]);
    expect(row['secrets']).not.toContain(secret.slice(6));
  });

  it('can be listed page by page, changed and deleted', async () => {
    const ids = [];
    for (let index = 0; index < 3; index++) ids.push((await expectStatus(201, create({}))).body.id);
    const listedIds: string[] = [];
    let cursor = '';
    do {
      const { body } = await fixture.admin('GET', endpointsPath(`?limit=2${cursor}`));
      listedIds.push(...body.items.map((each: Json) => each.id));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(listedIds).toEqual(expect.arrayContaining(ids));
    expect(new Set(listedIds).size).toBe(listedIds.length);

    const changed = await fixture.admin('PATCH', endpointsPath(`/${ids[0]}`), {
      body: 'full',
      status: 'disabled',
      events: ['*'],
    });
    expect([changed.status, changed.body]).toMatchObject([200, { body: 'full', status: 'disabled' }]);
    expect((await fixture.admin('DELETE', endpointsPath(`/${ids[0]}`))).status).toBe(204);
    expect((await fixture.admin('DELETE', endpointsPath(`/${ids[0]}`))).status).toBe(404);
    expect((await fixture.admin('GET', endpointsPath(`/${ids[0]}`))).status).toBe(404);
  });

  it.each([
    ['http://crm.example/hook', /https/],
    ['https://127.0.0.1/hook', /public/],
    ['https://[::1]/hook', /public/],
    ['https://169.254.169.254/latest', /public/],
    ['https://user:pass@crm.example/', /user name/],
    ['ftp://crm.example/', /scheme|https/],
    ['crm', /URL/],
  ])('may not use the URL %s', async (url, reason) => {
    const { status, body } = await create({ url });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ pointer: '/url', message: expect.stringMatching(reason) }]);
  });

  it.each([
    [{ events: [] }],
    [{ events: ['comment.burnt'] }],
    [{ events: '*' }],
    [{ body: 'fat' }],
    [{ secret: 'x' }],
  ])('refuses %j', async (body) => {
    expect((await create(body)).status).toBe(400);
  });

  it('of another site is not found', async () => {
    const { id } = (await create({})).body;
    const other = await createSiteFixture(app);
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
      ['POST', '/test'],
      ['GET', '/deliveries'],
      ['POST', `/deliveries/${UNKNOWN}/redeliver`],
    ]) {
      const body = method === 'PATCH' ? { body: 'full' } : undefined;
      const answer = await fixture.admin(method, `/sites/${other.site}/webhooks/${id}${path}`, body);
      expect([method, path, answer.status]).toEqual([method, path, 404]);
    }
    expect((await fixture.admin('GET', endpointsPath(`/${id}`))).status).toBe(200);
  });

  it('cannot be managed with keys of another scope', async () => {
    const { body: key } = await fixture.admin('POST', '/keys', { name: 'bot', scopes: ['moderation'] });
    expect((await app.call('GET', `/api/v1${endpointsPath()}`, { token: key.key })).status).toBe(403);
    expect((await app.call('GET', `/api/v1${endpointsPath()}`)).status).toBe(401);
  });

  it('is limited to twenty per site', async () => {
    const own = await createSiteFixture(app);
    const statuses = [];
    for (let index = 0; index < 21; index++) {
      const answer = await fixture.admin('POST', `/sites/${own.site}/webhooks`, {
        url: 'https://a.example/',
        events: ['*'],
      });
      statuses.push(answer.status);
    }
    expect(statuses.slice(0, 20).every((status) => status === 201)).toBe(true);
    expect(statuses[20]).toBe(409);
  });
});

describe('the event list', () => {
  it('returns every event in order, continues after any of them, and shows none of other sites', async () => {
    const own = await createSiteFixture(app);
    const ids: string[] = [];
    for (const sub of ['ann', 'ben']) {
      const { id } = await own.submit(sub, `A calm remark by ${sub}.`);
      await until(async () => (await own.readOwnComment(sub, id))['status'] === 'published');
      ids.push(id);
    }
    const list = async (query = '') =>
      (await fixture.admin('GET', `/sites/${own.site}/events?${query}`)).body;
    await until(async () => (await list()).items.length === 5);
    const { items, next } = await list();
    expect(next).toBeNull();
    expect(items.map((each: Json) => [each.type, each.data.comment?.id ?? null, each.sequence])).toEqual([
      ['story.created', null, 1],
      ['comment.submitted', ids[0], 1],
      ['comment.published', ids[0], 2],
      ['comment.submitted', ids[1], 1],
      ['comment.published', ids[1], 2],
    ]);
    const first = await list('limit=2');
    const rest = await list(`limit=10&after=${first.next}`);
    expect([...first.items, ...rest.items]).toEqual(items);
    expect((await list(`after=${items[3].id}`)).items).toEqual(items.slice(4));
    expect((await fixture.admin('GET', `/sites/${own.site}/events?after=nowhere`)).status).toBe(400);
    expect((await fixture.admin('GET', `/sites/${own.site}/events?after=${UNKNOWN}`)).status).toBe(400);
    expect((await fixture.admin('GET', `/sites/${fixture.site}/events?after=${items[0].id}`)).status).toBe(
      400,
    );
  });

  it('omits events that are older than thirty days', async () => {
    const own = await createSiteFixture(app);
    await until(
      async () => (await fixture.admin('GET', `/sites/${own.site}/events`)).body.items.length === 1,
    );
    await db.rows(`UPDATE event SET occurred_at = now() - interval '31 days' WHERE site_id = $1`, [own.site]);
    const [row] = await db.rows(`SELECT purge_events(now() - interval '30 days', 100) AS purged`);
    expect(Number(row['purged'])).toBe(1);
    expect((await fixture.admin('GET', `/sites/${own.site}/events`)).body.items).toEqual([]);
  });
});
