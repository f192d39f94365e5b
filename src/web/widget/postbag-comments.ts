import { prefersDark, detectColorScheme } from './color-scheme.js';
import { HostElement } from './host-element.js';
import { loadThread } from './load-thread.js';
import type { MountedThread } from './reading/mount.js';
import { firstStringLoaders, languageOf } from './strings/languages.js';

/**
 * `<postbag-comments site story url title token theme density lang debug>`: the story's thread in a shadow root.
 * Loads nothing until the reader scrolls near it.
 */
export class PostbagComments extends HostElement {
  static readonly observedAttributes = ['site', 'story', 'token', 'theme', 'lang', 'density'];
  /** Origin of the server, without a trailing slash; set by the loader. */
  static base: string;

  #mounted: MountedThread | null = null;
  /** Aborted when the thread is removed or another one replaces it. */
  #life: AbortController | null = null;
  /** The reader changed since the thread was loaded. */
  #changed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Until the thread is loaded, the markup rendered by the publisher's server stays visible.
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: 'open' });
      root.innerHTML = '<slot name="first"></slot>';
      // Reserves space, so that content below does not shift for readers who jump straight to the comments.
      const placeholderSheet = new CSSStyleSheet();
      placeholderSheet.replaceSync(
        ':host(:not([hidden])){display:block;min-height:100vh}button{padding:8px}',
      );
      root.adoptedStyleSheets = [placeholderSheet];
    }
    this.#begin();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.#life || before === now) return;
    if (name === 'theme' || name === 'density') this.#updateColorScheme();
    else if (name === 'token') this.readerChanged();
    else {
      this.#end();
      this.#begin();
    }
  }

  /** Reloads the thread. Does nothing before it has loaded for the first time. */
  reload(): void {
    this.#mounted?.restart();
  }

  /** Takes the reader to the composer, or shows why they may not write. */
  compose(): void {
    this.scrollIntoView();
    this.#mounted?.compose();
  }

  /** The reader changed (signed in, signed out or upgraded). Batches all changes of one task into one reload. */
  protected override readerChanged(): void {
    if (this.#changed) return;
    this.#changed = true;
    if (this.#mounted) queueMicrotask(() => this.#restartIfChanged());
  }

  #restartIfChanged(): void {
    if (this.#changed) this.#mounted?.restart();
    this.#changed = false;
  }

  #begin(): void {
    if (!this.site || !this.story) return;
    const life = (this.#life = new AbortController());
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) start();
      },
      // The thread loads when it is this close to the viewport.
      { rootMargin: '900px 0px' },
    );
    const start = () => {
      observer.disconnect();
      void this.#mount(life.signal);
    };
    life.signal.addEventListener('abort', () => observer.disconnect());
    // A link to a comment starts loading wherever the reader is on the page.
    if (location.hash.startsWith('#postbag-')) start();
    else observer.observe(this);
  }

  #end(): void {
    this.#life?.abort();
    this.#life = null;
    this.#mounted?.unmount();
    this.#mounted = null;
  }

  async #mount(signal: AbortSignal): Promise<void> {
    try {
      await this.#load(signal, 0);
    } catch {
      if (!signal.aborted) await this.#showLoadError(signal);
      return;
    }
    if (signal.aborted) return;
    prefersDark().addEventListener('change', () => this.#updateColorScheme(), { signal });
    // Pages switch their theme by an attribute on the root or body element.
    const themeObserver = new MutationObserver(() => this.#updateColorScheme());
    for (const element of [document.documentElement, document.body])
      themeObserver.observe(element, {
        attributeFilter: ['class', 'style', 'data-theme', 'data-color-scheme'],
      });
    signal.addEventListener('abort', () => themeObserver.disconnect());
  }

  /**
   * Shows the thread in place of the current content. Code that fails to load is requested again through the loader
   * under another URL, because a browser may cache the failure of a URL, and after a deploy the loader refers to
   * other files.
   *
   * @param tries the number of failed attempts so far; 1 switches to the other URL
   * @throws after the third failure
   */
  async #load(signal: AbortSignal, tries: number): Promise<void> {
    this.#changed = false;
    const { base } = PostbagComments;
    try {
      const loader = tries
        ? ((await import(/* @vite-ignore */ `${base}/embed/${Date.now()}/embed.js`)) as {
            loadThread: typeof loadThread;
          })
        : { loadThread };
      const showThread = await loader.loadThread(this, base, () => this.#load(signal, 1));
      if (signal.aborted) return;
      this.#mounted?.unmount();
      this.shadowRoot!.adoptedStyleSheets = [];
      this.#mounted = showThread();
    } catch (error) {
      if (tries > 1) throw error;
      await new Promise((next) => setTimeout(next, tries * 2000));
      return this.#load(signal, tries + 1);
    }
    this.#updateColorScheme();
    // The page may have set the reader while the code was loading.
    this.#restartIfChanged();
  }

  /**
   * Nothing could be loaded: shows an error message, in the page's language if its texts were loaded, and a retry
   * button.
   */
  async #showLoadError(signal: AbortSignal): Promise<void> {
    const { texts } = languageOf(this.closest<HTMLElement>('[lang]')?.lang ?? '');
    const { failed, again } = await firstStringLoaders[texts]().then(
      ({ first }) => first,
      () => ({ failed: 'The comments could not be loaded.', again: 'Try again' }),
    );
    const message = document.createElement('p');
    message.role = 'alert';
    message.innerHTML = `${failed} <button>${again}</button>`;
    message.onclick = () => {
      message.remove();
      void this.#mount(signal);
    };
    this.shadowRoot!.append(message);
  }

  #updateColorScheme(): void {
    const theme = this.getAttribute('theme');
    this.#mounted?.setColorScheme(theme === 'light' || theme === 'dark' ? theme : detectColorScheme(this));
  }
}
