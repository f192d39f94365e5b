import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../clock.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Database, type Tx } from '../database/database.js';
import { JobQueues } from '../jobs/job-queues.js';
import { Loop } from '../jobs/loop.js';
import { runsWorkers } from '../jobs/worker-role.js';
import { PubSub } from '../pubsub/pubsub.js';
import { OutboxHandlers, type OutboxEvent } from './outbox-handlers.js';
import { OUTBOX_TOPIC } from './outbox.js';
import { composeSql, sql } from '../database/sql.js';

const BATCH_ROWS = 100;
/** How often events are polled, in case a signal was lost. */
const POLL_MS = 1_000;
/**
 * Advisory lock of the active relay, held until its transaction ends, also if its process is killed. If the process
 * loses its connection, PostgreSQL rolls back the transaction after IDLE_MS. The next relay then handles the same
 * events, and the process that lost its connection can no longer commit.
 */
const RELAY_LOCK = 7_310_442_020;
/** Time limit for each statement, so that a handler that waits for a lock does not block all events. */
const STATEMENT_MS = 10_000;
/** How long the transaction may be idle while it waits for this process. */
const IDLE_MS = 10_000;
/** From this number of attempts on, failures are logged as errors, because a person should investigate. */
const ERROR_LEVEL_ATTEMPTS = 5;
const RETRY_MS = { first: 500, longest: 10 * 60_000 };

export interface RelayStats {
  /** Events that are not handled yet. */
  readonly waiting: number;
  /** How many of those were postponed. */
  readonly postponed: number;
  /** Age of the oldest of them; null if there are none. */
  readonly oldestAgeMs: number | null;
}

const COLUMNS = composeSql`o.id, o.site_id AS "siteId", o.type, o.subject, o.payload, o.occurred_at AS "occurredAt"`;

// Later events of the same subject wait for an event that was postponed; other subjects do not.
export const LIST_NEXT = composeSql`
  SELECT ${COLUMNS} FROM outbox o
  WHERE o.failed_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM outbox earlier
    WHERE earlier.failed_at IS NOT NULL AND earlier.site_id = o.site_id
      AND earlier.subject = o.subject AND earlier.id < o.id)
  ORDER BY o.id LIMIT ${BATCH_ROWS}`;

export const FIND_EVENT = composeSql`SELECT ${COLUMNS} FROM outbox o WHERE id = $1`;

export const POSTPONE_EVENT = composeSql`UPDATE outbox o SET attempts = attempts + 1, failed_at = coalesce(failed_at, $2), retry_at = $3, error = $4
     WHERE id = $1 RETURNING ${COLUMNS}, attempts`;

