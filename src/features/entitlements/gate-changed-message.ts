import type { Tx } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import type { PubSub } from '../../platform/pubsub/pubsub.js';

/** Topic pattern that matches the changes for every reader of every site. */
export const GATE_CHANGED_TOPICS = 'entitlement:*';

const SITE_CHARS = 36;

/** Notifies all processes that an entitlement or sanction changed, which affects what one reader may do. */
export function publishGateChanged(pubsub: PubSub, tx: Tx, siteId: SiteId, readerKey: string): Promise<void> {
  return pubsub.publish(tx, `entitlement:${siteId}`, `${siteId}${readerKey}`);
}

export const parseGateChanged = (message: string): { siteId: SiteId; readerKey: string } => ({
  siteId: message.slice(0, SITE_CHARS) as SiteId,
  readerKey: message.slice(SITE_CHARS),
});
