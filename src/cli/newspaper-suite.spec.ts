import { beforeAll, describe, expect, it } from '@jest/globals';
import { decideNewspaperSuite, readNewspaperSuite, type SuiteFunctionResult } from './newspaper-suite.js';

// Only the tuning half: the other one is for judging, and is printed by `npm run eval -- FILE --held-out`.
describe('the default policy on the tuning half of the newspaper suite', () => {
  let results: SuiteFunctionResult[];
  beforeAll(async () => {
    results = await decideNewspaperSuite(readNewspaperSuite('tuning'));
  });

  const share = (
    chosen: (result: SuiteFunctionResult) => boolean,
    action: keyof SuiteFunctionResult['counts'],
  ): number => {
    const functions = results.filter(chosen);
    const all = functions.reduce((sum, { total }) => sum + total, 0);
    expect(all).toBeGreaterThan(0);
    return functions.reduce((sum, { counts }) => sum + counts[action], 0) / all;
  };
  const named =
    (name: string) =>
    (result: SuiteFunctionResult): boolean =>
      result.name === name;
  const isHarmless = ({ expected }: SuiteFunctionResult): boolean => expected === 'publish';

  it('rejects nothing harmless', () => {
    expect(share(isHarmless, 'reject')).toBe(0);
  });

  it('holds every announcement of self-harm', () => {
    expect(share(named('self-harm-announcement'), 'hold')).toBe(1);
  });

  it('publishes little blatant abuse', () => {
    expect(share(named('blatant'), 'publish')).toBeLessThanOrEqual(0.15);
  });

  it('publishes little self-harm baiting', () => {
    expect(share(named('self-harm-baiting'), 'publish')).toBeLessThanOrEqual(0.08);
  });

  it('holds few harmless sentences', () => {
    expect(share(isHarmless, 'hold')).toBeLessThanOrEqual(0.03);
  });

  it('publishes links to serious sources', () => {
    expect(share(named('links'), 'hold')).toBeLessThanOrEqual(0.03);
  });

  it('holds sentences that name a group hardly more often than others', () => {
    expect(share(named('groups'), 'hold')).toBeLessThanOrEqual(
      1.5 * share(named('groups-control'), 'hold') + 0.02,
    );
  });
});
