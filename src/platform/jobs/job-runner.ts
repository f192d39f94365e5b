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

/** How long a stop waits for running jobs; then they go back to their queues. Containers get ten seconds to stop. */
const FINISH_MS = 6_000;
/** For the jobs that were sent back. */
const HAND_BACK_MS = 1_500;
const CLOSE_MS = 1_000;
const STATS_MS = 2_000;
const QUIET_MS = 5_000;

export interface JobStats {
  readonly name: string;
  /** Ready or waiting for their time or their next try. */
  readonly waiting: number;
  readonly active: number;
  /** For good, within the last week. */
  readonly failed: number;
  /** Since the first of those that are ready was added; null when none is. */
  readonly oldestAgeMs: number | null;
}

/** Runs the registered jobs in worker roles, each kind by a worker of its own on a queue of its own. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly stopping = new AbortController();
  private registered: readonly RegisteredJob[] = [];
  private workers: Worker[] = [];
  private quietUntil = 0;

  constructor(
    private readonly handlers: JobHandlers,
    private readonly queues: JobQueues,
    private readonly jobs: JobsService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>,
  ) {
    // Every job that runs listens to it; Node takes more than ten for a leak and says so.
    setMaxListeners(0, this.stopping.signal);
  }

  /** @throws Error when a job has no handler; in every role, so that no deployment hides it */
  async onApplicationBootstrap(): Promise<void> {
    const registered = this.handlers.check();
    if (!runsWorkers(this.settings)) return;
    await this.queues.open(registered.map(({ job }) => job));
    this.registered = registered;
    this.workers = registered.map((each) => this.start(each));
  }

  /** Finishes what runs, for a while, and hands back the rest; nothing new is taken meanwhile. */
  async beforeApplicationShutdown(): Promise<void> {
    const isAway = this.queues.isAway();
    const handBack = setTimeout(() => this.stopping.abort(), isAway ? 0 : FINISH_MS);
    const closing = Promise.all(this.workers.map((worker) => worker.close(isAway)));
    try {
      // With the server away nothing can be told to it, and what ran is found by its missing sign of life.
      await withTimeout(isAway ? CLOSE_MS : FINISH_MS + HAND_BACK_MS, 'workers still run', closing);
    } catch (error) {
      this.logger.warn({ event: 'jobs.stop-cut-short', error });
    } finally {
      clearTimeout(handBack);
    }
    await withTimeout(CLOSE_MS, 'queues do not close', this.queues.close()).catch((error: unknown) =>
      this.logger.warn({ event: 'jobs.stop-cut-short', error }),
    );
  }

  /**
   * Per kind of job, asked of the queues; empty in processes that run none.
   *
   * @throws Error when the queues do not answer within two seconds
   */
  stats(): Promise<JobStats[]> {
    const asked = Promise.all(
      this.registered.map(async ({ job: { name } }) => {
        const queue = this.queues.queue(name);
        const [counts, [next], underway] = await Promise.all([
          queue.getJobCounts('waiting', 'delayed', 'prioritized', 'active', 'failed'),
          queue.getJobs(['waiting'], 0, 0, true),
          this.queues.inTransit(name),
        ]);
        const since = [next?.timestamp, underway.oldestAt?.getTime()].filter((at) => at !== undefined);
        return {
          name,
          waiting: counts['waiting'] + counts['delayed'] + (counts['prioritized'] ?? 0) + underway.count,
          active: counts['active'],
          failed: counts['failed'],
          oldestAgeMs: since.length > 0 ? Math.max(0, this.clock.nowMs() - Math.min(...since)) : null,
        };
      }),
    );
    return withTimeout(STATS_MS, 'the queues do not answer', asked);
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
          addFollowing: (jobs) => this.jobs.add(jobs),
        }),
    });
    // While its server is away BullMQ tells so many times a second.
    worker.on('error', (error) => {
      const now = performance.now();
      if (now < this.quietUntil) return;
      this.quietUntil = now + QUIET_MS;
      this.logger.warn({ event: 'job-worker.error', job: name, error });
    });
    worker.on('stalled', (id) => this.logger.warn({ event: 'job.worker-died', job: name, id }));
    worker.run().catch((error: unknown) => {
      this.logger.error({ event: 'job-worker.ended', job: name, error });
    });
    return worker;
  }
}
