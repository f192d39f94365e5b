import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { JobQueues } from './job-queues.js';
import type { JobToAdd } from './jobs.js';

/** Adds jobs. Outbox handlers do not need this; they return their jobs instead. */
@Injectable()
export class JobsService {
  constructor(
    private readonly database: Database,
    private readonly queues: JobQueues,
  ) {}

  /**
   * Inside a transaction, the jobs commit with it, and none runs before. Otherwise they are committed when this
   * resolves.
   */
  async add(jobs: readonly JobToAdd[]): Promise<void> {
    if (jobs.length > 0) await this.database.inSystem((tx) => this.queues.enqueue(tx, jobs));
  }
}
