import { describe, expect, it } from '@jest/globals';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { randomFrom } from '../training/random.js';
import { compareRanking } from './compare-ranking.js';
import { drawComments, MIN_PICKS, OTHERS_PER_PICK, type DrawableComment } from './draw-comments.js';
import { decodePicksModel, encodePicksModel, shareBelow, type PickText } from './picks-model.js';
import { trainPicksModel } from './train-picks-model.js';

type Comment = DrawableComment & PickText;

/** A random vector of length 1 whose first number is larger the more it has of what the editors like. */
function embeddingWith(liked: number, random: () => number): Float32Array {
  const numbers = Float32Array.from({ length: DIMENSIONS }, () => (random() - 0.5) * 0.15);
  numbers[0] = liked;
  const length = Math.hypot(...numbers);
  return numbers.map((value) => value / length);
}

/** Comments of 20 stories, of which the editors picked one in ten: by `liked`, or by chance. */
function comments(count: number, taste: 'liked' | 'chance', seed = 3): Comment[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, at) => {
    const isPicked = at % 10 === 0;
    const length = 40 + Math.floor(random() * 400);
    return {
      storyId: `story-${Math.floor(random() * 20)}`,
      isPicked,
      length,
      body: 'word '.repeat(length / 5),
      embedding: embeddingWith(taste === 'liked' && isPicked ? 0.6 : random() * 0.6, random),
      shipped: random() - 0.5,
    };
  });
}

describe('the draw of comments for a picks model', () => {
  it('has five others of each length for every pick, from the stories of the picks', () => {
    const given = [
      ...comments(1_000, 'chance'),
      ...comments(100, 'chance').map((each) => ({ ...each, storyId: 'no picks', isPicked: false })),
    ];
    const drawn = drawComments(given);
    expect(drawn.filter(({ isPicked }) => isPicked)).toHaveLength(100);
    for (let quintile = 0; quintile < 5; quintile++) {
      const same = drawn.filter((comment) => comment.quintile === quintile);
      const picks = same.filter(({ isPicked }) => isPicked).length;
      expect(picks).toBe(20);
      expect(same).toHaveLength(picks * (1 + OTHERS_PER_PICK));
    }
    expect(drawn.some(({ storyId }) => storyId === 'no picks')).toBe(false);
  });

  it('leaves out picks of a length that others hardly have', () => {
    const given = comments(2_000, 'chance').map((each) =>
      each.isPicked ? each : { ...each, length: Math.min(each.length, 350) },
    );
    const drawn = drawComments(given);
    const longest = drawn.filter(({ quintile }) => quintile === 4);
    const isPicked = longest.filter((each) => each.isPicked).length;
    expect(longest).toHaveLength(isPicked * (1 + OTHERS_PER_PICK));
    expect(drawn.filter((each) => each.isPicked).length).toBeLessThan(200);
  });

  it('is empty with too few picks or stories', () => {
    expect(drawComments(comments(10 * (MIN_PICKS - 1), 'chance'))).toEqual([]);
    expect(drawComments(comments(10 * MIN_PICKS * 2, 'chance'))).not.toEqual([]);
    const ofFewStories = comments(1_000, 'chance').map((each, at) => ({ ...each, storyId: `s${at % 9}` }));
    expect(drawComments(ofFewStories)).toEqual([]);
  });
});

describe('the comparison of rankings', () => {
  it('counts pairs of a pick and another comment of the same fifth', () => {
    const row = (isPicked: boolean, quintile: number, shipped: number, learned: number) => ({
      storyId: 'a',
      isPicked,
      quintile,
      shipped,
      learned,
    });
    const { shipped, learned } = compareRanking([
      row(true, 0, 5, 2),
      row(false, 0, 5, 1),
      row(false, 0, 9, 0),
      // Of another fifth, so it is compared only with its own.
      row(true, 1, -1, -1),
      row(false, 1, -1, -2),
    ]);
    expect(shipped).toBeCloseTo(1 / 3);
    expect(learned).toBe(1);
  });
});

describe('the training of a picks model', () => {
  it('learns what editors pick, and ranks what was not picked from 0 to 1', async () => {
    const drawn = drawComments(comments(1_000, 'liked'));
    const { model, figures } = await trainPicksModel(drawn);
    expect(figures.learned).toBeGreaterThan(figures.shipped + 0.2);
    expect(figures.gainAtLeast).toBeGreaterThan(0.1);
    const again = await trainPicksModel(drawn);
    expect(again.figures).toEqual(figures);

    const stored = decodePicksModel(encodePicksModel(model));
    const random = randomFrom(9);
    const shares = (liked: number): number[] =>
      Array.from({ length: 40 }, () =>
        shareBelow(stored, { body: 'word '.repeat(30), shipped: 0, embedding: embeddingWith(liked, random) }),
      );
    const mean = (values: number[]): number => values.reduce((sum, each) => sum + each) / values.length;
    expect(mean(shares(0.6))).toBeGreaterThan(0.8);
    expect(mean(shares(0))).toBeLessThan(0.2);
  });

  it('does not beat the shipped head on picks by chance, more often than chance explains', async () => {
    const bounds: number[] = [];
    for (let seed = 1; seed <= 10; seed++)
      bounds.push((await trainPicksModel(drawComments(comments(600, 'chance', seed)))).figures.gainAtLeast);
    expect(bounds.filter((bound) => bound > 0).length).toBeLessThanOrEqual(1);
  });

  it('cannot be read if bytes are missing or damaged', async () => {
    const { model } = await trainPicksModel(drawComments(comments(1_000, 'liked')));
    const bytes = encodePicksModel(model);
    expect(() => decodePicksModel(bytes.subarray(4))).toThrow('not a picks model');
    bytes.writeUInt32LE(0x7fc00000, 0);
    expect(() => decodePicksModel(bytes)).toThrow('damaged');
  });
});
