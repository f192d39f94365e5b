import { describe, expect, it } from '@jest/globals';
import { completePolicy } from '../../sites/policy.js';
import { limitScores } from './limit-scores.js';

const score = (value: number) => ({ toxicity: { value, spans: [] } });
const strict = completePolicy({ moderation: { thresholds: { toxicity: { hold: 0.5, reject: 0.9 } } } });

describe('limitScores', () => {
  it('keeps scores below the reject threshold in assist mode', () => {
    expect(limitScores(score(0.99), strict, 'assist').toxicity!.value).toBe(0.8999);
    expect(limitScores(score(0.7), strict, 'assist').toxicity!.value).toBe(0.7);
    expect(limitScores(score(0.99), completePolicy(), 'assist').toxicity!.value).toBe(0.99);
  });

  it('keeps the scores of a model that only orders the queue below the hold threshold, without changing their order', () => {
    const values = [0, 0.2, 0.5, 0.9, 1].map(
      (value) => limitScores(score(value), strict, 'order').toxicity!.value,
    );
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(new Set(values).size).toBe(values.length);
    expect(Math.max(...values)).toBeLessThan(0.5);
  });

  it('does not need thresholds: `assist` then changes nothing, and `order` keeps scores below 1', () => {
    const off = completePolicy({ moderation: { thresholds: { toxicity: { hold: null, reject: null } } } });
    expect(limitScores(score(0.9), off, 'assist').toxicity!.value).toBe(0.9);
    expect(limitScores(score(0.9), off, 'order').toxicity!.value).toBeLessThan(0.9);
  });
});
