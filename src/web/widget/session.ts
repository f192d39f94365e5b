import { ApiClient, type TokenSource } from '../kit/api-client.js';
import type { Problem, Sort, Thread } from '../kit/api-types.js';

/**
 * The page's settings for its story and reader. They may change at any time, so read them each time they are needed.
 */
export interface HostPage {
  readonly site: string;
  readonly story: string;
  readonly url: string | null;
  readonly title: string | null;
  /** The token set by the page; null while signed out. */
  readonly token: string | null;
  readonly getToken: (() => Promise<string | null | undefined>) | null;
}

/**
 * One reader on one story: their token, and the paths of the story's routes.
 *
 * Chunks receive this object as an argument and import no values from the loader's files. A page may load the loader
 * under another URL (with a query string), and importing it would create a second copy.
 */
export class Session implements TokenSource {
  readonly api: ApiClient;
  /** Null while signed out. */
  token: string | null;
  /** `current` asks the page for a token at most once. */
  #hasAsked = false;
  #renewing: Promise<string | null> | null = null;

  constructor(
    base: string,
    readonly host: HostPage,
  ) {
    this.api = new ApiClient(base, this);
    this.token = host.token;
  }

  async current(): Promise<string | null> {
    if (this.token === null && !this.#hasAsked && this.host.getToken) return this.renew();
    return this.token;
  }

  /** Asks the page for a new token, once for all waiting requests. Without one the reader is signed out. */
  renew(): Promise<string | null> {
    this.#renewing ??= this.#fetchToken().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /** Signs the reader out until the page sets a token. */
  drop(): void {
    this.#hasAsked = true;
    this.token = null;
  }

  /** The path of a story route, e.g. `/comments?sort=top`. */
  path(rest: string): string {
    const { site, story } = this.host;
    return `/api/v1/sites/${encodeURIComponent(site)}/stories/${encodeURIComponent(story)}${rest}`;
  }

  /**
   * The first or a further page of the thread. The page's URL and title are sent only for a story that the server
   * does not know yet, so that all other readers make identical, cacheable requests. A token that cannot be renewed
   * is dropped, so that the thread can still be read.
   */
  async thread(sort: Sort, cursor?: string | null): Promise<Thread> {
    const query = new URLSearchParams({ sort });
    if (cursor) query.set('cursor', cursor);
    const read = () => this.api.get<Thread>(this.path(`/comments?${query}`));
    try {
      return await read();
    } catch (error) {
      const { status, code } = (error as { problem?: Problem }).problem ?? {};
      const { url, title } = this.host;
      if (status === 404 && url) {
        query.set('url', url);
        if (title) query.set('title', title);
      } else if (status === 401 && code !== 'signed-out') this.drop();
      else throw error;
      return read();
    }
  }

  async #fetchToken(): Promise<string | null> {
    this.#hasAsked = true;
    const old = this.token;
    try {
      this.token = (await this.host.getToken?.()) || null;
    } catch {
      this.token = null;
    }
    return this.token === old ? null : this.token;
  }
}
