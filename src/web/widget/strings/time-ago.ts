const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/**
 * How long ago, in words, for a week; the date from then on.
 *
 * @param iso the moment
 * @param nowMs what the clock says, in milliseconds since 1970; a moment in the future reads as now
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
