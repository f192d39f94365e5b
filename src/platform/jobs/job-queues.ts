import type { JobsOptions, Processor, Queue, Worker } from 'bullmq';
import type { Tx } from '../database/database.js';
import type { JobDefinition, JobToAdd } from './jobs.js';

/** Work under way shows a sign of life twice in this time; a worker that shows none is taken for dead. */
export const LOCK_MS = 5_000;
/** How often the dead are looked for: a killed worker's job runs again after LOCK_MS plus at most two of these. */
export const STALLED_CHECK_MS = 2_000;

export interface WorkerOptions {
  readonly name: string;
  readonly process: Processor;
  readonly concurrency: number;
}

/** Where the queues live: the part of the jobs that differs between PostgreSQL and Redis. */
export abstract class JobQueues {
  /** Adds jobs with the transaction: none can run before it commits, none is lost once it has. */
  abstract enqueue(tx: Tx, jobs: readonly JobToAdd[]): void;

  /** Opens what this process needs to run these jobs. Called in worker roles alone; before it no connection is made. */
  abstract open(jobs: readonly JobDefinition<object>[]): Promise<void>;

  /** After `open`. */
  abstract queue(name: string): Queue;

  /** After `open`; does not run until told to. */
  abstract worker(needs: WorkerOptions): Worker;

  /** Jobs that committed and are on their way to their queue still; none where the queue shares the transaction. */
  abstract inTransit(name: string): Promise<{ count: number; oldestAt: Date | null }>;

  /** Whether the queues' server cannot be reached, so that no job can be finished or handed back. */
  abstract isAway(): boolean;

  /** Stops adding and closes every connection; workers are closed before, as far as they could be. */
  abstract close(): Promise<void>;
}

/** Options stored with each job. A failed one stays a week to be looked at. */
export function optionsOf(job: JobDefinition<object>): JobsOptions {
  return {
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: job.backoffMs, jitter: 0.2 },
    removeOnComplete: true,
    removeOnFail: { age: 7 * 24 * 60 * 60, count: 1_000 },
    stackTraceLimit: 3,
  };
}

/** What BullMQ keeps per queue for listeners to its events, of whom there are none here. */
export const KEPT_EVENTS = { events: { maxLen: 100 } };

export const WORKER_OPTIONS = {
  autorun: false,
  lockDuration: LOCK_MS,
  stalledInterval: STALLED_CHECK_MS,
  // Deaths are counted in `runJob`, so that giving up goes the way of every last failure.
  maxStalledCount: 1_000_000,
  // After a lost connection.
  runRetryDelay: 1_000,
} as const;
