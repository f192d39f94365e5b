let followed = false;

/**
 * A permalink of Coral, `?commentID=ID` in the page's address: leads to the imported comment, as `#postbag-ID` does.
 *
 * @param base origin of the server
 */
export function followCoralLink(base: string): void {
  const id = new URLSearchParams(location.search).get('commentID');
  const element = document.querySelector('postbag-comments[site]');
  if (!id || !element || followed || location.hash.startsWith('#postbag-')) return;
  followed = true;
  void lead(
    `${base}/api/v1/sites/${element.getAttribute('site')}/coral/comments/${encodeURIComponent(id)}`,
    element,
  );
}

async function lead(address: string, element: Element): Promise<void> {
  try {
    const answer = await fetch(address, { credentials: 'omit' });
    if (!answer.ok) return;
    const { id } = (await answer.json()) as { id: string };
    // The thread is read once it is in sight.
    element.scrollIntoView();
    location.replace(`#postbag-${id}`);
  } catch {
    // The thread itself is the answer.
  }
}
