import { until } from '../support/processes.js';
import { startProduct, type Product } from '../support/product.js';
import { itOnBothBackendsInParallel } from '../support/parallel-backends.js';
import { countIn, createLockBarrier, type Barrier } from '../support/database-locks.js';
import { MAX_WAIT_MS, PromiseChecker } from '../support/promise-checker.js';

describe('a worker that is killed', () => {
  itOnBothBackendsInParallel(
    'loses nothing when it is killed while scoring a burst, before it publishes decisions, or while delivering',
    async (backend, cleanups) => {
      const start = async (role: 'api' | 'worker'): Promise<Product> => {
        const product = await startProduct({ ...backend, role, env: { LIMITS: 'off' } });
        cleanups.push(() => product.process.kill());
        return product;
      };
      const api = await start('api');
      const checker = await PromiseChecker.open(api);
      cleanups.push(() => checker.close());
      checker.watch(() => api);
      const decisionCount = (): Promise<number> =>
        countIn(backend.databaseUrl, 'decision WHERE site_id = $1', [checker.siteId]);
      const stopBeforeDeciding = (...numbers: number[]): Promise<Barrier> =>
        createLockBarrier(
          backend.databaseUrl,
          'SELECT 1 FROM comment WHERE site_id = $1 AND id = ANY ($2) FOR UPDATE',
          [checker.siteId, numbers.map((n) => checker.accepted.get(n)!.id)],
        );

      await checker.postAll(() => api, 0, 40);
      await checker.edit(api, 0, 'rejected');
      await checker.edit(api, 1, 'published');
      const [midScoring, beforePublishing] = [await stopBeforeDeciding(2, 3), await stopBeforeDeciding(4, 5)];
      // The receiver never responds, so the worker dies with these requests in progress.
      checker.inbox.answer = () => 'hang';
      const workerToKill = await start('worker');
      await midScoring.waiting(4);
      await checker.inbox.waitForCount(4, MAX_WAIT_MS);
      await until(async () => (await decisionCount()) === 36, MAX_WAIT_MS);
      const relay = await createLockBarrier(backend.databaseUrl, 'LOCK TABLE event IN EXCLUSIVE MODE');
      await beforePublishing.release();
      await until(async () => (await decisionCount()) === 38, MAX_WAIT_MS);
      const posting = checker.postAll(() => api, 40, 60);
      // Two jobs wait after scoring and before deciding, and the relay waits before it writes events and deliveries.
      await midScoring.waiting(3);
      await workerToKill.process.kill();
      await Promise.all([midScoring, relay].map((barrier) => barrier.release()));
      expect(await decisionCount()).toBe(38);

      checker.inbox.answer = () => 200;
      await start('worker');
      await posting;
      // Another worker continues the interrupted work when its lease expires, half a minute after it started.
      await checker.expectPromisesHold(api);
    },
  );
});
