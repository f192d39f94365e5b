import type { HostElement } from './host-element.js';
import type { MountedThread } from './reading/mount.js';
import { Session } from './session.js';
import { firstStrings, languageOf } from './strings/languages.js';

/**
 * Loads the thread and the code that shows it, both at once. The element that calls it may be of an older build.
 *
 * @param base origin of the server
 * @param again loads all the code anew and puts it in the place of this one; rejects when it did not come
 * @returns puts the thread into the element's shadow root
 */
export async function loadThread(
  element: HostElement,
  base: string,
  again: () => Promise<void>,
): Promise<() => MountedThread> {
  const renew = () => new Session(base, element);
  const session = renew();
  // The thread travels while the code does; who reads the answer also sees its failure.
  const first = session.thread('newest');
  first.catch(() => undefined);
  const { texts, numbers } = languageOf(element.closest<HTMLElement>('[lang]')?.lang ?? '');
  const [{ mount }, words] = await Promise.all([import('./reading/mount.js'), firstStrings[texts]()]);
  return () =>
    mount({ element, root: element.shadowRoot!, session, renew, first, lang: numbers, words, again });
}
