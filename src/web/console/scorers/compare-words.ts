import type { ScorerCalibrationSummary, CalibrationLabel } from '../wire.js';
import { OUTCOME_WORDS } from './scorer-words.js';

const WHY: Readonly<Record<string, string>> = {
  ...OUTCOME_WORDS,
  language: 'The language is not read',
  'no-score': 'It answered without a score',
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

/** How many of the comments that both scored they would treat alike. */
export const agreement = ({ comments, bothHold, neitherHolds }: CalibrationLabel): number | null =>
  comments === 0 ? null : (bothHold + neitherHolds) / comments;

/** What is known by now, in a sentence. */
export function progressText({
  state,
  comments,
  maxComments,
  endedAt,
  adoptedVersion,
}: ScorerCalibrationSummary): string {
  const of = `${comments.toLocaleString()} of ${maxComments.toLocaleString()} comments`;
  const adopted = adoptedVersion === null ? '' : `. Adopted as version ${adoptedVersion} of the policy`;
  if (state === 'running') return (comments === 0 ? 'Waiting for the first comment' : of) + adopted;
  return (endedAt === null ? of : `Ended after ${of}`) + adopted;
}
