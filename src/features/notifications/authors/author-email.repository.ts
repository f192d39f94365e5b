import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Tx } from '../../../platform/database/database.js';
import type { CommentId, SiteId, StoryId } from '../../../platform/ids.js';
import { EXCERPT_SOURCE_CHARS, excerptOf } from '../../comments/excerpt.js';
import { AuthorEmailCommentEntity } from './author-email-comment.entity.js';
import { AuthorEmailScheduleEntity } from './author-email-schedule.entity.js';
import type { AuthorEmailHistory } from './author-email-schedule.js';
import { sql } from '../../../platform/database/sql.js';

export interface StoryWithAuthors extends AuthorEmailHistory {
  readonly storyId: StoryId;
}

/** A comment shown in the email. */
export interface EmailedComment {
  readonly id: CommentId;
  readonly author: string;
  /** Name of the author it replies to; null for a top-level comment. */
  readonly repliesTo: string | null;
  readonly excerpt: string;
}

/** Stores which comments are new to the authors of a story, and when the next email is due. */
@Injectable()
export class AuthorEmailRepository {
  /** @returns those of the stories that have an author who has not unsubscribed */
  storiesWithAuthors(tx: Tx, siteId: SiteId, storyIds: readonly StoryId[]): Promise<StoryWithAuthors[]> {
    return tx.prepared<StoryWithAuthors>(
      'stories-with-authors',
      sql`SELECT s.story_id AS "storyId", e.first_at AS "firstAt", e.last_at AS "lastAt"
       FROM (
         SELECT DISTINCT a.story_id FROM story_author a
         WHERE a.site_id = $1 AND a.story_id = ANY ($2::uuid[]) AND NOT EXISTS (
           SELECT FROM author_email_opt_out o WHERE o.site_id = a.site_id AND o.address = a.address)
       ) s LEFT JOIN author_email_schedule e ON e.site_id = $1 AND e.story_id = s.story_id`,
      [siteId, storyIds],
    );
  }

  /** Skips comments that were already added. */
  async add(
    tx: Tx,
    siteId: SiteId,
    comments: readonly { commentId: CommentId; storyId: StoryId }[],
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO author_email_comment (site_id, comment_id, story_id)
       SELECT $1, n.comment_id, n.story_id FROM unnest($2::uuid[], $3::uuid[]) AS n (comment_id, story_id)
       JOIN comment c ON c.site_id = $1 AND c.id = n.comment_id
       ON CONFLICT DO NOTHING`,
      [siteId, comments.map(({ commentId }) => commentId), comments.map(({ storyId }) => storyId)],
    );
  }

  /** Keeps the due time of an email that is already scheduled. */
  async setDue(tx: Tx, siteId: SiteId, storyId: StoryId, dueAt: Date): Promise<void> {
    await tx.query(
      sql`INSERT INTO author_email_schedule AS e (site_id, story_id, due_at)
       SELECT $1, $2, $3 WHERE EXISTS (
         SELECT FROM author_email_comment n WHERE n.site_id = $1 AND n.story_id = $2 AND n.emailed_at IS NULL)
       ON CONFLICT (site_id, story_id) DO UPDATE SET due_at = coalesce(e.due_at, excluded.due_at)`,
      [siteId, storyId, dueAt],
    );
  }

  listDue(tx: Tx, now: Date, max: number): Promise<{ siteId: SiteId; storyId: StoryId }[]> {
    return tx.query(sql`SELECT site_id AS "siteId", story_id AS "storyId" FROM due_author_emails($1, $2)`, [
      now,
      max,
    ]);
  }

  /**
   * Claims a due email for this worker.
   * @returns null if another worker claimed it or it is not due
   */
  async claim(
    tx: Tx,
    siteId: SiteId,
    storyId: StoryId,
    now: Date,
  ): Promise<{ dueAt: Date; title: string; url: string } | null> {
    const [row] = await tx.query<{ dueAt: Date; title: string; url: string }>(
      sql`SELECT e.due_at AS "dueAt", s.title, s.url FROM author_email_schedule e
       JOIN story s ON s.site_id = e.site_id AND s.id = e.story_id
       WHERE e.site_id = $1 AND e.story_id = $2 AND e.due_at <= $3 FOR UPDATE OF e SKIP LOCKED`,
      [siteId, storyId, now],
    );
    if (!row) return null;
    await tx.manager.getRepository(AuthorEmailScheduleEntity).update({ siteId, storyId }, { dueAt: null });
    return row;
  }

  /**
   * Returns the number of unsent comments and the newest `max` of them, newest first. Comments that are no longer visible
   * are deleted from the list; one that becomes visible again is added again as new.
   */
  async listUnsent(
    tx: Tx,
    siteId: SiteId,
    storyId: StoryId,
    max: number,
  ): Promise<{ count: number; newest: EmailedComment[] }> {
    const [{ count }] = await tx.query<{ count: number }>(
      sql`WITH dropped AS (
         DELETE FROM author_email_comment n USING comment c
         WHERE n.site_id = $1 AND n.story_id = $2 AND n.emailed_at IS NULL
           AND c.site_id = $1 AND c.id = n.comment_id AND NOT (c.visible AND c.story_id = $2)
         RETURNING n.comment_id
       )
       SELECT count(*)::int AS count FROM author_email_comment n
       WHERE n.site_id = $1 AND n.story_id = $2 AND n.emailed_at IS NULL
         AND n.comment_id NOT IN (SELECT comment_id FROM dropped)`,
      [siteId, storyId],
    );
    if (count === 0) return { count, newest: [] };
    const rows = await tx.query<EmailedComment>(
      sql`SELECT c.id, r.name AS author, p.name AS "repliesTo", left(v.body, $4) AS excerpt
       FROM author_email_comment n
       JOIN comment c ON c.site_id = n.site_id AND c.id = n.comment_id
       JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
       JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.shown_revision
       LEFT JOIN comment o ON o.site_id = c.site_id AND o.id = c.parent_id AND o.visible
       LEFT JOIN reader p ON p.site_id = o.site_id AND p.id = o.author_id
       WHERE n.site_id = $1 AND n.story_id = $2 AND n.emailed_at IS NULL
       ORDER BY c.published_at DESC, c.id DESC LIMIT $3`,
      [siteId, storyId, max, EXCERPT_SOURCE_CHARS],
    );
    return { count, newest: rows.map((row) => ({ ...row, excerpt: excerptOf(row.excerpt) })) };
  }

  async markEmailed(tx: Tx, siteId: SiteId, storyId: StoryId, now: Date): Promise<void> {
    await tx.manager
      .getRepository(AuthorEmailCommentEntity)
      .update({ siteId, storyId, emailedAt: IsNull() }, { emailedAt: now });
  }

  async recordEmailSent(tx: Tx, siteId: SiteId, storyId: StoryId, now: Date): Promise<void> {
    await tx.query(
      sql`UPDATE author_email_schedule SET first_at = coalesce(first_at, $3), last_at = $3 WHERE site_id = $1 AND story_id = $2`,
      [siteId, storyId, now],
    );
  }

  async purge(tx: Tx, before: Date, max: number): Promise<number> {
    const [{ count }] = await tx.query<{ count: number }>(
      sql`SELECT purge_author_email_comments($1, $2) AS count`,
      [before, max],
    );
    return count;
  }
}
