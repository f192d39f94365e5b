export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;
/** 1970 began on a Thursday. All weeks are counted from the first Monday after it. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** The Monday, 00:00 UTC, at or before an instant. */
export function weekStart(at: Date): Date {
  const weeks = Math.floor((at.getTime() - FIRST_MONDAY_MS) / (7 * DAY_MS));
  return new Date(FIRST_MONDAY_MS + weeks * 7 * DAY_MS);
}
