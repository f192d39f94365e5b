import { randomFrom } from '../training/random.js';

export interface RankedComment {
  readonly storyId: string;
  readonly isPicked: boolean;
  readonly quintile: number;
  /** By either model; only the order counts. */
  readonly shipped: number;
  readonly learned: number;
}

export interface RankingFigures {
  /** How often a pick ranks above another comment of its fifth by length: ROC-AUC, 0 to 1. */
  readonly shipped: number;
  readonly learned: number;
  /**
   * The lower bound of `learned` minus `shipped`, one-sided at 95 %. A shipped figure below .5, which knows nothing,
   * counts as .5.
   */
  readonly gainAtLeast: number;
}

const RESAMPLES = 1_000;
const ONE_SIDED = 0.05;
const CHANCE = 0.5;

/**
 * Compares two rankings within each fifth by length. The bound is a bootstrap over the stories, because comments of one
 * story resemble each other (Efron and Tibshirani 1993, chapter 8). Deterministic.
 *
 * @param comments with picks and others of the same fifth
 */
export function compareRanking(comments: readonly RankedComment[]): RankingFigures {
  const stories = [...new Set(comments.map(({ storyId }) => storyId))];
  const storyAt = new Map(stories.map((story, at) => [story, at]));
  const rows = comments.map((comment) => ({ ...comment, story: storyAt.get(comment.storyId)! }));
  const rankings = (['shipped', 'learned'] as const).map((model) => {
    const sorted = [...rows].sort((a, b) => a.quintile - b.quintile || a[model] - b[model]);
    return (weights: ArrayLike<number>): number => {
      let [pairs, ordered] = [0, 0];
      for (let from = 0; from < sorted.length;) {
        const { quintile } = sorted[from];
        let [picks, others] = [0, 0];
        while (from < sorted.length && sorted[from].quintile === quintile) {
          // Comments with the same value: half of their pairs count as ordered.
          const value = sorted[from][model];
          let [equalPicks, equalOthers] = [0, 0];
          for (; from < sorted.length && sorted[from].quintile === quintile; from++) {
            const { [model]: next, isPicked, story } = sorted[from];
            if (next !== value) break;
            if (isPicked) equalPicks += weights[story];
            else equalOthers += weights[story];
          }
          ordered += equalPicks * (others + equalOthers / 2);
          picks += equalPicks;
          others += equalOthers;
        }
        pairs += picks * others;
      }
      return pairs === 0 ? CHANCE : ordered / pairs;
    };
  });
  const figures = (weights: ArrayLike<number>): number[] => rankings.map((auc) => auc(weights));
  const [shipped, learned] = figures(new Float64Array(stories.length).fill(1));
  const random = randomFrom(1);
  const gains = Array.from({ length: RESAMPLES }, () => {
    const weights = new Float64Array(stories.length);
    for (let draw = 0; draw < stories.length; draw++) weights[Math.floor(random() * stories.length)]++;
    const [before, after] = figures(weights);
    return after - Math.max(CHANCE, before);
  }).sort((a, b) => a - b);
  return { shipped, learned, gainAtLeast: gains[Math.floor(RESAMPLES * ONE_SIDED)] };
}
