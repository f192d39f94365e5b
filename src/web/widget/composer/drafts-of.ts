import type { App } from '../thread/app.js';
import { Drafts } from './drafts.js';

const drafts = new WeakMap<App, Drafts>();

/** The drafts of this story on this device. */
export function draftsOf(app: App): Drafts {
  const { site, story } = app.session.host;
  const store = drafts.get(app) ?? new Drafts(`${site}:${story}`);
  drafts.set(app, store);
  return store;
}
