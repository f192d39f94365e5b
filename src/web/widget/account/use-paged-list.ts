import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';

export interface PagedList<T> {
  /** Null until the first page is loaded. */
  items: T[] | null;
  hasMore: boolean;
  busy: boolean;
  failed: boolean;
  more: () => void;
  /** Changes the displayed items without a request. */
  change(update: (items: T[]) => T[]): void;
}

/**
 * A paginated list of the reader's own items.
 *
 * @param onFirstPage called with the first page
 */
export function usePagedList<T, P extends Page<T> = Page<T>>(
  app: App,
  path: string,
  onFirstPage?: (page: P) => void,
): PagedList<T> {
  const [items, setItems] = useState<T[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const read = async (cursor: string | null) => {
    setBusy(true);
    setFailed(false);
    try {
      const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
      const page = await app.session.api.get<P>(path + query);
      setItems((loaded) => [...(cursor ? (loaded ?? []) : []), ...page.items]);
      setNext(page.next);
      if (!cursor) onFirstPage?.(page);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  useEffect(() => void read(null), [path]);
  return {
    items,
    hasMore: next !== null,
    busy,
    failed,
    more: () => {
      if (!busy) void read(items ? next : null);
    },
    change: (update) => setItems((loaded) => loaded && update(loaded)),
  };
}
