import type { HostPage } from './session.js';

/** Set by a page before the class was there, they hide the accessors: taken and set again. */
const properties = ['site', 'story', 'url', 'token', 'getToken'] as const;

/** What the embed's elements have in common: whose story, and who reads. Frameworks may set all of it as properties. */
export abstract class HostElement extends HTMLElement implements HostPage {
  #token: string | null | undefined;
  #getToken: HostPage['getToken'] = null;

  get site(): string {
    return this.getAttribute('site') ?? '';
  }

  set site(site: string) {
    this.setAttribute('site', site);
  }

  get story(): string {
    return this.getAttribute('story') ?? '';
  }

  set story(story: string) {
    this.setAttribute('story', story);
  }

  get url(): string | null {
    return this.getAttribute('url');
  }

  set url(url: string | null) {
    this.toggleAttribute('url', url !== null);
    if (url !== null) this.setAttribute('url', url);
  }

  /** The reader's token: what the property says, else the attribute; null or empty is signed out. */
  get token(): string | null {
    return (this.#token === undefined ? this.getAttribute('token') : this.#token) || null;
  }

  set token(token: string | null | undefined) {
    this.#token = token;
    this.readerChanged();
  }

  get getToken(): HostPage['getToken'] {
    return this.#getToken;
  }

  set getToken(getToken: HostPage['getToken'] | undefined) {
    this.#getToken = getToken ?? null;
    this.readerChanged();
  }

  connectedCallback(): void {
    for (const name of properties) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = this[name];
      delete (this as Record<string, unknown>)[name];
      Object.assign(this, { [name]: value });
    }
  }

  /** Another reader, or the same one with other rights. */
  protected abstract readerChanged(): void;
}
