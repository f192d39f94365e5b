import type { Thread } from '../../kit/wire.js';
import type { Session } from '../session.js';
import type { FirstPart } from '../strings/languages.js';
import { App, type Parts } from '../thread/app.js';
import { catchEarly } from './early.js';
import { dress } from './dress.js';
import { styles } from './styles.js';
import { toHtml } from './to-html.js';
import { View } from './view.js';

/** What is here already, and the way to the rest. */
const parts: Omit<Parts, 'again'> = {
  paint: (app) => (app.root.innerHTML = toHtml(View({ app }))),
  after: () => import('../after/after.js'),
};

export interface Mounted {
  /** Reads again for another reader, or for the same one with other rights. */
  restart(): void;
  paint(scheme: 'light' | 'dark'): void;
  compose(): void;
  unmount(): void;
}

export interface MountOptions {
  element: HTMLElement;
  root: ShadowRoot;
  session: Session;
  /** Makes a session of who reads by now. */
  renew: () => Session;
  /** The thread's first page, on its way. */
  first: Promise<Thread>;
  /** Of numbers and dates; its language is that of the words. */
  lang: string;
  words: FirstPart;
  /** Loads all the code anew and puts it in the place of this one; rejects when it did not come. */
  again: () => Promise<void>;
}

/** Puts the thread into the shadow root and keeps it there until `unmount`. */
export function mount({ element, root, session, renew, first, lang, words, again }: MountOptions): Mounted {
  dress(root, styles);
  const app = new App(element, root, session, lang, words, { ...parts, again });
  catchEarly(app);
  void app.load('newest', first);
  return {
    restart: () => app.restart(renew()),
    paint: (scheme) => {
      app.scheme = scheme;
      app.draw();
    },
    compose: () => void app.rest().then((after) => after.compose(app)),
    unmount: () => app.stop(),
  };
}
