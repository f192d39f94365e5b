import { CLAUSE_FEATURES } from '../model/clauses.js';
import { BUCKETS } from '../model/ngrams.js';

/** Number of weights. Their order: word buckets, letter buckets, clause features, the constant. */
export const FEATURE_COUNT = BUCKETS + CLAUSE_FEATURES + 1;
export const CONSTANT_INDEX = FEATURE_COUNT - 1;
