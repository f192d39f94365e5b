import { Redis } from 'ioredis';
import { defineJob, type JobDefinition } from '../../../src/platform/jobs/jobs.js';
import { startValkeyServer, type ValkeyServer } from '../../support/valkey-server.js';
import { startPlatform, type PlatformFixture } from '../../support/platform-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { freePort, until } from '../../support/processes.js';

const SLOTS = 16_384;

// Job kinds whose queues are on different nodes.
const jobs: JobDefinition<{ n: number }>[] = ['alpha', 'beta', 'gamma', 'delta'].map((name) =>
  defineJob({
    name,
    parse: (raw) => raw as { n: number },
    attempts: 2,
    backoffMs: 10,
    timeoutMs: 5_000,
    concurrency: 4,
  }),
);

describe('a cluster of Redis or Valkey servers', () => {
  let database: FreshDatabase;
  let nodes: ValkeyServer[];
  let processes: PlatformFixture[];
  const completed: string[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    nodes = await Promise.all(
      [0, 1].map(async () =>
        startValkeyServer({
          'cluster-enabled': 'yes',
          'cluster-port': String(await freePort()),
          // A node that gets no CPU time for a while must not be considered dead.
          'cluster-node-timeout': '15000',
        }),
      ),
    );
    await join(nodes.map(({ url }) => url));
    const redisUrl = nodes.map(({ url }) => url).join(',');
    processes = await Promise.all(
      (['worker', 'api'] as const).map((role) =>
        startPlatform({
          databaseUrl: database.url,
          redisUrl,
          role,
          register: ({ jobHandlers }) => {
            for (const job of jobs) {
              jobHandlers.handle(job, async ({ n }) => {
                completed.push(`${job.name} ${n}`);
              });
            }
          },
        }),
      ),
    );
  });
  afterAll(async () => {
    await Promise.all(processes.map((each) => each.close()));
    await Promise.all([...nodes.map((node) => node.remove()), database.drop()]);
  });

  it('supports jobs, messages and limits', async () => {
    const [worker, api] = processes as [PlatformFixture, PlatformFixture];
    await api.jobs.add(jobs.flatMap((job) => [1, 2, 3].map((n) => job.create(`n-${n}`, { n }))));
    await until(() => completed.length === 12);
    expect(new Set(completed).size).toBe(12);
    expect((await worker.runner.stats()).map(({ name }) => name)).toEqual(jobs.map(({ name }) => name));

    const messages: string[] = [];
    worker.pubSub.subscribe('site:1', (message) => messages.push(message));
    await api.database.inSystem((tx) => api.pubSub.publish(tx, 'site:1', 'hello'));
    await until(() => messages.length === 1);

    for (const key of ['a', 'b', 'c', 'd']) {
      const verdicts = await Promise.all([worker, api].map(({ limits }) => limits.hit(key, 1, 60_000)));
      expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(1);
    }
  });
});

/** Joins two nodes, each with half of the slots. */
async function join(urls: readonly string[]): Promise<void> {
  const clients = urls.map((url) => new Redis(url));
  const half = SLOTS / 2;
  await Promise.all(
    clients.map((client, index) =>
      client.call('CLUSTER', 'ADDSLOTSRANGE', index * half, (index + 1) * half - 1),
    ),
  );
  const { hostname, port } = new URL(urls[1]);
  const busPort = (await clients[1].config('GET', 'cluster-port')) as unknown as [string, string];
  await clients[0].call('CLUSTER', 'MEET', hostname, port, busPort[1]);
  await until(async () => {
    const infos = await Promise.all(clients.map((client) => client.call('CLUSTER', 'INFO')));
    return infos.every((info) => /cluster_state:ok/.test(String(info)) && /known_nodes:2/.test(String(info)));
  });
  clients.forEach((client) => client.disconnect());
}
