import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { conflict, forbidden, notFound } from '../../../platform/http/problem.js';
import { isUuid, type CommentId, type ModeratorId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import type { CommentStatus } from '../../comments/comment-status.js';
import { hiddenWords, type HiddenWords } from '../../scoring/hidden-words.js';
import type { SampleId } from './sampling.repository.js';
import { DAY_MS } from './weeks.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export const REVIEW_ANSWERS = ['publish', 'refuse', 'unsure'] as const;
export type SampleReviewAnswer = (typeof REVIEW_ANSWERS)[number];

/** Samples are listed for this long. */
const OPEN_MS = 28 * DAY_MS;
/** Maximum number of reviews of a sample if reviewers answer `unsure`. */
const MAX_REVIEWERS = 3;

interface SampleParent {
  readonly author: { readonly name: string } | null;
  readonly body: string | null;
  readonly hidden: HiddenWords;
}

/** A text to review. It omits the decision and the rule, so that the review is blind. */
export interface SampleItem {
  readonly id: SampleId;
  readonly story: { readonly title: string; readonly url: string; readonly section: string | null };
  readonly parent: SampleParent | null;
  readonly author: { readonly name: string };
  readonly body: string;
  readonly hidden: HiddenWords;
  readonly language: string | null;
  readonly createdAt: string;
}

export interface SampleReview {
  readonly sampleId: SampleId;
  readonly answer: SampleReviewAnswer;
  /** The automatic decision, shown after the review. */
  readonly machine: {
    readonly action: 'publish' | 'reject';
    readonly rule: { readonly key: string; readonly text: string };
  };
  readonly commentId: CommentId;
  /** The revision that was reviewed. */
  readonly revision: number;
  readonly currentRevision: number;
  readonly status: CommentStatus;
}

// $2 is the time.
const AWAITS_REVIEW = composeSql`
  s.created_at > $2::timestamptz - interval '${OPEN_MS / DAY_MS} days'
  AND (SELECT count(*) FILTER (WHERE sr.answer <> 'unsure') < s.required_reviews AND count(*) < ${MAX_REVIEWERS} FROM sample_review sr
       WHERE sr.site_id = s.site_id AND sr.sample_id = s.id)
  AND c.status <> 'deleted'`;
// Moderators do not review comments that they decided, gave an opinion on, or wrote. $3 is the moderator.
const NOT_HANDLED_BY_MODERATOR = composeSql`
  NOT EXISTS (SELECT FROM decision d WHERE d.site_id = s.site_id AND d.comment_id = s.comment_id AND d.moderator_id = $3)
  AND NOT EXISTS (SELECT FROM opinion o WHERE o.site_id = s.site_id AND o.comment_id = s.comment_id AND o.moderator_id = $3)
  AND NOT is_own_reader(s.site_id, c.author_id, $3)`;
const NOT_REVIEWED_BY_MODERATOR = composeSql`
  NOT EXISTS (SELECT FROM sample_review sr WHERE sr.site_id = s.site_id AND sr.sample_id = s.id AND sr.moderator_id = $3)`;

const FROM_OPEN_SAMPLES = composeSql`
  FROM sample s JOIN comment c ON c.site_id = s.site_id AND c.id = s.comment_id
  WHERE s.site_id = $1 AND ${AWAITS_REVIEW} AND ($3::uuid IS NULL OR ${NOT_REVIEWED_BY_MODERATOR} AND ${NOT_HANDLED_BY_MODERATOR})`;

export const OPEN_SAMPLES = composeSql`
  SELECT s.id, json_build_object('title', t.title, 'url', t.url, 'section', t.section) AS story,
    (SELECT json_build_object('author', CASE WHEN p.status <> 'deleted' THEN json_build_object('name', pr.name) END,
        'body', CASE WHEN p.status <> 'deleted' THEN pv.body END)
     FROM comment p JOIN reader pr ON pr.site_id = p.site_id AND pr.id = p.author_id
     JOIN revision pv ON pv.site_id = p.site_id AND pv.comment_id = p.id AND pv.number = p.revision
     WHERE p.site_id = c.site_id AND p.id = c.parent_id) AS parent,
    json_build_object('name', r.name) AS author, v.body, c.language, ${isoSql(composeSql`v.created_at`)} AS "createdAt"
  FROM (SELECT s.id, s.site_id, s.comment_id, s.revision ${FROM_OPEN_SAMPLES} AND ($4::uuid IS NULL OR s.id > $4)
        ORDER BY s.id LIMIT $5) s
  JOIN comment c ON c.site_id = s.site_id AND c.id = s.comment_id
  JOIN revision v ON v.site_id = s.site_id AND v.comment_id = s.comment_id AND v.number = s.revision
  JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  JOIN story t ON t.site_id = c.site_id AND t.id = c.story_id
  ORDER BY s.id`;

export const COUNT_OPEN_SAMPLES = composeSql`SELECT count(*)::int AS waiting ${FROM_OPEN_SAMPLES}`;

export const SAMPLE = composeSql`SELECT s.id AS "sampleId", json_build_object('action', s.outcome,
       'rule', json_build_object('key', d.rule_key, 'text', d.rule_text)) AS machine,
     s.comment_id AS "commentId", s.revision, c.revision AS "currentRevision", c.status,
     NOT (${NOT_HANDLED_BY_MODERATOR}) AS "isHandledByModerator"
   FROM sample s
   JOIN comment c ON c.site_id = s.site_id AND c.id = s.comment_id AND c.status <> 'deleted'
   JOIN decision d ON d.site_id = s.site_id AND d.id = s.decision_id
   WHERE s.site_id = $1 AND s.id = $2`;

/** The samples that are open for review. */
@Injectable()
export class SamplesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The order of the items reveals nothing about the decisions. `waiting` is the total number for the caller. */
  async list(
    ctx: SiteContext,
    after: string | null,
    rows: number,
  ): Promise<{ items: SampleItem[]; waiting: number }> {
    const moderatorId = callerId(ctx);
    return this.database.inSite(ctx, async (tx) => {
      const items = await tx.query<SampleItem>(OPEN_SAMPLES, [
        ctx.siteId,
        this.clock.now(),
        moderatorId,
        after,
        rows,
      ]);
      const [{ waiting }] = await tx.query<{ waiting: number }>(COUNT_OPEN_SAMPLES, [
        ctx.siteId,
        this.clock.now(),
        moderatorId,
      ]);
      return { items: items.map(withHidden), waiting };
    });
  }

  /**
   * Stores a review and changes nothing else. A review that arrives after a colleague's is stored as well, because
   * two reviews of one text measure agreement.
   *
   * @throws Problem 404, 403 `moderators-only` or `touched`, 409 `already-judged`
   */
  review(ctx: SiteContext, id: string, answer: SampleReviewAnswer): Promise<SampleReview> {
    const moderatorId = callerId(ctx);
    if (moderatorId === null)
      throw forbidden('moderators-only', 'Only a moderator can review a sample. Sign in to the console.');
    return this.database.inSite(ctx, async (tx) => {
      const found = isUuid(id) ? await this.find(tx, ctx, id as SampleId, moderatorId) : null;
      if (!found) throw notFound('This sample');
      if (found.isHandledByModerator) {
        throw forbidden(
          'touched',
          'You decided on this comment, gave an opinion on it or wrote it, so somebody else must review it.',
        );
      }
      const added = await tx.query(
        sql`INSERT INTO sample_review (site_id, sample_id, moderator_id, answer, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`,
        [ctx.siteId, id, moderatorId, answer, this.clock.now()],
      );
      if (added.length === 0) throw conflict('already-judged', 'You have already reviewed this comment.');
      const { isHandledByModerator: _, ...review } = found;
      return { ...review, answer };
    });
  }

  private async find(
    tx: Tx,
    ctx: SiteContext,
    id: SampleId,
    moderatorId: ModeratorId,
  ): Promise<(Omit<SampleReview, 'answer'> & { isHandledByModerator: boolean }) | null> {
    const [row] = await tx.query<Omit<SampleReview, 'answer'> & { isHandledByModerator: boolean }>(SAMPLE, [
      ctx.siteId,
      id,
      moderatorId,
    ]);
    return row ?? null;
  }
}

const withHidden = (item: SampleItem): SampleItem => ({
  ...item,
  hidden: hiddenWords(item.body),
  parent: item.parent && { ...item.parent, hidden: hiddenWords(item.parent.body) },
});

const callerId = ({ principal }: SiteContext): ModeratorId | null =>
  principal.kind === 'moderator' ? principal.moderatorId : null;
