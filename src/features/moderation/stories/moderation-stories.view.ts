import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Cursors, type Page } from '../../../platform/http/cursor.js';
import { notFound } from '../../../platform/http/problem.js';
import { firstIdAt, type StoryId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import type { ModerationStory, StoryRecord } from './moderation-stories.dto.js';
import { composeSql } from '../../../platform/database/sql.js';

/**
 * Number of newest stories that are searched. The limit is needed because row-level security prevents the use of an index.
 */
const LOOK_BACK = 20_000;
const MAX_COUNTED = 10_000;
const DAY_MS = 24 * 60 * 60_000;

/** Whether the strict mode of the alias `x` is in effect. */
export const IS_STRICT = composeSql`(x.ends_at IS NULL OR x.ends_at > now())`;

const STORY = composeSql`json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url, 'section', s.section,
  'state', s.state, 'closesAt', ${isoSql(composeSql`story_closes_at(s)`)}, 'closesByAge', s.state = 'open' AND s.closes_at IS NULL
    AND story_closes_at(s) IS NOT NULL,
  'strict', EXISTS (SELECT FROM strict_story x WHERE x.site_id = s.site_id AND x.story_id = s.id AND ${IS_STRICT}),
  'comments', s.comment_count,
  'waiting', (SELECT count(*) FROM comment c WHERE c.site_id = s.site_id AND c.story_id = s.id AND c.status = 'held'),
  'createdAt', ${isoSql(composeSql`s.created_at`)})`;

export const STORY_RECORD = composeSql`
  WITH shown AS MATERIALIZED (
    SELECT c.author_id, c.reaction_count, c.flag_count, c.id >= $3::uuid AS today FROM comment c
    WHERE c.site_id = $1 AND c.story_id = $2 AND c.visible ORDER BY c.id DESC LIMIT ${MAX_COUNTED})
  SELECT ${STORY} AS story,
    (SELECT json_build_object('moderators', (
        SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY m.name), '[]')
        FROM moderator m WHERE m.id = ANY (x.moderators)), 'reason', x.reason,
      'by', CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'name', b.name) END, 'since', ${isoSql(composeSql`x.created_at`)},
      'until', ${isoSql(composeSql`x.ends_at`)})
     FROM strict_story x LEFT JOIN moderator b ON b.id = x.moderator_id
     WHERE x.site_id = $1 AND x.story_id = $2 AND ${IS_STRICT}) AS strict,
    (SELECT json_build_object('published', s.comment_count, 'held', count(*) FILTER (WHERE c.status = 'held'),
       'rejected', count(*) FILTER (WHERE c.status = 'rejected'), 'removed', count(*) FILTER (WHERE c.status = 'removed'),
       'readers', (SELECT count(DISTINCT author_id) FROM shown), 'today', (SELECT count(*) FROM shown WHERE today),
       'reactions', (SELECT coalesce(sum(reaction_count), 0) FROM shown),
       'flagged', (SELECT count(*) FROM shown WHERE flag_count > 0))
     FROM comment c WHERE c.site_id = $1 AND c.story_id = $2
       AND c.status IN ('pending', 'held', 'rejected', 'removed')) AS statistics,
    (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY m.name), '[]') FROM moderator m
     WHERE m.role_everywhere IN ('moderator', 'admin', 'owner') OR EXISTS (
       SELECT FROM moderator_role r WHERE r.site_id = $1 AND r.moderator_id = m.id AND r.role <> 'viewer')) AS moderators,
    (SELECT coalesce(json_agg(json_build_object('id', c.id, 'author', r.name, 'excerpt', left(v.body, 280),
        'picked', c.picked_at IS NOT NULL, 'pinned', c.pinned_at IS NOT NULL, 'replies', c.reply_count,
        'reactions', c.reaction_count, 'createdAt', ${isoSql(composeSql`c.created_at`)})
        ORDER BY c.pinned_at IS NOT NULL DESC, c.picked_at IS NOT NULL DESC, c.id DESC), '[]')
     FROM (
       SELECT * FROM (
         (SELECT c.* FROM comment c WHERE c.site_id = $1 AND c.story_id = $2 AND c.visible
            AND (c.picked_at IS NOT NULL OR c.pinned_at IS NOT NULL) ORDER BY c.id DESC LIMIT 20)
         UNION
         (SELECT c.* FROM comment c WHERE c.site_id = $1 AND c.story_id = $2 AND c.parent_id IS NULL AND c.visible
          ORDER BY c.id DESC LIMIT 20)) candidate) c
     JOIN reader r ON r.site_id = $1 AND r.id = c.author_id
     JOIN revision v ON v.site_id = $1 AND v.comment_id = c.id AND v.number = c.shown_revision) AS comments
  FROM story s WHERE s.site_id = $1 AND s.id = $2`;

interface Row {
  id: StoryId;
  item: ModerationStory;
}

export const STORIES = composeSql`SELECT s.id, ${STORY} AS item FROM (
         SELECT f.id FROM (
           SELECT s.* FROM story s WHERE s.site_id = $1 AND ($2::uuid IS NULL OR s.id < $2)
           ORDER BY s.id DESC LIMIT ${LOOK_BACK}) f
         WHERE ($3::text IS NULL OR f.key = $3 OR strpos(lower(f.title), lower($3)) > 0)
           AND ($4::text IS NULL OR f.state = $4 OR $4 = 'strict' AND EXISTS (
             SELECT FROM strict_story x WHERE x.site_id = $1 AND x.story_id = f.id AND ${IS_STRICT}))
         ORDER BY f.id DESC LIMIT $5) f JOIN story s ON s.site_id = $1 AND s.id = f.id
       ORDER BY s.id DESC`;

/** Reads stories for moderators, with waiting comments and strict mode. */
@Injectable()
export class ModerationStoriesView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /** Newest first. A search by words covers the newest 20,000 stories of each site. */
  async list(
    sites: readonly SiteContext[],
    query: { q?: string; state?: 'open' | 'closed' | 'strict'; cursor?: string; limit: number },
  ): Promise<Page<ModerationStory>> {
    const { state = null, cursor, limit } = query;
    const q = query.q?.trim() || null;
    const scope = `moderation-stories:${state ?? ''}:${q ?? ''}`;
    const [after = null] = this.cursors.read(scope, cursor) ?? [];
    const rows: Row[] = [];
    // Row-level security shows one site at a time, so read a page of each site and keep the first rows of all.
    for (const ctx of sites) {
      const found = await this.database.inSite(ctx, (tx) =>
        tx.query<Row>(STORIES, [ctx.siteId, after, q, state, limit + 1]),
      );
      rows.push(...found);
    }
    if (sites.length > 1) rows.sort((a, b) => (a.id < b.id ? 1 : -1));
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.id],
      (row) => row.item,
    );
  }

  /** @throws Problem 404 */
  async read(ctx: SiteContext, id: StoryId): Promise<StoryRecord> {
    const since = firstIdAt(this.clock.nowMs() - DAY_MS);
    const [record] = await this.database.inSite(ctx, (tx) =>
      tx.query<StoryRecord>(STORY_RECORD, [ctx.siteId, id, since]),
    );
    if (!record) throw notFound('This story');
    return record;
  }
}
