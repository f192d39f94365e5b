import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { composeSql, sql } from '../../../platform/database/sql.js';
import { notFound } from '../../../platform/http/problem.js';
import type { BrigadeId } from '../../../platform/ids.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import { deciderOf } from '../decision.service.js';
import { publishBrigadeQueueEvent } from '../queue-event.js';
import { IS_STRICT } from '../stories/moderation-stories.view.js';
import type { BrigadeAnswer } from './brigades.dto.js';

const DEFAULT_DISMISSAL_HOURS = 6;

const ANSWER = composeSql`b.id, b.site_id AS site, b.kind,
  CASE WHEN n.stories = 1 THEN json_build_object('id', s.id, 'key', s.key, 'title', s.title) END AS story,
  n.stories, n.readers, n.comments, n.held, n.published, b.minutes, ${isoSql(composeSql`b.started_at`)} AS "startedAt",
  ${isoSql(composeSql`b.last_at`)} AS "lastAt", ${isoSql(composeSql`b.dismissed_until`)} AS "dismissedUntil",
  CASE WHEN n.stories = 1 THEN (
    SELECT json_build_object('until', ${isoSql(composeSql`x.ends_at`)}) FROM strict_story x
    WHERE x.site_id = s.site_id AND x.story_id = s.id AND ${IS_STRICT}) END AS strict
  FROM brigade b
  JOIN story s ON s.site_id = b.site_id AND s.id = b.story_id
  CROSS JOIN LATERAL (
    SELECT greatest(1, count(DISTINCT c.story_id))::int AS stories, count(DISTINCT c.author_id)::int AS readers,
      count(*)::int AS comments, count(*) FILTER (WHERE c.status = 'held')::int AS held,
      count(*) FILTER (WHERE c.status = 'published')::int AS published,
      count(*) FILTER (WHERE c.status IN ('pending', 'held'))::int AS waiting
    FROM brigade_comment m JOIN comment c ON c.site_id = m.site_id AND c.id = m.comment_id
    WHERE m.site_id = b.site_id AND m.brigade_id = b.id) n`;

export const ACTIVE_BRIGADES = composeSql`SELECT ${ANSWER}
  WHERE b.site_id = $1 AND b.dismissed_at IS NULL AND b.last_at > now() - interval '6 hours'
    AND (n.waiting > 0 OR b.last_at > now() - interval '30 minutes')
  ORDER BY b.id DESC LIMIT 20`;

export const BRIGADE = composeSql`SELECT ${ANSWER} WHERE b.site_id = $1 AND b.id = $2`;

/** Lists and dismisses brigades. */
@Injectable()
export class BrigadesService {
  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  /** Lists brigades that need attention: newest first for each site. */
  async list(sites: readonly SiteContext[]): Promise<BrigadeAnswer[]> {
    const lists: BrigadeAnswer[][] = [];
    for (const ctx of sites)
      lists.push(await this.database.inSite(ctx, (tx) => tx.query(ACTIVE_BRIGADES, [ctx.siteId])));
    return lists.flat();
  }

  /**
   * Records that the group is not a brigade. For the given number of hours, no more comments are held because of its
   * story or text. Held comments stay held. Dismissing it again changes the end of this period.
   *
   * @throws Problem 404
   */
  dismiss(ctx: SiteContext, id: BrigadeId, hours = DEFAULT_DISMISSAL_HOURS): Promise<BrigadeAnswer> {
    const { moderatorId, apiCaller } = deciderOf(ctx.principal);
    return this.change(ctx, id, (tx) =>
      tx.query(
        sql`UPDATE brigade SET dismissed_at = $3, dismissed_until = now() + make_interval(hours => $4::int),
           moderator_id = $5, api_caller = $6
         WHERE site_id = $1 AND id = $2`,
        [ctx.siteId, id, this.clock.now(), hours, moderatorId, apiCaller],
      ),
    );
  }

  /**
   * Undoes a dismissal. Does nothing if there is none.
   * @throws Problem 404
   */
  restore(ctx: SiteContext, id: BrigadeId): Promise<BrigadeAnswer> {
    return this.change(ctx, id, (tx) =>
      tx.query(
        sql`UPDATE brigade SET dismissed_at = NULL, dismissed_until = NULL, moderator_id = NULL, api_caller = NULL
         WHERE site_id = $1 AND id = $2 AND dismissed_at IS NOT NULL`,
        [ctx.siteId, id],
      ),
    );
  }

  private change(
    ctx: SiteContext,
    id: BrigadeId,
    write: (tx: Tx) => Promise<unknown>,
  ): Promise<BrigadeAnswer> {
    return this.database.inSite(ctx, async (tx) => {
      await write(tx);
      const [brigade] = await tx.query<BrigadeAnswer>(BRIGADE, [ctx.siteId, id]);
      if (!brigade) throw notFound('This group');
      await publishBrigadeQueueEvent(this.pubsub, tx, ctx);
      return brigade;
    });
  }
}
