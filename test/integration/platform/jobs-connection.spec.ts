import { Redis } from 'ioredis';
import pg from 'pg';
import { defineJob } from '../../../src/platform/jobs/jobs.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { startPlatform, type PlatformFixture } from '../../support/platform-fixture.js';
import { until } from '../../support/processes.js';

const note = defineJob<{ n: number }>({
  name: 'note',
  parse: (raw) => raw as { n: number },
  attempts: 3,
  backoffMs: 10,
  timeoutMs: 10_000,
  concurrency: 2,
});

describeOnBothBackends({ name: 'jobs after their connections broke', ownServer: true }, (backend) => {
  let platform: PlatformFixture;
  const completed: number[] = [];
  let gate: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    platform = await startPlatform({
      ...backend,
      register: ({ jobHandlers }) =>
        jobHandlers.handle(note, async ({ n }) => {
          await gate;
          completed.push(n);
        }),
    });
  });
  afterAll(() => platform.close());

  async function breakAll(): Promise<void> {
    if (backend.redisUrl !== null) {
      const redis = new Redis(backend.redisUrl);
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal');
      redis.disconnect();
    }
    const client = new pg.Client({ connectionString: backend.databaseUrl });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await client.end();
  }

  it('run when the connections are restored, both jobs that were running and new ones', async () => {
    await platform.jobs.add([note.create('n-1', { n: 1 })]);
    await until(() => completed.includes(1));
    let release = (): void => undefined;
    gate = new Promise((resolve) => (release = resolve));
    await platform.jobs.add([note.create('n-2', { n: 2 })]);
    await until(async () => (await platform.runner.stats())[0].active === 1);
    await breakAll();
    release();
    await until(() => completed.includes(2));
    for (let n = 3; n <= 12; n++) {
      await until(() =>
        platform.jobs.add([note.create(`n-${n}`, { n })]).then(
          () => true,
          () => false,
        ),
      );
      await until(() => completed.includes(n));
      if (n % 3 === 0) await breakAll();
    }
  });
});
