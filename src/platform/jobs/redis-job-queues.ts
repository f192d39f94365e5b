import { Logger } from '@nestjs/common';
import { Queue, Worker } from 'bullmq';
import type { Clock } from '../clock.js';
import type { Database, Tx } from '../database/database.js';
import type { PubSub } from '../pubsub/pubsub.js';
import { withTimeout } from './with-timeout.js';
import {
  JobQueues,
  EVENT_STREAM_OPTIONS,
  optionsOf,
  WORKER_OPTIONS,
  type WorkerOptions,
} from './job-queues.js';
import type { JobDefinition, JobToAdd } from './jobs.js';
import { Loop } from './loop.js';
import { connectRedis, type RedisClient } from './redis-connections.js';
import { sql } from '../database/sql.js';
import type { OutboxJobEntity } from '../outbox/outbox-job.entity.js';

/** Notifies worker processes that `outbox_job` has rows. */
const TOPIC = 'outbox-job';
const BATCH_ROWS = 500;
/** A server that does not respond to a command within this time is treated as unavailable. */
const ADD_TIMEOUT_MS = 5_000;

type JobRow = Omit<OutboxJobEntity, 'addedAt'>;

/**
 * Queues in Redis or Valkey, which cannot take part in a PostgreSQL transaction. A job is therefore first a row of
 * `outbox_job`, written in the transaction of the change that causes it. A loop in worker processes moves committed
 * rows to their queues. While the server is unavailable, the rows remain. A row whose move was interrupted is moved
 * again, so a job may run twice but is never lost.
 */
export class RedisJobQueues extends JobQueues {
  private readonly logger = new Logger('jobs');
  private readonly queues = new Map<string, Queue>();
  private readonly jobs = new Map<string, JobDefinition<object>>();
  private readonly moveLoop = new Loop('jobs.move', 1_000, () => this.moveBatch());
  private readonly duplicatedConnections: RedisClient[] = [];
  private connection: RedisClient | null = null;
  private unsubscribe: (() => void) | null = null;

  constructor(
    private readonly urls: readonly string[],
    private readonly database: Database,
    private readonly pubSub: PubSub,
    private readonly clock: Clock,
  ) {
    super();
  }

  enqueue(tx: Tx, jobs: readonly JobToAdd[]): void {
    if (jobs.length === 0) return;
    const rows = jobs.map(({ job, id, payload, delayMs = 0 }) => ({
      name: job.name,
      jobId: id,
      payload,
      delayMs,
    }));
    tx.write(
      'outbox-job-add',
      sql`INSERT INTO outbox_job (name, job_id, payload, delay_ms, added_at)
       SELECT name, "jobId", payload, "delayMs", $2
       FROM jsonb_to_recordset($1::jsonb) AS j (name text, "jobId" text, payload jsonb, "delayMs" bigint)`,
      [JSON.stringify(rows), this.clock.now()],
    );
    // A process that moves jobs to the queues wakes its own loop directly and needs no message.
    if (this.connection) tx.afterCommit(() => this.moveLoop.wake());
    else void this.pubSub.publish(tx, TOPIC, '');
  }

  async open(jobs: readonly JobDefinition<object>[]): Promise<void> {
    const connection = connectRedis(this.urls, { maxRetriesPerRequest: null });
    this.connection = connection;
    connection.setMaxListeners(0);
    // BullMQ creates a separate connection for each worker to wait for jobs. It cannot close that connection while the
    // server is unavailable.
    const duplicate = connection.duplicate.bind(connection) as (...args: unknown[]) => RedisClient;
    connection.duplicate = ((...args: unknown[]) => {
      const copy = duplicate(...args);
      this.duplicatedConnections.push(copy);
      return copy;
    }) as typeof connection.duplicate;
    connection.on('error', (error: Error) => this.logger.debug({ event: 'redis.error', error }));
    for (const job of jobs) {
      const { name } = job;
      const queue = new Queue(name, {
        connection,
        prefix: prefixOf(name),
        streams: EVENT_STREAM_OPTIONS,
      });
      queue.on('error', (error) => this.logger.debug({ event: 'job-queue.error', job: name, error }));
      this.queues.set(name, queue);
      this.jobs.set(name, job);
    }
    this.unsubscribe = this.pubSub.subscribe(TOPIC, () => this.moveLoop.wake());
    this.moveLoop.start();
  }

  queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`the queue of "${name}" is not open`);
    return queue;
  }

  worker({ name, process, concurrency }: WorkerOptions): Worker {
    if (!this.connection) throw new Error('the queues are not open');
    return new Worker(name, process, {
      ...WORKER_OPTIONS,
      connection: this.connection,
      prefix: prefixOf(name),
      concurrency,
    });
  }

  async countPending(name: string): Promise<{ count: number; oldestAt: Date | null }> {
    const [row] = await this.database.inSystem((tx) =>
      tx.query<{ count: number; oldest: Date | null }>(
        sql`SELECT count(*)::int AS count, min(added_at) AS oldest FROM outbox_job WHERE name = $1`,
        [name],
      ),
    );
    return { count: row.count, oldestAt: row.oldest };
  }

  isUnavailable(): boolean {
    return this.connection !== null && !isReady(this.connection);
  }

  async close(): Promise<void> {
    this.unsubscribe?.();
    await this.moveLoop.stop();
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    for (const each of this.duplicatedConnections) each.disconnect();
    this.connection?.disconnect();
    this.connection = null;
  }

  /**
   * Moves a batch of rows, except those that another process is moving.
   *
   * @returns whether there may be more rows
   */
  private async moveBatch(): Promise<boolean> {
    if (!this.connection || !isReady(this.connection)) return false;
    return this.database.inSystem(async (tx) => {
      const rows = await tx.prepared<JobRow>(
        'outbox-job-next',
        sql`SELECT id, name, job_id AS "jobId", payload, delay_ms AS "delayMs" FROM outbox_job
         WHERE name = ANY ($1) ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [[...this.queues.keys()], BATCH_ROWS],
      );
      if (rows.length === 0) return false;
      await withTimeout(ADD_TIMEOUT_MS, 'the job server does not respond', this.addAll(rows));
      await tx.prepared('outbox-job-done', sql`DELETE FROM outbox_job WHERE id = ANY ($1::bigint[])`, [
        rows.map(({ id }) => id),
      ]);
      return rows.length === BATCH_ROWS;
    });
  }

  private async addAll(rows: readonly JobRow[]): Promise<void> {
    const names = [...new Set(rows.map(({ name }) => name))];
    await Promise.all(
      names.map((name) =>
        this.addToQueue(
          name,
          rows.filter((row) => row.name === name),
        ),
      ),
    );
  }

  private async addToQueue(name: string, rows: readonly JobRow[]): Promise<void> {
    const queue = this.queue(name);
    // A failed job keeps its id and would block new jobs for the same subject, so it is removed first.
    const states = await Promise.all(rows.map(({ jobId }) => queue.getJobState(jobId)));
    const failed = rows.filter((_, index) => states[index] === 'failed');
    await Promise.all(failed.map(({ jobId }) => queue.remove(jobId)));
    await queue.addBulk(
      rows.map((row) => ({
        name,
        data: row.payload,
        opts: { ...optionsOf(this.jobs.get(name)!), jobId: row.jobId, delay: Number(row.delayMs) },
      })),
    );
  }
}

const isReady = ({ status }: RedisClient): boolean => status === 'ready';

/** In a cluster, the part in braces determines the node, so that all keys of a queue are on the same node. */
const prefixOf = (name: string): string => `{postbag-${name}}`;
