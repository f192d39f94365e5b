import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { timeOfId, type CommentId, type DecisionId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import {
  HumanDecisions,
  type DecidedComment,
  type DecidedText,
  type UndecidedText,
  type UndecidedTexts,
  type VerdictCount,
} from '../scoring/site-model/human-decisions.js';
import { MAX_DECISIONS } from '../scoring/site-model/training-limits.js';
import { type Sql, composeSql, sql } from '../../platform/database/sql.js';

/**
 * SQL for the latest decision on each text, newest first. $1 is the site. $2 limits how many decisions are read;
 * several can be about the same text, so there may be fewer rows.
 *
 * @param scope `text`: only decisions on revision $4 of comment $3; `language`: only comments in the language $3
 */
export const lastDecisionsSql = (scope: 'site' | 'text' | 'language'): Sql => composeSql`
  SELECT last.id AS "decisionId", last.comment_id AS "commentId", last.created_at AS "decidedAt", v.id AS "revisionId", v.body AS text, last.action IN ('reject', 'remove') AS refused, last.reason,
    (SELECT r.rule_key FROM decision r
     WHERE r.site_id = last.site_id AND r.comment_id = last.comment_id AND r.revision = last.revision
       AND r.decided_by = 'rule' AND r.id < last.id
     ORDER BY r.id DESC LIMIT 1) AS rule
  FROM (
    SELECT DISTINCT ON (d.comment_id, d.revision) d.*
    FROM (
      SELECT d.* FROM decision d
      WHERE d.site_id = $1 AND d.decided_by = 'moderator'${scope === 'text' ? composeSql` AND d.comment_id = $3 AND d.revision = $4` : composeSql``}
        AND d.action IN ('approve', 'reject', 'remove', 'restore')
        AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
      ORDER BY d.id DESC LIMIT $2) d
    ORDER BY d.comment_id, d.revision, d.id DESC) last
  JOIN comment c ON c.site_id = last.site_id AND c.id = last.comment_id AND c.status <> 'deleted'${scope === 'language' ? composeSql` AND c.language = $3` : composeSql``}
  JOIN reader a ON a.site_id = c.site_id AND a.id = c.author_id AND a.role <> 'staff'
  JOIN revision v ON v.site_id = last.site_id AND v.comment_id = last.comment_id AND v.number = last.revision
  ORDER BY last.id DESC`;

export const LATEST_PAGE = composeSql`SELECT * FROM (${lastDecisionsSql('site')}) latest
   WHERE $3::uuid IS NULL OR latest."decisionId" < $3 ORDER BY latest."decisionId" DESC LIMIT $4`;

export const LATEST_IN_LANGUAGE = composeSql`${lastDecisionsSql('language')} LIMIT $4`;

export const LATEST_COUNTS = composeSql`SELECT refused, reason, rule, count(*)::int AS texts FROM (${lastDecisionsSql('site')}) latest
   GROUP BY refused, reason, rule`;

/** Published texts that no moderator decided, newest first. $2 limits how many published comments are read. */
export const LATEST_UNDECIDED = composeSql`
  SELECT v.id AS "revisionId", v.body AS text, NULL::boolean AS "isRefused"
  FROM (SELECT * FROM comment WHERE site_id = $1 AND status = 'published' ORDER BY id DESC LIMIT $2) c
  JOIN reader a ON a.site_id = c.site_id AND a.id = c.author_id AND a.role <> 'staff'
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  WHERE NOT EXISTS (SELECT FROM decision d WHERE d.site_id = c.site_id AND d.comment_id = c.id AND d.decided_by = 'moderator')
  ORDER BY c.id DESC`;

/** Published texts that people reviewed in a random sample, latest first, if all reviews of the text agree. */
export const LATEST_REVIEWED = composeSql`
  SELECT v.id AS "revisionId", v.body AS text, bool_and(r.answer = 'refuse') AS "isRefused"
  FROM sample s
  JOIN sample_review r ON r.site_id = s.site_id AND r.sample_id = s.id AND r.answer <> 'unsure'
  JOIN comment c ON c.site_id = s.site_id AND c.id = s.comment_id AND c.status <> 'deleted'
  JOIN reader a ON a.site_id = c.site_id AND a.id = c.author_id AND a.role <> 'staff'
  JOIN revision v ON v.site_id = s.site_id AND v.comment_id = s.comment_id AND v.number = s.revision
  WHERE s.site_id = $1 AND s.outcome = 'publish'
    AND NOT EXISTS (SELECT FROM decision d WHERE d.site_id = s.site_id AND d.comment_id = s.comment_id AND d.decided_by = 'moderator')
  GROUP BY v.id, v.body HAVING count(DISTINCT r.answer) = 1
  ORDER BY max(s.created_at) DESC LIMIT $2`;

/**
 * Moderators' decisions that the site's model is trained on. Excludes escalations, undone decisions, and decisions
 * about comments by staff, which are approved because of their author, not their text.
 */
@Injectable()
export class HumanDecisionsView extends HumanDecisions {
  override latest(tx: Tx, ctx: SiteContext, max: number): Promise<DecidedText[]> {
    return tx.query<DecidedText>(lastDecisionsSql('site'), [ctx.siteId, max]);
  }

  override latestIn(tx: Tx, ctx: SiteContext, language: string, max: number): Promise<DecidedText[]> {
    return tx.query<DecidedText>(LATEST_IN_LANGUAGE, [ctx.siteId, MAX_DECISIONS, language, max]);
  }

  override page(
    tx: Tx,
    ctx: SiteContext,
    max: number,
    before: DecisionId | null,
    limit: number,
  ): Promise<DecidedComment[]> {
    return tx.query<DecidedComment>(LATEST_PAGE, [ctx.siteId, max, before, limit]);
  }

  override async undecided(
    tx: Tx,
    ctx: SiteContext,
    since: DecisionId,
    max: number,
  ): Promise<UndecidedTexts> {
    const reviewed = await tx.query<UndecidedText>(LATEST_REVIEWED, [ctx.siteId, max]);
    const latest = await tx.query<UndecidedText>(LATEST_UNDECIDED, [ctx.siteId, max]);
    const [{ published }] = await tx.query<{ published: number }>(
      sql`SELECT coalesce(sum(published), 0)::int AS published FROM decision_hour
       WHERE site_id = $1 AND rule_key <> 'people' AND hour >= date_trunc('hour', $2::timestamptz)`,
      [ctx.siteId, new Date(timeOfId(since))],
    );
    const reviewedIds = new Set(reviewed.map(({ revisionId }) => revisionId));
    const texts = [...reviewed, ...latest.filter(({ revisionId }) => !reviewedIds.has(revisionId))].slice(
      0,
      max,
    );
    return { texts, population: Math.max(published, texts.length) };
  }

  override async automaticShare(tx: Tx, ctx: SiteContext, since: Date): Promise<number | null> {
    const [{ share }] = await tx.query<{ share: number | null }>(
      sql`SELECT sum(published + rejected)::float8 / nullif(sum(published + held + rejected), 0) AS share
       FROM decision_hour WHERE site_id = $1 AND rule_key <> 'people' AND hour >= $2`,
      [ctx.siteId, since],
    );
    return share;
  }

  override counts(tx: Tx, ctx: SiteContext, max: number): Promise<VerdictCount[]> {
    return tx.query<VerdictCount>(LATEST_COUNTS, [ctx.siteId, max]);
  }

  override async decidedText(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    revision: number,
  ): Promise<DecidedText | null> {
    const values = [ctx.siteId, 1, commentId, revision];
    const [last] = await tx.query<DecidedText>(lastDecisionsSql('text'), values);
    return last ?? null;
  }
}
