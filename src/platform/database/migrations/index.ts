import { Baseline1764547200000 } from './1764547200000-baseline.js';
import { CommentQuality1764820000000 } from './1764820000000-comment-quality.js';
import { Embeddings1764900000000 } from './1764900000000-embeddings.js';
import { PicksModel1765000000000 } from './1765000000000-picks-model.js';

/** All migrations, in the order in which they run. */
export const MIGRATIONS = [
  Baseline1764547200000,
  CommentQuality1764820000000,
  Embeddings1764900000000,
  PicksModel1765000000000,
];
