import { Button, SegmentedControl, Skeleton, Table } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { useDesk } from '../desk/desk.js';
import { useNow } from '../desk/now.js';
import type { DeliveryStatus } from '../wire.js';
import { DeliveryRow } from './delivery-row.js';
import classes from './webhooks.module.css';

type Filter = 'all' | Extract<DeliveryStatus, 'pending' | 'failed'>;

const NONE: Readonly<Record<Filter, { title: string; text: string }>> = {
  all: {
    title: 'Nothing delivered yet',
    text: 'Each event that goes to this endpoint is listed here with its attempts. Send a test event to see one.',
  },
  pending: { title: 'Nothing is under way', text: 'Every delivery has been answered.' },
  failed: {
    title: 'Nothing failed',
    text: 'A delivery that is given up after its last attempt is listed here.',
  },
};

/** One endpoint's deliveries, newest first, kept up to date while any of them is under way. */
export function DeliveryLog({ endpointId }: { endpointId: string }) {
  const { site } = useDesk();
  const now = useNow();
  const [filter, setFilter] = useState<Filter>('all');
  const queries = useQueryClient();
  const key = ['deliveries', site.id, endpointId];
  const log = useInfiniteQuery({
    queryKey: [...key, filter],
    queryFn: ({ pageParam, signal }) =>
      api.deliveries(
        site.id,
        endpointId,
        { status: filter === 'all' ? null : filter, cursor: pageParam },
        signal,
      ),
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

  return (
    <>
      <div className={classes.filter}>
        <SegmentedControl
          size="xs"
          aria-label="Which deliveries"
          value={filter}
          onChange={setFilter}
          data={[
            { value: 'all', label: 'All' },
            { value: 'pending', label: 'Under way' },
            { value: 'failed', label: 'Failed' },
          ]}
        />
        {redeliver.isError && (
          <p className={classes.fault} role="alert">
            Not redelivered: {redeliver.error.message}
          </p>
        )}
      </div>
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
          <h3>{NONE[filter].title}</h3>
          <p>{NONE[filter].text}</p>
        </div>
      ) : (
        <div className={classes.table} tabIndex={0} role="region" aria-label="Delivery log">
          <Table stickyHeader verticalSpacing={5} horizontalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>State</Table.Th>
                <Table.Th>Event</Table.Th>
                <Table.Th>Event id</Table.Th>
                <Table.Th className={classes.right}>Answer</Table.Th>
                <Table.Th className={classes.right}>Attempts</Table.Th>
                <Table.Th className={classes.right}>Made</Table.Th>
                <Table.Th>
                  <span className={classes.srOnly}>Actions</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((delivery) => (
                <DeliveryRow
                  key={delivery.id}
                  delivery={delivery}
                  now={now}
                  isBusy={redeliver.isPending && redeliver.variables === delivery.id}
                  onRedeliver={() => redeliver.mutate(delivery.id)}
                />
              ))}
            </Table.Tbody>
          </Table>
          {log.hasNextPage && (
            <Button
              variant="subtle"
              size="xs"
              m="sm"
              loading={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              Show older deliveries
            </Button>
          )}
        </div>
      )}
    </>
  );
}
