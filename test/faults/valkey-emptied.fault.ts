import { Redis } from 'ioredis';
import { startValkeyServer, type ValkeyServer } from '../support/valkey-server.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { startProduct, type Product } from '../support/product.js';
import { countIn, createLockBarrier } from '../support/database-locks.js';
import { MAX_WAIT_MS, TEST_MS, PromiseChecker } from '../support/promise-checker.js';
import { until } from '../support/processes.js';

describe('Valkey with queued jobs', () => {
  let database: FreshDatabase;
  let valkey: ValkeyServer;
  let api: Product;
  let worker: Product;
  let checker: PromiseChecker;

  beforeAll(async () => {
    [database, valkey] = await Promise.all([freshDatabase(), startValkeyServer()]);
    const common = { databaseUrl: database.url, redisUrl: valkey.url, env: { LIMITS: 'off' } };
    api = await startProduct({ ...common, role: 'api' });
    worker = await startProduct({ ...common, role: 'worker' });
    checker = await PromiseChecker.open(api);
    checker.watch(() => api);
  }, TEST_MS);
  afterAll(async () => {
    await checker?.close();
    await Promise.all([api, worker].map(({ process }) => process.kill()));
    await Promise.all([valkey.remove(), database.drop()]);
  }, TEST_MS);

  /** While this lock is held, the worker's running jobs wait for it, and all other jobs wait for those. */
  const stopDeciding = () => createLockBarrier(database.url, 'LOCK TABLE decision IN EXCLUSIVE MODE');

  async function jobsWaiting(queue: string): Promise<number> {
    const redis = new Redis(valkey.url);
    try {
      return await redis.llen(`{postbag-${queue}}:${queue}:wait`);
    } finally {
      redis.disconnect();
    }
  }

  it(
    'can lose its data and be killed: every job still runs, once',
    async () => {
      const decisionBarrier = await stopDeciding();
      await checker.postAll(() => api, 0, 20);
      await decisionBarrier.waiting(8);
      await until(async () => (await jobsWaiting('score-revision')) >= 12, MAX_WAIT_MS);
      const redis = new Redis(valkey.url);
      await redis.flushall();
      redis.disconnect();
      await checker.postAll(() => api, 20, 30);
      // There can be more if half a minute has passed and the lost jobs have already been added again.
      await until(async () => (await jobsWaiting('score-revision')) >= 10, MAX_WAIT_MS);
      await valkey.kill();
      await checker.postAll(() => api, 30, 40);
      await decisionBarrier.release();
      // Jobs that were running when they were lost still reach a decision.
      const decisionCount = () => countIn(database.url, 'decision WHERE site_id = $1', [checker.siteId]);
      await until(async () => (await decisionCount()) >= 8, MAX_WAIT_MS);
      await valkey.start();
      await checker.postAll(() => api, 40, 44);
      // Comments whose job was lost are found after half a minute by the database's clock.
      await checker.expectPromisesHold(api);
    },
    TEST_MS,
  );
});
