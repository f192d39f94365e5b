import pg from 'pg';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { startValkeyServer, type ValkeyServer } from '../../support/valkey-server.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

let database: FreshDatabase;
let valkey: ValkeyServer;
let app: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  valkey = await startValkeyServer();
  app = await startApp({
    databaseUrl: database.url,
    redisUrl: valkey.url,
    settings: { role: 'api', limits: false },
  });
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await app.close();
  await valkey.remove();
  await database.drop();
});

const readReadiness = () => app.call<Record<string, unknown>>('GET', '/health/ready');

describe('a statement that the database refuses', () => {
  it.each([
    ['is read-only', '25006', 503],
    ['has a full disk', '53100', 503],
    ['has no more connections', '53300', 503],
    ['shuts down', '57P01', 200],
    ['waited too long for a lock', '55P03', 200],
    ['cancelled the statement', '57014', 200],
  ])('because it %s is a 503 with Retry-After', async (_, code, readiness) => {
    const conversation = await Conversation.open(app);
    const ann = await conversation.token('ann');
    await owner.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '${code}'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON comment FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      const answer = await conversation.post(ann, 'A calm remark.');
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(answer.headers.get('retry-after')).toBe('2');
      expect(await readReadiness()).toMatchObject({
        status: readiness,
        ...(readiness === 503
          ? {
              body: {
                status: 'not-ready',
                unavailable: ['database'],
                parts: { database: { ready: false, detail: `refuses work (SQLSTATE ${code})` } },
              },
            }
          : {}),
      });
    } finally {
      await owner.query('DROP TRIGGER refuse ON comment; DROP FUNCTION refuse');
    }
    expect((await conversation.post(ann, 'Another calm remark.')).status).toBe(202);
    await until(async () => (await readReadiness()).status === 200, 20_000);
  });
});

describe('metrics', () => {
  it('count and time requests by route pattern and status', async () => {
    const conversation = await Conversation.open(app);
    await conversation.thread();
    await conversation.post('no token', 'A remark.');
    for (const path of ['/nowhere', '/nowhere/else', `/api/v1/${'x'.repeat(50)}`])
      await app.call('GET', path);
    const text = await (await fetch(`${app.url}/metrics`)).text();
    const counts = text
      .split('\n')
      .filter((line) => line.startsWith('postbag_http_request_seconds_count'))
      .map((line) => line.slice(line.indexOf('{')));
    const thread = 'route="/api/v1/sites/:site/stories/:storyKey/comments"';
    expect(counts).toContainEqual(expect.stringMatching(`method="GET",${thread},status="200"} \\d+$`));
    expect(counts).toContainEqual(expect.stringMatching(`method="POST",${thread},status="401"} \\d+$`));
    expect(counts.filter((line) => line.includes('nowhere') || line.includes('xxx'))).toEqual([]);
    expect(counts).toContain('{method="GET",route="unmatched",status="404"} 3');
    expect(text).toContain(
      `postbag_http_request_seconds_bucket{le="0.5",method="GET",${thread},status="200"}`,
    );
  });
});

describe('readiness', () => {
  it('lists every component', async () => {
    expect(await readReadiness()).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        unavailable: [],
        parts: { database: { ready: true }, valkey: { ready: true }, relay: { ready: true } },
      },
    });
  });

  it('reports that no relay is running, and stays ready', async () => {
    await Conversation.open(app);
    await owner.query(
      `INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
       SELECT id, 'spec', 'spec', '{}', now() - interval '5 minutes' FROM site LIMIT 1`,
    );
    try {
      // Another event may be the oldest, so set the age of all of them.
      await owner.query(`UPDATE outbox SET occurred_at = now() - interval '5 minutes'`);
      expect(await readReadiness()).toMatchObject({
        status: 200,
        body: {
          status: 'degraded',
          unavailable: ['relay'],
          parts: {
            relay: { ready: false, detail: expect.stringMatching(/^relays no events; 30\d s behind$/) },
          },
        },
      });
    } finally {
      await owner.query('DELETE FROM outbox');
    }
  });

  it('reports that Valkey is unavailable, and stays ready', async () => {
    await valkey.kill();
    await until(
      async () => ((await readReadiness()).body['unavailable'] as string[]).includes('valkey'),
      30_000,
    );
    expect(await readReadiness()).toMatchObject({
      status: 200,
      body: { status: 'degraded', parts: { valkey: { ready: false, detail: 'does not answer' } } },
    });
  });
});
