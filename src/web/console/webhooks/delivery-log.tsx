import { Button, SegmentedControl, Skeleton, Table } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleX, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { fullTime, shortAge } from '../desk/age.js';
import { useDesk } from '../desk/desk.js';
import { useNow } from '../desk/now.js';
import type { Delivery } from '../wire.js';
import classes from './webhooks.module.css';

type Filter = 'all' | 'waiting' | 'failed';

/** One endpoint's deliveries, newest first, kept up to date while any of them is under way. */
export function DeliveryLog({ endpointId }: { endpointId: string }) {
  const { site } = useDesk();
  const now = useNow();
  const [filter, setFilter] = useState<Filter>('all');
  const queries = useQueryClient();
  const key = ['deliveries', site.id, endpointId];
  const log = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => api.deliveries(site.id, endpointId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((one) => kindOf(one) === 'waiting')) ? 3_000 : 15_000,
  });
  const redeliver = useMutation({
    mutationFn: (deliveryId: string) => api.redeliver(site.id, endpointId, deliveryId),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const all = log.data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = filter === 'all' ? all : all.filter((one) => kindOf(one) === filter);

  if (log.isPending) {
    return (
      <div className={classes.waiting}>
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={16} />
        ))}
      </div>
    );
  }
  if (log.isError && all.length === 0) {
    return (
      <div className={classes.empty} role="alert">
        <h3>The deliveries could not be loaded</h3>
        <p>{log.error.message}</p>
        <Button onClick={() => void log.refetch()}>Try again</Button>
      </div>
    );
  }
  if (all.length === 0) {
    return (
      <div className={classes.empty}>
        <h3>Nothing delivered yet</h3>
        <p>Each event that goes to this endpoint is listed here with its attempts. Send a test event to see one.</p>
      </div>
    );
  }
  return (
    <>
      <div className={classes.filter}>
        <SegmentedControl
          size="xs"
          aria-label="Which deliveries"
          value={filter}
          onChange={(value) => setFilter(value as Filter)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'waiting', label: 'Under way' },
            { value: 'failed', label: 'Failed' },
          ]}
        />
        {redeliver.isError && (
          <p className={classes.fault} role="alert">
            Not redelivered: {redeliver.error.message}
          </p>
        )}
      </div>
      <div className={classes.table} tabIndex={0} role="region" aria-label="Delivery log">
        <Table stickyHeader highlightOnHover verticalSpacing={6} horizontalSpacing="sm">
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
              <Row
                key={delivery.id}
                delivery={delivery}
                now={now}
                isBusy={redeliver.isPending && redeliver.variables === delivery.id}
                onRedeliver={() => redeliver.mutate(delivery.id)}
              />
            ))}
          </Table.Tbody>
        </Table>
        {shown.length === 0 && (
          <p className={classes.none}>
            {filter === 'failed' ? 'None of the loaded deliveries failed.' : 'Nothing is under way.'}
          </p>
        )}
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
    </>
  );
}

const SIGNS = { delivered: CircleCheck, waiting: CircleDashed, failed: CircleX } as const;

function Row(props: { delivery: Delivery; now: number; isBusy: boolean; onRedeliver: () => void }) {
  const { delivery, now } = props;
  const kind = kindOf(delivery);
  const Sign = SIGNS[kind];
  return (
    <Table.Tr>
      <Table.Td>
        <span className={classes.state} data-kind={kind}>
          <Sign size={15} strokeWidth={1.75} aria-hidden />
          {stateText(delivery, kind, now)}
        </span>
      </Table.Td>
      <Table.Td>{delivery.type}</Table.Td>
      <Table.Td className={classes.mono} title={delivery.eventId}>
        …{delivery.eventId.slice(-8)}
      </Table.Td>
      <Table.Td className={classes.right}>{delivery.lastStatus ?? '–'}</Table.Td>
      <Table.Td className={classes.right}>{delivery.attempts}</Table.Td>
      <Table.Td className={classes.right}>
        <time dateTime={delivery.createdAt} title={fullTime(delivery.createdAt)}>
          {shortAge(delivery.createdAt, now)}
        </time>
      </Table.Td>
      <Table.Td className={classes.right}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<RotateCw size={13} aria-hidden />}
          loading={props.isBusy}
          onClick={props.onRedeliver}
          aria-label={`Redeliver ${delivery.type}, event ${delivery.eventId.slice(-8)}`}
        >
          Redeliver
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function kindOf(delivery: Delivery): 'delivered' | 'waiting' | 'failed' {
  if (/^(delivered|succeeded|success|done)$/.test(delivery.status)) return 'delivered';
  if (/^(failed|dead|exhausted|gave-up|disabled|cancelled)$/.test(delivery.status)) return 'failed';
  return 'waiting';
}

function stateText(delivery: Delivery, kind: 'delivered' | 'waiting' | 'failed', now: number): string {
  if (kind === 'delivered') return 'Delivered';
  if (kind === 'failed') return 'Failed';
  if (delivery.attempts === 0) return 'Waiting';
  const ms = delivery.nextAttemptAt ? Date.parse(delivery.nextAttemptAt) - now : 0;
  if (ms < 60_000) return 'Trying again';
  // The age of the present, seen from the next attempt, is the time until then.
  return `Again in ${shortAge(new Date(now).toISOString(), now + ms)}`;
}
