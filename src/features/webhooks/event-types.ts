/** All event types that publishers can subscribe to. Other types are internal. */
export const EVENT_TYPES = [
  'comment.submitted',
  'comment.published',
  'comment.held',
  'comment.rejected',
  'comment.removed',
  'comment.restored',
  'comment.edited',
  'comment.deleted',
  'comment.flagged',
  'appeal.opened',
  'appeal.decided',
  'reader.warned',
  'reader.suspended',
  'reader.banned',
  'reader.reinstated',
  'reader.erased',
  'entitlement.changed',
  'story.created',
  'story.closed',
  'story.reopened',
  'story.brigading_detected',
  'webhook.test',
] as const;

/** Requested by the owner of an endpoint, so it goes only to that endpoint, whatever its subscriptions. */
export const TEST_EVENT = 'webhook.test';

export function isSubscribed(subscription: readonly string[], type: string): boolean {
  return subscription.includes('*') || subscription.includes(type);
}
