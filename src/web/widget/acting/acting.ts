import { dress as wear } from '../reading/dress.js';
import css from './acting.css?inline';

export { ask, copyLink, ignore, open, react, reuse } from './actions.js';
export { Composer } from './composer.js';

/** The styles of what this chunk shows. */
export function dress(root: ShadowRoot): void {
  wear(root, css);
}
