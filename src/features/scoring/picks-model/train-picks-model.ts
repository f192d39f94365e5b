import { ascendDuals } from '../site-model/dual-ascent.js';
import { compareRanking, type RankingFigures } from './compare-ranking.js';
import { OTHERS_PER_PICK, type Drawn, type DrawableComment } from './draw-comments.js';
import {
  logLength,
  newWeights,
  pickFeatures,
  shippedLogit,
  weightedSum,
  type PicksModel,
  type PickText,
} from './picks-model.js';

export interface TrainedPicksModel {
  readonly model: PicksModel;
  /** On stories that the ranking was not trained on. */
  readonly figures: RankingFigures;
}

const FOLDS = 5;
const PRIOR_OF_A_PICK = -Math.log(OTHERS_PER_PICK);

/**
 * Learns what a site's editors pick, as a difference to the shipped quality head. Weights without evidence stay as
 * shipped. Deterministic.
 *
 * @param comments as `drawComments` returns them, not empty
 */
export async function trainPicksModel(
  comments: readonly (Drawn<DrawableComment> & PickText)[],
): Promise<TrainedPicksModel> {
  const features = comments.map(pickFeatures);
  const norms = features.map((each) => weightedSum(each, each));
  const priors = comments.map(({ shipped }) => shippedLogit(shipped));
  const fit = async (rows: readonly number[]): Promise<Float64Array> => {
    const weights = newWeights();
    await ascendDuals(
      {
        norms: rows.map((row) => norms[row]),
        sum: (at) => weightedSum(weights, features[rows[at]]),
        add(at, change) {
          const sizes = features[rows[at]];
          for (let each = 0; each < sizes.length; each++) weights[each] += change * sizes[each];
        },
      },
      rows.map((row) => priors[row] + PRIOR_OF_A_PICK),
      rows.map((row) => Number(comments[row].isPicked)),
    );
    return weights;
  };
  const all = [...comments.keys()];
  const foldOf = foldsByStory(comments);
  const unseenSums = new Float64Array(comments.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = await fit(all.filter((row) => foldOf.get(comments[row].storyId) !== fold));
    for (const row of all)
      if (foldOf.get(comments[row].storyId) === fold)
        unseenSums[row] = priors[row] + weightedSum(weights, features[row]);
  }
  const others = all.filter((row) => !comments[row].isPicked);
  return {
    figures: compareRanking(comments.map((comment, row) => ({ ...comment, learned: unseenSums[row] }))),
    model: {
      weights: await fit(all),
      ...lineOf(
        others.map((row) => logLength(comments[row].body)),
        others.map((row) => unseenSums[row]),
      ),
    },
  };
}

/** Gives every story to one fold, so that each fold has about as many picks. */
function foldsByStory(comments: readonly DrawableComment[]): Map<string, number> {
  const picks = new Map<string, number>();
  for (const { storyId, isPicked } of comments)
    picks.set(storyId, (picks.get(storyId) ?? 0) + Number(isPicked));
  const sizes = new Array<number>(FOLDS).fill(0);
  const folds = new Map<string, number>();
  for (const [storyId, count] of [...picks].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))) {
    const fold = sizes.indexOf(Math.min(...sizes));
    sizes[fold] += count;
    folds.set(storyId, fold);
  }
  return folds;
}

/** A least-squares line of sums by length, and the standard deviation around it. */
function lineOf(x: readonly number[], y: readonly number[]): Omit<PicksModel, 'weights'> {
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const variance = meanOf(x.map((value) => (value - meanX) ** 2));
  const covariance = meanOf(x.map((value, at) => (value - meanX) * (y[at] - meanY)));
  const perLogLength = variance > 0 ? covariance / variance : 0;
  const mean = meanY - perLogLength * meanX;
  const sd = Math.sqrt(meanOf(y.map((value, at) => (value - mean - perLogLength * x[at]) ** 2)));
  return { mean, perLogLength, sd: sd || 1 };
}
