import { describe, expect, it } from '@jest/globals';
import { isSpike, SITE_SPIKE, STORY_SPIKE, typicalRateOfSite, typicalRateOfStory } from './spikes.js';

describe('spike detection', () => {
  it.each([
    ['twice the usual number', 240, 120, SITE_SPIKE, true],
    ['less than twice the usual number', 239, 120, SITE_SPIKE, false],
    ['fewer than the minimum', 29, 1, SITE_SPIKE, false],
    ['the minimum, where the usual number is 0', 30, 0, SITE_SPIKE, true],
    ['any number, where the usual number is unknown', 900, null, SITE_SPIKE, false],
    ['three times the usual number of a story', 30, 10, STORY_SPIKE, true],
    ['two and a half times the usual number of a story', 25, 10, STORY_SPIKE, false],
    ['more than random variation', 15, 5, { minCount: 10, times: 2 }, true],
    ['within random variation', 13, 5, { minCount: 10, times: 2 }, false],
  ])('%s', (_, comments, usual, rule, expected) => expect(isSpike(comments, usual, rule)).toBe(expected));
});

describe('the typical rate', () => {
  it('of a site is the median of the same hours, once there are seven', () => {
    expect(typicalRateOfSite([9, 9, 9, 9, 9, 9])).toBeNull();
    expect(typicalRateOfSite([1, 400, 3, 5, 4, 2, 6])).toBe(4);
    expect(typicalRateOfSite([1, 2, 3, 4, 5, 6, 7, 400])).toBe(4.5);
  });

  it('of a story is its own mean, or the mean of the active stories if that is higher', () => {
    expect(typicalRateOfStory({ before: 240, hoursBefore: 24 }, { comments: 60, stories: 12 })).toBe(10);
    expect(typicalRateOfStory({ before: 0, hoursBefore: 0 }, { comments: 60, stories: 12 })).toBe(5);
    expect(typicalRateOfStory({ before: 30, hoursBefore: 2 }, { comments: 10, stories: 10 })).toBe(15);
  });

  it('of the only active story on a site equals its comments, so it is never a spike', () => {
    const usual = typicalRateOfStory({ before: 0, hoursBefore: 0 }, { comments: 500, stories: 1 });
    expect(isSpike(500, usual, STORY_SPIKE)).toBe(false);
  });
});
