import { adoptStyles as adoptSheet } from '../reading/adopt-styles.js';
import css from './composer.css?inline';

export { openDialog, copyLink, ignore, toggleComposer, react, reuseAsDraft } from './comment-actions.js';
export { Composer } from './composer.js';

/** Adds the styles of the components in this chunk. */
export function adoptStyles(root: ShadowRoot): void {
  adoptSheet(root, css);
}
