import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import type { PubSub } from '../../platform/pubsub/pubsub.js';

/** Topics `access:<id>`: the permissions of a team member changed, or one of their sessions ended. */
export const ACCESS_TOPIC = 'access';

/** A change to one account, or to everyone on a site's team. */
export type AccessChange =
  | { readonly moderatorId: ModeratorId; readonly siteId?: undefined }
  | { readonly moderatorId?: undefined; readonly siteId: SiteId };

/** Call it in the transaction that makes the change. The message is published after the commit. */
export const publishAccessChange = (pubsub: PubSub, tx: Tx, change: AccessChange): Promise<void> =>
  pubsub.publish(tx, `${ACCESS_TOPIC}:${change.moderatorId ?? change.siteId}`, JSON.stringify(change));
