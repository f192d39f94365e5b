import { describeOnBothBackends } from '../../support/backends.js';
import { until } from '../../support/processes.js';
import { startProduct, type Product } from '../../support/product.js';
import { PATIENCE_MS, TEST_MS, Witness } from './witness.js';

describeOnBothBackends('an API process that is killed between its 202s and scoring', (backend) => {
  const running: Product[] = [];
  let witness: Witness;
  const start = async (role: 'api' | 'worker'): Promise<Product> => {
    const product = await startProduct({ ...backend, role, env: { LIMITS: 'off' } });
    running.push(product);
    return product;
  };

  afterAll(async () => {
    await witness?.close();
    await Promise.all(running.map(({ process }) => process.kill9()));
  });

  it(
    'loses nothing that it accepted, and what it left unanswered is posted once',
    async () => {
      // Without a worker, so that nothing is scored before the end.
      const first = await start('api');
      witness = await Witness.open(first);
      const statuses: number[] = [];
      const posting = Promise.all(
        Array.from({ length: 60 }, async (_, n) => statuses.push(await witness.post(first, n))),
      );
      await until(() => witness.accepted.size >= 20, PATIENCE_MS);
      await first.process.kill9();
      await posting;
      expect(new Set(statuses)).toEqual(new Set([202, 0]));
      const acceptedByTheFirst = witness.accepted.size;
      expect(acceptedByTheFirst).toBeLessThan(60);

      const second = await start('api');
      witness.watch(() => second);
      const worker = start('worker');
      // Those it accepted too, as a client does that lost the answer.
      await witness.postAll(() => second, 0, 60);
      await worker;
      await witness.expectPromisesKept(second);
      expect(witness.accepted.size).toBe(60);
    },
    TEST_MS,
  );
});