/**
 * Passes committed events to the handlers, at least once and in order per subject. It calls the handlers, adds their
 * jobs and deletes the rows in one transaction, in one process at a time. If a batch fails, its rows are retried one
 * by one. A row that fails alone is postponed: its error is recorded, and it is retried at increasing intervals.
 * Only events of the same subject wait for it.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('relay');
  private readonly loop = new Loop('relay', POLL_MS, () => this.round());
  private unsubscribe: () => void = () => undefined;
  private nextPostponedCheckAt = 0;

  constructor(
    private readonly database: Database,
    private readonly handlers: OutboxHandlers,
    private readonly queues: JobQueues,
    private readonly pubSub: PubSub,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>,
  ) {}

  onApplicationBootstrap(): void {
    if (!runsWorkers(this.settings)) return;
    this.unsubscribe = this.pubSub.subscribe(OUTBOX_TOPIC, () => this.loop.wake());
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    await this.loop.stop();
  }

  async stats(): Promise<RelayStats> {
    const [row] = await this.database.inSystem((tx) =>
      tx.query<{ waiting: number; postponed: number; oldest: Date | null }>(
        sql`SELECT count(*)::int AS waiting, count(failed_at)::int AS "postponed", min(occurred_at) AS oldest FROM outbox`,
      ),
    );
    const { waiting, postponed, oldest } = row;
    return {
      waiting,
      postponed,
      oldestAgeMs: oldest ? this.clock.nowMs() - oldest.getTime() : null,
    };
  }

  /** How long the next event has been waiting; 0 if none is. */
  async lagMs(): Promise<number> {
    const [row] = await this.database.inSystem((tx) =>
      tx.prepared<{ occurred_at: Date }>(
        'outbox-next-of-all',
        sql`SELECT occurred_at FROM outbox WHERE failed_at IS NULL ORDER BY id LIMIT 1`,
      ),
    );
    return row ? Math.max(0, this.clock.nowMs() - row.occurred_at.getTime()) : 0;
  }

  /** @returns whether there may be more to do immediately */
  private async round(): Promise<boolean> {
    let ids: string[] = [];
    try {
      const count = await this.database.inSystem(async (tx) => {
        const [isLocked, rows] = await Promise.all([
          this.lock(tx),
          tx.prepared<OutboxEvent>('outbox-next', LIST_NEXT),
        ]);
        if (!isLocked) return 0;
        ids = rows.map(({ id }) => id);
        await this.dispatch(tx, rows);
        return rows.length;
      });
      if (count === BATCH_ROWS) return true;
    } catch (error) {
      if (ids.length === 0) throw error;
      this.logger.warn({ event: 'relay.batch-failed', rows: ids.length, error });
      await this.dispatchOneByOne(ids);
      return true;
    }
    return this.retryPostponed();
  }

  private async lock(tx: Tx): Promise<boolean> {
    const [row] = await tx.prepared<{ acquired: boolean }>(
      'outbox-lock',
      sql`SELECT pg_try_advisory_xact_lock($1::bigint) AS acquired,
         set_config('statement_timeout', $2, true) AS "statementTimeout",
         set_config('idle_in_transaction_session_timeout', $3, true) AS "idleTimeout"`,
      [RELAY_LOCK, String(STATEMENT_MS), String(IDLE_MS)],
    );
    return row.acquired;
  }

  /** @param rows in order; may belong to several sites */
  private async dispatch(tx: Tx, rows: readonly OutboxEvent[]): Promise<void> {
    if (rows.length === 0) return;
    const jobs = [];
    for (const siteId of new Set(rows.map((row) => row.siteId))) {
      this.database.enterSite(tx, siteId);
      jobs.push(
        ...(await this.handlers.dispatch(
          tx,
          rows.filter((row) => row.siteId === siteId),
        )),
      );
    }
    this.queues.enqueue(tx, jobs);
    tx.write('outbox-done', sql`DELETE FROM outbox WHERE id = ANY ($1::bigint[])`, [
      rows.map(({ id }) => id),
    ]);
  }

  /** Retries rows that were postponed and are due; checked as often as the relay polls. */
  private async retryPostponed(): Promise<boolean> {
    if (performance.now() < this.nextPostponedCheckAt) return false;
    this.nextPostponedCheckAt = performance.now() + POLL_MS / 2;
    const due = await this.database.inSystem((tx) =>
      tx.prepared<{ id: string }>(
        'outbox-postponed-due',
        sql`SELECT id FROM outbox WHERE failed_at IS NOT NULL AND retry_at <= $1 ORDER BY id LIMIT 20`,
        [this.clock.now()],
      ),
    );
    if (due.length === 0) return false;
    await this.dispatchOneByOne(due.map(({ id }) => id));
    return true;
  }

  private async dispatchOneByOne(ids: readonly string[]): Promise<void> {
    const postponedSubjects = new Set<string>();
    for (const id of ids) {
      try {
        await this.database.inSystem(async (tx) => {
          if (!(await this.lock(tx))) return;
          const [row] = await tx.query<OutboxEvent>(FIND_EVENT, [id]);
          if (row && !postponedSubjects.has(subjectOf(row))) await this.dispatch(tx, [row]);
        });
      } catch (error) {
        // If the database is unavailable, this throws, and the row is not postponed.
        const subject = await this.postpone(id, error);
        if (subject !== null) postponedSubjects.add(subject);
      }
    }
  }

  /** @returns the row's site and subject, whose later events must wait; null if the row no longer exists */
  private async postpone(id: string, error: unknown): Promise<string | null> {
    const now = this.clock.nowMs();
    const [row] = await this.database.inSystem(async (tx) => {
      const [before] = await tx.query<{ attempts: number }>(sql`SELECT attempts FROM outbox WHERE id = $1`, [
        id,
      ]);
      const delayMs = Math.min(RETRY_MS.first * 2 ** (before?.attempts ?? 0), RETRY_MS.longest);
      return tx.query<OutboxEvent & { attempts: number }>(POSTPONE_EVENT, [
        id,
        new Date(now),
        new Date(now + delayMs),
        String(error).slice(0, 1_000),
      ]);
    });
    if (!row) return null;
    const { type, subject, attempts } = row;
    const level = attempts >= ERROR_LEVEL_ATTEMPTS ? 'error' : 'warn';
    this.logger[level]({ event: 'relay.event-postponed', outboxId: id, type, subject, attempts, error });
    return subjectOf(row);
  }
}

const subjectOf = (row: OutboxEvent): string => `${row.siteId} ${row.subject}`;
