import { PostbagComments } from './postbag-comments.js';
import { detectColorScheme } from './color-scheme.js';
import { HostElement } from './host-element.js';
import { Session } from './session.js';
import { firstStrings, languageOf } from './strings/languages.js';

// The loader stands at the server's root: API and chunks are beside it.
const base = import.meta.url.replace(/\/[^/]*$/, '');

/** Counts are filled in now and whenever the page grows; the code for what a page may have besides comes only to pages that have it. */
function scanPage(): void {
  if (
    document.querySelector('[data-postbag-count],postbag-portfolio') ||
    location.search.includes('commentID=')
  )
    void import('./page.js').then(({ enhancePage }) =>
      enhancePage(base, HostElement, Session, detectColorScheme, languageOf, firstStrings),
    );
}

// An element whose own chunks are gone asks a newer loader for them.
export { loadThread } from './load-thread.js';

// A page that loads the embed twice keeps the first.
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
