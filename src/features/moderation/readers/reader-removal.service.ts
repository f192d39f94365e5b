import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { forbidden } from '../../../platform/http/problem.js';
import type { ReaderId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { requireWholeSite } from '../../sites/publisher.guard.js';
import { REMOVABLE, type BulkDecision } from '../bulk-decision.repository.js';
import { BulkDecisionsService } from '../bulk-decisions.service.js';
import { deciderOf } from '../decision.service.js';
import type { RemovalPreview } from './moderation-readers.dto.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

const ACCESS_REASON = 'This affects everything that the reader wrote on the site';

export const COUNT_REMOVABLE = composeSql`SELECT count(*) FILTER (WHERE status = 'published')::int AS published,
       count(*) FILTER (WHERE status = 'held')::int AS held,
       count(*) FILTER (WHERE status = 'pending')::int AS pending, count(*)::int AS total
     FROM comment WHERE site_id = $1 AND author_id = $2 AND status IN (${REMOVABLE})`;

/** Removes all comments of a reader, such as a spammer, in one bulk decision. */
@Injectable()
export class ReaderRemovalService {
  constructor(
    private readonly database: Database,
    private readonly bulkDecisions: BulkDecisionsService,
  ) {}

  /** @throws Problem 403 if the caller is limited to sections */
  preview(ctx: SiteContext, authorId: ReaderId): Promise<RemovalPreview> {
    requireWholeSite(ctx, ACCESS_REASON);
    return this.database.inSite(ctx, async (tx) => {
      const [counted] = await tx.query<RemovalPreview>(COUNT_REMOVABLE, [ctx.siteId, authorId]);
      return counted;
    });
  }

  /**
   * Makes the bulk decision, which can be undone for 30 seconds.
   *
   * @throws Problem 409 if there is nothing to remove, 403 for the caller's own comments, or if the caller is limited
   *   to sections
   */
  remove(
    ctx: SiteContext,
    authorId: ReaderId,
    request: { reason: string; note?: string },
  ): Promise<BulkDecision> {
    requireWholeSite(ctx, ACCESS_REASON);
    return this.database.inSite(ctx, async (tx) => {
      const [{ isOwn }] = await tx.query<{ isOwn: boolean }>(
        sql`SELECT $3::uuid IS NOT NULL AND is_own_reader($1, $2, $3) AS "isOwn"`,
        [ctx.siteId, authorId, deciderOf(ctx.principal).moderatorId],
      );
      if (isOwn)
        throw forbidden(
          'own-account',
          'This is your own reader account, so somebody else must decide on it.',
        );
      return this.bulkDecisions.decide(ctx, { action: 'remove', ...request, selection: { authorId } });
    });
  }
}
