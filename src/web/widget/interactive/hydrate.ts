import { h, hydrate, render } from 'preact';
import type { Sort } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { adoptStyles } from '../reading/adopt-styles.js';
import { takeCapturedClick } from '../reading/click-replay.js';
import { setJsxFactory } from '../reading/jsx-runtime.js';
import { ThreadView } from '../reading/thread-view.js';
import css from './interactive.css?inline';
import tokens from '../../kit/tokens.css?inline&rest';

/** The sort order in the menu just before hydration. The reader may have changed it before it had a handler. */
const earlySort = new WeakMap<App, Sort | undefined>();

/** Lets Preact adopt the existing markup and add the handlers. */
export function hydrateThread(app: App): void {
  adoptStyles(app.root, tokens + css);
  setJsxFactory((type, props, key) => h(type as string, key === undefined ? props : { ...props, key }));
  earlySort.set(app, app.root.querySelector('select')?.value as Sort | undefined);
  hydrate(h(ThreadView, { app }), app.root);
  if (app.element.hasAttribute('debug'))
    void import('../token-diagnostics.js').then((debug) => debug.logRefusal(app.session));
}

export function paint(app: App): void {
  render(h(ThreadView, { app }), app.root);
}

/** Removes the rendered thread and its handlers. */
export function clear(app: App): void {
  render(null, app.root);
}

/** Replays the click and the choice of a sort order made before the handlers were ready. */
export function replay(app: App): void {
  const sort = earlySort.get(app);
  if (sort && sort !== app.state.sort) void app.load(sort);
  takeCapturedClick(app.root)?.click();
}
