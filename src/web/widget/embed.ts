import { PostbagComments } from './postbag-comments.js';
import { detectColorScheme } from './color-scheme.js';
import { HostElement } from './host-element.js';
import { Session } from './session.js';
import { firstStringLoaders, languageOf } from './strings/languages.js';

// The loader is at the server's root, next to the API and the chunks.
const base = import.meta.url.replace(/\/[^/]*$/, '');

/**
 * Enables the features besides comments: counts, portfolios and links from Coral. Their code is only loaded on pages
 * that use them. Runs now and whenever the page changes.
 */
function scanPage(): void {
  if (
    document.querySelector('[data-postbag-count],postbag-portfolio') ||
    location.search.includes('commentID=')
  )
    void import('./page.js').then(({ enhancePage }) =>
      enhancePage(base, HostElement, Session, detectColorScheme, languageOf, firstStringLoaders),
    );
}

// An older loader whose chunks no longer exist imports this one and calls its `loadThread`.
export { loadThread } from './load-thread.js';

// If a page loads the embed twice, the first one is used.
if (!customElements.get('postbag-comments')) {
  PostbagComments.base = base;
  customElements.define('postbag-comments', PostbagComments);
  scanPage();
  let scanTimer: ReturnType<typeof setTimeout> | undefined;
  new MutationObserver(() => {
    clearTimeout(scanTimer);
    scanTimer = setTimeout(scanPage, 250);
  }).observe(document, { childList: true, subtree: true });
}
