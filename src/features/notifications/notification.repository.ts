import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { newId, type CommentId, type Id, type ReaderId, type SiteId } from '../../platform/ids.js';

export const NOTIFICATION_KINDS = ['reply', 'mention', 'decision', 'appeal'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export type NotificationId = Id<'notification'>;

export interface NewNotification {
  readonly readerId: ReaderId;
  readonly kind: NotificationKind;
  readonly commentId: CommentId;
  /** Of a decision the new status, of an appeal how it ended. */
  readonly outcome: string | null;
  readonly at: Date;
}

export interface Settings {
  readonly replies: boolean;
  readonly mentions: boolean;
  /** Decisions on own comments, appeals among them. */
  readonly decisions: boolean;
}

/** A published reply, and who wrote what it answers. */
export interface Answered {
  readonly commentId: CommentId;
  readonly parentAuthorId: ReaderId;
}

/** A published comment with an `@` in it, and the people of its story. */
export interface Speech {
  readonly commentId: CommentId;
  readonly body: string;
  readonly people: readonly { readonly id: ReaderId; readonly name: string }[];
}

/** So many of a story's newest comments tell who is in its conversation. */
const LOOKED_AT = 2_000;

const INSERT = `
  INSERT INTO notification (site_id, id, reader_id, kind, comment_id, outcome, created_at)
  SELECT $1::uuid, n.id, n.reader_id, n.kind, n.comment_id, n.outcome, n.created_at
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[])
    WITH ORDINALITY AS n (id, reader_id, kind, comment_id, outcome, created_at, place)
  JOIN comment c ON c.site_id = $1 AND c.id = n.comment_id
  LEFT JOIN notification_settings s ON s.site_id = $1 AND s.reader_id = n.reader_id
  WHERE CASE n.kind WHEN 'reply' THEN coalesce(s.replies, true) WHEN 'mention' THEN coalesce(s.mentions, true)
      ELSE coalesce(s.decisions, true) END
    AND (c.author_id = n.reader_id OR NOT EXISTS (
      SELECT FROM ignored_author i WHERE i.site_id = $1 AND i.reader_id = n.reader_id AND i.author_id = c.author_id
    ))
  ORDER BY n.place
  ON CONFLICT DO NOTHING`;

/** Writes of notifications, and what is asked before one. */
@Injectable()
export class NotificationRepository {
  /** Leaves out what readers do not want to hear of, and what they were told before; of two the first is kept. */
  async add(tx: Tx, siteId: SiteId, told: readonly NewNotification[]): Promise<void> {
    await tx.prepared('notification-add', INSERT, [
      siteId,
      told.map(({ at }) => newId<'notification'>(at.getTime())),
      told.map(({ readerId }) => readerId),
      told.map(({ kind }) => kind),
      told.map(({ commentId }) => commentId),
      told.map(({ outcome }) => outcome),
      told.map(({ at }) => at),
    ]);
  }

  answered(tx: Tx, siteId: SiteId, ids: readonly CommentId[]): Promise<Answered[]> {
    return tx.prepared<Answered>(
      'notification-answered',
      `SELECT c.id AS "commentId", p.author_id AS "parentAuthorId"
       FROM comment c JOIN comment p ON p.site_id = c.site_id AND p.id = c.parent_id
       WHERE c.site_id = $1 AND c.id = ANY ($2::uuid[]) AND p.author_id <> c.author_id`,
      [siteId, ids],
    );
  }

  /** Those of the comments that have an `@`. */
  speeches(tx: Tx, siteId: SiteId, ids: readonly CommentId[]): Promise<Speech[]> {
    return tx.prepared<Speech>(
      'notification-speeches',
      `SELECT c.id AS "commentId", t.body, (
         SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', r.name)), '[]') FROM reader r
         WHERE r.site_id = c.site_id AND r.id <> c.author_id AND r.id IN (
           SELECT author_id FROM (
             SELECT o.author_id FROM comment o WHERE o.site_id = c.site_id AND o.story_id = c.story_id AND o.visible
             ORDER BY o.id DESC LIMIT ${LOOKED_AT}
           ) recent
         )
       ) AS people
       FROM comment c
       JOIN revision t ON t.site_id = c.site_id AND t.comment_id = c.id AND t.number = c.revision
       WHERE c.site_id = $1 AND c.id = ANY ($2::uuid[]) AND strpos(t.body, '@') > 0`,
      [siteId, ids],
    );
  }

  /** @param upTo the newest that the reader has seen; null: all there are */
  async markRead(tx: Tx, siteId: SiteId, readerId: ReaderId, upTo: string | null, at: Date): Promise<void> {
    await tx.query(
      `UPDATE notification SET read_at = $4
       WHERE site_id = $1 AND reader_id = $2 AND read_at IS NULL AND ($3::uuid IS NULL OR id <= $3)`,
      [siteId, readerId, upTo, at],
    );
  }

  async settings(tx: Tx, siteId: SiteId, readerId: ReaderId): Promise<Settings> {
    const [row] = await tx.query<Settings>(
      'SELECT replies, mentions, decisions FROM notification_settings WHERE site_id = $1 AND reader_id = $2',
      [siteId, readerId],
    );
    return row ?? { replies: true, mentions: true, decisions: true };
  }

  async setSettings(
    tx: Tx,
    siteId: SiteId,
    readerId: ReaderId,
    { replies, mentions, decisions }: Settings,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO notification_settings (site_id, reader_id, replies, mentions, decisions) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (site_id, reader_id) DO UPDATE
       SET replies = excluded.replies, mentions = excluded.mentions, decisions = excluded.decisions`,
      [siteId, readerId, replies, mentions, decisions],
    );
  }

  async forget(tx: Tx, siteId: SiteId, readerIds: readonly ReaderId[]): Promise<void> {
    for (const table of ['notification', 'notification_settings'])
      await tx.query(`DELETE FROM ${table} WHERE site_id = $1 AND reader_id = ANY ($2::uuid[])`, [
        siteId,
        readerIds,
      ]);
  }

  /** @returns how many went, at most `max` */
  async purge(tx: Tx, before: Date, max: number): Promise<number> {
    const [{ gone }] = await tx.query<{ gone: number }>('SELECT purge_notifications($1, $2) AS gone', [
      before,
      max,
    ]);
    return gone;
  }
}
