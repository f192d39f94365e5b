const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The delay after each failed try, as in the schedule of the Standard Webhooks specification. */
const DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const MAX_TRIES = DELAYS_MS.length + 1;
const JITTER = 0.2;
const MAX_RETRY_AFTER_MS = 24 * HOUR;

/** An endpoint that has been failing for this long without a success is disabled. */
export const GIVE_UP_AFTER_MS = 120 * HOUR;

/**
 * The delay before the next try.
 *
 * @param tries number of failed tries, at least 1
 * @param retryAfterMs the delay requested by the receiver; lengthens the wait, up to a day
 * @param random in [0, 1)
 * @returns milliseconds, within 20 % of the schedule unless `retryAfterMs` is longer; null if that was the last try
 */
export function nextDelayMs(tries: number, retryAfterMs: number | null, random: number): number | null {
  const delay = DELAYS_MS[tries - 1];
  if (delay === undefined) return null;
  const jittered = Math.round(delay * (1 - JITTER + 2 * JITTER * random));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
}
