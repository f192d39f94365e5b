import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { CommentId, ReaderId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { composeSql, sql, type Sql } from '../../platform/database/sql.js';

/** Result of adding or removing a reaction. */
export interface Tally {
  readonly storyId: StoryId;
  /** Counts by kind; kinds without reactions are absent. */
  readonly reactions: Record<string, number>;
  /** False if the reaction already existed, or did not exist when removing it. */
  readonly changed: boolean;
}

// Locks the comment first, so that its counts change by exactly the number of rows inserted or deleted.
export function changeReactionSql(change: 'add' | 'remove'): Sql {
  const isAdded = change === 'add';
  const rows = isAdded
    ? composeSql`INSERT INTO reaction (site_id, comment_id, reader_id, kind, created_at)
    SELECT $1::uuid, $2::uuid, $3::uuid, $4::text, $5::timestamptz FROM target
    ON CONFLICT DO NOTHING`
    : composeSql`DELETE FROM reaction
    WHERE site_id = $1 AND comment_id = $2 AND reader_id = $3 AND kind = $4 AND EXISTS (SELECT FROM target)`;
  const counts = isAdded
    ? composeSql`jsonb_set(reactions, ARRAY[$4::text], to_jsonb(coalesce((reactions ->> $4)::int, 0) + 1))`
    : composeSql`CASE WHEN (reactions ->> $4)::int > 1 THEN jsonb_set(reactions, ARRAY[$4::text], to_jsonb((reactions ->> $4)::int - 1)) ELSE reactions - $4 END`;
  return composeSql`
  WITH target AS (
    SELECT c.story_id, c.reactions FROM comment c WHERE c.site_id = $1 AND c.id = $2 AND c.visible FOR NO KEY UPDATE
  ), changed AS (
    ${rows}
    RETURNING 1
  ), counted AS (
    UPDATE comment SET reactions = ${counts}, reaction_count = reaction_count ${isAdded ? '+' : '-'} 1
    WHERE site_id = $1 AND id = $2 AND EXISTS (SELECT FROM changed)
    RETURNING reactions
  )
  SELECT t.story_id AS "storyId", coalesce((SELECT reactions FROM counted), t.reactions) AS reactions,
    EXISTS (SELECT FROM counted) AS changed
  FROM target t`;
}

const ADD_REACTION = changeReactionSql('add');
const REMOVE_REACTION = changeReactionSql('remove');

@Injectable()
export class ReactionRepository {
  async find(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    readerId: ReaderId | null,
    kind: string,
  ): Promise<{ reactions: Record<string, number>; mine: boolean }> {
    const [row] = await tx.query<{ reactions: Record<string, number>; mine: boolean }>(
      sql`SELECT c.reactions, EXISTS (
         SELECT FROM reaction r WHERE r.site_id = $1 AND r.comment_id = $2 AND r.reader_id = $3 AND r.kind = $4
       ) AS mine
       FROM comment c WHERE c.site_id = $1 AND c.id = $2`,
      [ctx.siteId, commentId, readerId, kind],
    );
    return row;
  }

  /** @returns null if there is no visible comment with that ID */
  async add(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    readerId: ReaderId,
    kind: string,
    at: Date,
  ): Promise<Tally | null> {
    const [tally] = await tx.prepared<Tally>('reaction-add', ADD_REACTION, [
      ctx.siteId,
      commentId,
      readerId,
      kind,
      at,
    ]);
    return tally ?? null;
  }

  /** @returns null if there is no visible comment with that ID */
  async remove(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    readerId: ReaderId,
    kind: string,
  ): Promise<Tally | null> {
    const [tally] = await tx.prepared<Tally>('reaction-remove', REMOVE_REACTION, [
      ctx.siteId,
      commentId,
      readerId,
      kind,
    ]);
    return tally ?? null;
  }
}
