import type { Tx } from '../../platform/database/database.js';
import type { CommentId } from '../../platform/ids.js';
import type { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { CommentStatus } from '../comments/comment-status.js';

/**
 * What the topic `queue:<site>` says: this comment moved or changed its place (`from` equal to `status` then), or
 * somebody began or stopped looking at it. The mover of comments tells every change of status by itself.
 */
export interface QueueEvent {
  readonly commentId: CommentId;
  readonly from?: CommentStatus;
  readonly status?: CommentStatus;
  readonly claimsChanged?: true;
}

export const queueTopic = (siteId: string): string => `queue:${siteId}`;

export function publishQueueEvent(
  pubsub: PubSub,
  tx: Tx,
  ctx: SiteContext,
  notice: QueueEvent,
): Promise<void> {
  return pubsub.publish(tx, queueTopic(ctx.siteId), JSON.stringify(notice));
}

/** A decision about many was made, taken back or carried out: lists and counts are other ones now. */
export interface BulkQueueEvent {
  readonly bulk: true;
}

export function publishBulkQueueEvent(pubsub: PubSub, tx: Tx, ctx: SiteContext): Promise<void> {
  return pubsub.publish(tx, queueTopic(ctx.siteId), JSON.stringify({ bulk: true } satisfies BulkQueueEvent));
}
