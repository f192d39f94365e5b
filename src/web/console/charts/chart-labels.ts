import type { Estimate } from '../api-types.js';

/** Shares below this are shown with one decimal. */
const ONE_DECIMAL_BELOW = 0.1;

/** `0.034` → `3.4 %`, `0.5` → `50 %`. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value > 0 && value < 100 * ONE_DECIMAL_BELOW ? 1 : 0;
  return `${value.toFixed(digits).replace(/\.0$/, '')} %`;
}

/** The confidence interval of a share, with its counts: `3 %–12 %, 9 of 150`. */
export function intervalText({ low, high, count, of }: Estimate): string {
  if (low === null || high === null) return 'not enough data yet';
  return `${percent(low)}–${percent(high)}, ${count.toLocaleString()} of ${of.toLocaleString()}`;
}

/** A duration in one suitable unit: `40 s`, `12 min`, `3.5 h`, `2 d`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${shortNumber(seconds / 3600)} h`;
  return `${shortNumber(seconds / 86_400)} d`;
}

const shortNumber = (value: number): string => value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, '');

/** `3` → `03:00`. */
export const clockHour = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
