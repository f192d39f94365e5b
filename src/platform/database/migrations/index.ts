import { Baseline1764547200000 } from './1764547200000-baseline.js';
import { CommentQuality1764820000000 } from './1764820000000-comment-quality.js';
import { Embeddings1764900000000 } from './1764900000000-embeddings.js';

/** All migrations, in the order in which they run. */
export const MIGRATIONS = [Baseline1764547200000, CommentQuality1764820000000, Embeddings1764900000000];
