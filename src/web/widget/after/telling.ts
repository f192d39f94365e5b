import type { StringKey, Values } from '../strings/translate.js';
import type { App } from '../thread/app.js';

/** For those who listen: the last thing that happened. */
export function say(app: App, key: StringKey, values?: Values): void {
  app.said = app.t(key, values);
  app.draw();
}

/** Moves the focus to a comment, where it is on the page. */
export function focusOn(app: App, id: string | undefined, preventScroll = true): void {
  if (id) app.root.getElementById(`postbag-${id}`)?.focus({ preventScroll });
}
