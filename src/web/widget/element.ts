import { prefersDark, schemeBehind } from './scheme.js';
import { HostElement } from './host-element.js';
import { Session } from './session.js';
import type { Mounted } from './reading/mount.js';
import { firstParts, languageOf } from './strings/languages.js';

/** A part of the code; a network that fails for a moment gets two more tries. */
async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (const wait of [2000, 10_000]) {
    try {
      return await load();
    } catch {
      await new Promise((again) => setTimeout(again, wait));
    }
  }
  return load();
}

/**
 * `<postbag-comments site story url title token theme density lang>`: the story's thread in a shadow root. Loads nothing until
 * the reader comes near it.
 */
export class PostbagComments extends HostElement {
  static readonly observedAttributes = ['site', 'story', 'token', 'theme', 'lang', 'density'];
  /** Origin of the server, without a slash at the end; set by the loader. */
  static base: string;

  #mounted: Mounted | null = null;
  #life: AbortController | null = null;
  #changed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Until the thread is there, what the publisher's server painted into the element stays.
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: 'open' });
      root.innerHTML = '<slot name="first"></slot>';
      // What stands below it would move down under the eyes of those who come straight to the comments.
      const room = new CSSStyleSheet();
      room.replaceSync(':host(:not([hidden])){display:block;min-height:100vh}');
      root.adoptedStyleSheets = [room];
    }
    this.#begin();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.#life || before === now) return;
    if (name === 'theme' || name === 'density') this.#paint();
    else if (name === 'token') this.readerChanged();
    else {
      this.#end();
      this.#begin();
    }
  }

  /** Reads the thread anew; nothing before the reader has come near it. */
  reload(): void {
    this.#mounted?.restart(new Session(PostbagComments.base, this));
  }

  /** Leads the reader to the composer, or to what is in its way. */
  compose(): void {
    this.scrollIntoView();
    this.#mounted?.compose();
  }

  /** The reader changed (signed in, out, or upgraded): one new reading for all changes of this moment. */
  protected override readerChanged(): void {
    if (this.#changed) return;
    this.#changed = true;
    if (this.#mounted) queueMicrotask(() => this.#renew());
  }

  #renew(): void {
    if (this.#changed) this.#mounted?.restart(new Session(PostbagComments.base, this));
    this.#changed = false;
  }

  #begin(): void {
    if (!this.site || !this.story) return;
    const life = (this.#life = new AbortController());
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) start();
      },
      // How far below the window the thread begins to load.
      { rootMargin: '900px 0px' },
    );
    const start = () => {
      observer.disconnect();
      void this.#mount(life.signal);
    };
    life.signal.addEventListener('abort', () => observer.disconnect());
    // A link to a comment leads here wherever the reader is.
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
    const session = new Session(PostbagComments.base, this);
    this.#changed = false;
    // The thread travels while the code does; who reads the answer also sees its failure.
    const first = session.thread('newest');
    first.catch(() => undefined);
    const { texts, numbers } = languageOf(this.closest<HTMLElement>('[lang]')?.lang ?? '');
    const [{ mount }, words] = await Promise.all([
      patiently(() => import('./reading/mount.js')),
      patiently(firstParts[texts]),
    ]);
    if (signal.aborted || !this.shadowRoot) return;
    this.shadowRoot.adoptedStyleSheets = [];
    this.#mounted = mount({ element: this, root: this.shadowRoot, session, first, lang: numbers, words });
    this.#paint();
    // The page may have said who the reader is while the code travelled.
    this.#renew();
    prefersDark().addEventListener('change', () => this.#paint(), { signal });
    // Pages switch their theme by an attribute on the root or the body.
    const watch = new MutationObserver(() => this.#paint());
    for (const element of [document.documentElement, document.body])
      watch.observe(element, { attributeFilter: ['class', 'style', 'data-theme', 'data-color-scheme'] });
    signal.addEventListener('abort', () => watch.disconnect());
  }

  #paint(): void {
    const theme = this.getAttribute('theme');
    this.#mounted?.paint(theme === 'light' || theme === 'dark' ? theme : schemeBehind(this));
  }
}
