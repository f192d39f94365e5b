import type { App } from '../thread/app.js';

/** The address of a comment, on the page of its story; or of the story's page alone. */
export function commentUrl(story: { url: string }, commentId?: string): string {
  const url = new URL(story.url, location.href);
  if (commentId) url.hash = `postbag-${commentId}`;
  return url.href;
}

/** A comment on this page's story is shown here; the others are on their own pages. */
export function openOnThisPage(app: App, event: MouseEvent, story: { id: string }, commentId?: string): void {
  if (!commentId || story.id !== app.state.story?.id || event.ctrlKey || event.metaKey || event.shiftKey)
    return;
  event.preventDefault();
  app.accountTab = null;
  app.draw();
  if (location.hash === `#postbag-${commentId}`) dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = `postbag-${commentId}`;
}
