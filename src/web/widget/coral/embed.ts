/*
 * What a page that was made for Coral loads as `/assets/js/embed.js`: `Coral.createStreamEmbed(…)` with Coral's options
 * and methods (client/src/core/client/embed of its repository), which puts our element in their place. A plain script, as
 * Coral's is.
 */

type Listener = (data?: unknown) => void;
type AnyListener = (name: string, data?: unknown) => void;

interface CoralConfig {
  id?: string;
  rootURL?: string;
  storyID?: string;
  storyURL?: string;
  commentID?: string;
  accessToken?: string;
  refreshAccessToken?: (next: (token: string) => void) => void;
  autoRender?: boolean;
  containerClassName?: string;
  bodyClassName?: string;
  events?: (emitter: Emitter) => void;
}

interface OurElement extends HTMLElement {
  token: string | null;
  getToken: (() => Promise<string>) | null;
}

(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  const ownOrigin = script ? new URL(script.src).origin : location.origin;

  /** The part of EventEmitter2 that pages use. */
  class Emitter {
    #listeners = new Map<string, Set<Listener>>();
    #any = new Set<AnyListener>();

    on(name: string, listener: Listener): this {
      this.#listeners.set(name, (this.#listeners.get(name) ?? new Set()).add(listener));
      return this;
    }

    once(name: string, listener: Listener): this {
      const once: Listener = (data) => {
        this.off(name, once);
        listener(data);
      };
      return this.on(name, once);
    }

    off(name: string, listener: Listener): this {
      this.#listeners.get(name)?.delete(listener);
      return this;
    }

    onAny(listener: AnyListener): this {
      this.#any.add(listener);
      return this;
    }

    emit(name: string, data?: unknown): void {
      for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(data);
      for (const listener of [...this.#any]) listener(name, data);
    }
  }

  /** The page's own address as Coral finds it: its canonical link, else without query and fragment. */
  function pageUrl(): string {
    const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
    return canonical || location.origin + location.pathname;
  }

  /** Our events by the names that Coral's pages listen to. */
  const names: Record<string, string> = {
    'postbag:ready': 'ready',
    'postbag:signin': 'loginPrompt',
    'postbag:submit': 'createComment.success',
    'postbag:publish': 'commentPublished',
  };

  class StreamEmbed {
    readonly #config: CoralConfig;
    readonly #emitter: Emitter;
    readonly #place: HTMLElement;
    #element: OurElement | null = null;
    #token: string | null;

    constructor(config: CoralConfig) {
      this.#config = config;
      this.#token = config.accessToken ?? null;
      this.#emitter = new Emitter();
      const id = config.id ?? 'coral-embed-stream';
      const place = document.getElementById(id);
      if (!place) throw new Error(`element ${id} was not found`);
      this.#place = place;
      config.events?.(this.#emitter);
      // The element itself waits until the reader comes near.
      if (config.autoRender) this.render();
    }

    get rendered(): boolean {
      return this.#element !== null;
    }

    on(name: string, listener: Listener): Emitter {
      return this.#emitter.on(name, listener);
    }

    off(name: string, listener: Listener): Emitter {
      return this.#emitter.off(name, listener);
    }

    login(token: string): void {
      this.#token = token;
      if (this.#element) this.#element.token = token;
    }

    logout(): void {
      this.#token = null;
      if (!this.#element) return;
      this.#element.getToken = null;
      this.#element.token = null;
    }

    remove(): void {
      if (!this.#element) throw new Error('instance not mounted');
      this.#element.remove();
      this.#element = null;
    }

    render(): void {
      if (this.#element) return;
      const element = document.createElement('postbag-comments') as OurElement;
      this.#element = element;
      const { containerClassName, bodyClassName, refreshAccessToken } = this.#config;
      const name = containerClassName ?? bodyClassName;
      if (name) element.className = name;
      if (this.#token !== null) element.token = this.#token;
      if (refreshAccessToken && this.#token !== null)
        element.getToken = () => this.#nextToken(refreshAccessToken);
      for (const [ours, theirs] of Object.entries(names))
        element.addEventListener(ours, (event) => this.#emitter.emit(theirs, (event as CustomEvent).detail));
      this.#place.append(element);
      void this.#find(element);
    }

    #first = true;

    async #nextToken(refresh: NonNullable<CoralConfig['refreshAccessToken']>): Promise<string> {
      if (this.#first && this.#token !== null) {
        this.#first = false;
        return this.#token;
      }
      this.#token = await new Promise<string>(refresh);
      return this.#token;
    }

    /** Coral's pages name no site: our server knows it by the address. */
    async #find(element: OurElement): Promise<void> {
      const query = new URLSearchParams(location.search);
      const root = new URL(this.#config.rootURL ?? ownOrigin, location.href).origin;
      const url = this.#config.storyURL ?? query.get('storyURL') ?? pageUrl();
      const id = this.#config.storyID ?? query.get('storyID');
      const asked = new URLSearchParams({ url, ...(id ? { id } : {}) });
      const [answer] = await Promise.all([
        fetch(`${root}/api/v1/coral/story?${asked}`, { credentials: 'omit' }),
        import(/* @vite-ignore */ `${root}/embed.js`),
      ]);
      if (!answer.ok) throw new Error(`Postbag has no site for ${url}`);
      const story = (await answer.json()) as { site: string; key: string; url: string };
      element.setAttribute('url', story.url);
      element.setAttribute('title', document.title);
      element.setAttribute('site', story.site);
      element.setAttribute('story', story.key);
      if (this.#config.commentID ?? query.get('commentID')) this.#emitter.emit('showPermalink');
    }
  }

  (window as unknown as { Coral: unknown }).Coral = {
    createStreamEmbed: (config: CoralConfig) => new StreamEmbed(config),
  };
})();

interface Emitter {
  on(name: string, listener: Listener): Emitter;
  once(name: string, listener: Listener): Emitter;
  off(name: string, listener: Listener): Emitter;
  onAny(listener: AnyListener): Emitter;
  emit(name: string, data?: unknown): void;
}

export {};
