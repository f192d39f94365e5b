import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { sql } from '../../platform/database/sql.js';
import { Cursors } from '../../platform/http/cursor.js';
import { conflict, forbidden, notFound } from '../../platform/http/problem.js';
import type { CommentId, DecisionId, LegalNoticeId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { CommentStatus } from '../comments/comment-status.js';
import { DecisionService, deciderOf } from '../moderation/decision.service.js';
import { siteAccess, type PublisherPrincipal } from '../sites/publisher-access.js';
import { LegalNoticeEmails } from './legal-notice-emails.js';
import { LegalNoticeEntity, type LegalNoticeState } from './legal-notice.entity.js';
import type {
  LegalNoticeDecisionRequest,
  ModerationNotice,
  ModerationNoticePage,
  NoticedComment,
  NoticedStory,
} from './legal-notices.dto.js';

const MAX_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

type NoticeRow = Pick<
  LegalNoticeEntity,
  'id' | 'state' | 'reason' | 'explanation' | 'name' | 'email' | 'createdAt' | 'decidedAt' | 'note'
> & { comment: NoticedComment; story: NoticedStory };

// $2 and $3 bound the ids, exclusive. Open notices are listed oldest first, decided ones newest first.
const NOTICES = sql`
  SELECT n.id, n.state, n.reason, n.explanation, n.name, n.email, n.created_at AS "createdAt",
    n.decided_at AS "decidedAt", n.note,
    json_build_object('id', c.id, 'body', v.body, 'status', c.status, 'revision', c.revision, 'author', r.name) AS comment,
    json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url) AS story
  FROM legal_notice n
  JOIN comment c ON c.site_id = n.site_id AND c.id = n.comment_id
  JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
  LEFT JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
  LEFT JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
  WHERE n.site_id = $1 AND n.id > $2::uuid AND n.id < $3::uuid AND ($4::text IS NULL OR n.state = $4)
    AND ($6::uuid IS NULL OR n.id = $6)
  ORDER BY CASE WHEN n.state = 'open' THEN n.id END, n.id DESC
  LIMIT $5`;

/** Lists notices of illegal content for moderators and decides them. */
@Injectable()
export class LegalNoticeDecisionsService {
  constructor(
    private readonly database: Database,
    private readonly decisions: DecisionService,
    private readonly emails: LegalNoticeEmails,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /** Open notices oldest first, decided ones newest first. */
  async list(
    ctx: SiteContext,
    state: LegalNoticeState,
    cursor: string | undefined,
    limit: number,
  ): Promise<ModerationNoticePage> {
    const scope = `legal-notices ${ctx.siteId} ${state}`;
    const [last] = (this.cursors.read(scope, cursor) ?? []) as string[];
    const after = state === 'open' ? (last ?? NIL_UUID) : NIL_UUID;
    const before = state === 'open' ? MAX_UUID : (last ?? MAX_UUID);
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<NoticeRow>(NOTICES, [ctx.siteId, after, before, state, limit + 1, null]),
    );
    return this.cursors.page(
      rows,
      limit,
      scope,
      ({ id }) => [id],
      (row) => toDto(ctx, row),
    );
  }

  /**
   * Removes the comment, unless it is no longer shown, or leaves it as it is, and tells the notifier.
   *
   * @param arrivedAtMs when the request arrived: `performance.now()` of this process
   * @throws Problem 404, 409 `already-decided`, 403 `own-comment`, and those of `DecisionService.decide`
   */
  decide(
    ctx: SiteContext,
    id: LegalNoticeId,
    { action, revision, reason, note }: LegalNoticeDecisionRequest,
    arrivedAtMs: number,
  ): Promise<ModerationNotice> {
    return this.database.inSite(ctx, async (tx) => {
      const notice = await tx.manager.findOne(LegalNoticeEntity, {
        where: { siteId: ctx.siteId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!notice) throw notFound('This notice');
      if (notice.state !== 'open' || notice.decidedAt !== null)
        throw conflict('already-decided', 'This notice was already decided.', {
          outcome: notice.state,
          decidedAt: notice.decidedAt?.toISOString() ?? null,
        });
      const state = action === 'remove' ? 'removed' : 'no-action';
      await this.requireForeignComment(tx, ctx, notice.commentId);
      const decisionId =
        action === 'remove'
          ? await this.remove(tx, ctx, notice.commentId, { revision, reason, note }, arrivedAtMs)
          : null;
      await tx.manager.update(
        LegalNoticeEntity,
        { siteId: ctx.siteId, id },
        {
          state,
          decidedAt: this.clock.now(),
          ...deciderOf(ctx.principal),
          decisionId,
          note: note ?? null,
        },
      );
      await this.emails.sendDecision(tx, notice, state);
      return this.read(tx, ctx, id);
    });
  }

  /** @returns null if the comment is not shown any more, so that there is nothing to decide about it */
  private async remove(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    { revision, reason, note }: { revision: number; reason: string | undefined; note: string | undefined },
    arrivedAtMs: number,
  ): Promise<DecisionId | null> {
    const [{ status }] = await tx.query<{ status: CommentStatus }>(
      sql`SELECT status FROM comment WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, commentId],
    );
    if (status === 'removed' || status === 'rejected' || status === 'deleted') return null;
    const { decisionId } = await this.decisions.decide(
      ctx,
      {
        commentId,
        revision,
        action: status === 'published' ? 'remove' : 'reject',
        ...(reason === undefined ? {} : { reason }),
        ...(note === undefined ? {} : { note }),
      },
      arrivedAtMs,
    );
    return decisionId;
  }

  private async requireForeignComment(tx: Tx, ctx: SiteContext, commentId: CommentId): Promise<void> {
    const { moderatorId } = deciderOf(ctx.principal);
    if (moderatorId === null) return;
    const [row] = await tx.query<{ isOwn: boolean }>(
      sql`SELECT is_own_reader(c.site_id, c.author_id, $3) AS "isOwn" FROM comment c
       WHERE c.site_id = $1 AND c.id = $2`,
      [ctx.siteId, commentId, moderatorId],
    );
    if (row?.isOwn)
      throw forbidden(
        'own-comment',
        'You wrote this comment, so somebody else must decide about the notice.',
      );
  }

  private async read(tx: Tx, ctx: SiteContext, id: LegalNoticeId): Promise<ModerationNotice> {
    const [row] = await tx.query<NoticeRow>(NOTICES, [ctx.siteId, NIL_UUID, MAX_UUID, null, 1, id]);
    return toDto(ctx, row);
  }
}

function toDto(
  { siteId, principal }: SiteContext,
  { createdAt, decidedAt, name, email, ...row }: NoticeRow,
): ModerationNotice {
  const mayDecide = siteAccess(principal as PublisherPrincipal, 'moderation', siteId) === 'allowed';
  return {
    ...row,
    name: mayDecide ? name : null,
    email: mayDecide ? email : null,
    site: siteId,
    createdAt: createdAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
