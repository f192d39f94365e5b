import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import type { PubSub } from '../../platform/pubsub/pubsub.js';

/** Topics `access:<id>`: what somebody in a team may do has changed, or a session of theirs has ended. */
export const ACCESS_TOPIC = 'access';

/** Of one account, or of everybody who works for a site. */
export type AccessChange =
  | { readonly moderatorId: ModeratorId; readonly siteId?: undefined }
  | { readonly moderatorId?: undefined; readonly siteId: SiteId };

/** With the transaction that changes it; told once it is committed. */
export const publishAccessChange = (pubsub: PubSub, tx: Tx, change: AccessChange): Promise<void> =>
  pubsub.publish(tx, `${ACCESS_TOPIC}:${change.moderatorId ?? change.siteId}`, JSON.stringify(change));
