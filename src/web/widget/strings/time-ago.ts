const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/**
 * The age in words for less than a week, after that the date.
 *
 * @param iso the point in time
 * @param nowMs the current time in milliseconds since 1970; a time in the future is shown as now
 */
export function formatTimeAgo(iso: string, nowMs: number, lang: string): string {
  const then = new Date(iso);
  const seconds = Math.max(0, (nowMs - then.getTime()) / 1000);
  if (seconds >= 7 * 86_400) {
    const year = then.getFullYear() === new Date(nowMs).getFullYear() ? undefined : 'numeric';
    return new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', year }).format(then);
  }
  const format = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  const step = steps.find(([, size]) => seconds >= size);
  return step ? format.format(-Math.floor(seconds / step[1]), step[0]) : format.format(0, 'second');
}
