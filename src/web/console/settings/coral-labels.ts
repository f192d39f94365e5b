import type { CoralPhase } from '../api-types.js';

export const RESULT_LABELS: Readonly<Record<NonNullable<CoralPhase['lastAnswer']>, string>> = {
  publish: 'no objection',
  hold: 'held for a moderator',
  reject: 'rejected',
};

/** The state of the Coral integration, as a sentence. */
export function coralStateOf({
  lastAnswerAt,
  lastFailureAt,
}: Pick<CoralPhase, 'lastAnswerAt' | 'lastFailureAt'>): { kind: 'good' | 'warn' | 'off'; text: string } {
  if (lastFailureAt !== null && (lastAnswerAt === null || lastFailureAt >= lastAnswerAt))
    return { kind: 'warn', text: 'The last request failed' };
  if (lastAnswerAt !== null) return { kind: 'good', text: 'Connected, answering requests from Coral' };
  return { kind: 'off', text: 'No request from Coral yet' };
}
