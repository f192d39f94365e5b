import { PostbagComments } from './postbag-comments.js';
import { detectColorScheme } from './color-scheme.js';
import { HostElement } from './host-element.js';
import { Session } from './session.js';
import { firstStringLoaders, languageOf } from './strings/languages.js';

// The loader is at the server's root, next to the API and the chunks.
const base = import.meta.url.replace(/\/[^/]*$/, '');

/**
 * Fills in counts now and whenever the page changes. The code for features besides comments is only loaded on pages
 * that use them.
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

// An element whose own chunks no longer exist loads them through a newer loader.
export { loadThread } from './load-thread.js';

// If a page loads the embed twice, the first one is used.
if (!customElements.get('postbag-comments')) {
  PostbagComments.base = base;
  customElements.define('postbag-comments', PostbagComments);
  scanPage();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(scanPage, 250);
  }).observe(document, { childList: true, subtree: true });
}
