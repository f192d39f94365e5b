import { Baseline1796169600000 } from './1796169600000-baseline.js';

/** All migrations, in the order in which they run. */
export const MIGRATIONS = [Baseline1796169600000];
