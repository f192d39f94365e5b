import { spawn, type ChildProcess } from 'node:child_process';
import { Redis } from 'ioredis';
import pg from 'pg';
import { defineJob, PermanentJobError, type JobDefinition } from '../../../src/platform/jobs/jobs.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { startPlatform, type PlatformFixture } from '../../support/platform-fixture.js';
import { until } from '../../support/processes.js';

interface Note {
  text: string;
}

function parse(raw: unknown): Note {
  const { text } = raw as Partial<Note>;
  if (typeof text !== 'string') throw new Error('no text');
  return { text };
}

const rules = { parse, attempts: 3, backoffMs: 20, timeoutMs: 5_000, concurrency: 2 };
const firstJob = defineJob<Note>({ ...rules, name: 'first' });
const secondJob = defineJob<Note>({ ...rules, name: 'second' });
const shortTimeout = defineJob<Note>({ ...rules, name: 'hasty', attempts: 2, timeoutMs: 50 });

type Register = (platform: PlatformFixture) => void;

describeOnBothBackends('jobs', (backend) => {
  const started: PlatformFixture[] = [];

  afterEach(() => Promise.all(started.splice(0).map((each) => each.close())));

  async function start(register: Register, role: 'all' | 'api' | 'worker' = 'all'): Promise<PlatformFixture> {
    const platform = await startPlatform({ ...backend, role, register });
    started.push(platform);
    return platform;
  }

  /** Registers handlers that do nothing for the jobs that a spec does not use. */
  function ignore(platform: PlatformFixture, ...jobs: JobDefinition<Note>[]): void {
    for (const job of jobs) platform.jobHandlers.handle(job, async () => undefined);
  }

  it('runs a job with its payload, and then the jobs that it adds', async () => {
    const seen: string[] = [];
    const platform = await start((p) => {
      p.jobHandlers.handle(firstJob, async ({ text }) => {
        seen.push(`first ${text}`);
        return [secondJob.create('next-1', { text: `${text}!` })];
      });
      p.jobHandlers.handle(secondJob, async ({ text }) => {
        seen.push(`second ${text}`);
      });
      ignore(p, shortTimeout);
    });
    await platform.jobs.add([firstJob.create('one', { text: 'hello' })]);
    await until(() => seen.length === 2);
    expect(seen).toEqual(['first hello', 'second hello!']);
  });

  it('adds jobs within the transaction, also in an API process', async () => {
    const seen: string[] = [];
    await start((p) => {
      p.jobHandlers.handle(firstJob, async ({ text }) => {
        seen.push(text);
      });
      ignore(p, secondJob, shortTimeout);
    }, 'worker');
    const api = await start((p) => ignore(p, firstJob, secondJob, shortTimeout), 'api');
    await expect(
      api.database.inSystem(async () => {
        await api.jobs.add([firstJob.create('rolled-back', { text: 'no' })]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await api.database.inSystem(() => api.jobs.add([firstJob.create('committed', { text: 'yes' })]));
    await until(() => seen.length > 0);
    expect(seen).toEqual(['yes']);
  });

  it('retries as often as the job allows, then calls the failure handler once', async () => {
    const attemptTimes: number[] = [];
    const failures: [string, string][] = [];
    const platform = await start((p) => {
      p.jobHandlers.handle(
        firstJob,
        async () => {
          attemptTimes.push(performance.now());
          throw new Error('not today');
        },
        async ({ text }, error) => {
          failures.push([text, (error as Error).message]);
        },
      );
      ignore(p, secondJob, shortTimeout);
    });
    await platform.jobs.add([firstJob.create('failing', { text: 'a' })]);
    await until(() => failures.length > 0);
    expect(attemptTimes).toHaveLength(3);
    expect(failures).toEqual([['a', 'not today']]);
    await until(async () =>
      (await platform.runner.stats()).some((s) => s.name === 'first' && s.failed === 1),
    );

    // A failed job is replaced by a new one with the same ID.
    await platform.jobs.add([firstJob.create('failing', { text: 'b' })]);
    await until(() => failures.length > 1);
    expect(attemptTimes).toHaveLength(6);
  });

  it('stops retrying at a permanent error and at an invalid payload', async () => {
    const seen: string[] = [];
    const failures: string[] = [];
    const platform = await start((p) => {
      p.jobHandlers.handle(
        firstJob,
        async ({ text }) => {
          seen.push(text);
          throw new PermanentJobError('gone');
        },
        async ({ text }) => {
          failures.push(text);
        },
      );
      ignore(p, secondJob, shortTimeout);
    });
    const failedBefore = (await platform.runner.stats()).find(({ name }) => name === 'first')!.failed;
    await platform.jobs.add([
      firstJob.create('bad-payload', {} as Note),
      firstJob.create('permanent', { text: 'once' }),
    ]);
    await until(
      async () =>
        (await platform.runner.stats()).find(({ name }) => name === 'first')!.failed === failedBefore + 2,
    );
    expect(seen).toEqual(['once']);
    expect(failures).toEqual(['once']);
  });

  it('calls the failure handler again until it succeeds', async () => {
    let calls = 0;
    const platform = await start((p) => {
      p.jobHandlers.handle(
        firstJob,
        async () => {
          throw new PermanentJobError('no');
        },
        async () => {
          calls += 1;
          if (calls === 1) throw new Error('the database was unavailable');
        },
      );
      ignore(p, secondJob, shortTimeout);
    });
    await platform.jobs.add([firstJob.create('hook', { text: 'x' })]);
    await until(() => calls === 2);
  });

  it('fails a handler that hangs, and aborts its signal', async () => {
    const reasons: string[] = [];
    const failures: string[] = [];
    const platform = await start((p) => {
      p.jobHandlers.handle(
        shortTimeout,
        (_, signal) =>
          new Promise(() => {
            signal.addEventListener('abort', () => reasons.push((signal.reason as Error).message));
          }),
        async (_, error) => {
          failures.push((error as Error).message);
        },
      );
      ignore(p, firstJob, secondJob);
    });
    await platform.jobs.add([shortTimeout.create('hang', { text: 'x' })]);
    await until(() => failures.length > 0);
    expect(reasons).toEqual(['took longer than 50 ms', 'took longer than 50 ms']);
    expect(failures).toEqual(['took longer than 50 ms']);
  });

  it('waits before it runs a delayed job, and adds each id once', async () => {
    const seen: number[] = [];
    const addedAt = performance.now();
    const platform = await start((p) => {
      p.jobHandlers.handle(firstJob, async () => {
        seen.push(performance.now() - addedAt);
      });
      ignore(p, secondJob, shortTimeout);
    });
    const job = firstJob.create('later', { text: 'x' }, { delayMs: 300 });
    await platform.jobs.add([job]);
    await platform.jobs.add([job, job]);
    await until(() => seen.length > 0);
    await until(async () =>
      (await platform.runner.stats()).every(({ waiting, active }) => waiting + active === 0),
    );
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeGreaterThan(295);
  });

  it('does not let slow jobs of one kind delay another kind, and reports the depth and age of queues', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let quick = 0;
    const platform = await start((p) => {
      p.jobHandlers.handle(firstJob, () => gate);
      p.jobHandlers.handle(secondJob, async () => {
        quick += 1;
      });
      ignore(p, shortTimeout);
    });
    await platform.jobs.add(Array.from({ length: 5 }, (_, n) => firstJob.create(`slow-${n}`, { text: 'x' })));
    const statsOf = async (name: string) =>
      (await platform.runner.stats()).find((each) => each.name === name);
    await until(async () => (await statsOf('first'))!.active === 2);
    await platform.jobs.add([secondJob.create('quick', { text: 'x' })]);
    await until(() => quick === 1);
    const stats = await statsOf('first');
    expect(stats).toMatchObject({ waiting: 3, active: 2 });
    expect(stats!.oldestAgeMs).toBeGreaterThanOrEqual(0);
    release();
    // The handlers of the next spec would run the remaining jobs.
    await until(async () => {
      const { waiting, active } = (await statsOf('first'))!;
      return waiting + active === 0;
    });
  });

  it('finishes running jobs when it stops', async () => {
    const seen: string[] = [];
    const platform = await startPlatform({
      ...backend,
      register: (p) => {
        p.jobHandlers.handle(firstJob, async ({ text }) => {
          seen.push(`begin ${text}`);
          await new Promise((resolve) => setTimeout(resolve, 200));
          seen.push(`end ${text}`);
        });
        ignore(p, secondJob, shortTimeout);
      },
    });
    await platform.jobs.add([firstJob.create('stopping', { text: 'x' })]);
    await until(() => seen.length === 1);
    await platform.close();
    expect(seen).toEqual(['begin x', 'end x']);
  });

  it('refuses to start unless every job has a handler', async () => {
    await expect(start((p) => ignore(p, firstJob, shortTimeout), 'api')).rejects.toThrow(
      'no handler for the jobs second',
    );
    expect(() => defineJob({ ...rules, name: 'first' })).toThrow('defined twice');
    expect(() => firstJob.create('a:b', { text: '' })).toThrow('is not a valid job id');
    expect(() => firstJob.create('123', { text: '' })).toThrow('is not a valid job id');
  });

  describe('in processes that are killed', () => {
    const children: ChildProcess[] = [];
    afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

    async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
      const client = new pg.Client({ connectionString: backend.databaseUrl });
      await client.connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end();
      }
    }

    /** Starts a worker process whose handler records that it started, and then hangs. */
    function spawnWorker(): ChildProcess {
      const child = spawn(process.execPath, ['--input-type=module', '-e', workerScript], {
        cwd: new URL('../../../', import.meta.url).pathname,
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: backend.databaseUrl,
          ...(backend.redisUrl === null ? {} : { REDIS_URL: backend.redisUrl }),
        },
        stdio: 'inherit',
      });
      children.push(child);
      return child;
    }

    async function setStalledCount(id: string, crashes: number): Promise<void> {
      if (backend.redisUrl === null) {
        await sql('UPDATE bullmq.job SET stalled_count = $2 WHERE id = $1', [id, crashes]);
        return;
      }
      const redis = new Redis(backend.redisUrl);
      await redis.hset(`{postbag-first}:first:${id}`, 'stc', crashes);
      redis.disconnect();
    }

    const startCount = async (): Promise<number> => (await sql('SELECT 1 FROM began')).length;

    beforeEach(async () => {
      await sql('CREATE TABLE IF NOT EXISTS began (at timestamptz DEFAULT now())');
      await sql('GRANT ALL ON began TO postbag_app; TRUNCATE began');
    });

    it('runs the job of a killed worker again', async () => {
      const api = await start((p) => ignore(p, firstJob, secondJob, shortTimeout), 'api');
      await api.jobs.add([firstJob.create('survivor', { text: 'x' })]);
      const child = spawnWorker();
      await until(async () => (await startCount()) === 1);
      child.kill('SIGKILL');
      const killedAt = performance.now();
      let completedAfterMs = 0;
      await start((p) => {
        p.jobHandlers.handle(firstJob, async () => {
          completedAfterMs = performance.now() - killedAt;
        });
        ignore(p, secondJob, shortTimeout);
      }, 'worker');
      await until(() => completedAfterMs > 0);
      // With BullMQ's default, it would take a minute.
      expect(completedAfterMs).toBeLessThan(25_000);
    });

    it('fails a job that repeatedly kills its worker, and calls its failure handler', async () => {
      const failures: string[] = [];
      const api = await start((p) => ignore(p, firstJob, secondJob, shortTimeout), 'api');
      await api.jobs.add([firstJob.create('killer', { text: 'x' })]);
      const child = spawnWorker();
      await until(async () => (await startCount()) === 1);
      child.kill('SIGKILL');
      // As if it had already killed other workers; each death takes seconds to be noticed.
      await setStalledCount('killer', 3);
      await start((p) => {
        p.jobHandlers.handle(
          firstJob,
          async () => {
            failures.push('ran');
          },
          async (_, error) => {
            failures.push((error as Error).message);
          },
        );
        ignore(p, secondJob, shortTimeout);
      }, 'worker');
      await until(() => failures.length > 0);
      expect(failures).toEqual(['the job’s workers died repeatedly']);
    });
  });
});

