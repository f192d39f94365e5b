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
  type DeliveryFilter,
  type DeliveryState,
} from './delivery-filter.js';
import { isSentTo } from './delivery-labels.js';
import { DeliveryRow } from './delivery-row.js';
import { FilterBar } from './filter-bar.js';
import classes from './webhooks.module.css';

const EMPTY_TEXTS: Readonly<Record<DeliveryState, { title: string; text: string }>> = {
  all: {
    title: 'Nothing delivered yet',
    text: 'Events sent to this endpoint are listed here with their attempts. Send a test event to see one.',
  },
  pending: {
    title: 'No pending deliveries',
    text: 'Every delivery has succeeded, failed or been cancelled.',
  },
  delivered: {
    title: 'No successful deliveries yet',
    text: 'Deliveries that the endpoint answered with a 2xx status are listed here.',
  },
  failed: {
    title: 'No failed deliveries',
    text: 'Deliveries that did not succeed by their last attempt are listed here.',
  },
};
const NO_MATCH_TEXT = {
  title: 'No matching deliveries',
  text: 'Remove a filter or choose another period. Deliveries are kept for 30 days.',
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
  const setFilter = (next: DeliveryFilter) =>
    go(hrefOf('/webhooks', { site: site.id, endpoint: endpointId, ...paramsOf(next) }), { replace: true });
  const [isConfirming, setConfirming] = useState(false);
  const [redeliveryMessage, setRedeliveryMessage] = useState<string | null>(null);
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
  const emptyText = isNarrowed ? NO_MATCH_TEXT : EMPTY_TEXTS[filter.state];

  return (
    <>
      <FilterBar
        filter={filter}
        onFilter={(next) => {
          setConfirming(false);
          setRedeliveryMessage(null);
          setFilter(next);
        }}
        onRedeliver={() => {
          setRedeliveryMessage(null);
          setConfirming(true);
        }}
      />
      {isConfirming && redelivery && (
        <ConfirmPanel
          title="Redeliver these?"
          text={
            <>
              <b>{filterText(filter)}</b>: each starts its retry schedule again, oldest first, and the events
              of one comment stay in order. The event ids do not change, so the receiver can recognise events
              it already has.
            </>
          }
          action="Redeliver"
          onAct={async () => {
            const { deliveries, more } = await api.redeliverAll(site.id, endpointId, redelivery);
            setConfirming(false);
            setRedeliveryMessage(
              deliveries === 0
                ? 'There was nothing to redeliver.'
                : `${deliveries.toLocaleString()} queued for redelivery.${more ? ' There are more: redeliver again to include them.' : ''}`,
            );
            await queries.invalidateQueries({ queryKey: key });
          }}
          onClose={() => setConfirming(false)}
        />
      )}
      {redeliveryMessage && (
        <p className={classes.message} role="status">
          {redeliveryMessage}
        </p>
      )}
      {redeliver.isError && (
        <p className={classes.fault} role="alert">
          The event was not redelivered: {redeliver.error.message}
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
          <h3>{emptyText.title}</h3>
          <p>{emptyText.text}</p>
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
                  Response
                </th>
                <th scope="col" className={table.number}>
                  Attempts
                </th>
                <th scope="col" className={table.number}>
                  Created
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
