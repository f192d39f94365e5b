import type { HostElement } from './host-element.js';
import type { MountedThread } from './reading/mount.js';
import { Session } from './session.js';
import { firstStringLoaders, languageOf } from './strings/languages.js';

/**
 * Loads the first page of the thread, its texts and its code in parallel. The element may be from an older build.
 *
 * @param base origin of the server
 * @param onReload reloads all code and replaces this one; rejects if loading fails
 * @returns a function that renders the thread into the element's shadow root
 */
export async function loadThread(
  element: HostElement,
  base: string,
  onReload: () => Promise<void>,
): Promise<() => MountedThread> {
  const renew = () => new Session(base, element);
  const session = renew();
  // `mount` handles a rejection. Until then, this prevents an unhandled one.
  const first = session.thread('newest');
  first.catch(() => undefined);
  const { texts, numbers } = languageOf(element.closest<HTMLElement>('[lang]')?.lang ?? '');
  const [{ mount }, strings] = await Promise.all([import('./reading/mount.js'), firstStringLoaders[texts]()]);
  return () =>
    mount({ element, root: element.shadowRoot!, session, renew, first, lang: numbers, strings, onReload });
}
