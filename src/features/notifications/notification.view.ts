import { Injectable } from '@nestjs/common';
import { Database, SCOPE, type Tx } from '../../platform/database/database.js';
import { Cursors } from '../../platform/http/cursor.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { EXCERPT_SOURCE_CHARS, excerptOf } from '../comments/excerpt.js';
import type { NotificationId, NotificationKind } from './notification.repository.js';
import { composeSql } from '../../platform/database/sql.js';

export interface ListedNotification {
  readonly id: NotificationId;
  readonly kind: NotificationKind;
  readonly outcome: string | null;
  readonly createdAt: string;
  readonly readAt: string | null;
  readonly comment: {
    readonly id: string;
    readonly author: { readonly id: string; readonly name: string };
    /** The beginning of the text. */
    readonly excerpt: string;
    /** One of the site's reason codes. */
    readonly reason: string | null;
    /** The text shown to the author; null: the site's current text for the reason. */
    readonly reasonText: string | null;
  } | null;
  /** The number of comments it covers. More than one if later comments arrived while it was unread. */
  readonly count: number;
  readonly topic: { readonly type: string; readonly key: string; readonly name: string } | null;
  /** Null for `message` and `standing`. */
  readonly story: {
    readonly id: string;
    readonly key: string;
    readonly title: string;
    readonly url: string;
  } | null;
  /** For `message` and `standing`: the text written by moderators. */
  readonly text: string | null;
}

/** Counting stops here. Emails and the widget show this number as "99+". */
const MAX_COUNTED = 100;
// Notifications about other people's comments disappear when the comment is hidden. Those about the reader's own
// comments stay until the comment is deleted.
const IS_LISTED = composeSql`(n.kind IN ('new-story', 'message', 'standing') OR n.kind IN ('decision', 'appeal') AND c.status <> 'deleted' OR c.visible)`;
// Comments by others, from the notification's first one until it was read.
const IS_COVERED = composeSql`c.id IS NOT NULL AND o.site_id = n.site_id AND o.visible AND o.author_id <> n.reader_id
  AND o.published_at >= c.published_at AND (n.read_at IS NULL OR o.published_at <= n.read_at)`;

const COUNT_SQL = composeSql`CASE n.kind
  WHEN 'story' THEN (SELECT count(*) FROM (
    SELECT FROM comment o WHERE ${IS_COVERED} AND o.story_id = n.story_id LIMIT ${MAX_COUNTED}) x)
  WHEN 'topic' THEN (SELECT count(*) FROM (
    SELECT FROM story_topic st JOIN comment o ON o.story_id = st.story_id AND ${IS_COVERED}
    WHERE st.site_id = n.site_id AND st.type = n.topic_type AND st.key = n.topic_key LIMIT ${MAX_COUNTED}) x)
  ELSE 1 END`;

/** Column list and FROM of a SELECT of notifications `n` as they are listed. A WHERE clause must follow. */
const LISTED = composeSql`
  n.id, n.kind, n.outcome, ${isoSql(composeSql`n.created_at`)} AS "createdAt", ${isoSql(composeSql`n.read_at`)} AS "readAt",
    CASE WHEN c.id IS NOT NULL THEN
      json_build_object('id', c.id, 'author', json_build_object('id', r.id, 'name', r.name),
        'excerpt', left(t.body, ${EXCERPT_SOURCE_CHARS}), 'reason', c.reason, 'reasonText', c.reason_text) END AS comment,
    greatest(1, ${COUNT_SQL})::int AS count,
    CASE WHEN n.topic_key IS NOT NULL THEN
      json_build_object('type', n.topic_type, 'key', n.topic_key, 'name', coalesce(p.name, n.topic_key)) END AS topic,
    CASE WHEN s.id IS NOT NULL THEN
      json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url) END AS story, n.text
  FROM notification n
  LEFT JOIN comment c ON c.site_id = n.site_id AND c.id = n.comment_id
  LEFT JOIN story s ON s.site_id = n.site_id AND s.id = coalesce(c.story_id, n.story_id)
  LEFT JOIN topic p ON p.site_id = n.site_id AND p.type = n.topic_type AND p.key = n.topic_key
  LEFT JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  LEFT JOIN revision t ON t.site_id = c.site_id AND t.comment_id = c.id
    AND t.number = CASE WHEN n.kind IN ('decision', 'appeal') THEN c.revision ELSE c.shown_revision END`;

export const LIST_NOTIFICATIONS = composeSql`
  WITH ${SCOPE}
  SELECT page.* FROM scope CROSS JOIN LATERAL (
    SELECT ${LISTED}
    WHERE n.site_id = scope.id AND n.reader_id = $2 AND ${IS_LISTED} AND ($3::uuid IS NULL OR n.id < $3)
    ORDER BY n.id DESC LIMIT $4
  ) page ORDER BY page.id DESC`;

export const COUNT_UNREAD = composeSql`
  WITH ${SCOPE}
  SELECT counted.unread FROM scope CROSS JOIN LATERAL (
    SELECT count(*)::int AS unread FROM (
      SELECT 1 FROM notification n
      LEFT JOIN comment c ON c.site_id = n.site_id AND c.id = n.comment_id
      WHERE n.site_id = scope.id AND n.reader_id = $2 AND n.read_at IS NULL AND ${IS_LISTED}
      LIMIT ${MAX_COUNTED}
    ) shown OFFSET 0
  ) counted`;

export const LIST_FOR_EMAIL = composeSql`
  SELECT ${LISTED}
  WHERE n.site_id = $1 AND n.reader_id = $2 AND n.read_at IS NULL AND n.emailed_at IS NULL AND ${IS_LISTED}
    AND ($3::uuid IS NULL OR n.id = $3)
  ORDER BY n.id DESC LIMIT $4`;

@Injectable()
export class NotificationView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /**
   * Newest first.
   * @throws Problem 400 for a cursor that this list did not issue
   */
  async page(
    ctx: SiteContext,
    readerId: ReaderId,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<{ items: ListedNotification[]; next: string | null }> {
    const scope = `notifications:${readerId}`;
    const [before = null] = this.cursors.read(scope, cursor) ?? [];
    const values = [readerId, before, limit + 1];
    const rows = await this.database.statement<ListedNotification>(
      ctx,
      'notifications',
      LIST_NOTIFICATIONS,
      values,
    );
    return this.cursors.page(rows, limit, scope, (row) => [row.id], withExcerpt);
  }

  /** @returns the number of unread notifications, at most 100 */
  async countUnread(ctx: SiteContext, readerId: ReaderId): Promise<number> {
    const [row] = await this.database.statement<{ unread: number }>(
      ctx,
      'notifications-unread',
      COUNT_UNREAD,
      [readerId],
    );
    return row?.unread ?? 0;
  }

  /**
   * Lists the notifications to include in an email to the reader, newest first: those that are unread and were not
   * emailed before.
   *
   * @param onlyId the only notification to list; null: all
   */
  async listForEmail(
    tx: Tx,
    siteId: SiteId,
    readerId: ReaderId,
    onlyId: NotificationId | null,
    max: number,
  ): Promise<ListedNotification[]> {
    const rows = await tx.query<ListedNotification>(LIST_FOR_EMAIL, [siteId, readerId, onlyId, max]);
    return rows.map(withExcerpt);
  }
}

/** Cuts the text from the database down to its excerpt. */
function withExcerpt(row: ListedNotification): ListedNotification {
  const { comment } = row;
  return comment ? { ...row, comment: { ...comment, excerpt: excerptOf(comment.excerpt) } } : row;
}
