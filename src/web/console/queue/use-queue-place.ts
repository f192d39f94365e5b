import { useCallback, useMemo } from 'react';
import { useDesk } from '../desk/desk.js';
import { go, hrefOf, useAddress } from '../router.js';
import { QUEUE_SORTS, QUEUE_STATES, type QueueFilter, type QueueSort, type QueueState } from '../wire.js';
import { isLately } from './choices.js';
import { readFilter } from './filters.js';

export interface QueuePlace {
  readonly state: QueueState;
  readonly sort: QueueSort;
  readonly filter: QueueFilter;
  /** Leads to the same list in another order, or otherwise narrowed. */
  readonly goTo: (to: { sort?: QueueSort; filter?: QueueFilter }) => void;
}

/** Which list the address names, in which order, and how it is narrowed. */
export function useQueuePlace(): QueuePlace {
  const { site } = useDesk();
  const { params } = useAddress();
  const state = QUEUE_STATES.find((name) => name === params.get('state')) ?? 'held';
  const sort =
    QUEUE_SORTS.find((name) => name === params.get('sort')) ?? (isLately(state) ? 'newest' : 'risk');

  const filter = useMemo(() => readFilter(params), [params]);

  const goTo = useCallback(
    (to: { sort?: QueueSort; filter?: QueueFilter }) => {
      const isDefault = (to.sort ?? sort) === (isLately(state) ? 'newest' : 'risk');
      go(
        hrefOf('/', {
          site: site.id,
          state: state === 'held' ? null : state,
          sort: isDefault ? null : (to.sort ?? sort),
          ...(to.filter ?? filter),
        }),
      );
    },
    [site.id, state, sort, filter],
  );
  return { state, sort, filter, goTo };
}
