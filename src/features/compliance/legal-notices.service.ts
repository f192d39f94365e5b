import { createHash, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ANONYMOUS } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { sql } from '../../platform/database/sql.js';
import { invalid, notFound, rateLimited } from '../../platform/http/problem.js';
import { newId, type CommentId, type SiteId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Limits } from '../../platform/limits/limits.js';
import { isMailAddress } from '../../platform/mail/email.js';
import { OutboxHandlers } from '../../platform/outbox/outbox-handlers.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { visibleText } from '../../platform/visible-text.js';
import { CommentView } from '../comments/comment.view.js';
import { LegalNoticeEmails } from './legal-notice-emails.js';
import { LegalNoticeEntity } from './legal-notice.entity.js';
import type { LegalNoticeAnswer, LegalNoticeReceipt, LegalNoticeRequest } from './legal-notices.dto.js';

const WINDOW_MS = 60 * 60_000;
const NOTICES_PER_NETWORK = 20;
/** So that nobody can flood another person's mailbox with receipts. */
const NOTICES_PER_EMAIL = 10;
const REFERENCE_BYTES = 16;
const PURGE_EVERY_MS = 60 * 60_000;
const PURGE_ROWS = 1_000;
const RETENTION_MONTHS = 6;

const missing = () => notFound('This notice');

/** Takes notices of illegal content (Digital Services Act, Article 16) and shows their decisions to the notifier. */
@Injectable()
export class LegalNoticesService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly comments: CommentView,
    private readonly emails: LegalNoticeEmails,
    private readonly ticker: Ticker,
    private readonly outbox: OutboxHandlers,
  ) {}

  onModuleInit(): void {
    // An explanation may quote the author or name them.
    this.outbox.register('legal-notices', ['reader.erased'], async (tx, events) => {
      for (const { siteId, payload } of events)
        await tx.query(
          sql`UPDATE legal_notice SET explanation = NULL WHERE site_id = $1 AND comment_id IN (
             SELECT id FROM comment WHERE site_id = $1 AND author_id = $2)`,
          [siteId, payload['readerId']],
        );
      return [];
    });
    this.ticker.every('legal-notices-retention', PURGE_EVERY_MS, () => this.purge());
  }

  /**
   * @param network the notifier's network, see `clientNetwork`; not stored
   * @param language ISO 639-1, for the emails
   * @throws Problem 400, 404 if the comment is not published, 429
   */
  async submit(
    ctx: SiteContext,
    commentId: CommentId,
    { reason, explanation, name, email, goodFaith }: LegalNoticeRequest,
    { network, language }: { network: string; language: string },
  ): Promise<LegalNoticeReceipt> {
    if (!goodFaith)
      throw invalid([
        {
          pointer: '/goodFaith',
          code: 'required',
          message: 'Confirm that you believe in good faith that the notice is accurate and complete.',
        },
      ]);
    if (email !== undefined && !isMailAddress(email))
      throw invalid([{ pointer: '/email', code: 'email', message: 'email must be an email address' }]);
    await this.enforceLimits(ctx, network, email);
    return this.database.inSite(ctx, async (tx) => {
      const placement = await this.comments.findPlacement(ctx, commentId);
      if (!placement?.visible) throw notFound('This comment');
      const at = this.clock.now();
      const notice = {
        siteId: ctx.siteId,
        id: newId<'legal-notice'>(at.getTime()),
        commentId,
        reference: randomBytes(REFERENCE_BYTES).toString('base64url'),
        reason: reason.trim(),
        explanation: visibleText(explanation).trim(),
        name: name?.trim() ?? null,
        email: email ?? null,
        language,
        state: 'open' as const,
        createdAt: at,
      };
      await tx.manager.insert(LegalNoticeEntity, notice);
      await this.emails.sendReceipt(tx, notice);
      return { id: notice.id, reference: notice.reference, status: 'received' };
    });
  }

  /** @throws Problem 404 */
  async read(reference: string, requestId: string): Promise<LegalNoticeAnswer> {
    const siteId = await this.siteOf(reference);
    return this.database.inSite({ siteId, principal: ANONYMOUS, requestId }, async (tx) => {
      const notice = await tx.manager.findOneBy(LegalNoticeEntity, { siteId, reference });
      if (!notice) throw missing();
      const { id, state, decidedAt, createdAt } = notice;
      const decision =
        state === 'open' || decidedAt === null
          ? null
          : { outcome: state, decidedAt: decidedAt.toISOString(), automated: false };
      return {
        id,
        reference,
        status: decision ? 'decided' : 'received',
        createdAt: createdAt.toISOString(),
        decision,
        redress: decision ? await this.emails.redressText(notice) : null,
      };
    });
  }

  /**
   * Erases the notifier's name, address and emails, and after the decision the explanation too. An open notice keeps
   * its explanation, which is needed to decide it.
   *
   * @throws Problem 404
   */
  async eraseNotifier(reference: string, requestId: string): Promise<void> {
    const siteId = await this.siteOf(reference);
    await this.database.inSite({ siteId, principal: ANONYMOUS, requestId }, async (tx) => {
      const notice = await tx.manager.findOneBy(LegalNoticeEntity, { siteId, reference });
      if (!notice) throw missing();
      await tx.query(
        sql`UPDATE legal_notice SET name = NULL, email = NULL,
           explanation = CASE WHEN state = 'open' THEN explanation END
         WHERE site_id = $1 AND id = $2`,
        [siteId, notice.id],
      );
      await this.emails.forget(tx, notice);
    });
  }

  /** Erases the name, address and explanation of notices whose retention has ended. */
  async purge(): Promise<void> {
    const before = this.clock.now();
    before.setUTCMonth(before.getUTCMonth() - RETENTION_MONTHS);
    for (;;) {
      const [{ count }] = await this.database.inSystem((tx) =>
        tx.query<{ count: number }>(sql`SELECT purge_legal_notices($1, $2) AS count`, [before, PURGE_ROWS]),
      );
      if (count < PURGE_ROWS) return;
    }
  }

  private async siteOf(reference: string): Promise<SiteId> {
    const [row] = await this.database.inSystem((tx) =>
      tx.query<{ siteId: SiteId | null }>(sql`SELECT site_of_legal_notice($1) AS "siteId"`, [reference]),
    );
    if (!row?.siteId) throw missing();
    return row.siteId;
  }

  private async enforceLimits(ctx: SiteContext, network: string, email: string | undefined): Promise<void> {
    const verdicts = [
      await this.limits.hit(`notice:${ctx.siteId}:${network}`, NOTICES_PER_NETWORK, WINDOW_MS),
    ];
    if (email !== undefined) {
      const hash = createHash('sha256').update(email.toLowerCase()).digest('base64url');
      verdicts.push(
        await this.limits.hit(`notice-email:${ctx.siteId}:${hash}`, NOTICES_PER_EMAIL, WINDOW_MS),
      );
    }
    for (const verdict of verdicts) if (!verdict.allowed) throw rateLimited(verdict.retryAfterMs / 1000);
  }
}
