import type { Tx } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import type { PubSub } from '../../platform/pubsub/pubsub.js';

/** Every reader's, of every site. */
export const GATE_CHANGED_TOPICS = 'entitlement:*';

const SITE_CHARS = 36;

/** Tells every process that what one reader may do was changed by somebody: an entitlement, or their standing. */
export function publishGateChanged(pubsub: PubSub, tx: Tx, siteId: SiteId, readerKey: string): Promise<void> {
  return pubsub.publish(tx, `entitlement:${siteId}`, `${siteId}${readerKey}`);
}

export const parseGateChanged = (message: string): { siteId: SiteId; readerKey: string } => ({
  siteId: message.slice(0, SITE_CHARS) as SiteId,
  readerKey: message.slice(SITE_CHARS),
});
