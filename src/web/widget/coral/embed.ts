/*
 * Served as `/assets/js/embed.js`, replacing Coral's script of that name. `Coral.createStreamEmbed(…)` with Coral's
 * options and methods (client/src/core/client/embed in its repository) shows the Postbag widget. A classic script,
 * like Coral's.
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

interface CommentsElement extends HTMLElement {
  token: string | null;
  getToken: (() => Promise<string | null>) | null;
}

interface Story {
  site: string;
  key: string;
  url: string;
}

interface Submitted {
  comment: { id: string; status: string; body: string; parentId: string | null };
}

(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  const ownOrigin = script ? new URL(script.src).origin : location.origin;
  const MAX_TRIES = 3;
  const RETRY_MS = 2_000;

  /** The part of EventEmitter2 that pages use; `*` matches one segment of an event name. */
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
      const parts = name.split('.');
      for (const [eventName, listeners] of [...this.#listeners]) {
        const pattern = eventName.split('.');
        if (pattern.length !== parts.length) continue;
        if (pattern.every((part, index) => part === '*' || part === parts[index]))
          for (const listener of [...listeners]) listener(data);
      }
      for (const listener of [...this.#any]) listener(name, data);
    }
  }

  /** The page's URL as Coral determines it: the canonical link, or the address without query and fragment. */
  function pageUrl(): string {
    const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
    return canonical || location.origin + location.pathname;
  }

  /**
   * Whether a token contains the reader in `user`, as Coral's tokens do. Nothing is verified; the result only selects
   * an error message.
   */
  function isCoralToken(token: string): boolean {
    try {
      const claims = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))) as object;
      return 'user' in claims && !('sub' in claims);
    } catch {
      return false;
    }
  }

  /** @throws if the server does not respond */
  async function fetchJson(address: string): Promise<Response> {
    for (let tries = 1; ; tries++) {
      const answer = await fetch(address, { credentials: 'omit' }).catch(() => null);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      if (tries === MAX_TRIES) throw new Error(`${new URL(address).origin} does not answer`);
      await new Promise((next) => setTimeout(next, RETRY_MS * tries));
    }
  }

  class StreamEmbed {
    readonly #config: CoralConfig;
    readonly #emitter = new Emitter();
    readonly #container: HTMLElement;
    readonly #root: string;
    #element: CommentsElement | null = null;
    #token: string | null;
    #site: string | null = null;

    constructor(config: CoralConfig) {
      this.#config = config;
      this.#token = config.accessToken || null;
      this.#root = new URL(config.rootURL || ownOrigin, location.href).origin;
      const id = config.id ?? 'coral-embed-stream';
      const container = document.getElementById(id);
      if (!container) throw new Error(`element ${id} was not found`);
      this.#container = container;
      config.events?.(this.#emitter);
      this.#addCounts();
      const query = new URLSearchParams(location.search);
      // The widget reads the comment id from the page's URL.
      if (config.commentID && !query.has('commentID')) {
        query.set('commentID', config.commentID);
        history.replaceState(history.state, '', `${location.pathname}?${query}${location.hash}`);
      }
      // Pages that show comments after a click render them when they receive this event. It is delayed so that they can add
      // their listener first.
      if (query.has('commentID')) setTimeout(() => this.#emitter.emit('showPermalink'));
      // The widget itself loads when the reader scrolls near it.
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
      this.#signIn();
    }

    logout(): void {
      this.#token = null;
      this.#signIn();
    }

    remove(): void {
      if (!this.#element) throw new Error('instance not mounted');
      this.#element.remove();
      this.#element = null;
    }

    render(): void {
      if (this.#element) return;
      const element = document.createElement('postbag-comments') as CommentsElement;
      this.#element = element;
      const { containerClassName, bodyClassName } = this.#config;
      const className = containerClassName ?? bodyClassName;
      if (className) element.className = className;
      void this.#show(element).catch((error: unknown) => this.#logError((error as Error).message));
    }

    /** Looks up the site and story, then adds the widget to the page. */
    async #show(element: CommentsElement): Promise<void> {
      const query = new URLSearchParams(location.search);
      const url = this.#config.storyURL || query.get('storyURL') || pageUrl();
      const id = this.#config.storyID || query.get('storyID');
      const params = new URLSearchParams({ url, ...(id ? { id } : {}) });
      const [answer] = await Promise.all([
        fetchJson(`${this.#root}/api/v1/coral/story?${params}`),
        import(/* @vite-ignore */ `${this.#root}/embed.js`),
      ]);
      if (answer.status === 404)
        throw new Error(
          `no site of this server has the origin of ${url}. Add it to the site's origins: PATCH /api/v1/sites/SITE_ID {"origins": [...]}`,
        );
      if (!answer.ok) throw new Error(`the story of ${url} cannot be found (${answer.status})`);
      const story = (await answer.json()) as Story;
      if (this.#element !== element) return;
      this.#site = story.site;
      this.#listen(element, story);
      element.setAttribute('url', story.url);
      element.setAttribute('title', document.title);
      element.setAttribute('site', story.site);
      element.setAttribute('story', story.key);
      this.#signIn();
      // Embedding twice in the same place gives one thread, as with Coral.
      this.#container.replaceChildren(element);
    }

    /** Translates the widget's events to Coral's event names and data. */
    #listen(element: CommentsElement, { key: storyID }: Story): void {
      const emitter = this.#emitter;
      element.addEventListener('postbag:ready', () => emitter.emit('ready'));
      element.addEventListener('postbag:signin', () => emitter.emit('loginPrompt'));
      element.addEventListener('postbag:submit', (event) => {
        const { id, status, body, parentId } = (event as CustomEvent<Submitted>).detail.comment;
        const success = { id, status };
        if (parentId === null) emitter.emit('createComment.success', { storyID, body, success });
        else emitter.emit('createCommentReply.success', { parentID: parentId, body, success });
      });
      element.addEventListener('postbag:publish', () => {
        const { CoralCount } = window as { CoralCount?: { getCount(options: object): void } };
        CoralCount?.getCount({ reset: true });
      });
    }

    #signIn(): void {
      // The widget gets the token when it is shown.
      if (!this.#element || this.#site === null) return;
      const { refreshAccessToken } = this.#config;
      this.#element.token = this.#withoutCoralToken(this.#token);
      this.#element.getToken =
        refreshAccessToken && this.#token !== null
          ? async () => this.#withoutCoralToken(await new Promise<string>(refreshAccessToken))
          : null;
    }

    /** Replaces a token in Coral's format with null, and logs for the developer what to sign instead. */
    #withoutCoralToken(token: string | null): string | null {
      if (token === null || !isCoralToken(token)) return token;
      this.#logError(
        `the access token has Coral's form, so nobody is signed in. Instead of {user: {id, username, email}} sign {sub: user.id, name: user.username, email: user.email, aud: "${this.#site}", iat, exp} with the site's ssoSecret, HS256. See "Leaving Coral", step 5.`,
      );
      return null;
    }

    /** Loads `count.js` if the page has counts but not the script, because Coral's embed fills them itself. */
    #addCounts(): void {
      if (!document.querySelector('.coral-count') || 'CoralCount' in window) return;
      if (document.querySelector('script[src*="/assets/js/count.js"]')) return;
      const counts = document.createElement('script');
      counts.src = `${this.#root}/assets/js/count.js`;
      document.head.append(counts);
    }

    #logError(text: string): void {
      // eslint-disable-next-line no-console -- the console is where the developer looks
      console.error(`[postbag] ${text}`);
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
