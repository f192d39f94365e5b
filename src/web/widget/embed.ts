import { PostbagComments } from './element.js';

// The loader stands at the server's root: API and chunks are beside it.
const base = import.meta.url.slice(0, import.meta.url.lastIndexOf('/'));

/** Counts are filled in now and whenever the page grows; their code comes only to pages that have some. */
function fillCounts(): void {
  if (document.querySelector('[data-postbag-count]'))
    void import('./counts.js').then(({ fillCounts }) => fillCounts(base));
}

// A page that loads the embed twice keeps the first.
if (!customElements.get('postbag-comments')) {
  PostbagComments.base = base;
  customElements.define('postbag-comments', PostbagComments);
  fillCounts();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(fillCounts, 250);
  }).observe(document, { childList: true, subtree: true });
}
