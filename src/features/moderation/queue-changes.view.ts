import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { CommentId, SiteId } from '../../platform/ids.js';
import type { Claimant } from './claims.service.js';
import { deciderSql, claimantsSql } from './queue-item.sql.js';
import { WAITING_STATE, type QueueState } from './queue-states.js';
import { composeSql } from '../../platform/database/sql.js';

/** The current state of a comment whose queue entry, status or claims changed, for event streams. */
export interface QueueChange {
  commentId: CommentId;
  status: string;
  /** The list in which it waits; null: it waits in none. */
  state: QueueState | null;
  /** The author if the comment is pending or deleted; otherwise who made its latest decision. */
  by: Claimant | 'rule';
  claimants: Claimant[];
  /** Section of its story. Moderators limited to other sections receive no event. */
  section: string | null;
}

export const QUEUE_CHANGES = composeSql`
  SELECT c.id AS "commentId", c.status, ${WAITING_STATE} AS state, ${claimantsSql('$3')} AS claimants,
    (SELECT s.section FROM story s WHERE s.site_id = c.site_id AND s.id = c.story_id) AS section,
    CASE
      WHEN c.status IN ('pending', 'deleted') THEN json_build_object('id', c.author_id, 'name', 'its author')
      ELSE coalesce((
        SELECT CASE WHEN d.decided_by = 'rule' THEN '"rule"'::json
                    ELSE json_build_object('id', coalesce(m.id::text, d.api_caller), 'name', coalesce(m.name, ${deciderSql('d')} ->> 'name', 'the API')) END
        FROM decision d LEFT JOIN moderator m ON m.id = d.moderator_id
        WHERE d.site_id = c.site_id AND d.comment_id = c.id ORDER BY d.created_at DESC, d.id DESC LIMIT 1), '"rule"')
    END AS by
  FROM comment c WHERE c.site_id = $1 AND c.id = ANY ($2::uuid[])`;

@Injectable()
export class QueueChangesView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns a change for each of the comments that exists, in no particular order */
  read(siteId: SiteId, ids: readonly CommentId[]): Promise<QueueChange[]> {
    return this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      tx.prepared<QueueChange>('queue-changes', QUEUE_CHANGES, [siteId, ids, this.clock.now()]),
    );
  }
}
