import pg from 'pg';
import { SYSTEM } from '../../../src/platform/auth/principal.js';
import { defineJob } from '../../../src/platform/jobs/jobs.js';
import { startValkeyServer, type ValkeyServer } from '../../support/valkey-server.js';
import {
  createContext,
  newSiteId,
  startPlatform,
  type PlatformFixture,
} from '../../support/platform-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

const note = defineJob<{ n: number }>({
  name: 'note',
  parse: (raw) => raw as { n: number },
  attempts: 3,
  backoffMs: 10,
  timeoutMs: 2_000,
  concurrency: 4,
});

describe('while Redis is unavailable', () => {
  let database: FreshDatabase;
  let valkey: ValkeyServer;
  let api: PlatformFixture;
  let worker: PlatformFixture;
  const received: number[] = [];
  const completed: number[] = [];

  const start = (role: 'api' | 'worker'): Promise<PlatformFixture> =>
    startPlatform({
      databaseUrl: database.url,
      redisUrl: valkey.url,
      role,
      register: ({ outboxHandlers, jobHandlers }) => {
        outboxHandlers.register('listener', '*', async (tx, events) => {
          const numbers = events.map(({ payload }) => payload['n'] as number);
          tx.afterCommit(() => received.push(...numbers));
          return numbers.map((n) => note.create(`note-${n}`, { n }));
        });
        jobHandlers.handle(note, async ({ n }) => {
          completed.push(n);
        });
      },
    });

  beforeAll(async () => {
    [database, valkey] = await Promise.all([freshDatabase(), startValkeyServer()]);
    [api, worker] = await Promise.all([start('api'), start('worker')]);
  });
  afterAll(async () => {
    await Promise.all([api.close(), worker.close()]);
    await Promise.all([valkey.remove(), database.drop()]);
  });

  async function post(n: number): Promise<void> {
    const siteId = newSiteId();
    await api.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      api.outbox.add(tx, createContext(siteId), { type: 'posted', subject: `comment:${n}`, payload: { n } }),
    );
  }

  it('accepts and relays events, whose jobs wait and run when Redis is back', async () => {
    await post(1);
    await until(() => completed.includes(1));
    await until(async () => (await countJobRows()) === 0);
    await valkey.kill();
    for (let n = 2; n <= 21; n++) await post(n);
    await until(() => received.length === 21);
    expect(completed).toEqual([1]);
    expect(await countJobRows()).toBe(20);
    await valkey.start();
    await until(() => new Set(completed).size === 21);
    await until(async () => (await countJobRows()) === 0);
    await post(22);
    await until(() => completed.includes(22));
  });

  it('starts without Redis', async () => {
    await valkey.kill();
    const lateWorker = await start('worker');
    await post(23);
    await until(() => received.includes(23));
    await valkey.start();
    await until(() => completed.includes(23));
    await lateWorker.close();
  });

  it('stops without Redis', async () => {
    const stoppingWorker = await start('worker');
    await valkey.kill();
    const startedAt = performance.now();
    await stoppingWorker.close();
    // Each component waits at most six seconds. Without a limit, it would wait forever.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    await valkey.start();
  });

  async function countJobRows(): Promise<number> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox_job');
    await client.end();
    return rows[0].n;
  }
});
