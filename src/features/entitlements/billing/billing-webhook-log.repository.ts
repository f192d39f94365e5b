import { Inject, Injectable } from '@nestjs/common';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId, type Id, type SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

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

export interface LogRow extends Required<Omit<NewLogLine, 'body'>> {
  readonly id: BillingWebhookLogId;
  readonly receivedAt: Date;
  readonly sealed: string | null;
}

/** Longer than any provider keeps retrying, and equal to the retention of events. */
export const BILLING_WEBHOOK_LOG_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;
const PURGE_BATCH_ROWS = 100;
const MAX_DETAIL = 1_000;

const COLUMNS = composeSql`id, provider, outcome, reason, detail, message_id AS "messageId", reader_key AS "readerKey",
  entitlement_key AS "entitlementKey", replay_of AS "replayOf", received_at AS "receivedAt", body_sealed AS sealed`;

export const ADD_BILLING_WEBHOOK_LOG = composeSql`DELETE FROM billing_webhook_log WHERE site_id = $1 AND provider = $2 AND id IN (
     SELECT id FROM billing_webhook_log WHERE site_id = $1 AND provider = $2 AND received_at < $3
     ORDER BY id LIMIT ${PURGE_BATCH_ROWS})`;

export const FIND_BILLING_WEBHOOK_LOG = composeSql`SELECT ${COLUMNS} FROM billing_webhook_log WHERE site_id = $1 AND provider = $2 AND id = $3`;

export const LIST_BILLING_WEBHOOK_LOG = composeSql`SELECT ${COLUMNS} FROM billing_webhook_log
   WHERE site_id = $1 AND provider = $2 AND ($3::uuid IS NULL OR id < $3)
     AND ($4::text IS NULL OR outcome = $4) AND ($5::text IS NULL OR reader_key = $5)
   ORDER BY id DESC LIMIT $6`;

export const REPLAYABLE_BILLING_WEBHOOK_LOG = composeSql`SELECT ${COLUMNS} FROM billing_webhook_log log
   WHERE site_id = $1 AND provider = $2 AND received_at >= $3 AND outcome = ANY ($4::text[])
     AND body_sealed IS NOT NULL AND replay_of IS NULL
     AND NOT EXISTS (
       SELECT FROM billing_webhook_log again WHERE again.site_id = log.site_id AND again.provider = log.provider
         AND again.replay_of = log.id AND again.outcome NOT IN ('unmapped', 'refused'))
   ORDER BY id LIMIT $5`;

/** Logs every webhook from a billing system with its outcome. */
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
        line.detail?.slice(0, MAX_DETAIL) ?? null,
        line.messageId ?? null,
        line.readerKey ?? null,
        line.entitlementKey ?? null,
        body === null ? null : this.secrets.seal(body, sealContextOf(ctx, id)),
        line.replayOf ?? null,
        at,
      ],
    );
    await tx.prepared('billing-webhook-log-purge', ADD_BILLING_WEBHOOK_LOG, [
      ctx.siteId,
      line.provider,
      new Date(at.getTime() - BILLING_WEBHOOK_LOG_RETENTION_MS),
    ]);
    return id;
  }

  async find(tx: Tx, ctx: SiteContext, provider: string, id: string): Promise<LogRow | null> {
    const [row] = await tx.query<LogRow>(FIND_BILLING_WEBHOOK_LOG, [ctx.siteId, provider, id]);
    return row ?? null;
  }

  /** Newest first. */
  list(
    tx: Tx,
    ctx: SiteContext,
    provider: string,
    query: { before: string | null; outcome: string | null; readerKey: string | null; limit: number },
  ): Promise<LogRow[]> {
    return tx.query<LogRow>(LIST_BILLING_WEBHOOK_LOG, [
      ctx.siteId,
      provider,
      query.before,
      query.outcome,
      query.readerKey,
      query.limit,
    ]);
  }

  /**
   * Returns the webhooks that can be replayed, oldest first: those that have a body, are not replays themselves, and
   * have not been replayed successfully yet.
   */
  replayable(
    tx: Tx,
    ctx: SiteContext,
    provider: string,
    query: { since: Date; outcomes: readonly string[]; limit: number },
  ): Promise<LogRow[]> {
    return tx.query<LogRow>(REPLAYABLE_BILLING_WEBHOOK_LOG, [
      ctx.siteId,
      provider,
      query.since,
      query.outcomes,
      query.limit,
    ]);
  }

  /**
   * Deletes the bodies of a forgotten reader's webhooks, because billing systems include names and addresses. The log
   * entries remain.
   */
  async forgetBodies(tx: Tx, siteId: SiteId, readerKey: string): Promise<void> {
    await tx.query(
      sql`UPDATE billing_webhook_log SET body_sealed = NULL WHERE site_id = $1 AND reader_key = $2`,
      [siteId, readerKey],
    );
  }

  /** Returns the body as received, or null if none was stored. */
  unsealBody(ctx: SiteContext, row: LogRow): string | null {
    return row.sealed === null ? null : this.secrets.open(row.sealed, sealContextOf(ctx, row.id));
  }
}

const sealContextOf = ({ siteId }: { siteId: string }, id: string): string => `inbound-log:${siteId}:${id}`;
