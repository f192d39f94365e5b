import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/database.js';
import type { SiteId } from '../ids.js';
import type { JobToAdd } from '../jobs/jobs.js';
import type { NewEvent } from './outbox.js';

export interface OutboxEvent extends NewEvent {
  /** The row's id; a bigint. */
  readonly id: string;
  readonly siteId: SiteId;
  readonly occurredAt: Date;
}

/**
 * Runs in the relay's transaction, in the scope of the events' site. Its writes and the jobs that it returns commit
 * together with the deletion of the events from the outbox. The events belong to one site and are in order. A handler
 * must be quick, because all other events wait, and must leave side effects to jobs, because the transaction may be
 * retried.
 */
export type OutboxHandler = (tx: Tx, events: readonly OutboxEvent[]) => Promise<readonly JobToAdd[]>;

interface RegisteredHandler {
  readonly name: string;
  readonly types: ReadonlySet<string> | '*';
  readonly handler: OutboxHandler;
}

/**
 * The handlers of outbox events. Features register handlers in `onModuleInit`, in every role. The relay calls them in
 * order of registration.
 */
@Injectable()
export class OutboxHandlers {
  private readonly registered: RegisteredHandler[] = [];

  register(name: string, types: readonly string[] | '*', handler: OutboxHandler): void {
    if (this.registered.some((each) => each.name === name))
      throw new Error(`the outbox handler "${name}" is registered twice`);
    this.registered.push({ name, types: types === '*' ? '*' : new Set(types), handler });
  }

  /** @param events of one site, in order */
  async dispatch(tx: Tx, events: readonly OutboxEvent[]): Promise<JobToAdd[]> {
    const jobs: JobToAdd[] = [];
    for (const { types, handler } of this.registered) {
      const matching = types === '*' ? events : events.filter(({ type }) => types.has(type));
      if (matching.length > 0) jobs.push(...(await handler(tx, matching)));
    }
    return jobs;
  }
}
