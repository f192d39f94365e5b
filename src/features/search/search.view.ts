import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import type { StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { EXCERPT_SOURCE_CHARS, excerptOf } from '../comments/excerpt.js';
import { StoryTopicEntity } from '../stories/story-topic.entity.js';
import type { FoundStory, FoundTopic, TopicAnswer } from './search.dto.js';
import { toTsQuery } from './ts-query.js';
import { composeSql } from '../../platform/database/sql.js';

export interface StoryQuery {
  readonly text: string;
  readonly topic: { readonly type: string; readonly key: string } | null;
}

interface Paging {
  readonly cursor: string | undefined;
  readonly limit: number;
}

type LatestComment = TopicAnswer['comments'][number];

const STORY_COLUMNS = composeSql`s.id, s.key, s.title, s.url, s.section, ${isoSql(composeSql`s.published_at`)} AS "publishedAt", s.topics,
  s.comment_count AS total`;

// Sorted by ID, which is by registration time, because publishers often omit the publication time.
export const SEARCH_STORIES = composeSql`
  WITH ${SCOPE}
  SELECT page.* FROM scope CROSS JOIN LATERAL (
    SELECT ${STORY_COLUMNS} FROM story s
    WHERE s.site_id = scope.id AND ($2 = '' OR s.search_vector @@ $2::tsquery)
      AND ($3::text IS NULL OR EXISTS (
        SELECT FROM story_topic t WHERE t.site_id = s.site_id AND t.story_id = s.id AND t.type = $3 AND t.key = $4))
      AND ($5::uuid IS NULL OR s.id < $5)
    ORDER BY s.id DESC LIMIT $6
  ) page ORDER BY page.id DESC`;

export const SEARCH_TOPICS = composeSql`
  WITH ${SCOPE}
  SELECT page.* FROM scope CROSS JOIN LATERAL (
    SELECT p.type, p.key, p.name, (
      SELECT count(*)::int FROM story_topic t WHERE t.site_id = p.site_id AND t.type = p.type AND t.key = p.key
    ) AS stories
    FROM topic p
    WHERE p.site_id = scope.id AND ($3::text IS NULL OR p.type = $3)
      AND ($2 = '' OR starts_with(lower(p.key), lower($4)) OR to_tsvector('simple', p.name) @@ $2::tsquery)
      AND ($5::text IS NULL OR (p.name, p.type, p.key) > ($5, $6, $7))
    ORDER BY p.name, p.type, p.key LIMIT $8
  ) page ORDER BY page.name, page.type, page.key`;

// The caller requests more comments than it shows, because it filters out those on stories that the reader may not
// read.
export const LATEST_COMMENTS = composeSql`
  SELECT c.id, c.story_id AS "storyId", json_build_object('id', r.id, 'name', r.name) AS author,
    left(t.body, ${EXCERPT_SOURCE_CHARS}) AS excerpt, ${isoSql(composeSql`c.published_at`)} AS "publishedAt",
    json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url) AS story
  FROM (
    SELECT x.story_id FROM story_topic x
    WHERE x.site_id = $1 AND x.type = $2 AND x.key = $3 ORDER BY x.story_id DESC LIMIT 50
  ) recent
  CROSS JOIN LATERAL (
    SELECT * FROM comment o WHERE o.site_id = $1 AND o.story_id = recent.story_id AND o.parent_id IS NULL AND o.visible
    ORDER BY o.id DESC LIMIT $4
  ) c
  JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  JOIN revision t ON t.site_id = c.site_id AND t.comment_id = c.id AND t.number = c.shown_revision
  ORDER BY c.id DESC LIMIT $4`;

@Injectable()
export class SearchView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /**
   * Newest first.
   * @throws Problem 400 for a cursor that this list did not issue
   */
  async stories(ctx: SiteContext, { text, topic }: StoryQuery, paging: Paging): Promise<Page<FoundStory>> {
    const query = toTsQuery(text);
    const scope = `search:${JSON.stringify([query, topic?.type, topic?.key])}`;
    const [before = null] = this.cursors.read(scope, paging.cursor) ?? [];
    // If the input contains no words, find nothing rather than everything.
    if (query === '' && text.trim() !== '') return { items: [], next: null };
    const rows = await this.database.statement<FoundStory>(ctx, 'search-stories', SEARCH_STORIES, [
      query,
      topic?.type ?? null,
      topic?.key ?? null,
      before,
      paging.limit + 1,
    ]);
    return this.cursors.page(
      rows,
      paging.limit,
      scope,
      (row) => [row.id],
      (row) => row,
    );
  }

  /**
   * Sorted by name.
   * @throws Problem 400 for a cursor that this list did not issue
   */
  async topics(
    ctx: SiteContext,
    { words, type }: { words: string; type: string | null },
    paging: Paging,
  ): Promise<Page<FoundTopic>> {
    const query = toTsQuery(words);
    const scope = `topics:${JSON.stringify([query, type])}`;
    const [name = null, cursorType = null, key = null] = this.cursors.read(scope, paging.cursor) ?? [];
    if (query === '' && words.trim() !== '') return { items: [], next: null };
    const rows = await this.database.statement<FoundTopic>(ctx, 'search-topics', SEARCH_TOPICS, [
      query,
      type,
      words.trim(),
      name,
      cursorType,
      key,
      paging.limit + 1,
    ]);
    return this.cursors.page(
      rows,
      paging.limit,
      scope,
      (row) => [row.name, row.type, row.key],
      (row) => row,
    );
  }

  storyCount(ctx: SiteContext, type: string, key: string): Promise<number> {
    return this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(StoryTopicEntity).countBy({ siteId: ctx.siteId, type, key }),
    );
  }

  /** Latest top-level comments under the topic's 50 latest stories, newest first. */
  async latestComments(
    ctx: SiteContext,
    type: string,
    key: string,
    max: number,
  ): Promise<(LatestComment & { storyId: StoryId })[]> {
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<LatestComment & { storyId: StoryId }>(LATEST_COMMENTS, [ctx.siteId, type, key, max]),
    );
    return rows.map((row) => ({ ...row, excerpt: excerptOf(row.excerpt) }));
  }
}
