import { h, render } from 'preact';
import moreTokens from '../../kit/tokens.css?inline&rest';
import { adoptStyles } from '../reading/adopt-styles.js';
import { styles } from '../reading/styles.js';
import { setJsxFactory } from '../reading/jsx-runtime.js';
import type { HostElement } from '../host-element.js';
import type { HostPage, Session } from '../session.js';
import { loadAccountPortfolioStrings } from '../strings/account-portfolio/index.js';
import type { FirstStrings } from '../strings/languages.js';
import { accountStrings } from '../strings/account-strings.js';
import { laterStringLoaders } from '../strings/later-strings.js';
import { createTranslator } from '../strings/translate.js';
import type { PortfolioHost, TopicName } from './portfolio-host.js';
import { PortfolioPage } from './portfolio-page.js';
import css from './portfolio.css?inline';

/**
 * `<postbag-portfolio site story token lang theme>`: search, topics, portfolios and alerts. The loader passes its own
 * code, which no chunk imports (see `Session`).
 */
export function definePortfolio(
  server: string,
  Base: typeof HostElement,
  SessionClass: new (base: string, host: HostPage) => Session,
  detectColorScheme: (element: Element) => 'light' | 'dark',
  languageOf: (tag: string) => { texts: string; numbers: string },
  firstStrings: Record<string, () => Promise<FirstStrings>>,
): void {
  if (customElements.get('postbag-portfolio')) return;

  class PostbagPortfolio extends Base {
    static readonly observedAttributes = ['site', 'story', 'token', 'theme', 'lang'];
    #isScheduled = false;
    #disconnected = new AbortController();
    /** Shown by the next render. */
    #topic: TopicName | null = null;

    /** Shows a topic's details, as clicking on it does. */
    show(type: string, key: string): void {
      this.#topic = { type, key };
      this.readerChanged();
    }

    override connectedCallback(): void {
      super.connectedCallback();
      if (!this.shadowRoot) this.attachShadow({ mode: 'open' });
      this.#disconnected = new AbortController();
      // A page can link to companies: `<button data-postbag-topic="company:NGP">`.
      document.addEventListener('click', (event) => this.#onClick(event), {
        signal: this.#disconnected.signal,
      });
      this.readerChanged();
    }

    disconnectedCallback(): void {
      this.#disconnected.abort();
      if (this.shadowRoot) render(null, this.shadowRoot);
    }

    attributeChangedCallback(): void {
      if (this.shadowRoot) this.readerChanged();
    }

    #onClick(event: MouseEvent): void {
      const topicLink = (event.target as Element | null)?.closest?.<HTMLElement>('[data-postbag-topic]');
      const [, type, key] = /^([^:]+):(.+)$/.exec(topicLink?.dataset['postbagTopic'] ?? '') ?? [];
      if (!type || !key) return;
      event.preventDefault();
      this.show(type, key);
      this.scrollIntoView({ block: 'nearest' });
    }

    /** Batches all changes of one task into one render. */
    protected override readerChanged(): void {
      if (this.#isScheduled || !this.shadowRoot) return;
      this.#isScheduled = true;
      queueMicrotask(() => {
        this.#isScheduled = false;
        void this.#render();
      });
    }

    async #render(): Promise<void> {
      const root = this.shadowRoot;
      if (!root || !this.site) return;
      const { texts, numbers } = languageOf(this.closest<HTMLElement>('[lang]')?.lang ?? '');
      const [first, later, account, accountPortfolio] = await Promise.all([
        (firstStrings[texts] ?? firstStrings['en'])(),
        (laterStringLoaders[texts] ?? laterStringLoaders['en'])(),
        (accountStrings[texts] ?? accountStrings['en'])(),
        loadAccountPortfolioStrings(texts),
      ]);
      if (!this.isConnected) return;
      const session = new SessionClass(server, this);
      const t = createTranslator(
        { ...first.first, ...later.later, ...account.account, ...accountPortfolio },
        numbers,
      );
      const host: PortfolioHost = {
        t,
        lang: numbers,
        session,
        api: session.api,
        signIn: () =>
          this.dispatchEvent(
            new CustomEvent('postbag:signin', {
              detail: { allowed: false, code: 'signed-out', message: t('signInPortfolio') },
              bubbles: true,
              composed: true,
              cancelable: true,
            }),
          ),
      };
      adoptStyles(root, styles);
      adoptStyles(root, moreTokens + css);
      setJsxFactory((type, props, key) => h(type as string, key === undefined ? props : { ...props, key }));
      const theme = this.getAttribute('theme');
      const requestedTopic = this.#topic;
      this.#topic = null;
      render(
        <section
          class="pb portfolio"
          data-scheme={theme === 'light' || theme === 'dark' ? theme : detectColorScheme(this)}
          lang={numbers}
          title=""
          aria-label={host.t('portfolioTitle')}
        >
          <PortfolioPage host={host} topic={requestedTopic} key={`${this.site} ${this.story} ${numbers}`} />
        </section>,
        root,
      );
    }
  }

  customElements.define('postbag-portfolio', PostbagPortfolio);
}
