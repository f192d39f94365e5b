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
import type { SiteId } from '../ids.js';
import { JobQueues } from '../jobs/job-queues.js';
import { Loop } from '../jobs/loop.js';
import { runsWorkers } from '../jobs/worker-role.js';
import { PubSub } from '../pubsub/pubsub.js';
import { OutboxHandlers, type OutboxEvent } from './outbox-handlers.js';
import { OUTBOX_TOPIC } from './outbox.js';

const BATCH = 100;
/** The guarantee, should every signal be lost. */
const POLL_MS = 1_000;
/**
 * Held by the one relay that hands on, until its transaction ends; also when its process is killed. PostgreSQL ends the
 * transaction of a process that is cut off after IDLE_MS, and rolls it back: whoever takes over hands on the same
 * events, and the process that was cut off can no longer commit.
 */
const LOCK = 7_310_442_020;
/** A handler that waits longer for a lock fails, and does not stop everybody's events. */
const STATEMENT_MS = 10_000;
/** How long the transaction may wait for this process. */
const IDLE_MS = 10_000;
/** From this many failures on it is no passing trouble, and a person should look. */
const LOG_AFTER = 5;
const RETRY_MS = { first: 500, longest: 10 * 60_000 };

export interface RelayStats {
  /** Events not handed on yet. */
  readonly waiting: number;
  /** Those among them that were set aside. */
  readonly setAside: number;
  /** Since the first of them happened; null when none waits. */
  readonly oldestAgeMs: number | null;
}

interface Row {
  readonly id: string;
  readonly site_id: SiteId;
  readonly type: string;
  readonly subject: string;
  readonly payload: Record<string, unknown>;
  readonly occurred_at: Date;
}

const COLUMNS = 'o.id, o.site_id, o.type, o.subject, o.payload, o.occurred_at';

// What comes after an event that was set aside waits for it, of the same subject alone.
const NEXT = `
  SELECT ${COLUMNS} FROM outbox o
  WHERE o.failed_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM outbox earlier
    WHERE earlier.failed_at IS NOT NULL AND earlier.site_id = o.site_id
      AND earlier.subject = o.subject AND earlier.id < o.id)
  ORDER BY o.id LIMIT ${BATCH}`;

