import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ActionCounts } from './decide.js';
import {
  decideForeignSuite,
  decideNewspaperSuite,
  readForeignSuite,
  readNewspaperSuite,
  type SuiteFunctionResult,
  type SuiteLanguageResult,
} from './newspaper-suite.js';

// Only the tuning half: the held-out half is for the final evaluation, `npm run eval -- FILE --held-out`.
describe('the default policy on the tuning half of the newspaper suite', () => {
  let results: SuiteFunctionResult[];
  beforeAll(async () => {
    results = await decideNewspaperSuite(readNewspaperSuite('tuning'));
  });

  const share = (
    matches: (result: SuiteFunctionResult) => boolean,
    action: keyof SuiteFunctionResult['counts'],
  ): number => {
    const functions = results.filter(matches);
    const count = functions.reduce((sum, { total }) => sum + total, 0);
    expect(count).toBeGreaterThan(0);
    return functions.reduce((sum, { counts }) => sum + counts[action], 0) / count;
  };
  const hasName =
    (name: string) =>
    (result: SuiteFunctionResult): boolean =>
      result.name === name;
  const isHarmless = ({ expected }: SuiteFunctionResult): boolean => expected === 'publish';

  it('rejects nothing harmless', () => {
    expect(share(isHarmless, 'reject')).toBe(0);
  });

  it('holds every announcement of self-harm', () => {
    expect(share(hasName('self-harm-announcement'), 'hold')).toBe(1);
  });

  it('publishes little blatant abuse', () => {
    expect(share(hasName('blatant'), 'publish')).toBeLessThanOrEqual(0.15);
  });

  it('publishes little self-harm baiting', () => {
    expect(share(hasName('self-harm-baiting'), 'publish')).toBeLessThanOrEqual(0.08);
  });

  it('publishes few threats', () => {
    expect(share(hasName('threat'), 'publish')).toBeLessThanOrEqual(0.15);
  });

  it('holds few harmless sentences', () => {
    expect(share(isHarmless, 'hold')).toBeLessThanOrEqual(0.03);
  });

  it('holds few links to serious sources', () => {
    expect(share(hasName('links'), 'hold')).toBeLessThanOrEqual(0.03);
  });

  it('holds sentences that name a group hardly more often than others', () => {
    expect(share(hasName('groups'), 'hold')).toBeLessThanOrEqual(
      1.5 * share(hasName('groups-control'), 'hold') + 0.02,
    );
  });
});

describe('the default policy on sentences in other languages', () => {
  let results: SuiteLanguageResult[];
  beforeAll(async () => {
    results = await decideForeignSuite(readForeignSuite());
  });

  const share = (of: (result: SuiteLanguageResult) => ActionCounts, action: keyof ActionCounts): number => {
    const counts = results.map(of);
    const total = counts.reduce((sum, { publish, hold, reject }) => sum + publish + hold + reject, 0);
    expect(total).toBe(240);
    return counts.reduce((sum, each) => sum + each[action], 0) / total;
  };

  it('publishes hardly any abuse', () => {
    expect(share(({ byDefault }) => byDefault['foreign-abuse'], 'publish')).toBeLessThanOrEqual(0.01);
  });

  it('publishes hardly any ordinary sentence, because nobody has read it', () => {
    expect(share(({ byDefault }) => byDefault['foreign-ordinary'], 'publish')).toBeLessThanOrEqual(0.01);
  });

  it('holds everything on a site in that language', () => {
    expect(share(({ onItsSite }) => onItsSite['foreign-abuse'], 'hold')).toBe(1);
    expect(share(({ onItsSite }) => onItsSite['foreign-ordinary'], 'hold')).toBe(1);
  });
});
