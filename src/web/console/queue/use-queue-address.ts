import { useCallback, useMemo } from 'react';
import { useConsole } from '../shell/console-context.js';
import { go, hrefOf, useAddress } from '../router.js';
import {
  QUEUE_SORTS,
  QUEUE_STATES,
  type QueueFilter,
  type QueueSort,
  type QueueState,
} from '../api-types.js';
import { listParams, readFilter, defaultSort } from './filters.js';

export interface QueueAddress {
  readonly state: QueueState;
  readonly sort: QueueSort;
  readonly filter: QueueFilter;
  /** Navigates to the same list with another sort order or filter. */
  readonly goTo: (to: { sort?: QueueSort; filter?: QueueFilter }) => void;
}

/** The list, sort order and filter named by the URL. */
export function useQueueAddress(): QueueAddress {
  const { site } = useConsole();
  const { params } = useAddress();
  const state = QUEUE_STATES.find((name) => name === params.get('state')) ?? 'held';
  const sort = QUEUE_SORTS.find((name) => name === params.get('sort')) ?? defaultSort(state);

  const filter = useMemo(() => readFilter(params), [params]);

  const goTo = useCallback(
    (to: { sort?: QueueSort; filter?: QueueFilter }) => {
      const list = { state, sort: to.sort ?? sort, filter: to.filter ?? filter };
      go(hrefOf('/', { site: site.id, ...listParams(list) }));
    },
    [site.id, state, sort, filter],
  );
  return { state, sort, filter, goTo };
}
