import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Database } from '../database/database.js';
import { DATABASE_URL } from '../database/database.tokens.js';
import { Metrics } from '../observability/metrics.js';
import { PubSub } from '../pubsub/pubsub.js';
import { chooseQueues } from './backend.js';
import { JobQueues } from './job-queues.js';
import { JobRunner, type JobStats } from './job-runner.js';
import { JobHandlers } from './jobs.js';
import { JobsService } from './jobs.service.js';
import { WorkPools } from './work-pools.js';
import { Ticker } from './ticker.js';

/**
 * BullMQ is used directly rather than through @nestjs/bullmq, in which queues are declared before the role and the
 * backend of the process are known, API processes open queues too, and every worker has its own connections.
 */
@Global()
@Module({
  providers: [
    {
      provide: JobQueues,
      inject: [SETTINGS, DATABASE_URL, Database, PubSub, Clock],
      useFactory: (
        settings: Settings,
        databaseUrl: string,
        database: Database,
        pubSub: PubSub,
        clock: Clock,
      ): JobQueues => chooseQueues(settings, databaseUrl, database, pubSub, clock),
    },
    JobHandlers,
    JobRunner,
    JobsService,
    WorkPools,
    Ticker,
  ],
  exports: [JobHandlers, JobQueues, JobRunner, JobsService, WorkPools, Ticker],
})
export class JobsModule implements OnModuleInit {
  private lastStats: Promise<JobStats[]> | null = null;

  constructor(
    @Inject(JobRunner) private readonly runner: JobRunner,
    @Inject(WorkPools) private readonly pools: WorkPools,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const depth = this.metrics.gauge(
      'postbag_jobs',
      'Jobs by kind and state. For webhooks: deliveries that this process has queued or is sending.',
      ['job', 'state'],
      async () => {
        depth.reset();
        for (const { name, waiting, active, failed } of await this.readStats()) {
          depth.set({ job: name, state: 'waiting' }, waiting);
          depth.set({ job: name, state: 'active' }, active);
          depth.set({ job: name, state: 'failed' }, failed);
        }
        for (const { name, waiting, active } of this.pools.counts()) {
          depth.set({ job: name, state: 'waiting' }, waiting);
          depth.set({ job: name, state: 'active' }, active);
        }
      },
    );
    const age = this.metrics.gauge(
      'postbag_job_oldest_seconds',
      'Age of the oldest job that is ready to run, in seconds.',
      ['job'],
      async () => {
        age.reset();
        for (const { name, oldestAgeMs } of await this.readStats())
          age.set({ job: name }, (oldestAgeMs ?? 0) / 1000);
      },
    );
  }

  /**
   * Reads the statistics once for all gauges of a scrape. If that fails, these gauges have no value, but the rest of
   * the page is still served.
   */
  private readStats(): Promise<JobStats[]> {
    this.lastStats ??= this.runner
      .stats()
      .catch(() => [])
      .finally(() => (this.lastStats = null));
    return this.lastStats;
  }
}
