import { CLAUSE_FEATURES } from '../model/clauses.js';
import { BUCKETS } from '../model/ngrams.js';

/** Number of weights. Their order: word buckets, letter buckets, clause features, the constant. */
export const FEATURES = BUCKETS + CLAUSE_FEATURES + 1;
export const CONSTANT = FEATURES - 1;
