import { Inject, Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId, type Id, type SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { BillingWebhookLogEntity } from './billing-webhook-log.entity.js';
import { sql } from '../../../platform/database/sql.js';

export type BillingWebhookLogId = Id<'billing-webhook-log'>;

export const BILLING_WEBHOOK_OUTCOMES = [
  'applied',
  'unchanged',
  'duplicate',
  'older',
  'ignored',
  'unmapped',
  'refused',
] as const;
/**
 * `unmapped`: accepted, but the integration's settings do not identify the reader or the tier; `refused`: the
 * response was an error.
 */
export type BillingWebhookOutcome = (typeof BILLING_WEBHOOK_OUTCOMES)[number];

export interface NewLogLine {
  readonly provider: string;
  readonly outcome: BillingWebhookOutcome;
  /** Machine-readable reason for the outcome. */
  readonly reason?: string | null;
  readonly detail?: string | null;
  readonly messageId?: string | null;
  readonly readerKey?: string | null;
  readonly entitlementKey?: string | null;
  /** Stored encrypted, and only if the webhook was authenticated. */
  readonly body?: string | null;
  readonly replayOf?: string | null;
}

/** Longer than any provider keeps retrying, and equal to the retention of events. */
export const BILLING_WEBHOOK_LOG_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;
const PURGE_BATCH_ROWS = 100;
const MAX_DETAIL_CHARS = 1_000;

const logRepository = (tx: Tx) => tx.manager.getRepository(BillingWebhookLogEntity);

/** Logs the webhooks of billing systems with their outcomes. */
@Injectable()
export class BillingWebhookLogRepository {
  constructor(@Inject(SECRETS) private readonly secrets: Secrets) {}

  async add(tx: Tx, ctx: SiteContext, line: NewLogLine, at: Date): Promise<BillingWebhookLogId> {
    const id = newId<'billing-webhook-log'>();
    const { body = null } = line;
    await tx.prepared(
      'billing-webhook-log-add',
      sql`INSERT INTO billing_webhook_log (site_id, id, provider, outcome, reason, detail, message_id, reader_key, entitlement_key,
                                body_sealed, replay_of, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ctx.siteId,
        id,
        line.provider,
        line.outcome,
        line.reason ?? null,
        line.detail?.slice(0, MAX_DETAIL_CHARS) ?? null,
        line.messageId ?? null,
        line.readerKey ?? null,
        line.entitlementKey ?? null,
        body === null ? null : this.secrets.seal(body, sealContextOf(ctx, id)),
        line.replayOf ?? null,
        at,
      ],
    );
    await tx.prepared(
      'billing-webhook-log-purge',
      sql`DELETE FROM billing_webhook_log WHERE site_id = $1 AND provider = $2 AND id IN (
         SELECT id FROM billing_webhook_log WHERE site_id = $1 AND provider = $2 AND received_at < $3
         ORDER BY id LIMIT $4)`,
      [
        ctx.siteId,
        line.provider,
        new Date(at.getTime() - BILLING_WEBHOOK_LOG_RETENTION_MS),
        PURGE_BATCH_ROWS,
      ],
    );
    return id;
  }

  find(
    tx: Tx,
    { siteId }: SiteContext,
    provider: string,
    id: string,
  ): Promise<BillingWebhookLogEntity | null> {
    return logRepository(tx).findOneBy({ siteId, provider, id: id as BillingWebhookLogId });
  }

  /** Lists webhooks, newest first. */
  list(
    tx: Tx,
    ctx: SiteContext,
    provider: string,
    query: {
      before: string | null;
      outcome: BillingWebhookOutcome | null;
      readerKey: string | null;
      limit: number;
    },
  ): Promise<BillingWebhookLogEntity[]> {
    const { before, outcome, readerKey, limit } = query;
    return logRepository(tx).find({
      where: {
        siteId: ctx.siteId,
        provider,
        ...(before !== null && { id: LessThan(before as BillingWebhookLogId) }),
        ...(outcome !== null && { outcome }),
        ...(readerKey !== null && { readerKey }),
      },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /**
   * Returns the webhooks that can be replayed, oldest first: those that have a body, are not replays themselves, and
   * have not been replayed successfully yet.
   */
  listReplayable(
    tx: Tx,
    ctx: SiteContext,
    provider: string,
    query: { since: Date; outcomes: readonly string[]; limit: number },
  ): Promise<Pick<BillingWebhookLogEntity, 'id'>[]> {
    return tx.query(
      sql`SELECT id FROM billing_webhook_log log
       WHERE site_id = $1 AND provider = $2 AND received_at >= $3 AND outcome = ANY ($4::text[])
         AND body_sealed IS NOT NULL AND replay_of IS NULL
         AND NOT EXISTS (
           SELECT FROM billing_webhook_log replay
           WHERE replay.site_id = log.site_id AND replay.provider = log.provider
             AND replay.replay_of = log.id AND replay.outcome NOT IN ('unmapped', 'refused'))
       ORDER BY id LIMIT $5`,
      [ctx.siteId, provider, query.since, query.outcomes, query.limit],
    );
  }

  /**
   * Deletes the bodies of an erased reader's webhooks, because billing systems include names and addresses. The log
   * entries remain.
   */
  async deleteBodies(tx: Tx, siteId: SiteId, readerKey: string): Promise<void> {
    await logRepository(tx).update({ siteId, readerKey }, { bodySealed: null });
  }

  /** Returns the body as received, or null if none was stored. */
  unsealBody(ctx: SiteContext, { id, bodySealed }: BillingWebhookLogEntity): string | null {
    return bodySealed === null ? null : this.secrets.open(bodySealed, sealContextOf(ctx, id));
  }
}

const sealContextOf = ({ siteId }: { siteId: string }, id: string): string => `inbound-log:${siteId}:${id}`;
