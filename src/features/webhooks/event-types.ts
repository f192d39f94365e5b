/** Everything publishers can subscribe to. What is not listed stays inside. */
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
  'webhook.test',
] as const;

/** Asked for by its endpoint's owner, so it goes to that endpoint alone, whatever it subscribed to. */
export const TEST_EVENT = 'webhook.test';

export function isSubscribed(subscription: readonly string[], type: string): boolean {
  return subscription.includes('*') || subscription.includes(type);
}
