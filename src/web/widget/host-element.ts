import type { HostPage } from './session.js';

/**
 * Properties that a page set before the element was defined hide the accessors, so they are deleted and set again.
 */
const properties = ['site', 'story', 'url', 'token', 'getToken'] as const;

/**
 * The common base of the widget's elements: the story, and the reader. Frameworks may set all of these as properties.
 */
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

  /** The reader's token: the property if set, else the attribute; null or empty means signed out. */
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

  /** Called when the reader or their entitlements have changed. */
  protected abstract readerChanged(): void;
}
