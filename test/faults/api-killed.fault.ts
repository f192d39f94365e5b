import { describeOnBothBackends } from '../support/backends.js';
import { until } from '../support/processes.js';
import { startProduct, type Product } from '../support/product.js';
import { MAX_WAIT_MS, TEST_MS, PromiseChecker } from '../support/promise-checker.js';

describeOnBothBackends(
  'an API process that is killed after accepting comments and before scoring them',
  (backend) => {
    const running: Product[] = [];
    let checker: PromiseChecker;
    const start = async (role: 'api' | 'worker'): Promise<Product> => {
      const product = await startProduct({ ...backend, role, env: { LIMITS: 'off' } });
      running.push(product);
      return product;
    };

    afterAll(async () => {
      await checker?.close();
      await Promise.all(running.map(({ process }) => process.kill()));
    });

    it(
      'loses no accepted comment, and a retried request creates one comment',
      async () => {
        // No worker runs, so nothing is scored before the kill.
        const first = await start('api');
        checker = await PromiseChecker.open(first);
        let posts = 0;
        // Kill the server while every client is waiting for a response or about to send a request.
        const postUntilItIsGone = async (): Promise<number> => {
          for (;;) {
            const status = await checker.post(first, posts++);
            if (status !== 202) return status;
          }
        };
        const posting = Promise.all(Array.from({ length: 12 }, postUntilItIsGone));
        await until(() => checker.accepted.size >= 20, MAX_WAIT_MS);
        await first.process.kill();
        expect(new Set(await posting)).toEqual(new Set([0]));
        expect(checker.accepted.size).toBeLessThan(posts);

        const second = await start('api');
        checker.watch(() => second);
        const worker = start('worker');
        // Also repeat the requests of accepted comments, like a client that did not receive the response.
        await checker.postAll(() => second, 0, posts);
        await worker;
        await checker.expectPromisesHold(second);
        expect(checker.accepted.size).toBe(posts);
      },
      TEST_MS,
    );
  },
);
