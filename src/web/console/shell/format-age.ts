const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The age in a form short enough for a column: `now`, `4m`, `3h`, `2d`, `5w`, `2y`. A future time gives `now`. */
export function shortAge(iso: string, now: number): string {
  const ms = now - Date.parse(iso);
  if (!(ms >= MINUTE)) return 'now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`;
  if (ms < 14 * DAY) return `${Math.floor(ms / DAY)}d`;
  if (ms < 365 * DAY) return `${Math.floor(ms / (7 * DAY))}w`;
  return `${Math.floor(ms / (365 * DAY))}y`;
}

/** The time left until a future time: `under a minute`, `4m`, `3h`. */
export function shortTimeLeft(iso: string, now: number): string {
  // The time left is the age that the present will have at that time.
  const left = shortAge(new Date(now).toISOString(), Date.parse(iso));
  return left === 'now' ? 'under a minute' : left;
}

/** The age for use in a sentence: `just now`, `4m ago`. */
export function shortAgo(iso: string, now: number): string {
  const age = shortAge(iso, now);
  return age === 'now' ? 'just now' : `${age} ago`;
}

/** The age in words, for sentences and screen readers: `4 minutes`, `1 hour`. */
export function longAge(iso: string, now: number): string {
  const ms = now - Date.parse(iso);
  if (!(ms >= MINUTE)) return 'less than a minute';
  const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;
  if (ms < HOUR) return count(Math.floor(ms / MINUTE), 'minute');
  if (ms < DAY) return count(Math.floor(ms / HOUR), 'hour');
  if (ms < 60 * DAY) return count(Math.floor(ms / DAY), 'day');
  if (ms < 730 * DAY) return count(Math.floor(ms / (30 * DAY)), 'month');
  return count(Math.floor(ms / (365 * DAY)), 'year');
}

const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** The time of day in the moderator's time zone and locale, for times within the next hours. */
export const clockTime = (iso: string): string => clock.format(Date.parse(iso));

/** Date and time in the moderator's time zone and locale. */
export function fullTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : full.format(time);
}
