const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, as short as a column allows: `now`, `4m`, `3h`, `2d`, `5w`, `2y`. A time ahead is `now`. */
export function shortAge(iso: string, now: number): string {
  const ms = now - Date.parse(iso);
  if (!(ms >= MINUTE)) return 'now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`;
  if (ms < 14 * DAY) return `${Math.floor(ms / DAY)}d`;
  if (ms < 365 * DAY) return `${Math.floor(ms / (7 * DAY))}w`;
  return `${Math.floor(ms / (365 * DAY))}y`;
}

/** How long until a time that is ahead: `under a minute`, `4m`, `3h`. */
export function shortTimeLeft(iso: string, now: number): string {
  // The age that the present will have then.
  const left = shortAge(new Date(now).toISOString(), Date.parse(iso));
  return left === 'now' ? 'under a minute' : left;
}

/** The same as a sentence has it: `just now`, `4m ago`. */
export function shortAgo(iso: string, now: number): string {
  const age = shortAge(iso, now);
  return age === 'now' ? 'just now' : `${age} ago`;
}

/** The same in words, for sentences and screen readers: `4 minutes`, `1 hour`. */
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

/** Date and time in the moderator's own zone and habit. */
export function fullTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : full.format(time);
}
