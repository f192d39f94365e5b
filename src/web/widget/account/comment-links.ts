import type { App } from '../thread/app.js';

/** The URL of a comment on its story's page, or of the page itself without a comment id. */
export function commentUrl(story: { url: string }, commentId?: string): string {
  const url = new URL(story.url, location.href);
  if (commentId) url.hash = `postbag-${commentId}`;
  return url.href;
}

/** Shows a comment here if it belongs to this page's story. Comments on other stories open on their own pages. */
export function openOnThisPage(app: App, event: MouseEvent, story: { id: string }, commentId?: string): void {
  if (!commentId || story.id !== app.state.story?.id || event.ctrlKey || event.metaKey || event.shiftKey)
    return;
  event.preventDefault();
  app.accountTab = null;
  app.render();
  if (location.hash === `#postbag-${commentId}`) dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = `postbag-${commentId}`;
}
