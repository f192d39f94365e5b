import { describe, expect, it } from '@jest/globals';
import { agreementOf } from './agreement.js';

describe('agreement', () => {
  it('beyond chance is kappa', () => {
    const { pairs, agreed, kappa } = agreementOf({ publish: 40, refuse: 40, apart: 20 });
    expect([pairs, agreed.value]).toEqual([100, 0.8]);
    expect(kappa).toBeCloseTo(0.6, 12);
  });

  it('that chance gives is no agreement', () =>
    expect(agreementOf({ publish: 25, refuse: 25, apart: 50 }).kappa).toBeCloseTo(0, 12));

  it('of few pairs has no kappa, and says on how many it stands', () =>
    expect(agreementOf({ publish: 2, refuse: 1, apart: 0 })).toMatchObject({
      pairs: 3,
      kappa: null,
      agreed: { count: 3, of: 3, value: 1 },
    }));

  it('of answers that are all the same has no kappa', () =>
    expect(agreementOf({ publish: 50, refuse: 0, apart: 0 }).kappa).toBeNull());
});