/**
 * Hands committed events on, at least once and per subject in order: calls the handlers, adds their jobs and deletes
 * the rows in one transaction, in one process at a time. A batch that fails is tried again row by row. A row that
 * fails by itself is set aside in the table with its error and tried again later and later; its subject waits for it,
 * nothing else does.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('relay');
  private readonly loop = new Loop('relay', POLL_MS, () => this.round());
  private unsubscribe: () => void = () => undefined;
  private retrySetAsideAt = 0;

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
      tx.query<{ waiting: number; aside: number; oldest: Date | null }>(
        `SELECT count(*)::int AS waiting, count(failed_at)::int AS aside, min(occurred_at) AS oldest FROM outbox`,
      ),
    );
    const { waiting, aside, oldest } = row;
    return { waiting, setAside: aside, oldestAgeMs: oldest ? this.clock.nowMs() - oldest.getTime() : null };
  }

  /** How long the next event has waited to be handed on; 0 when none waits. */
  async lagMs(): Promise<number> {
    const [row] = await this.database.inSystem((tx) =>
      tx.prepared<{ occurred_at: Date }>(
        'outbox-next-of-all',
        'SELECT occurred_at FROM outbox WHERE failed_at IS NULL ORDER BY id LIMIT 1',
      ),
    );
    return row ? Math.max(0, this.clock.nowMs() - row.occurred_at.getTime()) : 0;
  }

  /** @returns whether there may be more to do at once */
  private async round(): Promise<boolean> {
    let ids: string[] = [];
    try {
      const count = await this.database.inSystem(async (tx) => {
        const [isLocked, rows] = await Promise.all([this.lock(tx), tx.prepared<Row>('outbox-next', NEXT)]);
        if (!isLocked) return 0;
        ids = rows.map(({ id }) => id);
        await this.dispatch(tx, rows);
        return rows.length;
      });
      if (count === BATCH) return true;
    } catch (error) {
      if (ids.length === 0) throw error;
      this.logger.warn({ event: 'relay.batch-failed', rows: ids.length, error });
      await this.dispatchOneByOne(ids);
      return true;
    }
    return this.retrySetAside();
  }

  private async lock(tx: Tx): Promise<boolean> {
    const [row] = await tx.prepared<{ got: boolean }>(
      'outbox-lock',
      `SELECT pg_try_advisory_xact_lock($1::bigint) AS got, set_config('statement_timeout', '${STATEMENT_MS}', true),
         set_config('idle_in_transaction_session_timeout', '${IDLE_MS}', true)`,
      [LOCK],
    );
    return row.got;
  }

  /** @param rows in order; of any sites */
  private async dispatch(tx: Tx, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const jobs = [];
    for (const siteId of new Set(rows.map((row) => row.site_id))) {
      this.database.enterSite(tx, siteId);
      jobs.push(
        ...(await this.handlers.dispatch(tx, rows.filter((row) => row.site_id === siteId).map(toEvent))),
      );
    }
    this.queues.enqueue(tx, jobs);
    tx.write('outbox-done', 'DELETE FROM outbox WHERE id = ANY ($1::bigint[])', [rows.map(({ id }) => id)]);
  }

  /** Rows whose time has come again, looked for as often as the relay polls. */
  private async retrySetAside(): Promise<boolean> {
    if (performance.now() < this.retrySetAsideAt) return false;
    this.retrySetAsideAt = performance.now() + POLL_MS / 2;
    const due = await this.database.inSystem((tx) =>
      tx.prepared<{ id: string }>(
        'outbox-aside-due',
        'SELECT id FROM outbox WHERE failed_at IS NOT NULL AND retry_at <= $1 ORDER BY id LIMIT 20',
        [this.clock.now()],
      ),
    );
    if (due.length === 0) return false;
    await this.dispatchOneByOne(due.map(({ id }) => id));
    return true;
  }

  private async dispatchOneByOne(ids: readonly string[]): Promise<void> {
    const waiting = new Set<string>();
    for (const id of ids) {
      try {
        await this.database.inSystem(async (tx) => {
          if (!(await this.lock(tx))) return;
          const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM outbox o WHERE id = $1`, [id]);
          if (row && !waiting.has(subjectOf(row))) await this.dispatch(tx, [row]);
        });
      } catch (error) {
        // With the database away this fails too, and so nothing is held against the row.
        const subject = await this.setAside(id, error);
        if (subject !== null) waiting.add(subject);
      }
    }
  }

  private async setAside(id: string, error: unknown): Promise<string | null> {
    const now = this.clock.nowMs();
    const [row] = await this.database.inSystem(async (tx) => {
      const [before] = await tx.query<{ attempts: number }>('SELECT attempts FROM outbox WHERE id = $1', [
        id,
      ]);
      const wait = Math.min(RETRY_MS.first * 2 ** (before?.attempts ?? 0), RETRY_MS.longest);
      return tx.query<Row & { attempts: number }>(
        `UPDATE outbox o SET attempts = attempts + 1, failed_at = coalesce(failed_at, $2), retry_at = $3, error = $4
         WHERE id = $1 RETURNING ${COLUMNS}, attempts`,
        [id, new Date(now), new Date(now + wait), String(error).slice(0, 1_000)],
      );
    });
    if (!row) return null;
    const { type, subject, attempts } = row;
    const level = attempts >= LOG_AFTER ? 'error' : 'warn';
    this.logger[level]({ event: 'relay.set-aside', outboxId: id, type, subject, attempts, error });
    return subjectOf(row);
  }
}

const subjectOf = (row: Row): string => `${row.site_id} ${row.subject}`;

function toEvent(row: Row): OutboxEvent {
  const { id, site_id: siteId, type, subject, payload, occurred_at: occurredAt } = row;
  return { id, siteId, type, subject, payload, occurredAt };
}
