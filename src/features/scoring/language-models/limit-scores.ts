import { activeThresholds, type Policy } from '../../sites/policy.js';
import { toValue, type Label, type Score, type ScoreMap } from '../scores.js';

const BELOW = 0.0001;
/** The largest score of a model that only orders, relative to the threshold. */
const MAX_SHARE_OF_THRESHOLD = 0.99;

/**
 * Limits the scores of a language's model to what it may decide: it never rejects a comment, and with `order` it does
 * not reach a threshold either.
 */
export function limitScores(scores: ScoreMap, policy: Policy, use: 'assist' | 'order'): ScoreMap {
  const thresholds = activeThresholds(policy);
  const limited: ScoreMap = {};
  for (const [label, score] of Object.entries(scores) as [Label, Score][]) {
    const { hold = 1, reject = Infinity } = thresholds[label] ?? {};
    const value =
      use === 'order'
        ? score.value * hold * MAX_SHARE_OF_THRESHOLD
        : Math.min(score.value, Math.max(0, reject - BELOW));
    limited[label] = { ...score, value: toValue(value) };
  }
  return limited;
}
