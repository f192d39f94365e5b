import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { hiddenWords, type HiddenWords } from '../scoring/hidden-words.js';
import { composeSql } from '../../platform/database/sql.js';

/** One comment of a conversation, which moderators see even if readers do not. */
export interface ConversationComment {
  id: CommentId;
  parentId: CommentId | null;
  /** 0 for a top-level comment. */
  depth: number;
  author: { id: string; name: string } | null;
  /** The staff member who wrote it, if it was posted as the publication. */
  writtenBy: { id: string; name: string } | null;
  body: string | null;
  hidden: HiddenWords;
  status: string;
  createdAt: string;
}

const MAX_ABOVE = 30;
const MAX_BELOW = 50;

// The nearest ancestors, the comment, and the oldest replies to any of these, ordered by age.
export const CONVERSATION = composeSql`
  WITH RECURSIVE up AS (
    SELECT c.id, c.parent_id, 0 AS above FROM comment c WHERE c.site_id = $1 AND c.id = $2
    UNION ALL
    SELECT p.id, p.parent_id, up.above + 1 FROM up JOIN comment p ON p.site_id = $1 AND p.id = up.parent_id
    WHERE up.above < ${MAX_ABOVE}
  ), chain AS (
    SELECT id, (SELECT max(above) FROM up) - above AS depth FROM up
  ), below AS (
    SELECT reply.id, chain.depth + 1 AS depth FROM chain
    JOIN comment reply ON reply.site_id = $1 AND reply.parent_id = chain.id
    WHERE reply.id NOT IN (SELECT id FROM chain)
    ORDER BY reply.id LIMIT ${MAX_BELOW}
  )
  SELECT c.id, c.parent_id AS "parentId", t.depth::int AS depth, c.status, ${isoSql(composeSql`c.created_at`)} AS "createdAt",
    CASE WHEN c.status <> 'deleted' THEN json_build_object('id', r.id, 'name', r.name) END AS author,
    CASE WHEN c.status <> 'deleted' THEN v.body END AS body,
    (SELECT json_build_object('id', m.id, 'name', m.name) FROM staff_answer sa JOIN moderator m ON m.id = sa.moderator_id
     WHERE sa.site_id = c.site_id AND sa.comment_id = c.id) AS "writtenBy"
  FROM (SELECT * FROM chain UNION ALL SELECT * FROM below) t
  JOIN comment c ON c.site_id = $1 AND c.id = t.id
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  ORDER BY c.id`;

@Injectable()
export class ConversationView {
  constructor(private readonly database: Database) {}

  /**
   * @returns the nearest 30 ancestors, the comment, and the oldest 50 replies to any of these, oldest first; empty if
   *   there is no such comment
   */
  async read(ctx: SiteContext, id: CommentId): Promise<ConversationComment[]> {
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<Omit<ConversationComment, 'hidden'>>(CONVERSATION, [ctx.siteId, id]),
    );
    return rows.map((row) => ({ ...row, hidden: hiddenWords(row.body) }));
  }
}
