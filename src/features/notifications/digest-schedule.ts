import type { Delivery } from './reader-email.repository.js';

const DAY_MS = 24 * 60 * 60_000;
/** Early morning in most of Europe and Africa. */
const HOUR_UTC = 5;

/** When the next digest is due: at 05:00 UTC, for weekly digests on Monday. Null for `instant`. */
export function nextDigestAt(delivery: Delivery, now: Date): Date | null {
  if (delivery === 'instant') return null;
  const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), HOUR_UTC));
  if (next <= now) next.setTime(next.getTime() + DAY_MS);
  while (delivery === 'weekly' && next.getUTCDay() !== 1) next.setTime(next.getTime() + DAY_MS);
  return next;
}
