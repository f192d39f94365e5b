import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { firstIdAt, newId, type SiteId } from '../../../platform/ids.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { OutboxHandlers } from '../../../platform/outbox/outbox-handlers.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import type { GateAction } from '../../sites/policy.js';
import { toPlainGateInputs, type GateInputs } from '../gate-inputs.js';
import type { Refusal } from '../gate.js';
import { RefusalEntity } from './refusal.entity.js';
import { sql } from '../../../platform/database/sql.js';

/** Same as the retention of webhooks and events. */
const REFUSAL_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;
const WRITE_AFTER_MS = 1_000;
/** Further refusals are only counted in a metric, so that a flood of requests does not burden the database. */
const MAX_PENDING = 5_000;
const PURGE_BATCH_ROWS = 1_000;
/** Refusals without a token are counted together over this period, because anyone can cause them. */
const SIGNED_OUT_PERIOD_MS = 60 * 60 * 1000;
/**
 * Maximum number of stories per site that are counted separately in that period, per process. Refusals on further
 * stories are counted without a story.
 */
const MAX_SIGNED_OUT_STORIES = 100;
const MAX_CACHED_SITES = 2_000;

interface PendingRefusal {
  readonly id: string;
  readonly readerKey: string | null;
  readonly storyKey: string | null;
  readonly action: GateAction;
  readonly refusal: Refusal;
  readonly gateInputs: GateInputs;
  readonly requestId: string;
  times: number;
}

interface SignedOutRefusals {
  readonly period: number;
  readonly stories: Set<string>;
  /** Row ids by refusal key. */
  readonly ids: Map<string, string>;
}

/**
 * Logs refusals by the gate with all their inputs. Logging does not delay the refused request: rows are written in
 * batches, within about a second. Identical refusals in a batch are stored as one row with their number. Refusals
 * without a token are counted per hour, so that they cannot fill the database.
 */
@Injectable()
export class RefusalLog implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('refusals');
  private pending = new Map<SiteId, Map<string, PendingRefusal>>();
  private pendingCount = 0;
  /** Refusals of signed-out callers in the current period, by site. */
  private readonly signedOut = new LRUCache<SiteId, SignedOutRefusals>({ max: MAX_CACHED_SITES });
  private timer: NodeJS.Timeout | undefined;
  private pendingWrite: Promise<void> = Promise.resolve();
  private readonly droppedCounter;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: OutboxHandlers,
    metrics: Metrics,
  ) {
    this.droppedCounter = metrics.counter(
      'postbag_refusals_dropped_total',
      'Refusals that could not be stored because there were too many at once or the database was unavailable.',
      [],
    );
  }

  onModuleInit(): void {
    this.outbox.register('refusals', ['reader.erased'], async (tx, events) => {
      for (const { siteId, payload } of events)
        await tx.manager
          .getRepository(RefusalEntity)
          .delete({ siteId, readerKey: (payload as { readerKey: string }).readerKey });
      return [];
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  record(ctx: SiteContext, gateInputs: GateInputs, action: GateAction, refusal: Refusal): void {
    let siteEntries = this.pending.get(ctx.siteId);
    if (!siteEntries) this.pending.set(ctx.siteId, (siteEntries = new Map<string, PendingRefusal>()));
    const readerKey = gateInputs.signedIn?.reader.key ?? null;
    const signedOut = readerKey === null ? this.signedOutRefusalsOf(ctx.siteId) : null;
    const storyKey = signedOut ? countedStoryKey(signedOut, gateInputs) : (gateInputs.story?.key ?? null);
    const key = JSON.stringify([
      readerKey,
      storyKey,
      action,
      refusal.code,
      gateInputs.signedIn?.stored.json ?? null,
    ]);
    const existing = siteEntries.get(key);
    if (existing) {
      existing.times++;
      return;
    }
    if (this.pendingCount >= MAX_PENDING) {
      this.droppedCounter.inc();
      return;
    }
    this.pendingCount++;
    const id = signedOut?.ids.get(key) ?? newId<'refusal'>(this.clock.nowMs());
    signedOut?.ids.set(key, id);
    siteEntries.set(key, {
      id,
      readerKey,
      storyKey,
      action,
      refusal,
      gateInputs,
      requestId: ctx.requestId,
      times: 1,
    });
    if (this.timer) return;
    this.timer = setTimeout(() => void this.flush(), WRITE_AFTER_MS);
    this.timer.unref();
  }

  private signedOutRefusalsOf(siteId: SiteId): SignedOutRefusals {
    const period = Math.floor(this.clock.nowMs() / SIGNED_OUT_PERIOD_MS);
    let refusals = this.signedOut.get(siteId);
    if (refusals?.period !== period)
      this.signedOut.set(siteId, (refusals = { period, stories: new Set(), ids: new Map() }));
    return refusals;
  }

  /** Writes all pending refusals. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pendingWrite = this.pendingWrite.then(() => this.write());
    return this.pendingWrite;
  }

  private async write(): Promise<void> {
    const { pending } = this;
    this.pending = new Map();
    this.pendingCount = 0;
    for (const [siteId, entries] of pending) {
      const rows = [...entries.values()];
      try {
        await this.insert(siteId, rows);
      } catch (error) {
        this.droppedCounter.inc(rows.length);
        this.logger.warn({ event: 'refusals.not-stored', siteId, count: rows.length, error });
      }
    }
  }

  private async insert(siteId: SiteId, rows: readonly PendingRefusal[]): Promise<void> {
    const values = rows.map(({ id, readerKey, storyKey, action, refusal, gateInputs, requestId, times }) => ({
      id,
      reader_key: readerKey,
      story_key: storyKey,
      action,
      code: refusal.code,
      message: refusal.message,
      required_tier: refusal.requiredTier?.key ?? null,
      inputs: toPlainGateInputs(gateInputs),
      times,
      request_id: requestId,
    }));
    const oldest = firstIdAt(this.clock.nowMs() - REFUSAL_RETENTION_MS);
    await this.database.inSeparateTransaction(systemContext(siteId, 'refusals'), async (tx) => {
      await tx.query(
        sql`INSERT INTO refusal (site_id, id, reader_key, story_key, action, code, message, required_tier, inputs, times,
                              request_id)
         SELECT $1, id, reader_key, story_key, action, code, message, required_tier, inputs, times, request_id
         FROM jsonb_to_recordset($2) AS entry (id uuid, reader_key text, story_key text, action text, code text,
           message text, required_tier text, inputs jsonb, times int, request_id text)
         ON CONFLICT (site_id, id) DO UPDATE SET times = refusal.times + excluded.times`,
        [siteId, JSON.stringify(values)],
      );
      await tx.query(
        sql`DELETE FROM refusal WHERE site_id = $1 AND id IN (
           SELECT id FROM refusal WHERE site_id = $1 AND id < $2 ORDER BY id LIMIT $3)`,
        [siteId, oldest, PURGE_BATCH_ROWS],
      );
    });
  }
}

function countedStoryKey({ stories }: SignedOutRefusals, { story }: GateInputs): string | null {
  if (!story) return null;
  if (stories.size < MAX_SIGNED_OUT_STORIES) stories.add(story.key);
  return stories.has(story.key) ? story.key : null;
}