// Runs the server's own built code, because Jest workers can't start a process that reads TypeScript.
const workerScript = `
  import 'reflect-metadata';
  import { Module, Global } from '@nestjs/common';
  import { NestFactory } from '@nestjs/core';
  const at = (path) => import(new URL('dist/platform/' + path, 'file://' + process.cwd() + '/'));
  const { SETTINGS } = await at('config/settings.js');
  const { DATABASE_URL } = await at('database/database.tokens.js');
  const { DatabaseModule } = await at('database/database.module.js');
  const { Database } = await at('database/database.js');
  const { ObservabilityModule } = await at('observability/observability.module.js');
  const { PubSubModule } = await at('pubsub/pubsub.module.js');
  const { JobsModule } = await at('jobs/jobs.module.js');
  const { defineJob, JobHandlers } = await at('jobs/jobs.js');
  const { DATABASE_URL: url, REDIS_URL } = process.env;
  const providers = [
    { provide: SETTINGS, useValue: { redisUrl: REDIS_URL ? [REDIS_URL] : null, role: 'worker' } },
    { provide: DATABASE_URL, useValue: url },
  ];
  class Runtime {}
  Global()(Runtime);
  Module({ providers, exports: providers })(Runtime);
  const job = defineJob({
    name: 'first', parse: (raw) => raw, attempts: 3, backoffMs: 20, timeoutMs: 60_000, concurrency: 1,
  });
  const hang = {
    provide: 'hang',
    inject: [JobHandlers, Database],
    useFactory: (handlers, database) =>
      handlers.handle(job, async () => {
        await database.inSystem((tx) => tx.query('INSERT INTO began DEFAULT VALUES'));
        await new Promise(() => undefined);
      }),
  };
  class Root {}
  Module({
    imports: [Runtime, ObservabilityModule, DatabaseModule, PubSubModule, JobsModule],
    providers: [hang],
  })(Root);
  await NestFactory.createApplicationContext(Root, { logger: false });
`;
