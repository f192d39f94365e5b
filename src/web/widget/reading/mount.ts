import type { Thread } from '../../kit/wire.js';
import type { Session } from '../session.js';
import type { FirstPart } from '../strings/languages.js';
import { App, type Parts } from '../thread/app.js';
import { catchEarly } from './early.js';
import { dress } from './dress.js';
import { styles } from './styles.js';
import { toHtml } from './to-html.js';
import { View } from './view.js';

/** The one place that knows all of the column. */
const parts: Parts = {
  paint: (app) => (app.root.innerHTML = toHtml(View({ app }))),
  after: () => import('../after/after.js'),
  acting: () => import('../acting/acting.js'),
  mine: () => import('../mine/mine.js'),
};

export interface Mounted {
  /** Reads again for another reader, or for the same one with other rights. */
  restart(session: Session): void;
  paint(scheme: 'light' | 'dark'): void;
  compose(): void;
  unmount(): void;
}

export interface MountOptions {
  element: HTMLElement;
  root: ShadowRoot;
  session: Session;
  /** The thread's first page, on its way. */
  first: Promise<Thread>;
  /** Of numbers and dates; its language is that of the words. */
  lang: string;
  words: FirstPart;
}

/** Puts the thread into the shadow root and keeps it there until `unmount`. */
export function mount({ element, root, session, first, lang, words }: MountOptions): Mounted {
  dress(root, styles);
  const app = new App(element, root, session, lang, words, parts);
  catchEarly(root);
  void app.load('newest', first);
  return {
    restart: (next) => app.restart(next),
    paint: (scheme) => {
      app.scheme = scheme;
      app.draw();
    },
    compose: () => void app.rest().then((after) => after.compose(app)),
    unmount: () => app.stop(),
  };
}
