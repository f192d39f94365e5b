import { Logger } from '@nestjs/common';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import pg from 'pg';
import type { Clock } from '../clock.js';
import type { Tx } from '../database/database.js';
import { serviceClientConfig } from '../database/data-source.js';
import { JOBS_SCHEMA } from '../database/migrate.js';
import { watchedClient } from '../database/postgres-watch.js';
import {
  JobQueues,
  EVENT_STREAM_OPTIONS,
  optionsOf,
  WORKER_OPTIONS,
  type WorkerOptions,
} from './job-queues.js';
import type { JobDefinition, JobToAdd } from './jobs.js';
import { SharedListenerPool } from './shared-listener-pool.js';
import { composeSql } from '../database/sql.js';

// A failed job keeps its id and would block new jobs for the same subject, so it is deleted first: counting the deleted
// rows makes PostgreSQL run the DELETE before `add_job`. That function is BullMQ's own (0002_functions.sql, 6.7.0);
// Queue.add calls it with these arguments. Here it is called in the caller's transaction, so that the job and its NOTIFY
// commit with it. The function is internal to BullMQ, so the version is pinned and a spec checks it.
export const ADD_JOBS = composeSql`
  WITH added AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS j (name text, id text, data jsonb, opts jsonb, delay bigint, attempts int)
  ), deleted AS (
    DELETE FROM ${JOBS_SCHEMA}.job failed USING added
    WHERE failed.queue = added.name AND failed.id = added.id AND failed.state = 'failed' RETURNING 1
  )
  SELECT ${JOBS_SCHEMA}.add_job(name, id, name, data, opts, 0, delay, $2, attempts,
                                NULL, NULL, NULL, NULL, NULL, false)
  FROM (SELECT count(*) FROM deleted) AS deletion, added`;

/** All workers of the process share the pool; a small one is enough, because each statement takes about 1 ms. */
const POOL_SIZE = 4;

/** Queues in the product's own database: a job is added in the transaction of the change that causes it. */
export class PostgresJobQueues extends JobQueues {
  private readonly logger = new Logger('jobs');
  private readonly queues = new Map<string, Queue>();
  private pool: SharedListenerPool | null = null;

  constructor(
    private readonly databaseUrl: string,
    private readonly clock: Clock,
  ) {
    super();
  }

  enqueue(tx: Tx, jobs: readonly JobToAdd[]): void {
    if (jobs.length === 0) return;
    const entries = JSON.stringify(
      jobs.map(({ job, id, payload, delayMs = 0 }) => ({
        name: job.name,
        id,
        data: payload,
        opts: { ...optionsOf(job), jobId: id, delay: delayMs },
        delay: delayMs,
        attempts: job.attempts,
      })),
    );
    tx.write('jobs-add', ADD_JOBS, [entries, this.clock.nowMs()]);
  }

  async open(jobs: readonly JobDefinition<object>[]): Promise<void> {
    const config = serviceClientConfig(this.databaseUrl, 'postbag jobs', {
      search_path: JOBS_SCHEMA,
      // Commits on these connections need not wait for the disk: they record that a job was taken or finished, and if a
      // database crash loses that, the job runs again. Jobs are not added here but in the caller's transaction.
      synchronous_commit: 'off',
    });
    const Client = watchedClient(this.databaseUrl);
    const pool = new pg.Pool({ ...config, Client, max: POOL_SIZE });
    this.pool = new SharedListenerPool(pool, () => new Client(config));
    for (const { name } of jobs) {
      const queue = new Queue(
        name,
        { connection: this.pool, streams: EVENT_STREAM_OPTIONS },
        createPostgresBackend as never,
      );
      queue.on('error', (error) => this.logger.debug({ event: 'job-queue.error', job: name, error }));
      this.queues.set(name, queue);
    }
    await Promise.all([...this.queues.values()].map((queue) => queue.waitUntilReady()));
  }

  queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`the queue of "${name}" is not open`);
    return queue;
  }

  worker({ name, process, concurrency }: WorkerOptions): Worker {
    if (!this.pool) throw new Error('the queues are not open');
    return new Worker(
      name,
      process,
      { ...WORKER_OPTIONS, connection: this.pool, concurrency, drainDelay: 10 },
      createPostgresBackend as never,
    );
  }

  async countPending(): Promise<{ count: number; oldestAt: Date | null }> {
    return { count: 0, oldestAt: null };
  }

  isUnavailable(): boolean {
    return false;
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.pool?.finish();
    this.pool = null;
  }
}
