import { Agent, request } from 'node:http';
import { Redis } from 'ioredis';
import { describeOnBothBackends, type Backend } from '../support/backends.js';
import { until } from '../support/processes.js';
import { startProduct, type Product } from '../support/product.js';
import { countIn, createLockBarrier } from '../support/database-locks.js';
import { MAX_WAIT_MS, TEST_MS, PromiseChecker } from '../support/promise-checker.js';

/** The status, or how the connection failed. */
type Outcome = number | string;

/**
 * The server waits a quarter of a second for a request that a client is about to send on a keep-alive connection. If the
 * client gets no CPU time for longer, it may find the connection closed, which is correct.
 */
const LATE_MS = 150;

/** A client that keeps its connections alive and reuses each at once, like a proxy in front of the server. */
class KeepAliveClient {
  readonly agent = new Agent({ keepAlive: true });

  /** @param onSent called once the whole request is sent */
  post(
    checker: PromiseChecker,
    url: string,
    n: number,
    onSent: () => void = () => undefined,
  ): Promise<Outcome> {
    return checker.request(n).then(
      ({ headers, body }) =>
        new Promise((resolve) => {
          const options = { method: 'POST', headers, agent: this.agent };
          const sent = request(url + checker.threadPath, options, (answer) => {
            let text = '';
            answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
            answer.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
            answer.on('end', () => {
              if (answer.statusCode === 202) checker.accept(n, JSON.parse(text));
              resolve(answer.statusCode!);
            });
          });
          sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
          sent.end(body, onSent);
        }),
    );
  }
}

/** Number of jobs that are marked as active. */
async function activeJobs({ databaseUrl, redisUrl }: Backend): Promise<number> {
  if (redisUrl === null) return countIn(databaseUrl, `bullmq.job WHERE state = 'active'`);
  const redis = new Redis(redisUrl);
  try {
    const lists = await redis.keys('*:active');
    return (await Promise.all(lists.map((list) => redis.llen(list)))).reduce((sum, count) => sum + count, 0);
  } finally {
    redis.disconnect();
  }
}

describeOnBothBackends('SIGTERM', (backend) => {
  const running: Product[] = [];
  const client = new KeepAliveClient();
  let checker: PromiseChecker;
  const start = async (role: 'api' | 'all', env: Record<string, string> = {}): Promise<Product> => {
    const product = await startProduct({ ...backend, role, env: { LIMITS: 'off', ...env } });
    running.push(product);
    return product;
  };

  afterAll(async () => {
    client.agent.destroy();
    await checker?.close();
    await Promise.all(running.map(({ process }) => process.kill()));
  }, TEST_MS);

  it(
    'lets running requests finish, and does not wait for idle keep-alive connections',
    async () => {
      const api = await start('api');
      checker = await PromiseChecker.open(api);
      const barrier = await createLockBarrier(backend.databaseUrl, 'LOCK TABLE comment IN EXCLUSIVE MODE');
      const posts = Promise.all([0, 1, 2, 3].map((n) => client.post(checker, api.url, n)));
      await barrier.waiting(4);
      const ending = api.process.stop();
      // A process that is shutting down accepts no new connection.
      await until(
        () =>
          fetch(`${api.url}/health/live`, { headers: { connection: 'close' } }).then(
            () => false,
            () => true,
          ),
        MAX_WAIT_MS,
      );
      await barrier.release();
      expect(await posts).toEqual([202, 202, 202, 202]);
      const answeredAt = performance.now();
      expect(await ending).toMatchObject({ code: 0 });
      // If they were not closed, keep-alive connections would stay open for another minute.
      expect(performance.now() - answeredAt).toBeLessThan(20_000);
    },
    TEST_MS,
  );

  it(
    'is not ready at once, serves new connections for DRAIN_SECONDS, and does not wait for them after Ctrl-C',
    async () => {
      const draining = await start('all', { DRAIN_SECONDS: '2' });
      const status = (path: string): Promise<number> =>
        fetch(draining.url + path, { headers: { connection: 'close' } }).then((answer) => answer.status);
      const stoppedAt = performance.now();
      const ending = draining.process.stop();
      await until(async () => (await status('/health/ready')) === 503, 1_000);
      while (performance.now() - stoppedAt < 1_700) expect(await status('/health/live')).toBe(200);
      expect(await ending).toMatchObject({ code: 0 });
      expect(performance.now() - stoppedAt).toBeGreaterThan(2_000);

      const interrupted = await start('all', { DRAIN_SECONDS: '15' });
      const interruptedAt = performance.now();
      expect(await interrupted.process.stop('SIGINT')).toMatchObject({ code: 0 });
      expect(performance.now() - interruptedAt).toBeLessThan(12_000);

      const impatient = await start('all', { DRAIN_SECONDS: '15' });
      void impatient.process.stop();
      await until(
        () => fetch(`${impatient.url}/health/ready`).then((answer) => answer.status === 503),
        1_000,
      );
      expect(await impatient.process.stop('SIGINT')).toMatchObject({ code: 130 });
    },
    TEST_MS,
  );

  it(
    'while comments are posted, refuses only new connections and leaves no job claimed',
    async () => {
      const first = await start('all');
      const outcomes: Outcome[] = [];
      let next = 4;
      const postUntilRefused = async (): Promise<void> => {
        let answeredAt = Infinity;
        for (;;) {
          let sentAt = Infinity;
          const outcome = await client.post(checker, first.url, next++, () => (sentAt = performance.now()));
          const isLate =
            typeof outcome === 'string' && Math.min(sentAt, performance.now()) - answeredAt > LATE_MS;
          if (outcome === 'ECONNREFUSED' || isLate) return;
          outcomes.push(outcome);
          answeredAt = performance.now();
        }
      };
      const posting = Promise.all(Array.from({ length: 12 }, postUntilRefused));
      await until(() => checker.accepted.size >= 40, MAX_WAIT_MS);
      const ending = await first.process.stop();
      expect(ending.code).toBe(0);
      await posting;
      expect(new Set(outcomes)).toEqual(new Set([202]));
      expect(await activeJobs(backend)).toBe(0);

      const second = await start('all');
      await checker.expectPromisesHold(second);
      expect(second.process.output()).not.toContain('job.stalled');
    },
    TEST_MS,
  );
});
