import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../api.js';
import type { QueueEvents, QueueFilter, QueueItem, QueueSort, QueueState } from '../api-types.js';
import { claimantOf, isDecidedState, QUEUE_LABELS, decisionVerb } from './decision-options.js';
import { filterText } from './filters.js';
import { itemsOf, queueKey, removeItem } from './queue-cache.js';
import { NextItemPicker } from './next-item.js';

const PAGE_SIZE = 40;
// More is asked for when so few are left, so that the next comment is always here already.
const LOW_WATER = 8;
const SETTLED_SHOWN_MS = 5_000;

/** What became of a comment that somebody else had in hand too, as a sentence goes: who, and did what. */
export interface ForeignDecision {
  who: string;
  did: string;
}

/**
 * One queue as it is on screen: its comments, the one in hand, what arrived meanwhile and what others decided.
 * Nothing is inserted or reordered by itself; a comment that somebody else decided stays for some seconds,
 * marked, and then leaves.
 */
export function useQueue(
  { site, state, sort, filter }: { site: string; state: QueueState; sort: QueueSort; filter: QueueFilter },
  myId: string,
  severeInARow: number | null,
) {
  const queries = useQueryClient();
  const text = filterText(filter);
  const isFiltered = text !== '';
  const key = useMemo(() => queueKey(site, state, sort, text), [site, state, sort, text]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api.queue({ ...filter, site, state, sort, cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // A list that refreshes by itself moves under the eye; the stream says when there is something new.
    staleTime: Infinity,
    gcTime: 0,
    // Comparing every loaded comment with itself, for each one taken out, is what a decision would wait for.
    structuralSharing: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const items = useMemo(() => itemsOf(query.data), [query.data]);

  const [wanted, select] = useState<string | null>(null);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const [settled, setSettled] = useState<Readonly<Record<string, ForeignDecision>>>({});
  const [isBehind, setBehind] = useState(false);

  const place = items.findIndex((item) => item.comment.id === wanted);
  const current: QueueItem | null = items[place] ?? items[0] ?? null;
  const currentId = current?.comment.id ?? null;

  // The first one that can be decided and that nobody has in hand; chosen once, so that nothing jumps while colleagues come and go.
  useEffect(() => {
    const first = items.find((item) => !item.barred && !claimantOf(item, myId)) ?? items[0];
    if (wanted === null && first) select(first.comment.id);
  }, [wanted, items, myId]);

  const now = useRef({ items, currentId });
  useEffect(() => {
    now.current = { items, currentId };
  });

  useEffect(() => {
    select(null);
    setArrived(new Set());
    setSettled({});
    setBehind(false);
  }, [key]);

  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  const left = items.length - Math.max(0, place);
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError && left <= LOW_WATER) void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, left, fetchNextPage]);

  // The server tells what others decided while the comment is in hand; it goes when the hand moves on.
  const sweep = useCallback(
    (commentId: string) => {
      if (now.current.currentId === commentId && now.current.items.length > 1) return;
      removeItem(queries, key, commentId);
    },
    [queries, key],
  );
  useEffect(() => {
    for (const commentId of Object.keys(settled))
      if (commentId !== currentId) {
        const timer = setTimeout(() => sweep(commentId), SETTLED_SHOWN_MS);
        return () => clearTimeout(timer);
      }
    return undefined;
  }, [settled, currentId, items, sweep]);

  const onArrived = useCallback(
    (event: QueueEvents['arrived']) => {
      const isHere = now.current.items.some((item) => item.comment.id === event.commentId);
      if (event.state !== state) {
        // Into another queue: it waits there, so it waits here no longer.
        if (!isHere || isDecidedState(state)) return;
        const moved = { who: 'It', did: `moved to ${QUEUE_LABELS[event.state].toLowerCase()}` };
        setSettled((all) => ({ [event.commentId]: moved, ...all }));
        return;
      }
      setSettled(({ [event.commentId]: _again, ...others }) => others);
      if (isHere) return;
      // Whether the filter lets it through the server knows.
      if (isFiltered) setBehind(true);
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
      if (!now.current.items.some((item) => item.comment.id === event.commentId)) return;
      const who = event.by === 'rule' ? 'a rule' : event.by.id === myId ? 'you, elsewhere,' : event.by.name;
      setSettled((all) => ({ ...all, [event.commentId]: { who, did: decisionVerb(event.status) } }));
    },
    [myId],
  );

  /** Shows what arrived; the comment in hand stays in hand. */
  const refresh = useCallback(async () => {
    select(now.current.currentId);
    setArrived(new Set());
    setBehind(false);
    setSettled({});
    await query.refetch();
  }, [query]);

  const move = useCallback(
    (by: 1 | -1) => {
      const at = items.findIndex((item) => item.comment.id === currentId);
      const next = items[at + by];
      if (next) select(next.comment.id);
    },
    [items, currentId],
  );

  const [succession] = useState(() => new NextItemPicker());
  /** The comment that follows the one in hand once that is gone. */
  const following = useCallback(
    (): string | null =>
      succession.pickNext(currentId, items, {
        myId,
        severeInARow,
        isSettled: (id) => settled[id] !== undefined,
      }),
    [succession, items, currentId, settled, myId, severeInARow],
  );

  return {
    key,
    query,
    items,
    current,
    place: current ? items.indexOf(current) : -1,
    select,
    move,
    following,
    arrivedCount: arrived.size,
    isBehind,
    markBehind: useCallback(() => setBehind(true), []),
    settled,
    onArrived,
    onLeft,
    refresh,
  };
}
