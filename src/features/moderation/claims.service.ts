import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { barredSql, claimantsSql } from './queue-item.sql.js';
import { publishQueueEvent } from './queue-event.js';

/** Without a sign of life for so long nobody looks any more; the console gives one every 10 s. */
export const CLAIM_MS = 30_000;

// Of those who have more open, the oldest are forgotten: a row stays small whatever a program sends.
const MAX_TABS = 20;

export interface Claimant {
  id: string;
  name: string;
}

/**
 * Who looks at which comment. Who looked first has it in hand, for some minutes and as long as a tab of theirs gives
 * signs of life, so that two moderators do not work on the same one. Keys of programs never look.
 */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  /**
   * @param tab where it is on screen, by any name that is its own
   * @throws Problem 404
   */
  claim(ctx: SiteContext, commentId: CommentId, tab = ''): Promise<Claimant[]> {
    return this.database.inSite(ctx, async (tx) => {
      // Locked, and by the clock of after that: of two who look at the same moment only one is told to be first, and
      // none of something that is being decided.
      const [comment] = await tx.query<{ barred: string | null }>(
        `SELECT ${barredSql('$3')} AS barred FROM comment c WHERE c.site_id = $1 AND c.id = $2 FOR NO KEY UPDATE OF c`,
        [ctx.siteId, commentId, ctx.principal.kind === 'moderator' ? ctx.principal.moderatorId : null],
      );
      if (!comment) throw notFound('This comment');
      // Who may not decide about it reads it, and keeps nobody else from deciding.
      if (ctx.principal.kind === 'moderator' && comment.barred === null) {
        const now = this.clock.now();
        // What has long ended goes with whoever comes next; the row of this moment is the caller's own.
        const [row] = await tx.query<{ isNew: boolean }>(
          `WITH before AS (
             SELECT until FROM queue_claim WHERE site_id = $1 AND comment_id = $2 AND moderator_id = $3
           ), swept AS (
             DELETE FROM queue_claim WHERE site_id = $1 AND until < $4::timestamptz - interval '1 hour' AND comment_id <> $2
           )
           INSERT INTO queue_claim (site_id, comment_id, moderator_id, until, since, tabs)
           VALUES ($1, $2, $3, $5, $4, ARRAY[$6::text])
           ON CONFLICT (site_id, comment_id, moderator_id) DO UPDATE SET until = excluded.until,
             since = CASE WHEN queue_claim.until > $4 THEN queue_claim.since ELSE excluded.since END,
             tabs = CASE WHEN queue_claim.until > $4
               THEN (array_prepend($6::text, array_remove(queue_claim.tabs, $6::text)))[:${MAX_TABS}]
               ELSE excluded.tabs END
           RETURNING NOT EXISTS (SELECT FROM before WHERE until > $4) AS "isNew"`,
          [ctx.siteId, commentId, ctx.principal.moderatorId, now, new Date(now.getTime() + CLAIM_MS), tab],
        );
        if (row.isNew) await publishQueueEvent(this.pubsub, tx, ctx, { commentId, claimsChanged: true });
      }
      return this.claimants(tx, ctx, commentId);
    });
  }

  /** @returns who came first first, empty when nobody looks; the caller has found the comment */
  list(ctx: SiteContext, commentId: CommentId): Promise<Claimant[]> {
    return this.database.inSite(ctx, (tx) => this.claimants(tx, ctx, commentId));
  }

  /**
   * @param tab the one that shows it no more: it stays in hand while another one does, or until the signs of life of one
   *   that was killed have run out; left out: all of them
   */
  async releaseClaim(ctx: SiteContext, commentId: CommentId, tab?: string): Promise<void> {
    if (ctx.principal.kind !== 'moderator') return;
    const { moderatorId } = ctx.principal;
    await this.database.inSite(ctx, async (tx) => {
      const mine = [ctx.siteId, commentId, moderatorId];
      // Two steps, so that of two tabs that go at the same moment the second one finds none left.
      await tx.query(
        `UPDATE queue_claim SET tabs = CASE WHEN $4::text IS NULL THEN '{}' ELSE array_remove(tabs, $4) END
         WHERE site_id = $1 AND comment_id = $2 AND moderator_id = $3`,
        [...mine, tab ?? null],
      );
      const gone = await tx.query(
        `DELETE FROM queue_claim WHERE site_id = $1 AND comment_id = $2 AND moderator_id = $3 AND tabs = '{}'
         RETURNING 1 AS gone`,
        mine,
      );
      if (gone.length > 0) await publishQueueEvent(this.pubsub, tx, ctx, { commentId, claimsChanged: true });
    });
  }

  async claimants(tx: Tx, ctx: Pick<SiteContext, 'siteId'>, commentId: CommentId): Promise<Claimant[]> {
    const [row] = await tx.query<{ lookers: Claimant[] }>(
      `SELECT ${claimantsSql('$3')} AS lookers FROM (SELECT $1::uuid AS site_id, $2::uuid AS id) c`,
      [ctx.siteId, commentId, this.clock.now()],
    );
    return row.lookers;
  }
}
