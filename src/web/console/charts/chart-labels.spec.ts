import { describe, expect, it } from '@jest/globals';
import { duration, intervalText, percent } from './chart-labels.js';

describe('figures as text', () => {
  it.each([
    [0, '0 %'],
    [0.034, '3.4 %'],
    [0.02, '2 %'],
    [0.5, '50 %'],
    [0.996, '100 %'],
    [1, '100 %'],
  ])('formats %d as %s', (share, words) => expect(percent(share)).toBe(words));

  it('shows a share with its interval and its counts', () => {
    expect(intervalText({ count: 9, of: 1500, value: 0.006, low: 0.003, high: 0.011 })).toBe(
      '0.3 %–1.1 %, 9 of 1,500',
    );
    expect(intervalText({ count: 0, of: 0, value: null, low: null, high: null })).toBe('not enough data yet');
  });

  it.each([
    [40, '40 s'],
    [89, '89 s'],
    [720, '12 min'],
    [12_600, '3.5 h'],
    [36_000, '10 h'],
    [172_800, '2 d'],
  ])('formats %d seconds as %s', (seconds, words) => expect(duration(seconds)).toBe(words));
});
