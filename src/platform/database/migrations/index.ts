import { Baseline1764547200000 } from './1764547200000-baseline.js';

/** Every migration, in the order in which they run. */
export const MIGRATIONS = [Baseline1764547200000];
