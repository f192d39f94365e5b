import type { ScorerCalibrationSummary, CalibrationLabel } from '../api-types.js';
import { OUTCOME_LABELS } from './scorer-labels.js';

const WHY: Readonly<Record<string, string>> = {
  ...OUTCOME_LABELS,
  language: 'The language is not read',
  'no-score': 'It gave no score of at least one label',
  'not-asked': 'It was not asked',
  away: 'There is no such model, or it did not answer',
  gone: 'The scorer was removed',
};

/** Why a comment has no score, in words. */
export const absenceText = (why: string): string => WHY[why] ?? why;

/** With two decimals at least, so that scores stand under each other. */
export const scoreText = (score: number): string =>
  score.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

/**
 * A share in percent. Near none and near all it has a decimal, and only all of them are 100 %.
 *
 * @param share 0 to 1
 */
export function shareText(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const percent = share * 100;
  return `${percent < 10 || percent > 95 ? Math.min(99.9, Math.max(0.1, percent)).toFixed(1) : percent.toFixed(0)} %`;
}

/**
 * Of the comments that at least one of the two would hold, those that both would. Comments that neither holds are left
 * out: of a rare label they are nearly all, and would make any two scorers agree.
 */
export function agreement({ bothHold, onlyFromHolds, onlyToHolds }: CalibrationLabel): {
  shared: number;
  either: number;
} | null {
  const either = bothHold + onlyFromHolds + onlyToHolds;
  return either === 0 ? null : { shared: bothHold, either };
}

/**
 * What is known by now, in a sentence.
 *
 * @param versionInForce of the policy; null while it is not known
 */
export function progressText(
  { state, comments, maxComments, fromAbsent, toAbsent, endedAt, adoptedVersion }: ScorerCalibrationSummary,
  versionInForce: number | null,
): string {
  const of = `${comments.toLocaleString()} of ${maxComments.toLocaleString()} comments compared`;
  const other =
    versionInForce === null || versionInForce === adoptedVersion
      ? ''
      : `; version ${versionInForce} is in force now`;
  const adopted =
    adoptedVersion === null ? '' : `. Adopted as version ${adoptedVersion} of the policy${other}`;
  if (state === 'running')
    return (comments + fromAbsent + toAbsent === 0 ? 'Waiting for the first comment' : of) + adopted;
  return (endedAt === null ? of : `Ended after ${of}`) + adopted;
}
