import type { Estimate } from '../api-types.js';

/** Shares below this are shown with one decimal. */
const ONE_DECIMAL_BELOW = 0.1;

/** `0.034` → `3.4 %`, `0.5` → `50 %`. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value > 0 && value < 100 * ONE_DECIMAL_BELOW ? 1 : 0;
  return `${value.toFixed(digits).replace(/\.0$/, '')} %`;
}

/** Describes the interval in words, never a share alone: `3 %–12 %, 9 of 150`. */
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

const RULES: Readonly<Record<string, string>> = {
  'all-clear': 'All scores below their thresholds',
  'banned-word': 'Banned word',
  brigading: 'Many new accounts at once',
  'external-unavailable': 'An external scorer gave no score',
  'external-score': 'Score of an external scorer',
  'hold-all': 'All comments are held',
  'missing-score': 'A score is missing',
  'new-reader': 'First comments of a reader',
  'off-language': 'Another language',
  'personal-data': 'Personal data',
  'self-harm': 'The author may harm themselves',
  'scoring-failed': 'Scoring failed',
  'suspect-word': 'Suspect word',
  'unscored-language': 'A language that is not scored',
  'standing-banned': 'Banned reader',
  'standing-pre-moderated': 'Pre-moderated reader',
  'standing-suspended': 'Suspended reader',
  flags: 'Enough flags',
};

/**
 * The display name of a rule. A rule not listed here is split into words: `score-identity-attack` → `Identity
 * attack`.
 */
export function ruleName(rule: string): string {
  const name = RULES[rule];
  if (name) return name;
  const words = rule.replace(/^score-/, '').replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
