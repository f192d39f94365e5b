import { describeOnBothBackends } from '../../support/backends.js';
import { until } from '../../support/processes.js';
import { startProduct, type Product } from '../../support/product.js';
import { countIn, raise } from './database-locks.js';
import { PATIENCE_MS, TEST_MS, Witness } from './witness.js';

describeOnBothBackends('a worker that is killed', (backend) => {
  let api: Product;
  let witness: Witness;
  const running: Product[] = [];
  const start = async (role: 'api' | 'worker'): Promise<Product> => {
    const product = await startProduct({ ...backend, role, env: { LIMITS: 'off' } });
    running.push(product);
    return product;
  };

  const decided = (): Promise<number> =>
    countIn(backend.databaseUrl, 'decision WHERE site_id = $1', [witness.siteId]);

  beforeAll(async () => {
    api = await start('api');
    witness = await Witness.open(api);
    witness.watch(() => api);
  });
  afterAll(async () => {
    await witness.close();
    await Promise.all(running.map(({ process }) => process.kill9()));
  });

  it(
    'in the middle of scoring, under a burst, leaves no comment without its one decision',
    async () => {
      await witness.postAll(() => api, 0, 40);
      await witness.edit(api, 0, 'rejected');
      await witness.edit(api, 1, 'published');
      const ids = [2, 3, 4, 5].map((n) => witness.accepted.get(n)!.id);
      const barrier = await raise(
        backend.databaseUrl,
        'SELECT 1 FROM comment WHERE site_id = $1 AND id = ANY ($2) FOR UPDATE',
        [witness.siteId, ids],
      );
      const doomed = await start('worker');
      const posting = witness.postAll(() => api, 40, 60);
      // Some are decided, four are between their scores and their decision.
      await barrier.waiting(4);
      await until(async () => (await decided()) >= 5, PATIENCE_MS);
      await doomed.process.kill9();
      await barrier.lift();
      const isBefore = await countIn(
        backend.databaseUrl,
        `comment WHERE site_id = $1 AND status = 'pending'`,
        [witness.siteId],
      );
      expect(isBefore).toBeGreaterThanOrEqual(4);

      const next = await start('worker');
      await posting;
      await witness.expectPromisesKept(api);
      await next.process.stop();
    },
    TEST_MS,
  );

  it(
    'between decision and delivery, and in the middle of a delivery, leaves no event untold',
    async () => {
      // An answer that comes never: the worker dies with these requests under way.
      witness.inbox.answer = () => 'hang';
      const beforeDecisions = await raise(backend.databaseUrl, 'LOCK TABLE decision IN EXCLUSIVE MODE');
      const doomed = await start('worker');
      const [told, decisions] = [witness.inbox.received.length, await decided()];
      await witness.postAll(() => api, 60, 72);
      await beforeDecisions.waiting(8);
      await witness.inbox.has(told + 4, PATIENCE_MS);
      const beforeEvents = await raise(backend.databaseUrl, 'LOCK TABLE event IN EXCLUSIVE MODE');
      await beforeDecisions.lift();
      await until(async () => (await decided()) === decisions + 12, PATIENCE_MS);
      // The relay is about to write the events and their deliveries.
      await beforeEvents.waiting(1);
      await doomed.process.kill9();
      await beforeEvents.lift();

      witness.inbox.answer = () => 200;
      await start('worker');
      // What hung is taken up when its lease has ended, half a minute after it began.
      await witness.expectPromisesKept(api);
    },
    TEST_MS,
  );
});
