import { setMaxListeners } from 'node:events';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Worker } from 'bullmq';
import { Clock } from '../clock.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { withTimeout } from './with-timeout.js';
import { JobQueues } from './job-queues.js';
import { JobHandlers, type RegisteredJob } from './jobs.js';
import { JobsService } from './jobs.service.js';
import { runJob } from './run-job.js';
import { runsWorkers } from './worker-role.js';

/**
 * How long the shutdown waits for running jobs before it returns them to their queues. Orchestrators usually give a
 * container ten seconds to stop.
 */
const FINISH_TIMEOUT_MS = 6_000;
/** Extra time to return unfinished jobs to their queues. */
const RETURN_TIMEOUT_MS = 1_500;
const CLOSE_TIMEOUT_MS = 1_000;
const STATS_TIMEOUT_MS = 2_000;
const LOG_INTERVAL_MS = 5_000;

export interface JobStats {
  readonly name: string;
  /** Jobs that are ready, delayed or waiting for a retry. */
  readonly waiting: number;
  readonly active: number;
  /** Jobs that failed permanently within the last week. */
  readonly failed: number;
  /** Age of the oldest job that is ready; null if none is. */
  readonly oldestAgeMs: number | null;
}

/** Runs the registered jobs in worker roles; each kind of job has its own worker and queue. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly stopping = new AbortController();
  private registered: readonly RegisteredJob[] = [];
  private workers: Worker[] = [];
  private stopped: Promise<void> | null = null;
  private nextLogAt = 0;

  constructor(
    private readonly handlers: JobHandlers,
    private readonly queues: JobQueues,
    private readonly jobs: JobsService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>,
  ) {
    // Every running job listens to this signal; Node would warn about a leak above ten listeners.
    setMaxListeners(0, this.stopping.signal);
  }

  /** @throws Error if a job has no handler; checked in every role, so that the mistake is found in every deployment */
  async onApplicationBootstrap(): Promise<void> {
    const registered = this.handlers.check();
    if (!runsWorkers(this.settings)) return;
    await this.queues.open(registered.map(({ job }) => job));
    this.registered = registered;
    this.workers = registered.map((registeredJob) => this.start(registeredJob));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopWorkers();
    await withTimeout(CLOSE_TIMEOUT_MS, 'queues do not close', this.queues.close()).catch((error: unknown) =>
      this.logger.warn({ event: 'jobs.stop-timed-out', error }),
    );
  }

  /**
   * Takes no new jobs, waits a limited time for running jobs, and returns the unfinished ones to their queues. Jobs can
   * still be added. Further calls return the same promise.
   */
  stopWorkers(): Promise<void> {
    return (this.stopped ??= this.closeWorkers());
  }

  private async closeWorkers(): Promise<void> {
    const isUnavailable = this.queues.isUnavailable();
    const abortTimer = setTimeout(() => this.stopping.abort(), isUnavailable ? 0 : FINISH_TIMEOUT_MS);
    const closing = Promise.all(this.workers.map((worker) => worker.close(isUnavailable)));
    try {
      // If the queue server is unavailable, jobs cannot be returned. They run again when their locks have expired.
      await withTimeout(
        isUnavailable ? CLOSE_TIMEOUT_MS : FINISH_TIMEOUT_MS + RETURN_TIMEOUT_MS,
        'workers are still running',
        closing,
      );
    } catch (error) {
      this.logger.warn({ event: 'jobs.stop-timed-out', error });
    } finally {
      clearTimeout(abortTimer);
    }
  }

  /**
   * Statistics per kind of job, read from the queues; empty in processes that run no jobs.
   *
   * @throws Error if the queues do not respond within two seconds
   */
  stats(): Promise<JobStats[]> {
    const pendingStats = Promise.all(
      this.registered.map(async ({ job: { name } }) => {
        const queue = this.queues.queue(name);
        const [counts, [next], pending] = await Promise.all([
          queue.getJobCounts('waiting', 'delayed', 'prioritized', 'active', 'failed'),
          queue.getJobs(['waiting'], 0, 0, true),
          this.queues.countPending(name),
        ]);
        const since = [next?.timestamp, pending.oldestAt?.getTime()].filter((at) => at !== undefined);
        return {
          name,
          waiting: counts['waiting'] + counts['delayed'] + (counts['prioritized'] ?? 0) + pending.count,
          active: counts['active'],
          failed: counts['failed'],
          oldestAgeMs: since.length > 0 ? Math.max(0, this.clock.nowMs() - Math.min(...since)) : null,
        };
      }),
    );
    return withTimeout(STATS_TIMEOUT_MS, 'the queues do not respond', pendingStats);
  }

  private start(registered: RegisteredJob): Worker {
    const { name, concurrency } = registered.job;
    const worker = this.queues.worker({
      name,
      concurrency,
      process: (job, token) =>
        runJob({
          registered,
          job,
          token: token!,
          stopping: this.stopping.signal,
          addFollowUpJobs: (jobs) => this.jobs.add(jobs),
        }),
    });
    // BullMQ reports an unavailable server many times per second.
    worker.on('error', (error) => {
      const now = performance.now();
      if (now < this.nextLogAt) return;
      this.nextLogAt = now + LOG_INTERVAL_MS;
      this.logger.warn({ event: 'job-worker.error', job: name, error });
    });
    worker.on('stalled', (id) => this.logger.warn({ event: 'job.stalled', job: name, id }));
    worker.run().catch((error: unknown) => {
      this.logger.error({ event: 'job-worker.ended', job: name, error });
    });
    return worker;
  }
}
