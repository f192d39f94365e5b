import { describe, expect, it } from '@jest/globals';
import { agreementOf } from './agreement.js';

describe('agreement', () => {
  it('beyond chance is measured by kappa', () => {
    const { pairs, agreementRate, kappa } = agreementOf({ publish: 40, refuse: 40, disagreements: 20 });
    expect([pairs, agreementRate.value]).toEqual([100, 0.8]);
    expect(kappa).toBeCloseTo(0.6, 12);
  });

  it('at the level of chance has a kappa of 0', () =>
    expect(agreementOf({ publish: 25, refuse: 25, disagreements: 50 }).kappa).toBeCloseTo(0, 12));

  it('of few pairs has no kappa, but reports the number of pairs', () =>
    expect(agreementOf({ publish: 2, refuse: 1, disagreements: 0 })).toMatchObject({
      pairs: 3,
      kappa: null,
      agreementRate: { count: 3, of: 3, value: 1 },
    }));

  it('has no kappa when all answers are the same', () =>
    expect(agreementOf({ publish: 50, refuse: 0, disagreements: 0 }).kappa).toBeNull());
});
