/** The nil UUID of RFC 9562: no comment has it. */
const NO_COMMENT = '00000000-0000-0000-0000-000000000000';

let followed: string | null = null;

/**
 * Follows a permalink of Coral, `?commentID=ID` in the page's address, to the imported comment, as `#postbag-ID` does.
 * Once per id: the parameter stays in the address when the reader goes on to all comments.
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
    // The element says that a comment is not there, as it does for a link of its own. Coral's id may be no UUID.
    const { id } = isGone ? { id: NO_COMMENT } : ((await answer.json()) as { id: string });
    // The thread is read once it is in sight.
    element.scrollIntoView();
    location.replace(`#postbag-${id}`);
  } catch {
    // The thread is shown without it.
  }
}
