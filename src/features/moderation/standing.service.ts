import { Injectable } from '@nestjs/common';
import { callerOf } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { forbidden, invalid, notFound } from '../../platform/http/problem.js';
import { newId, type ReaderId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { StandingAnswer, StandingRequest } from './moderation.dto.js';
import { requireWholeSite } from '../sites/publisher.guard.js';
import { announceGate } from '../entitlements/gate-notice.js';
import { standingEvent } from './moderation.events.js';
import { standingEventType } from './standing-event-type.js';

interface ReaderRow {
  key: string;
  name: string;
  standing: string;
  until: Date | null;
  isOwn: boolean;
}

/** What moderators decide about readers: it counts from the next thing the reader does. */
@Injectable()
export class Standings {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem 404, 400 for an end that has passed, 403 for one's own account, or for more than a warning by who is
   *   limited to sections
   */
  set(ctx: SiteContext, id: ReaderId, wanted: StandingRequest): Promise<StandingAnswer> {
    const now = this.clock.now();
    const until = wanted.until ? new Date(wanted.until) : null;
    if (until && until <= now) {
      throw invalid([{ pointer: '/until', code: 'in-the-past', message: 'until must lie in the future.' }]);
    }
    return this.database.inSite(ctx, async (tx) => {
      const [reader] = await tx.query<ReaderRow>(
        `SELECT key, name, standing, standing_until AS until, $3::uuid IS NOT NULL AND is_own_reader(site_id, id, $3) AS "isOwn"
         FROM reader WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE`,
        [ctx.siteId, id, ctx.principal.kind === 'moderator' ? ctx.principal.moderatorId : null],
      );
      if (!reader) throw notFound('This reader');
      checkSections(ctx, reader, wanted.standing, now);
      if (reader.isOwn) throw forbidden('own-account', 'This reader is you: somebody else decides about it.');
      const ends = wanted.standing === 'normal' ? null : until;
      await tx.query(
        `UPDATE reader SET standing = $3, standing_until = $4, standing_reason = $5 WHERE site_id = $1 AND id = $2`,
        [ctx.siteId, id, wanted.standing, ends, wanted.reason],
      );
      const isModerator = ctx.principal.kind === 'moderator';
      await tx.query(
        `INSERT INTO standing_change (site_id, id, reader_id, standing, until, reason, note, moderator_id, api_caller, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ctx.siteId,
          newId<'standing-change'>(),
          id,
          wanted.standing,
          ends,
          wanted.reason,
          wanted.note ?? null,
          ctx.principal.kind === 'moderator' ? ctx.principal.moderatorId : null,
          isModerator ? null : callerOf(ctx.principal),
          now,
        ],
      );
      const before = standingNow(reader, now);
      const type = standingEventType(before, wanted.standing);
      if (type) {
        await this.outbox.add(
          tx,
          ctx,
          standingEvent(type, {
            readerId: id,
            readerKey: reader.key,
            standing: wanted.standing,
            until: ends?.toISOString() ?? null,
            reason: wanted.reason,
          }),
        );
      }
      // Whoever holds what it knows of the reader reads it again.
      await announceGate(this.pubsub, tx, ctx.siteId, reader.key);
      return {
        id,
        name: reader.name,
        standing: wanted.standing,
        until: ends?.toISOString() ?? null,
        reason: wanted.reason,
      };
    });
  }
}

const standingNow = ({ standing, until }: ReaderRow, now: Date): string =>
  until !== null && until <= now ? 'normal' : standing;

/** A warning stops nobody, unless it is put in the place of what does. */
function checkSections(ctx: SiteContext, reader: ReaderRow, wanted: string, now: Date): void {
  const before = standingNow(reader, now);
  if (wanted === 'warned' && (before === 'normal' || before === 'warned')) return;
  requireWholeSite(ctx, 'This counts for everything that the reader writes on the site');
}
