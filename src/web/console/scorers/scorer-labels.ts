import { shortTimeLeft } from '../shell/format-age.js';
import type { Scorer, ScorerTrial } from '../api-types.js';

export const KIND_LABELS: Readonly<Record<Scorer['kind'], string>> = {
  'signed-http': 'A service of your own',
  'openai-moderation': 'OpenAI’s moderations',
  akismet: 'Akismet',
  perspective: 'Perspective API',
  chat: 'A chat model with your rules',
};

export const OUTCOME_LABELS: Readonly<Record<ScorerTrial['outcome'], string>> = {
  scored: 'It scored',
  timeout: 'It took too long',
  unreachable: 'It could not be reached',
  refused: 'It refused the request',
  failed: 'It failed',
  'bad-answer': 'Its answer was incomplete or not understood',
  'circuit-open': 'It is paused',
  'budget-spent': 'Its budget of calls is used up',
};

export interface ScorerState {
  readonly kind: 'good' | 'warn' | 'bad' | 'off';
  readonly text: string;
}

/**
 * The current state of a scorer; if several apply, the worst one.
 *
 * @param isCompared whether a running comparison uses its scores, even if it takes no part in decisions
 */
export function stateOf(scorer: Scorer, now: number, isCompared: boolean): ScorerState {
  const { enabled, circuit, openUntil, lastFailureAt, lastSuccessAt } = scorer;
  const { callsPerDay, callsToday, callsPerMonth, callsThisMonth } = scorer;
  if (!enabled && !isCompared) return { kind: 'off', text: 'Not asked' };
  if (circuit === 'open' && openUntil)
    return { kind: 'bad', text: `Paused for ${shortTimeLeft(openUntil, now)}` };
  if (circuit === 'half-open') return { kind: 'bad', text: 'Testing with one comment' };
  if (
    (callsPerDay !== null && callsToday >= callsPerDay) ||
    (callsPerMonth !== null && callsThisMonth >= callsPerMonth)
  )
    return { kind: 'bad', text: 'Budget used up' };
  if (lastFailureAt && (!lastSuccessAt || lastFailureAt > lastSuccessAt))
    return { kind: 'warn', text: 'Last call failed' };
  if (!enabled) return { kind: 'good', text: 'Called for a comparison only' };
  if (lastSuccessAt && scorer.isShadow) return { kind: 'good', text: 'Answers, in shadow mode' };
  return lastSuccessAt ? { kind: 'good', text: 'Answers' } : { kind: 'off', text: 'Not called yet' };
}

type Uses = Scorer['labels'];

/** Removes default uses: a custom service's label with the same name as a built-in one maps to it anyway. */
export function ownUses(labels: Uses): Uses {
  return Object.fromEntries(Object.entries(labels).filter(([label, use]) => !isDefaultUse(label, use)));
}

const isDefaultUse = (label: string, { as, hold, reject }: Uses[string]): boolean =>
  as?.length === 1 && as[0] === label && hold == null && reject == null;
