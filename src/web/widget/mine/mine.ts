import { dress } from '../reading/dress.js';
import type { App, DeskTab } from '../thread/app.js';
import css from './mine.css?inline';
import { words } from './words.js';

export { Desk } from './desk.js';

export async function open(app: App, tab: DeskTab): Promise<void> {
  Object.assign(app.texts, await words(app.lang));
  dress(app.root, css);
  app.desk = tab;
}
