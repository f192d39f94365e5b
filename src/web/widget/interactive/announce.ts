import type { StringKey, Values } from '../strings/translate.js';
import type { App } from '../thread/app.js';

/** Announces the latest event to screen readers. */
export function announce(app: App, key: StringKey, values?: Values): void {
  app.announcement = app.t(key, values);
  app.render();
}

/** Moves the focus to a comment if it is on the page. */
export function focusComment(app: App, id: string | undefined, preventScroll = true): void {
  if (id) app.root.getElementById(`postbag-${id}`)?.focus({ preventScroll });
}
