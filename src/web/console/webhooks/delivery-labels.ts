import { shortTimeLeft } from '../shell/format-age.js';
import type { Delivery, WebhookEndpoint } from '../api-types.js';

/** Whether deliveries are being sent: the endpoint is enabled and its circuit is closed. */
export const isSentTo = ({ status, circuit }: Pick<WebhookEndpoint, 'status' | 'circuit'>): boolean =>
  status === 'enabled' && circuit === 'closed';

const MINUTE_MS = 60_000;

/**
 * The state of a delivery in words. While nothing is sent to its endpoint, it waits regardless of its schedule.
 *
 * @param isSending the result of `isSentTo` for the endpoint
 */
export function stateText(
  { status, attempts, nextAttemptAt }: Pick<Delivery, 'status' | 'attempts' | 'nextAttemptAt'>,
  isSending: boolean,
  now: number,
): string {
  switch (status) {
    case 'delivered':
      return 'Delivered';
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'pending':
      if (attempts === 0 || !isSending) return 'Waiting';
      return nextAttemptAt && Date.parse(nextAttemptAt) - now >= MINUTE_MS
        ? `Again in ${shortTimeLeft(nextAttemptAt, now)}`
        : 'Trying again';
  }
}
