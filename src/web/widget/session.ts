import { ApiClient, type TokenSource } from '../kit/api-client.js';
import type { Problem, Sort, Thread } from '../kit/api-types.js';

/** What the page says about itself and its reader; read anew each time, it may change under us. */
export interface HostPage {
  readonly site: string;
  readonly story: string;
  readonly url: string | null;
  readonly title: string | null;
  /** As the page set it; null while signed out. */
  readonly token: string | null;
  readonly getToken: (() => Promise<string | null | undefined>) | null;
}

/**
 * One reader on one story: who they are and where the story's routes are.
 *
 * Chunks get this object handed over and import no value from the loader's files: a page may load the loader under
 * another address (a query string), and then there would be two of them.
 */
export class Session implements TokenSource {
  readonly api: ApiClient;
  /** Null while signed out. */
  token: string | null;
  #asked = false;
  #renewing: Promise<string | null> | null = null;

  constructor(
    base: string,
    readonly host: HostPage,
  ) {
    this.api = new ApiClient(base, this);
    this.token = host.token;
  }

  async current(): Promise<string | null> {
    if (this.token === null && !this.#asked && this.host.getToken) return this.renew();
    return this.token;
  }

  /** Asks the page for a fresh token, once for all who wait; without an answer the reader is signed out. */
  renew(): Promise<string | null> {
    this.#renewing ??= this.#ask().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /** From now on the reader is signed out, until the page sets a token. */
  drop(): void {
    this.#asked = true;
    this.token = null;
  }

  /** Path of the story's routes, e.g. `/comments?sort=top`. */
  path(rest: string): string {
    const { site, story } = this.host;
    return `/api/v1/sites/${encodeURIComponent(site)}/stories/${encodeURIComponent(story)}${rest}`;
  }

  /**
   * The first or a further page of the thread. A story that the server does not know yet is introduced with the page's
   * address and title, and only then: otherwise every reader asks for the same bytes. A token that nobody renews is
   * dropped, so that the thread stays readable.
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

  async #ask(): Promise<string | null> {
    this.#asked = true;
    const old = this.token;
    try {
      this.token = (await this.host.getToken?.()) || null;
    } catch {
      this.token = null;
    }
    return this.token === old ? null : this.token;
  }
}
