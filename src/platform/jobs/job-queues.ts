import type { JobsOptions, Processor, Queue, Worker } from 'bullmq';
import type { Tx } from '../database/database.js';
import type { JobDefinition, JobToAdd } from './jobs.js';

/** A running job renews its lock twice within this time; a worker that does not is considered dead. */
export const LOCK_MS = 5_000;
/**
 * How often queues are checked for jobs of dead workers. The job of a killed worker runs again after LOCK_MS plus at
 * most two of these intervals.
 */
export const STALLED_CHECK_MS = 2_000;

export interface WorkerOptions {
  readonly name: string;
  readonly process: Processor;
  readonly concurrency: number;
}

/** The storage of the queues: the part of the job system that differs between PostgreSQL and Redis. */
export abstract class JobQueues {
  /** Adds jobs as part of the transaction: none runs before the commit, and none is lost after it. */
  abstract enqueue(tx: Tx, jobs: readonly JobToAdd[]): void;

  /**
   * Opens the connections and queues for these jobs. Called only in worker roles; before it, there are no connections.
   */
  abstract open(jobs: readonly JobDefinition<object>[]): Promise<void>;

  /** Call after `open`. */
  abstract queue(name: string): Queue;

  /** Call after `open`; the worker does not run until it is started. */
  abstract worker(options: WorkerOptions): Worker;

  /**
   * The jobs that are committed but not yet in their queue. There are never any if the queues are in the same database.
   */
  abstract countPending(name: string): Promise<{ count: number; oldestAt: Date | null }>;

  /** Whether the queue server cannot be reached, so that no job can be finished or returned. */
  abstract isUnavailable(): boolean;

  /** Stops adding jobs and closes every connection. Workers must be closed first, as far as possible. */
  abstract close(): Promise<void>;
}

/** Options stored with each job. Failed jobs are kept for inspection for a week, at most 1,000 per queue. */
export function optionsOf(job: JobDefinition<object>): JobsOptions {
  return {
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: job.backoffMs, jitter: 0.2 },
    removeOnComplete: true,
    removeOnFail: { age: 7 * 24 * 60 * 60, count: 1_000 },
    stackTraceLimit: 3,
  };
}

/** Limits the events that BullMQ stores per queue for `QueueEvents`, which this product does not use. */
export const EVENT_STREAM_OPTIONS = { events: { maxLen: 100 } };

export const WORKER_OPTIONS = {
  autorun: false,
  lockDuration: LOCK_MS,
  stalledInterval: STALLED_CHECK_MS,
  // `runJob` counts worker deaths, so that giving up follows the same path as any other final failure.
  maxStalledCount: 1_000_000,
  // Delay after a lost connection.
  runRetryDelay: 1_000,
} as const;
