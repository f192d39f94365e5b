import { fitThreshold, type Pair } from './fit-threshold.js';

const pairs = (count: number, pair: (share: number, index: number) => Pair): Pair[] =>
  Array.from({ length: count }, (_, index) => pair((index + 0.5) / count, index));

describe('a fitted threshold', () => {
  it('holds the same share of comments with the other scorer', () => {
    // The second score is the square of the first: .8 on one scale is .64 on the other.
    const fit = fitThreshold(
      pairs(1_000, (share) => ({ from: share, to: share ** 2 })),
      0.8,
    );
    expect(fit).toMatchObject({
      texts: 1_000,
      held: 200,
      bothHold: 200,
      onlyFromHolds: 0,
      onlyToHolds: 0,
      neitherHolds: 800,
      isUncertain: false,
    });
    expect(fit.threshold).toBeCloseTo(0.64, 2);
    const [low, high] = fit.range!;
    expect(low).toBeLessThan(fit.threshold!);
    expect(high).toBeGreaterThan(fit.threshold!);
    expect(high - low).toBeLessThan(0.1);
  });

  it('holds the same share when the two scorers disagree about the texts', () => {
    const fit = fitThreshold(
      pairs(1_000, (share, index) => ({ from: share, to: ((index * 7) % 1_000) / 1_000 })),
      0.9,
    );
    expect(fit.held).toBe(100);
    expect(fit.bothHold + fit.onlyToHolds).toBe(100);
    expect(fit.onlyFromHolds).toBe(fit.onlyToHolds);
  });

  it.each([
    ['few texts', pairs(100, (share) => ({ from: share, to: share })), 0.5],
    ['few held', pairs(1_000, (share) => ({ from: share, to: share })), 0.98],
    ['few not held', pairs(1_000, (share) => ({ from: share, to: share })), 0.01],
  ])('is uncertain with %s', (_, texts, heldFrom) => {
    expect(fitThreshold(texts, heldFrom).isUncertain).toBe(true);
  });

  it('is null when nothing was held or nothing was scored', () => {
    const none = { held: 0, threshold: null, range: null, bothHold: 0, isUncertain: true };
    expect(
      fitThreshold(
        pairs(50, () => ({ from: 0.1, to: 0.2 })),
        0.8,
      ),
    ).toMatchObject({
      ...none,
      neitherHolds: 50,
    });
    expect(fitThreshold([], 0.8)).toMatchObject({ ...none, texts: 0 });
  });

  it('does not separate equal scores, and holds more rather than fewer', () => {
    const tied = [0.9, 0.5, 0.5, 0.5, 0.1].map((to, index) => ({ from: 1 - index / 10, to }));
    // Two should be held; because of ties only one or four can be.
    expect(fitThreshold(tied, 0.9).bothHold).toBe(1);
    // Three should be held; four is the closest possible number.
    const three = fitThreshold(tied, 0.8);
    expect([three.held, three.bothHold + three.onlyToHolds]).toEqual([3, 4]);
    const all = fitThreshold([{ from: 1, to: 0 }], 0.5);
    expect([all.threshold, all.bothHold]).toEqual([0, 1]);
  });
});
