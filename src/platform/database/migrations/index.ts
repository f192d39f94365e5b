import { Baseline1796169600000 } from './1796169600000-baseline.js';
import { AddLegalNotices1796250005000 } from './1796250005000-add-legal-notices.js';
import { StoreIdempotencyRecordsWithComments1796250007000 } from './1796250007000-store-idempotency-records-with-comments.js';
import { FinerScoreBins1796250008000 } from './1796250008000-finer-score-bins.js';

/** All migrations, in the order in which they run. */
export const MIGRATIONS = [
  Baseline1796169600000,
  AddLegalNotices1796250005000,
  StoreIdempotencyRecordsWithComments1796250007000,
  FinerScoreBins1796250008000,
];
