import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../api.js';
import type { QueueEvents, QueueFilter, QueueItem, QueueSort, QueueState } from '../api-types.js';
import { claimantOf, isDecidedState, QUEUE_LABELS, decisionVerb } from './decision-options.js';
import { filterText } from './filters.js';
import { itemsOf, queueKey, removeItem } from './queue-cache.js';
import { NextItemPicker } from './next-item.js';

const PAGE_SIZE = 40;
// Load the next page when this few items are left, so that the next comment is always ready.
const MIN_REMAINING = 8;
const SETTLED_SHOWN_MS = 5_000;

/** Someone else's decision on a comment that was also on this screen, as parts of a sentence: who did what. */
export interface ColleagueDecision {
  actor: string;
  action: string;
}

/**
 * One queue as shown on screen: its comments, the current one, new arrivals, and decisions by others. Nothing is
 * inserted or reordered automatically. A comment that someone else decided stays, marked, for some seconds and is
 * then removed.
 */
export function useQueue(
  { site, state, sort, filter }: { site: string; state: QueueState; sort: QueueSort; filter: QueueFilter },
  myId: string,
  severeInARow: number | null,
) {
  const queries = useQueryClient();
  const filterKey = filterText(filter);
  const isFiltered = filterKey !== '';
  const key = useMemo(() => queueKey(site, state, sort, filterKey), [site, state, sort, filterKey]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api.queue({ ...filter, site, state, sort, cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // A list that refreshes by itself would move while it is read. The event stream reports new comments.
    staleTime: Infinity,
    gcTime: 0,
    // Comparing all loaded comments after each removal would delay decisions.
    structuralSharing: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const items = useMemo(() => itemsOf(query.data), [query.data]);

  const [selectedId, select] = useState<string | null>(null);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const [settled, setSettled] = useState<Readonly<Record<string, ColleagueDecision>>>({});
  const [isStale, setStale] = useState(false);

  const position = items.findIndex((item) => item.comment.id === selectedId);
  const current: QueueItem | null = items[position] ?? items[0] ?? null;
  const currentId = current?.comment.id ?? null;

  // Select the first comment that can be decided and that nobody else has claimed. Done once, so that the selection
  // does not jump when claims change.
  useEffect(() => {
    const first = items.find((item) => !item.barred && !claimantOf(item, myId)) ?? items[0];
    if (selectedId === null && first) select(first.comment.id);
  }, [selectedId, items, myId]);

  const latest = useRef({ items, currentId });
  useEffect(() => {
    latest.current = { items, currentId };
  });

  useEffect(() => {
    select(null);
    setArrived(new Set());
    setSettled({});
    setStale(false);
  }, [key]);

  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  const remainingCount = items.length - Math.max(0, position);
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError && remainingCount <= MIN_REMAINING)
      void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, remainingCount, fetchNextPage]);

  // A comment that others decided stays while it is the current one, and is removed when the selection moves on.
  const removeSettled = useCallback(
    (commentId: string) => {
      if (latest.current.currentId === commentId && latest.current.items.length > 1) return;
      removeItem(queries, key, commentId);
    },
    [queries, key],
  );
  useEffect(() => {
    for (const commentId of Object.keys(settled))
      if (commentId !== currentId) {
        const timer = setTimeout(() => removeSettled(commentId), SETTLED_SHOWN_MS);
        return () => clearTimeout(timer);
      }
    return undefined;
  }, [settled, currentId, items, removeSettled]);

  const onArrived = useCallback(
    (event: QueueEvents['arrived']) => {
      const isListed = latest.current.items.some((item) => item.comment.id === event.commentId);
      if (event.state !== state) {
        // The comment moved to another queue, so it is no longer waiting in this one.
        if (!isListed || isDecidedState(state)) return;
        const moved = { actor: 'It', action: `moved to ${QUEUE_LABELS[event.state].toLowerCase()}` };
        setSettled((all) => ({ [event.commentId]: moved, ...all }));
        return;
      }
      setSettled(({ [event.commentId]: _again, ...others }) => others);
      if (isListed) return;
      // Only the server knows whether the comment matches the filter.
      if (isFiltered) setStale(true);
      else setArrived((ids) => new Set(ids).add(event.commentId));
    },
    [state, isFiltered],
  );
  const onLeft = useCallback(
    (event: QueueEvents['left']) => {
      setArrived((ids) => {
        if (!ids.has(event.commentId)) return ids;
        const rest = new Set(ids);
        rest.delete(event.commentId);
        return rest;
      });
      if (!latest.current.items.some((item) => item.comment.id === event.commentId)) return;
      const actor = event.by === 'rule' ? 'a rule' : event.by.id === myId ? 'you, elsewhere,' : event.by.name;
      setSettled((all) => ({ ...all, [event.commentId]: { actor, action: decisionVerb(event.status) } }));
    },
    [myId],
  );

  /** Shows the new arrivals and keeps the current comment selected. */
  const refresh = useCallback(async () => {
    select(latest.current.currentId);
    setArrived(new Set());
    setStale(false);
    setSettled({});
    // A first page that is still on its way is older than this call, and `refetch` would wait for it instead.
    await queries.cancelQueries({ queryKey: key, exact: true });
    await query.refetch();
  }, [queries, key, query]);

  const move = useCallback(
    (by: 1 | -1) => {
      const index = items.findIndex((item) => item.comment.id === currentId);
      const next = items[index + by];
      if (next) select(next.comment.id);
    },
    [items, currentId],
  );

  const [nextItemPicker] = useState(() => new NextItemPicker());
  /** Chooses the comment to select after the current one is decided. Null if there is none. */
  const pickNextId = useCallback(
    (): string | null =>
      nextItemPicker.pickNext(currentId, items, {
        myId,
        severeInARow,
        isSettled: (id) => settled[id] !== undefined,
      }),
    [nextItemPicker, items, currentId, settled, myId, severeInARow],
  );

  return {
    key,
    query,
    items,
    current,
    position: current ? items.indexOf(current) : -1,
    select,
    move,
    pickNextId,
    arrivedCount: arrived.size,
    isStale,
    markStale: useCallback(() => setStale(true), []),
    settled,
    onArrived,
    onLeft,
    refresh,
  };
}
