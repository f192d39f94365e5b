import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Page, QueueCounts, QueueItem, QueueSort, QueueState } from '../api-types.js';

/** The filter is in its canonical URL form, so that equal filters give equal keys. */
export type QueueKey = readonly ['queue', site: string, state: QueueState, sort: QueueSort, filter: string];
type Pages = InfiniteData<Page<QueueItem>>;

export const queueKey = (site: string, state: QueueState, sort: QueueSort, filter = ''): QueueKey =>
  ['queue', site, state, sort, filter] as const;
export const savedKey = (site: string) => ['saved-queues', site] as const;
export const countsKey = (site: string) => ['counts', site] as const;

/** The items of all loaded pages in order, each comment once. */
export function itemsOf(data: Pages | undefined): QueueItem[] {
  const seen = new Set<string>();
  const items: QueueItem[] = [];
  for (const page of data?.pages ?? []) {
    for (const item of page.items) {
      if (seen.has(item.comment.id)) continue;
      seen.add(item.comment.id);
      items.push(item);
    }
  }
  return items;
}

/**
 * Removes a comment from a loaded queue.
 * @returns its index among all loaded items, or -1 if it was not there
 */
export function removeItem(queries: QueryClient, key: QueueKey, commentId: string): number {
  const data = queries.getQueryData<Pages>(key);
  if (!data) return -1;
  const position = itemsOf(data).findIndex((item) => item.comment.id === commentId);
  if (position >= 0) {
    queries.setQueryData<Pages>(key, {
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        items: page.items.filter((item) => item.comment.id !== commentId),
      })),
    });
  }
  return position;
}

/** Puts a comment back at its former index. Does nothing if it is already there or the queue is not loaded. */
export function restoreItem(queries: QueryClient, key: QueueKey, item: QueueItem, position: number): void {
  const data = queries.getQueryData<Pages>(key);
  if (!data) return;
  if (itemsOf(data).some((other) => other.comment.id === item.comment.id)) return;
  let remaining = Math.max(0, position);
  let isInserted = false;
  const pages = data.pages.map((page, index) => {
    if (isInserted) return page;
    if (remaining > page.items.length && index < data.pages.length - 1) {
      remaining -= page.items.length;
      return page;
    }
    isInserted = true;
    const items = [...page.items];
    items.splice(Math.min(remaining, items.length), 0, item);
    return { ...page, items };
  });
  queries.setQueryData<Pages>(key, { ...data, pages });
}

/** Updates all loaded copies of matching items in a site's queues. */
export function patchItems(queries: QueryClient, site: string, change: (item: QueueItem) => QueueItem): void {
  queries.setQueriesData<Pages>(
    { queryKey: ['queue', site] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })),
      },
  );
}

/** Changes a queue's count at once. The server's own count follows on the event stream. */
export function shiftCount(queries: QueryClient, site: string, state: QueueState, by: 1 | -1): void {
  queries.setQueryData<{ counts: QueueCounts }>(countsKey(site), (data) => {
    const current = data?.counts[state];
    if (!data || !current) return data;
    return { counts: { ...data.counts, [state]: { ...current, count: Math.max(0, current.count + by) } } };
  });
}
