import { h, hydrate, render } from 'preact';
import type { Sort } from '../../kit/wire.js';
import type { App } from '../thread/app.js';
import { dress } from '../reading/dress.js';
import { takeEarly } from '../reading/early.js';
import { makeBy } from '../reading/jsx-runtime.js';
import { View } from '../reading/view.js';
import css from './after.css?inline';
import tokens from '../../kit/tokens.css?inline&rest';

const chosen = new WeakMap<App, Sort | undefined>();

/** Preact takes the painted markup as its own and adds the handlers. */
export function takeOver(app: App): void {
  dress(app.root, tokens + css);
  makeBy((type, props, key) => h(type as string, key === undefined ? props : { ...props, key }));
  chosen.set(app, app.root.querySelector('select')?.value as Sort | undefined);
  hydrate(h(View, { app }), app.root);
  if (app.element.hasAttribute('debug'))
    void import('../debug.js').then((debug) => debug.explain(app.session));
}

export function paint(app: App): void {
  render(h(View, { app }), app.root);
}

/** Takes everything away. */
export function clear(app: App): void {
  render(null, app.root);
}

/** Does what was clicked and chosen before the handlers were there. */
export function replay(app: App): void {
  const sort = chosen.get(app);
  if (sort && sort !== app.state.sort) void app.load(sort);
  takeEarly(app.root)?.click();
}
