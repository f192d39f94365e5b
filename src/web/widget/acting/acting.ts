import { adoptStyles as wear } from '../reading/dress.js';
import css from './acting.css?inline';

export { openDialog, copyLink, ignore, toggleComposer, react, reuseAsDraft } from './actions.js';
export { Composer } from './composer.js';

/** The styles of what this chunk shows. */
export function adoptStyles(root: ShadowRoot): void {
  wear(root, css);
}
