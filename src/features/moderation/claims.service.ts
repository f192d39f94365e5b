import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { barredSql, claimantsSql, isOwnCommentSql } from './queue-item.sql.js';
import { publishQueueEvent } from './queue-event.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/** A claim ends after this long without a heartbeat. The console sends one every 10 s. */
export const CLAIM_MS = 30_000;

// If more tabs are open, the oldest are dropped, so that a client cannot make the row large.
const MAX_TABS = 20;

export interface Claimant {
  id: string;
  name: string;
}

export const LOCK_COMMENT = composeSql`SELECT ${barredSql('$3')} IS NULL AND NOT (${isOwnCommentSql('$3')}) AS "mayDecide" FROM comment c WHERE c.site_id = $1 AND c.id = $2 FOR NO KEY UPDATE OF c`;

export const UPSERT_CLAIM = composeSql`WITH previous AS (
         SELECT until FROM queue_claim WHERE site_id = $1 AND comment_id = $2 AND moderator_id = $3
       ), expired AS (
         DELETE FROM queue_claim WHERE site_id = $1 AND until < $4::timestamptz - interval '1 hour' AND comment_id <> $2
       )
       INSERT INTO queue_claim (site_id, comment_id, moderator_id, until, since, tabs)
       VALUES ($1, $2, $3, $5, $4, ARRAY[$6::text])
       ON CONFLICT (site_id, comment_id, moderator_id) DO UPDATE SET until = excluded.until,
         since = CASE WHEN queue_claim.until > $4 THEN queue_claim.since ELSE excluded.since END,
         tabs = CASE WHEN queue_claim.until > $4
           THEN (array_prepend($6::text, array_remove(queue_claim.tabs, $6::text)))[:${MAX_TABS}]
           ELSE excluded.tabs END
       RETURNING NOT EXISTS (SELECT FROM previous WHERE until > $4) AS "isNew"`;

export const CLAIMANTS = composeSql`SELECT ${claimantsSql('$3')} AS claimants FROM (SELECT $1::uuid AS site_id, $2::uuid AS id) c`;

/**
 * Records which moderators have a comment open, so that two of them do not work on it. The first one to open it holds
 * the claim for up to five minutes, while one of their tabs sends heartbeats. API keys never claim.
 */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  /**
   * @param tab any name that identifies the tab in which the comment is open
   * @throws Problem 404
   */
  claim(ctx: SiteContext, commentId: CommentId, tab = ''): Promise<Claimant[]> {
    return this.database.inSite(ctx, async (tx) => {
      // Lock the comment before reading the clock: of two moderators who open it at the same time, only one is first,
      // and a comment cannot be claimed while it is being decided.
      const [comment] = await tx.query<{ mayDecide: boolean }>(LOCK_COMMENT, [
        ctx.siteId,
        commentId,
        ctx.principal.kind === 'moderator' ? ctx.principal.moderatorId : null,
      ]);
      if (!comment) throw notFound('This comment');
      // A moderator who may not decide about it can read it, but must not block others from deciding.
      if (ctx.principal.kind === 'moderator' && comment.mayDecide) {
        const now = this.clock.now();
        // Also deletes the site's claims that expired more than an hour ago.
        const [row] = await tx.query<{ isNew: boolean }>(UPSERT_CLAIM, [
          ctx.siteId,
          commentId,
          ctx.principal.moderatorId,
          now,
          new Date(now.getTime() + CLAIM_MS),
          tab,
        ]);
        if (row.isNew) await publishQueueEvent(this.pubsub, tx, ctx, { commentId, claimsChanged: true });
      }
      return this.claimants(tx, ctx, commentId);
    });
  }

  /**
   * The caller must have checked that the comment exists.
   * @returns claimants, earliest first; empty if nobody has it open
   */
  list(ctx: SiteContext, commentId: CommentId): Promise<Claimant[]> {
    return this.database.inSite(ctx, (tx) => this.claimants(tx, ctx, commentId));
  }

  /**
   * @param tab the tab that closed the comment; the claim remains while another tab shows it, or until the heartbeats
   *   of a killed tab expire; omitted: all tabs
   */
  async releaseClaim(ctx: SiteContext, commentId: CommentId, tab?: string): Promise<void> {
    if (ctx.principal.kind !== 'moderator') return;
    const { moderatorId } = ctx.principal;
    await this.database.inSite(ctx, async (tx) => {
      const claimKey = [ctx.siteId, commentId, moderatorId];
      // Two statements: if two tabs close at the same time, the second one must see that no tab is left.
      await tx.query(
        sql`UPDATE queue_claim SET tabs = CASE WHEN $4::text IS NULL THEN '{}' ELSE array_remove(tabs, $4) END
         WHERE site_id = $1 AND comment_id = $2 AND moderator_id = $3`,
        [...claimKey, tab ?? null],
      );
      const released = await tx.query(
        sql`DELETE FROM queue_claim WHERE site_id = $1 AND comment_id = $2 AND moderator_id = $3 AND tabs = '{}'
         RETURNING 1 AS deleted`,
        claimKey,
      );
      if (released.length > 0)
        await publishQueueEvent(this.pubsub, tx, ctx, { commentId, claimsChanged: true });
    });
  }

  async claimants(tx: Tx, ctx: Pick<SiteContext, 'siteId'>, commentId: CommentId): Promise<Claimant[]> {
    const [row] = await tx.query<{ claimants: Claimant[] }>(CLAIMANTS, [
      ctx.siteId,
      commentId,
      this.clock.now(),
    ]);
    return row.claimants;
  }
}
