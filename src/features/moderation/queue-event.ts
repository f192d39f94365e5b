import type { Tx } from '../../platform/database/database.js';
import type { CommentId } from '../../platform/ids.js';
import type { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { CommentStatus } from '../comments/comment-status.js';

/**
 * Message of the topic `queue:<site>`: a comment changed its status or its queue entry (then `from` equals `status`),
 * or its claims changed. CommentTransitions sends the message for every status change.
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
  event: QueueEvent,
): Promise<void> {
  return pubsub.publish(tx, queueTopic(ctx.siteId), JSON.stringify(event));
}

/** Brigades were detected, grew or were dismissed. */
export interface BrigadeQueueEvent {
  readonly brigades: true;
}

export function publishBrigadeQueueEvent(pubsub: PubSub, tx: Tx, ctx: SiteContext): Promise<void> {
  const message: BrigadeQueueEvent = { brigades: true };
  return pubsub.publish(tx, queueTopic(ctx.siteId), JSON.stringify(message));
}

/** A bulk decision was made, undone or applied, so lists and counts have changed. */
export interface BulkQueueEvent {
  readonly bulk: true;
}

export function publishBulkQueueEvent(pubsub: PubSub, tx: Tx, ctx: SiteContext): Promise<void> {
  return pubsub.publish(tx, queueTopic(ctx.siteId), JSON.stringify({ bulk: true } satisfies BulkQueueEvent));
}
