import { Injectable } from '@nestjs/common';
import { Any } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import {
  newId,
  type CommentId,
  type Id,
  type ReaderId,
  type SiteId,
  type StoryId,
} from '../../platform/ids.js';
import { composeSql, sql } from '../../platform/database/sql.js';
import { NotificationEntity } from './notification.entity.js';
import { NotificationSettingsEntity } from './notification-settings.entity.js';

export const NOTIFICATION_KINDS = [
  'reply',
  'mention',
  'decision',
  'appeal',
  'story',
  'topic',
  'new-story',
  'message',
  'standing',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export type NotificationId = Id<'notification'>;

export interface NewNotification {
  readonly readerId: ReaderId;
  readonly kind: 'reply' | 'mention' | 'decision' | 'appeal';
  readonly commentId: CommentId;
  /** For a decision the new status, for an appeal its outcome. */
  readonly outcome: string | null;
  readonly at: Date;
}

/** A notification from moderators to a reader. */
export interface StaffNotification {
  readonly readerId: ReaderId;
  readonly kind: 'message' | 'standing';
  /** For a sanction the reader's new standing, or `reinstated`; null for a message. */
  readonly outcome: string | null;
  readonly text: string;
  readonly at: Date;
}

export type NotificationSettings = Readonly<Omit<NotificationSettingsEntity, 'siteId' | 'readerId'>>;

/** A new notification to email at once, because its reader has instant delivery. */
export interface EmailableNotification {
  readonly id: NotificationId;
}

/** A published reply and the author of the comment it replies to. */
export interface RepliedComment {
  readonly commentId: CommentId;
  readonly parentAuthorId: ReaderId;
}

/** A published comment containing an `@`, and the participants in its story. */
export interface CommentWithMentions {
  readonly commentId: CommentId;
  readonly body: string;
  readonly people: readonly { readonly id: ReaderId; readonly name: string }[];
}

/** The authors of this many of a story's newest comments can be mentioned. */
const MENTIONABLE_COMMENTS = 2_000;

/** Column list, FROM and WHERE of a SELECT of the rows in `added` whose readers have instant email delivery. */
const ADDED_WITH_INSTANT_EMAIL = composeSql`
  added.id FROM added JOIN reader_email m ON m.site_id = $1 AND m.reader_id = added.reader_id
  WHERE m.delivery = 'instant' AND m.confirmed_at IS NOT NULL`;

const WANTS_FOLLOWED = composeSql`
  NOT EXISTS (SELECT FROM notification_settings s WHERE s.site_id = $1 AND s.reader_id = f.reader_id AND NOT s.following)`;

const DOES_NOT_IGNORE = composeSql`
  NOT EXISTS (SELECT FROM ignored_author i WHERE i.site_id = $1 AND i.reader_id = f.reader_id AND i.author_id = c.author_id)`;

/** Column list and FROM of a SELECT of the readers who follow a topic of a story, with that topic. */
const TOPIC_FOLLOWERS = composeSql`
  DISTINCT ON (p.reader_id) p.reader_id, t.type, t.key
  FROM story_topic t
  JOIN portfolio_topic x ON x.site_id = t.site_id AND x.type = t.type AND x.key = t.key AND x.since <= $3
  JOIN portfolio p ON p.site_id = x.site_id AND p.id = x.portfolio_id AND p.alerts`;

// Readers who follow both the story and a topic are notified as followers of the story. Readers already notified of a
// reply or mention are skipped.
export const FIND_FOLLOWERS = composeSql`
  WITH c AS (
    SELECT c.id, c.story_id, c.author_id FROM comment c WHERE c.site_id = $1 AND c.id = $2 AND c.visible
  ), story_followers AS (
    SELECT f.reader_id FROM c JOIN followed_story f ON f.site_id = $1 AND f.story_id = c.story_id
    WHERE f.since <= $3
  ), f AS (
    SELECT reader_id, 'story' AS kind, NULL::text AS type, NULL::text AS key FROM story_followers
    UNION ALL
    SELECT o.reader_id, 'topic', o.type, o.key
    FROM (SELECT ${TOPIC_FOLLOWERS} WHERE t.site_id = $1 AND t.story_id = (SELECT story_id FROM c) ORDER BY p.reader_id, t.key) o
    WHERE o.reader_id NOT IN (SELECT reader_id FROM story_followers)
  )
  SELECT f.reader_id AS "readerId", f.kind, c.id AS "commentId", c.story_id AS "storyId", f.type, f.key FROM c, f
  WHERE f.reader_id <> c.author_id AND ${WANTS_FOLLOWED} AND ${DOES_NOT_IGNORE}
    AND NOT EXISTS (
      SELECT FROM notification n WHERE n.site_id = $1 AND n.reader_id = f.reader_id AND n.comment_id = c.id)`;

export const FIND_FOLLOWERS_OF_NEW_STORY = composeSql`
  SELECT f.reader_id AS "readerId", 'new-story' AS kind, NULL::uuid AS "commentId", $2::uuid AS "storyId", f.type, f.key
  FROM (
    SELECT ${TOPIC_FOLLOWERS} JOIN story s ON s.site_id = t.site_id AND s.id = t.story_id AND coalesce(s.published_at, $3) > $4
    WHERE t.site_id = $1 AND t.story_id = $2 ORDER BY p.reader_id, t.key
  ) f WHERE ${WANTS_FOLLOWED}`;

export const INSERT_FOR_FOLLOWERS = composeSql`
  WITH added AS (
    INSERT INTO notification (site_id, id, reader_id, kind, comment_id, story_id, topic_type, topic_key, created_at)
    SELECT $1::uuid, n.id, n.reader_id, n.kind, n.comment_id, n.story_id, n.type, n.key, $8
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $9::text[])
      AS n (id, reader_id, kind, comment_id, story_id, type, key)
    ON CONFLICT DO NOTHING
    RETURNING id, reader_id
  ) SELECT ${ADDED_WITH_INSTANT_EMAIL}`;

interface Follower {
  readonly readerId: ReaderId;
  readonly kind: 'story' | 'topic' | 'new-story';
  readonly commentId: CommentId | null;
  readonly storyId: StoryId;
  readonly type: string | null;
  readonly key: string | null;
}

export const INSERT_NOTIFICATIONS = composeSql`
  WITH added AS (
  INSERT INTO notification (site_id, id, reader_id, kind, comment_id, outcome, created_at)
  SELECT $1::uuid, n.id, n.reader_id, n.kind, n.comment_id, n.outcome, n.created_at
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::timestamptz[])
    WITH ORDINALITY AS n (id, reader_id, kind, comment_id, outcome, created_at, number)
  JOIN comment c ON c.site_id = $1 AND c.id = n.comment_id
  LEFT JOIN notification_settings s ON s.site_id = $1 AND s.reader_id = n.reader_id
  WHERE CASE n.kind WHEN 'reply' THEN coalesce(s.replies, true) WHEN 'mention' THEN coalesce(s.mentions, true)
      ELSE coalesce(s.decisions, true) END
    AND (c.author_id = n.reader_id OR NOT EXISTS (
      SELECT FROM ignored_author i WHERE i.site_id = $1 AND i.reader_id = n.reader_id AND i.author_id = c.author_id
    ))
  ORDER BY n.number
  ON CONFLICT DO NOTHING
  RETURNING id, reader_id
  ) SELECT ${ADDED_WITH_INSTANT_EMAIL}`;

export const INSERT_STAFF_NOTIFICATIONS = composeSql`WITH added AS (
     INSERT INTO notification (site_id, id, reader_id, kind, outcome, text, created_at)
     SELECT $1::uuid, n.id, n.reader_id, n.kind, n.outcome, n.text, n.created_at
     FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       AS n (id, reader_id, kind, outcome, text, created_at)
     RETURNING id, reader_id
   ) SELECT ${ADDED_WITH_INSTANT_EMAIL}`;

/** Writes notifications and finds their recipients. */
@Injectable()
export class NotificationRepository {
  /**
   * Skips notifications that readers turned off or already have. Of two about one comment, only the first is stored.
   */
  add(tx: Tx, siteId: SiteId, notifications: readonly NewNotification[]): Promise<EmailableNotification[]> {
    return tx.prepared<EmailableNotification>('notification-add', INSERT_NOTIFICATIONS, [
      siteId,
      notifications.map(({ at }) => newId<'notification'>(at.getTime())),
      notifications.map(({ readerId }) => readerId),
      notifications.map(({ kind }) => kind),
      notifications.map(({ commentId }) => commentId),
      notifications.map(({ outcome }) => outcome),
      notifications.map(({ at }) => at),
    ]);
  }

  /** Ignores the reader's settings, because these notifications cannot be turned off. */
  addFromStaff(
    tx: Tx,
    siteId: SiteId,
    notifications: readonly StaffNotification[],
  ): Promise<EmailableNotification[]> {
    return tx.query<EmailableNotification>(INSERT_STAFF_NOTIFICATIONS, [
      siteId,
      notifications.map(({ at }) => newId<'notification'>(at.getTime())),
      notifications.map(({ readerId }) => readerId),
      notifications.map(({ kind }) => kind),
      notifications.map(({ outcome }) => outcome),
      notifications.map(({ text }) => text),
      notifications.map(({ at }) => at),
    ]);
  }

  /**
   * Notifies the followers of the comment's story or of one of its topics. An unread notification also covers all
   * later comments.
   */
  async notifyFollowers(
    tx: Tx,
    siteId: SiteId,
    commentId: CommentId,
    at: Date,
  ): Promise<EmailableNotification[]> {
    const followers = await tx.query<Follower>(FIND_FOLLOWERS, [siteId, commentId, at]);
    return this.insertForFollowers(tx, siteId, followers, at);
  }

  /**
   * @param youngerThan stories published earlier are skipped: they were imported or registered late and are not news
   */
  async notifyFollowersOfNewStory(
    tx: Tx,
    siteId: SiteId,
    storyId: StoryId,
    at: Date,
    youngerThan: Date,
  ): Promise<EmailableNotification[]> {
    const followers = await tx.query<Follower>(FIND_FOLLOWERS_OF_NEW_STORY, [
      siteId,
      storyId,
      at,
      youngerThan,
    ]);
    return this.insertForFollowers(tx, siteId, followers, at);
  }

  findRepliedAuthors(tx: Tx, siteId: SiteId, ids: readonly CommentId[]): Promise<RepliedComment[]> {
    return tx.prepared<RepliedComment>(
      'notification-replied',
      sql`SELECT c.id AS "commentId", p.author_id AS "parentAuthorId"
       FROM comment c JOIN comment p ON p.site_id = c.site_id AND p.id = c.parent_id
       WHERE c.site_id = $1 AND c.id = ANY ($2::uuid[]) AND p.author_id <> c.author_id`,
      [siteId, ids],
    );
  }

  /** @returns those of the comments that contain an `@` */
  findCommentsWithMentions(
    tx: Tx,
    siteId: SiteId,
    ids: readonly CommentId[],
  ): Promise<CommentWithMentions[]> {
    return tx.prepared<CommentWithMentions>(
      'notification-mentions',
      sql`SELECT c.id AS "commentId", t.body, (
         SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', r.name)), '[]') FROM reader r
         WHERE r.site_id = c.site_id AND r.id <> c.author_id AND r.id IN (
           SELECT author_id FROM (
             SELECT o.author_id FROM comment o WHERE o.site_id = c.site_id AND o.story_id = c.story_id AND o.visible
             ORDER BY o.id DESC LIMIT $3
           ) recent
         )
       ) AS people
       FROM comment c
       JOIN revision t ON t.site_id = c.site_id AND t.comment_id = c.id AND t.number = c.revision
       WHERE c.site_id = $1 AND c.id = ANY ($2::uuid[]) AND strpos(t.body, '@') > 0`,
      [siteId, ids, MENTIONABLE_COMMENTS],
    );
  }

  /** @param upTo the newest notification that the reader has seen; null: all are marked */
  async markRead(tx: Tx, siteId: SiteId, readerId: ReaderId, upTo: string | null, at: Date): Promise<void> {
    await tx.query(
      sql`UPDATE notification SET read_at = $4
       WHERE site_id = $1 AND reader_id = $2 AND read_at IS NULL AND ($3::uuid IS NULL OR id <= $3)`,
      [siteId, readerId, upTo, at],
    );
  }

  async settings(tx: Tx, siteId: SiteId, readerId: ReaderId): Promise<NotificationSettings> {
    const row = await tx.manager.getRepository(NotificationSettingsEntity).findOneBy({ siteId, readerId });
    if (!row) return { replies: true, mentions: true, decisions: true, following: true };
    const { replies, mentions, decisions, following } = row;
    return { replies, mentions, decisions, following };
  }

  /** @returns the stored settings; a setting that is left out keeps its value */
  async setSettings(
    tx: Tx,
    siteId: SiteId,
    readerId: ReaderId,
    settings: Partial<NotificationSettings>,
  ): Promise<NotificationSettings> {
    await tx.manager
      .getRepository(NotificationSettingsEntity)
      .upsert({ siteId, readerId, ...settings }, ['siteId', 'readerId']);
    return this.settings(tx, siteId, readerId);
  }

  async deleteForReaders(tx: Tx, siteId: SiteId, readerIds: readonly ReaderId[]): Promise<void> {
    for (const rows of [NotificationEntity, NotificationSettingsEntity])
      await tx.manager.delete(rows, { siteId, readerId: Any(readerIds) });
  }

  private async insertForFollowers(
    tx: Tx,
    siteId: SiteId,
    followers: readonly Follower[],
    at: Date,
  ): Promise<EmailableNotification[]> {
    if (followers.length === 0) return [];
    return tx.query<EmailableNotification>(INSERT_FOR_FOLLOWERS, [
      siteId,
      followers.map(() => newId<'notification'>(at.getTime())),
      followers.map(({ readerId }) => readerId),
      followers.map(({ kind }) => kind),
      followers.map(({ commentId }) => commentId),
      followers.map(({ storyId }) => storyId),
      followers.map(({ type }) => type),
      at,
      followers.map(({ key }) => key),
    ]);
  }

  /** @returns how many were deleted, at most `max` */
  async purge(tx: Tx, before: Date, max: number): Promise<number> {
    const [{ count }] = await tx.query<{ count: number }>(sql`SELECT purge_notifications($1, $2) AS count`, [
      before,
      max,
    ]);
    return count;
  }
}
