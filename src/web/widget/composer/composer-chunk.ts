import { adoptStyles as wear } from '../reading/adopt-styles.js';
import css from './composer.css?inline';

export { openDialog, copyLink, ignore, toggleComposer, react, reuseAsDraft } from './comment-actions.js';
export { Composer } from './composer.js';

/** The styles of what this chunk shows. */
export function adoptStyles(root: ShadowRoot): void {
  wear(root, css);
}
