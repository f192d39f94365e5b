import type { Thread } from '../../kit/api-types.js';
import type { Session } from '../session.js';
import type { FirstStrings } from '../strings/languages.js';
import { App, type CodeLoader } from '../thread/app.js';
import { captureEarlyClicks } from './click-replay.js';
import { adoptStyles } from './adopt-styles.js';
import { styles } from './styles.js';
import { toHtml } from './to-html.js';
import { ThreadView } from './thread-view.js';

/** What is here already, and the way to the rest. */
const parts: Omit<CodeLoader, 'reload'> = {
  paint: (app) => (app.root.innerHTML = toHtml(ThreadView({ app }))),
  loadInteractive: () => import('../interactive/interactive-chunk.js'),
};

export interface MountedThread {
  /** Reads again for another reader, or for the same one with other rights. */
  restart(): void;
  setColorScheme(scheme: 'light' | 'dark'): void;
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
  words: FirstStrings;
  /** Loads all the code anew and puts it in the place of this one; rejects when it did not come. */
  again: () => Promise<void>;
}

/** Puts the thread into the shadow root and keeps it there until `unmount`. */
export function mount({
  element,
  root,
  session,
  renew,
  first,
  lang,
  words,
  again,
}: MountOptions): MountedThread {
  adoptStyles(root, styles);
  const app = new App(element, root, session, lang, words, { ...parts, reload: again });
  captureEarlyClicks(app);
  void app.load('newest', first);
  return {
    restart: () => app.restart(renew()),
    setColorScheme: (scheme) => {
      app.scheme = scheme;
      app.draw();
    },
    compose: () => void app.loadInteractive().then((interactive) => interactive.openComposer(app)),
    unmount: () => app.stop(),
  };
}
