import { adoptStyles } from '../reading/adopt-styles.js';
import type { App, AccountTab } from '../thread/app.js';
import css from './account.css?inline';
import { loadAccountStrings } from './account-texts.js';

export { AccountDialog } from './account-dialog.js';

export async function openAccountTab(app: App, tab: AccountTab): Promise<void> {
  Object.assign(app.texts, await loadAccountStrings(app.lang));
  adoptStyles(app.root, css);
  app.accountTab = tab;
}
