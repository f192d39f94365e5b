import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { useNow } from '../shell/use-now.js';
import { go, hrefOf, useAddress } from '../router.js';
import type { WebhookEndpoint } from '../api-types.js';
import { ConfirmPanel } from '../shell/confirm-panel.js';
import { MoreButton } from '../shell/more-button.js';
import table from '../shell/table.module.css';
import {
  filterOf,
  filterText,
  paramsOf,
  queryOf,
  redeliveryOf,
  type Filter,
  type State,
} from './delivery-filter.js';
import { isSentTo } from './delivery-labels.js';
import { DeliveryRow } from './delivery-row.js';
import { FilterBar } from './filter-bar.js';
import classes from './webhooks.module.css';

const NONE: Readonly<Record<State, { title: string; text: string }>> = {
  all: {
    title: 'Nothing delivered yet',
    text: 'Each event that goes to this endpoint is listed here with its attempts. Send a test event to see one.',
  },
  pending: { title: 'Nothing is under way', text: 'Every delivery has been answered.' },
  delivered: {
    title: 'Nothing was delivered yet',
    text: 'A delivery that was answered with 2xx is listed here.',
  },
  failed: {
    title: 'Nothing failed',
    text: 'A delivery that is given up after its last attempt is listed here.',
  },
};
const NONE_OF_THESE = {
  title: 'No delivery is like that',
  text: 'Widen the filter, or look at another time. Deliveries are kept for 30 days.',
};

/**
 * An endpoint's deliveries, newest first. Refreshed every 3 seconds while any of them is pending, otherwise every 15.
 */
export function DeliveryLog({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { site } = useConsole();
  const { id: endpointId } = endpoint;
  const now = useNow();
  const { params } = useAddress();
  const filter = filterOf(params);
  const setFilter = (wanted: Filter) =>
    go(hrefOf('/webhooks', { site: site.id, endpoint: endpointId, ...paramsOf(wanted) }), { replace: true });
  const [isConfirming, setConfirming] = useState(false);
  const [sentAgain, setSentAgain] = useState<string | null>(null);
  const queries = useQueryClient();
  const key = ['deliveries', site.id, endpointId];
  const log = useInfiniteQuery({
    queryKey: [...key, queryOf(filter)],
    queryFn: ({ pageParam, signal }) =>
      api.deliveries(site.id, endpointId, { ...queryOf(filter), cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'pending'))
        ? 3_000
        : 15_000,
  });
  const redeliver = useMutation({
    mutationFn: (deliveryId: string) => api.redeliver(site.id, endpointId, deliveryId),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const shown = log.data?.pages.flatMap(({ items }) => items) ?? [];

  const redelivery = redeliveryOf(filter);
  const isNarrowed = [filter.type, filter.comment, filter.since, filter.until].some((text) => text !== '');
  const none = isNarrowed ? NONE_OF_THESE : NONE[filter.state];

  return (
    <>
      <FilterBar
        filter={filter}
        onFilter={(wanted) => {
          setConfirming(false);
          setSentAgain(null);
          setFilter(wanted);
        }}
        onRedeliver={() => {
          setSentAgain(null);
          setConfirming(true);
        }}
      />
      {isConfirming && redelivery && (
        <ConfirmPanel
          title="Send these again?"
          text={
            <>
              <b>{filterText(filter)}</b>: each goes from the start of its schedule, the oldest first, of each
              comment in order. The receiver knows them by their ids.
            </>
          }
          action="Redeliver"
          onAct={async () => {
            const { deliveries, more } = await api.redeliverAll(site.id, endpointId, redelivery);
            setConfirming(false);
            setSentAgain(
              deliveries === 0
                ? 'There was nothing to send again.'
                : `${deliveries.toLocaleString()} on their way again${more ? '; there are more, ask once more' : ''}.`,
            );
            await queries.invalidateQueries({ queryKey: key });
          }}
          onClose={() => setConfirming(false)}
        />
      )}
      {sentAgain && (
        <p className={classes.said} role="status">
          {sentAgain}
        </p>
      )}
      {redeliver.isError && (
        <p className={classes.fault} role="alert">
          Not redelivered: {redeliver.error.message}
        </p>
      )}
      {log.isPending ? (
        <div className={classes.waiting}>
          {[1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} height={16} />
          ))}
        </div>
      ) : log.isError && shown.length === 0 ? (
        <div className={classes.empty} role="alert">
          <h3>The deliveries could not be loaded</h3>
          <p>{log.error.message}</p>
          <Button onClick={() => void log.refetch()}>Try again</Button>
        </div>
      ) : shown.length === 0 ? (
        <div className={classes.empty}>
          <h3>{none.title}</h3>
          <p>{none.text}</p>
        </div>
      ) : (
        <div className={classes.rows} tabIndex={0} role="region" aria-label="Delivery log">
          <table className={`${table.table} ${classes.deliveries}`}>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">Event</th>
                <th scope="col">Event id</th>
                <th scope="col" className={table.number}>
                  Answer
                </th>
                <th scope="col" className={table.number}>
                  Attempts
                </th>
                <th scope="col" className={table.number}>
                  Made
                </th>
                <th scope="col">
                  <span className={classes.srOnly}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((delivery) => (
                <DeliveryRow
                  key={delivery.id}
                  delivery={delivery}
                  endpointId={endpointId}
                  isSending={isSentTo(endpoint)}
                  now={now}
                  isBusy={redeliver.isPending && redeliver.variables === delivery.id}
                  onRedeliver={() => redeliver.mutate(delivery.id)}
                />
              ))}
            </tbody>
          </table>
          <MoreButton list={log} isInset>
            Show older deliveries
          </MoreButton>
        </div>
      )}
    </>
  );
}
