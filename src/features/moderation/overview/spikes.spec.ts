import { describe, expect, it } from '@jest/globals';
import { isSpike, SITE_SPIKE, STORY_SPIKE, typicalRateOfSite, typicalRateOfStory } from './spikes.js';

describe('spike detection', () => {
  it.each([
    ['twice a busy hour', 240, 120, SITE_SPIKE, true],
    ['not twice', 239, 120, SITE_SPIKE, false],
    ['few, however unusual', 29, 1, SITE_SPIKE, false],
    ['many where usually nobody writes', 30, 0, SITE_SPIKE, true],
    ['what nobody knows', 900, null, SITE_SPIKE, false],
    ['three times the usual of a story', 30, 10, STORY_SPIKE, true],
    ['two and a half times', 25, 10, STORY_SPIKE, false],
    ['what chance may give', 15, 5, { minCount: 10, times: 2 }, true],
    ['what chance gives now and then', 13, 5, { minCount: 10, times: 2 }, false],
  ])('%s', (_, comments, usual, rule, expected) => expect(isSpike(comments, usual, rule)).toBe(expected));
});

describe('the typical rate', () => {
  it('of a site is the median of the same hours, once there are seven', () => {
    expect(typicalRateOfSite([9, 9, 9, 9, 9, 9])).toBeNull();
    expect(typicalRateOfSite([1, 400, 3, 5, 4, 2, 6])).toBe(4);
    expect(typicalRateOfSite([1, 2, 3, 4, 5, 6, 7, 400])).toBe(4.5);
  });

  it('of a story is its own mean, or that of the other stories if higher', () => {
    expect(typicalRateOfStory({ before: 240, hoursBefore: 24 }, { comments: 60, stories: 12 })).toBe(10);
    expect(typicalRateOfStory({ before: 0, hoursBefore: 0 }, { comments: 60, stories: 12 })).toBe(5);
    expect(typicalRateOfStory({ before: 30, hoursBefore: 2 }, { comments: 10, stories: 10 })).toBe(15);
  });

  it('of a story alone on its site never makes it a spike', () => {
    const usual = typicalRateOfStory({ before: 0, hoursBefore: 0 }, { comments: 500, stories: 1 });
    expect(isSpike(500, usual, STORY_SPIKE)).toBe(false);
  });
});
