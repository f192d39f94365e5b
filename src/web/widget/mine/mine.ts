import { dress as wear } from '../reading/dress.js';
import css from './mine.css?inline';

export { words } from './words.js';
export { Desk } from './desk.js';

/** The styles of what this chunk shows. */
export function dress(root: ShadowRoot): void {
  wear(root, css);
}
