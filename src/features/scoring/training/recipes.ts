import type { ModelLabel } from '../model/labels.js';

/** How a label is trained. */
export interface Recipe {
  /** Weight of our own sentences relative to the files. */
  readonly own: number;
  /** Strength of the extra weight for buckets typical of one class; 0 treats all alike. */
  readonly leaning: number;
  /** Strength of clause features relative to n-grams, whose scales are around 1. */
  readonly clauses: number;
  /** Strength of words relative to runs of letters. */
  readonly words: number;
  /**
   * The weight of our own sentences in calibration, as a share of the comments' weight, split equally between
   * positives and negatives.
   */
  readonly ownInCalibration: number;
  /** Weight of the examples relative to the penalty on weights. */
  readonly c: number;
  /** Weight of a positive example relative to others, for labels with few positives. */
  readonly positives: number;
  /** Weight of the news comments relative to others: their raters marked words and not texts. */
  readonly news: number;
  /**
   * How far their degrees (the share of raters who marked any word) are spread away from .5; 1 leaves them unchanged.
   */
  readonly newsSpread: number;
  /** Whether it uses the weights of toxicity, which has many examples, as a prior. */
  readonly usesToxicityPrior: boolean;
}

// Our own sentences are generated from templates. They must not dominate if the files contain much evidence, but need
// weight if the files say little about who is attacked. The values were chosen by cross-validation on the training
// file, on three of five folds.
const BASE_RECIPE: Recipe = {
  own: 0.3,
  leaning: 1,
  clauses: 1,
  words: 1,
  ownInCalibration: 0.04,
  c: 1,
  positives: 1,
  news: 1,
  newsSpread: 1,
  usesToxicityPrior: false,
};

export const RECIPES: Record<ModelLabel, Recipe> = {
  toxicity: {
    ...BASE_RECIPE,
    own: 0.5,
    leaning: 0.8,
    clauses: 0.85,
    words: 1.6,
    ownInCalibration: 0.1,
    c: 0.45,
    newsSpread: 4,
  },
  insult: { ...BASE_RECIPE, own: 0.15, c: 0.5 },
  profanity: {
    ...BASE_RECIPE,
    own: 0.03,
    leaning: 0.5,
    clauses: 0.3,
    words: 1.4,
    positives: 2,
    news: 1.6,
    usesToxicityPrior: true,
  },
  threat: {
    ...BASE_RECIPE,
    own: 0.2,
    leaning: 0.5,
    clauses: 0.5,
    words: 1.5,
    positives: 8,
    usesToxicityPrior: true,
  },
  identityAttack: { ...BASE_RECIPE, own: 0.75, leaning: 0.5, ownInCalibration: 0.4 },
  sexual: { ...BASE_RECIPE, own: 0.05, leaning: 1.5, words: 1.5, c: 2, positives: 3 },
  spam: { ...BASE_RECIPE, own: 0.03, leaning: 0.5, clauses: 0.25, words: 2.5, c: 4 },
};
