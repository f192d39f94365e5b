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
  if (adoptedVersion !== null) return `Adopted as version ${adoptedVersion} of the policy`;
  const of = `${comments.toLocaleString()} of ${maxComments.toLocaleString()} comments`;
  if (state === 'running') return comments === 0 ? 'Waiting for the first comment' : of;
  return endedAt === null ? of : `Ended after ${of}`;
}
