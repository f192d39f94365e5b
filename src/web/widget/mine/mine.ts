import { adoptStyles } from '../reading/dress.js';
import type { App, AccountTab } from '../thread/app.js';
import css from './mine.css?inline';
import { loadAccountStrings } from './words.js';

export { AccountDialog } from './desk.js';

export async function openAccountTab(app: App, tab: AccountTab): Promise<void> {
  Object.assign(app.texts, await loadAccountStrings(app.lang));
  adoptStyles(app.root, css);
  app.accountTab = tab;
}
