import { createHash } from 'node:crypto';
import type { Tx } from '../../../platform/database/database.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { BILLING_WEBHOOK_LOG_RETENTION_MS } from './billing-webhook-log.repository.js';
import { BillingMessageEntity } from './billing-message.entity.js';
import { sql } from '../../../platform/database/sql.js';

const MAX_MESSAGE_ID_CHARS = 255;

/**
 * Returns the provider's message id, or a SHA-256 hash: of the id if it is too long, of the body if there is none.
 */
export function messageIdOf(providerMessageId: string | null, body: string): string {
  if (providerMessageId !== null && providerMessageId.length <= MAX_MESSAGE_ID_CHARS)
    return providerMessageId;
  return `sha256-${createHash('sha256')
    .update(providerMessageId ?? body)
    .digest('hex')}`;
}

/**
 * Records a message for 30 days.
 *
 * @returns true if the message was not recorded before
 */
export async function recordOnce(
  tx: Tx,
  ctx: SiteContext,
  provider: string,
  messageId: string,
  now: Date,
): Promise<boolean> {
  await tx.query(
    sql`DELETE FROM billing_message WHERE site_id = $1 AND provider = $2 AND message_id IN (
       SELECT message_id FROM billing_message WHERE site_id = $1 AND provider = $2 AND received_at < $3 LIMIT 100)`,
    [ctx.siteId, provider, new Date(now.getTime() - BILLING_WEBHOOK_LOG_RETENTION_MS)],
  );
  const inserted = await tx.query(
    sql`INSERT INTO billing_message (site_id, provider, message_id, received_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING message_id`,
    [ctx.siteId, provider, messageId, now],
  );
  return inserted.length > 0;
}

/** Deletes a recorded message, so that it can be processed again. */
export async function deleteMessage(
  tx: Tx,
  ctx: SiteContext,
  provider: string,
  messageId: string,
): Promise<void> {
  await tx.manager.getRepository(BillingMessageEntity).delete({ siteId: ctx.siteId, provider, messageId });
}
