import { Injectable } from '@nestjs/common';
import { Database, SCOPE } from '../../platform/database/database.js';
import { Cursors } from '../../platform/http/cursor.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.js';
import type { NotificationId, NotificationKind } from './notification.repository.js';

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
    /** A code of the site's reasons. */
    readonly reason: string | null;
  };
  readonly story: { readonly id: string; readonly key: string; readonly title: string; readonly url: string };
}

const EXCERPT_CHARS = 160;
/** Beyond it, it is only "many". */
const MOST_COUNTED = 100;
// What became invisible for others is told no more; one's own is always there.
const TOLD = `(n.kind IN ('decision', 'appeal') AND c.status <> 'deleted' OR c.visible)`;

const PAGE = `
  WITH ${SCOPE}
  SELECT page.* FROM scope CROSS JOIN LATERAL (
    SELECT n.id, n.kind, n.outcome, ${isoSql('n.created_at')} AS "createdAt", ${isoSql('n.read_at')} AS "readAt",
      json_build_object('id', c.id, 'author', json_build_object('id', r.id, 'name', r.name),
        'excerpt', left(t.body, ${EXCERPT_CHARS}), 'reason', c.reason) AS comment,
      json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url) AS story
    FROM notification n
    JOIN comment c ON c.site_id = n.site_id AND c.id = n.comment_id AND ${TOLD}
    JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
    JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
    JOIN revision t ON t.site_id = c.site_id AND t.comment_id = c.id
      AND t.number = CASE WHEN n.kind IN ('reply', 'mention') THEN c.shown_revision ELSE c.revision END
    WHERE n.site_id = scope.id AND n.reader_id = $2 AND ($3::uuid IS NULL OR n.id < $3)
    ORDER BY n.id DESC LIMIT $4
  ) page ORDER BY page.id DESC`;

const UNREAD = `
  WITH ${SCOPE}
  SELECT told.unread FROM scope CROSS JOIN LATERAL (
    SELECT count(*)::int AS unread FROM (
      SELECT 1 FROM notification n
      JOIN comment c ON c.site_id = n.site_id AND c.id = n.comment_id AND ${TOLD}
      WHERE n.site_id = scope.id AND n.reader_id = $2 AND n.read_at IS NULL
      LIMIT ${MOST_COUNTED}
    ) one OFFSET 0
  ) told`;

@Injectable()
export class NotificationView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** Newest first. @throws Problem 400 for a cursor that this list did not give */
  async page(
    ctx: SiteContext,
    readerId: ReaderId,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<{ items: ListedNotification[]; next: string | null }> {
    const scope = `notifications:${readerId}`;
    const [before = null] = this.cursors.read(scope, cursor) ?? [];
    const values = [readerId, before, limit + 1];
    const rows = await this.database.statement<ListedNotification>(ctx, 'notifications', PAGE, values);
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.id],
      (row) => row,
    );
  }

  /** At most 100. */
  async unread(ctx: SiteContext, readerId: ReaderId): Promise<number> {
    const [row] = await this.database.statement<{ unread: number }>(ctx, 'notifications-unread', UNREAD, [
      readerId,
    ]);
    return row?.unread ?? 0;
  }
}
