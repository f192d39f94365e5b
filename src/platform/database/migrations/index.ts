import { Baseline1764547200000 } from './1764547200000-baseline.js';

/** All migrations, in the order in which they run. */
export const MIGRATIONS = [Baseline1764547200000];
