/** The nil UUID of RFC 9562, which no comment has. */
const NO_COMMENT = '00000000-0000-0000-0000-000000000000';

let followed: string | null = null;

/**
 * Follows a Coral permalink, `?commentID=ID` in the page's URL, to the imported comment, as `#postbag-ID` does. Only
 * once per id, because the parameter stays in the URL when the reader returns to all comments.
 *
 * @param base origin of the server
 */
export function followCoralLink(base: string): void {
  const id = new URLSearchParams(location.search).get('commentID');
  const element = document.querySelector('postbag-comments[site]');
  if (!id || !element || followed === id || location.hash.startsWith('#postbag-')) return;
  followed = id;
  void follow(base, element, id);
}

async function follow(base: string, element: Element, coralId: string): Promise<void> {
  const site = element.getAttribute('site');
  const address = `${base}/api/v1/sites/${site}/coral/comments/${encodeURIComponent(coralId)}`;
  try {
    const answer = await fetch(address, { credentials: 'omit' });
    const isGone = answer.status === 404;
    if (!answer.ok && !isGone) return;
    // The widget then says that the comment does not exist, as for its own links. Coral's id may not be a UUID.
    const { id } = isGone ? { id: NO_COMMENT } : ((await answer.json()) as { id: string });
    // The thread loads once it is in view.
    element.scrollIntoView();
    location.replace(`#postbag-${id}`);
  } catch {
    // Show the thread without the linked comment.
  }
}
