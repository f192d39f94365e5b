import type { Thread } from '../../kit/api-types.js';
import type { Session } from '../session.js';
import type { FirstStrings } from '../strings/languages.js';
import { App, type CodeLoader } from '../thread/app.js';
import { captureEarlyClicks } from './click-replay.js';
import { adoptStyles } from './adopt-styles.js';
import { styles } from './styles.js';
import { toHtml } from './to-html.js';
import { ThreadView } from './thread-view.js';

/** The code that is already loaded, and a function that loads the rest. */
const loader: Omit<CodeLoader, 'reload'> = {
  paint: (app) => (app.root.innerHTML = toHtml(ThreadView({ app }))),
  loadInteractive: () => import('../interactive/interactive-chunk.js'),
};

export interface MountedThread {
  /** Reloads the thread after the reader or their entitlements changed. */
  restart(): void;
  setColorScheme(scheme: 'light' | 'dark'): void;
  compose(): void;
  unmount(): void;
}

export interface MountOptions {
  element: HTMLElement;
  root: ShadowRoot;
  session: Session;
  /** Creates a session for the current reader. */
  renew: () => Session;
  /** The first page of the thread, already being loaded. */
  first: Promise<Thread>;
  /** The locale for numbers and dates; its language matches the texts. */
  lang: string;
  strings: FirstStrings;
  /** Reloads all code and replaces this one; rejects if loading fails. */
  onReload: () => Promise<void>;
}

/** Renders the thread into the shadow root. It stays there until `unmount`. */
export function mount({
  element,
  root,
  session,
  renew,
  first,
  lang,
  strings,
  onReload,
}: MountOptions): MountedThread {
  adoptStyles(root, styles);
  const app = new App(element, root, session, lang, strings, { ...loader, reload: onReload });
  captureEarlyClicks(app);
  void app.load('newest', first);
  return {
    restart: () => app.restart(renew()),
    setColorScheme: (scheme) => {
      app.scheme = scheme;
      app.render();
    },
    compose: () => void app.loadInteractive().then((interactive) => interactive.openComposer(app)),
    unmount: () => app.stop(),
  };
}
