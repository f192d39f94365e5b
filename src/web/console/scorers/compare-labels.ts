import type { ScorerCalibrationSummary, CalibrationLabel } from '../api-types.js';
import { OUTCOME_LABELS } from './scorer-labels.js';

const REASON_TEXTS: Readonly<Record<string, string>> = {
  ...OUTCOME_LABELS,
  language: 'The language is not supported',
  'no-score': 'It gave no score of at least one label',
  'not-called': 'It was not called',
  unavailable: 'There is no such model, or it did not answer',
  gone: 'The scorer was removed',
};

/** Explains why a comment has no score. */
export const absenceText = (code: string): string => REASON_TEXTS[code] ?? code;

/** At least two decimals, so that scores align in a column. */
export const scoreText = (score: number): string =>
  score.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

/**
 * Formats a share as a percentage. Values near 0 and 100 % get a decimal. Only an exact 0 or 1 is shown
 * as 0 % or 100 %.
 *
 * @param share 0 to 1
 */
export function shareText(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const percent = share * 100;
  return `${percent < 10 || percent > 95 ? Math.min(99.9, Math.max(0.1, percent)).toFixed(1) : percent.toFixed(0)} %`;
}

/**
 * The share of comments held by both scorers among those held by at least one. Comments that neither holds are
 * excluded: for a rare label they are nearly all comments, and any two scorers would seem to agree.
 */
export function agreement({ bothHold, onlyFromHolds, onlyToHolds }: CalibrationLabel): {
  shared: number;
  either: number;
} | null {
  const either = bothHold + onlyFromHolds + onlyToHolds;
  return either === 0 ? null : { shared: bothHold, either };
}

/**
 * Describes the results so far in a sentence.
 *
 * @param versionInForce the active version of the policy; null while it is not known
 */
export function progressText(
  { state, comments, maxComments, fromAbsent, toAbsent, endedAt, adoptedVersion }: ScorerCalibrationSummary,
  versionInForce: number | null,
): string {
  const compared = `${comments.toLocaleString()} of ${maxComments.toLocaleString()} comments compared`;
  const currentSuffix =
    versionInForce === null || versionInForce === adoptedVersion
      ? ''
      : `; version ${versionInForce} is in force now`;
  const adopted =
    adoptedVersion === null ? '' : `. Adopted as version ${adoptedVersion} of the policy${currentSuffix}`;
  if (state === 'running')
    return (comments + fromAbsent + toAbsent === 0 ? 'Waiting for the first comment' : compared) + adopted;
  return (endedAt === null ? compared : `Ended after ${compared}`) + adopted;
}
