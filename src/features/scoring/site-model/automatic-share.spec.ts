import { describe, expect, it } from '@jest/globals';
import { automaticShare, MAX_WRONG, type JudgedText } from './automatic-share.js';

const texts = (count: number, probability: number, refused: number, weight = 1): JudgedText[] =>
  Array.from({ length: count }, (_, at) => ({
    probability: probability + at * 1e-6,
    isRefused: at < refused,
    weight,
  }));

describe('the share of comments that could be decided automatically', () => {
  it('has at most one error in a hundred, with 95 % confidence', () => {
    const {
      publish,
      refuse,
      texts: count,
    } = automaticShare([...texts(900, 0.01, 1), ...texts(500, 0.3, 150), ...texts(600, 0.95, 600)]);
    expect(count).toBe(2000);
    expect(publish.share).toBeCloseTo(0.45, 2);
    expect(publish.limit).toBeLessThan(0.3001);
    expect(publish.wrong).toBeLessThan(MAX_WRONG);
    expect(refuse.share).toBeCloseTo(0.3, 2);
    for (const { wrongAtMost } of [publish, refuse]) expect(wrongAtMost).toBeLessThanOrEqual(MAX_WRONG);
  });

  it('is zero if there are too few comments to prove it', () => {
    const none = { share: 0, limit: null };
    expect(automaticShare(texts(380, 0.01, 0)).publish).toMatchObject(none);
    expect(automaticShare(texts(385, 0.01, 0)).publish).toMatchObject({ share: 1 });
    expect(automaticShare([])).toMatchObject({ publish: none, refuse: none });
  });

  it('counts each comment for those that it stands for, but as one piece of evidence', () => {
    expect(automaticShare(texts(100, 0.01, 0, 50)).publish.share).toBe(0);
    const { publish } = automaticShare([...texts(400, 0.01, 0, 10), ...texts(1000, 0.5, 500)]);
    expect(publish.share).toBeCloseTo(0.8, 2);
  });

  it('decides comments with the same probability alike', () => {
    const same = Array.from({ length: 1000 }, (_, at) => ({
      probability: 0.02,
      isRefused: at >= 600,
      weight: 1,
    }));
    expect(automaticShare(same).publish.share).toBe(0);
  });
});
