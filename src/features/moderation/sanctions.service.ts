import { Injectable, type OnModuleInit } from '@nestjs/common';
import { callerOf } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, forbidden, invalid, notFound } from '../../platform/http/problem.js';
import { newId, type ReaderId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { OutboxHandlers } from '../../platform/outbox/outbox-handlers.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { systemContext, type SiteContext } from '../../platform/tenancy/site-context.js';
import type { SanctionAnswer, SanctionRequest } from './sanctions.dto.js';
import { requireWholeSite } from '../sites/publisher.guard.js';
import type { ReaderReturned } from '../readers/sanction-tombstones.js';
import { publishGateChanged } from '../entitlements/gate-changed-message.js';
import { sanctionEvent } from './moderation.events.js';
import { ReaderSanctionEntity } from './reader-sanction.entity.js';
import { sanctionEventType } from './sanction-event-type.js';
import { sql } from '../../platform/database/sql.js';

interface ReaderRow {
  key: string;
  name: string;
  standing: string;
  until: Date | null;
  isOwn: boolean;
}

interface SanctionChange {
  readonly readerId: ReaderId;
  readonly standing: string;
  readonly until: Date | null;
  readonly reason: string;
}

/** Note of a restored sanction, visible to moderators only. */
const CARRIED_OVER_NOTE = 'Carried over from a deleted account with the same key.';

/** Sanctions that moderators impose on readers. They apply from the reader's next action. */
@Injectable()
export class SanctionsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
    private readonly handlers: OutboxHandlers,
  ) {}

  onModuleInit(): void {
    this.handlers.register('restored-sanctions', ['reader.returned'], async (tx, events) => {
      for (const { siteId, payload, occurredAt } of events)
        await this.recordRestoredSanction(
          tx,
          systemContext(siteId, 'restored-sanctions'),
          payload as unknown as ReaderReturned,
          occurredAt,
        );
      return [];
    });
  }

  /**
   * Sets a reader's standing.
   *
   * @param arrivedAtMs when the request arrived: `performance.now()` of this process
   * @throws Problem 404, 400 for an end in the past, 403 for the caller's own account, or for more than a warning if
   *   the caller is limited to sections, 409 `already-changed` if somebody else changed it after the request was sent
   */
  set(
    ctx: SiteContext,
    id: ReaderId,
    request: SanctionRequest,
    arrivedAtMs: number,
  ): Promise<SanctionAnswer> {
    const now = this.clock.now();
    const until = request.until ? new Date(request.until) : null;
    if (until && until <= now) {
      throw invalid([{ pointer: '/until', code: 'in-the-past', message: 'until must be in the future.' }]);
    }
    return this.database.inSite(ctx, async (tx) => {
      const baseline = await this.readBaseline(tx, ctx, id, performance.now() - arrivedAtMs);
      const [reader] = await tx.query<ReaderRow>(
        sql`SELECT key, name, standing, standing_until AS until, $3::uuid IS NOT NULL AND is_own_reader(site_id, id, $3) AS "isOwn"
         FROM reader WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE`,
        [ctx.siteId, id, ctx.principal.kind === 'moderator' ? ctx.principal.moderatorId : null],
      );
      if (!reader) throw notFound('This reader');
      checkSections(ctx, reader, request.standing, now);
      if (reader.isOwn)
        throw forbidden(
          'own-account',
          'This is your own reader account, so somebody else must decide on it.',
        );
      await this.checkUnchanged(tx, ctx, id, baseline);
      const endsAt = request.standing === 'normal' ? null : until;
      await tx.query(
        sql`UPDATE reader SET standing = $3, standing_until = $4, standing_reason = $5 WHERE site_id = $1 AND id = $2`,
        [ctx.siteId, id, request.standing, endsAt, request.reason],
      );
      const standing = { readerId: id, standing: request.standing, until: endsAt, reason: request.reason };
      await this.recordChange(tx, ctx, { ...standing, note: request.note ?? null }, now);
      await this.addEvent(tx, ctx, effectiveStanding(reader, now), { ...standing, readerKey: reader.key });
      // Invalidates cached data about the reader.
      await publishGateChanged(this.pubsub, tx, ctx.siteId, reader.key);
      return {
        id,
        name: reader.name,
        standing: request.standing,
        until: endsAt?.toISOString() ?? null,
        reason: request.reason,
      };
    });
  }

  /** Reads the changes of standing that the caller could know about. Call it before requesting the lock. */
  private async readBaseline(
    tx: Tx,
    ctx: SiteContext,
    id: ReaderId,
    waitedMs: number,
  ): Promise<{ count: number; arrivedAt: Date }> {
    const [row] = await tx.query<{ count: number; arrivedAt: Date }>(
      sql`SELECT count(*)::int AS count, statement_timestamp() - $3::float8 * interval '1 millisecond' AS "arrivedAt"
       FROM reader_sanction WHERE site_id = $1 AND reader_id = $2`,
      [ctx.siteId, id, waitedMs],
    );
    return row;
  }

  private async checkUnchanged(
    tx: Tx,
    ctx: SiteContext,
    id: ReaderId,
    baseline: { count: number; arrivedAt: Date },
  ): Promise<void> {
    const rows = await tx.query<{ by: string | null; standing: string; storedAt: Date | null }>(
      sql`SELECT m.name AS by, s.standing, s.stored_at AS "storedAt"
       FROM reader_sanction s LEFT JOIN moderator m ON m.id = s.moderator_id
       WHERE s.site_id = $1 AND s.reader_id = $2 ORDER BY s.stored_at DESC NULLS LAST`,
      [ctx.siteId, id],
    );
    const last = rows[0];
    if (rows.length === baseline.count && !(last?.storedAt && last.storedAt > baseline.arrivedAt)) return;
    throw conflict(
      'already-changed',
      `${last.by ?? 'Somebody'} changed this reader’s standing at the same time. Reload it and try again.`,
      { currentStanding: last.standing },
    );
  }

  /**
   * Records the sanction of a deleted reader who has returned, and adds the event for publishers.
   */
  private async recordRestoredSanction(
    tx: Tx,
    ctx: SiteContext,
    returned: ReaderReturned,
    at: Date,
  ): Promise<void> {
    const { readerId, readerKey, standing } = returned;
    const until = returned.until === null ? null : new Date(returned.until);
    const change = { readerId, standing, until, reason: returned.reason ?? '' };
    await this.recordChange(tx, ctx, { ...change, note: CARRIED_OVER_NOTE }, at);
    await this.addEvent(tx, ctx, 'normal', { ...change, readerKey });
  }

  private async recordChange(
    tx: Tx,
    ctx: SiteContext,
    change: SanctionChange & { note: string | null },
    at: Date,
  ): Promise<void> {
    const { principal, siteId } = ctx;
    const isModerator = principal.kind === 'moderator';
    await tx.manager.insert(ReaderSanctionEntity, {
      ...change,
      siteId,
      id: newId<'reader-sanction'>(),
      moderatorId: isModerator ? principal.moderatorId : null,
      apiCaller: isModerator ? null : callerOf(principal),
      createdAt: at,
    });
  }

  private async addEvent(
    tx: Tx,
    ctx: SiteContext,
    before: string,
    { readerId, readerKey, standing, until, reason }: SanctionChange & { readerKey: string },
  ): Promise<void> {
    const type = sanctionEventType(before, standing);
    if (!type) return;
    const payload = { readerId, readerKey, standing, until: until?.toISOString() ?? null, reason };
    await this.outbox.add(tx, ctx, sanctionEvent(type, payload));
  }
}

const effectiveStanding = ({ standing, until }: ReaderRow, now: Date): string =>
  until !== null && until <= now ? 'normal' : standing;

/**
 * Section moderators may warn a reader, because a warning does not block them, unless it would replace a sanction that
 * does.
 */
function checkSections(ctx: SiteContext, reader: ReaderRow, newStanding: string, now: Date): void {
  const before = effectiveStanding(reader, now);
  if (newStanding === 'warned' && (before === 'normal' || before === 'warned')) return;
  requireWholeSite(ctx, 'This applies to everything that the reader writes on the site');
}
