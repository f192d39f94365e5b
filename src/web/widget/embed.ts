import { CountFiller } from './counts.js';
import { PostbagComments } from './element.js';

// The loader stands at the server's root: API and chunks are beside it.
PostbagComments.base = new URL('.', import.meta.url).href.slice(0, -1);

// A page that loads the embed twice keeps the first.
if (!customElements.get('postbag-comments')) {
  customElements.define('postbag-comments', PostbagComments);
  const counts = new CountFiller(PostbagComments.base);
  counts.fill();
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      counts.fill();
    }, 250);
  }).observe(document, { childList: true, subtree: true });
}
