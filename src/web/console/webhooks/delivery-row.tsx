import { Button } from '@mantine/core';
import { ChevronRight, CircleCheck, CircleDashed, CircleSlash, CircleX, RotateCw } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { fullTime, shortAge, shortAgo } from '../shell/format-age.js';
import table from '../shell/table.module.css';
import type { Attempt, Delivery } from '../api-types.js';
import { stateText } from './delivery-labels.js';
import classes from './webhooks.module.css';
import { prettyJson } from '../shell/pretty-json.js';

const ICONS = {
  pending: CircleDashed,
  delivered: CircleCheck,
  failed: CircleX,
  cancelled: CircleSlash,
} as const;

interface Props {
  delivery: Delivery;
  endpointId: string;
  /** Whether deliveries to the endpoint are being sent. */
  isSending: boolean;
  /** Milliseconds since the epoch. */
  now: number;
  isBusy: boolean;
  onRedeliver: () => void;
}

/** A delivery in one row, which expands to its attempts. */
export function DeliveryRow({ delivery, endpointId, isSending, now, isBusy, onRedeliver }: Props) {
  const [isOpen, setOpen] = useState(false);
  const Icon = ICONS[delivery.status];
  return (
    <>
      <tr className={classes.delivery}>
        <td>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight className={classes.chevron} size={14} aria-hidden />
            <span className={classes.state} data-kind={delivery.status}>
              <Icon size={15} strokeWidth={1.75} aria-hidden />
              {stateText(delivery, isSending, now)}
            </span>
          </button>
        </td>
        <td>{delivery.type}</td>
        <td className={classes.mono} title={delivery.eventId}>
          …{delivery.eventId.slice(-8)}
        </td>
        <td className={table.number}>{delivery.lastStatus ?? '–'}</td>
        <td className={table.number}>{delivery.attempts}</td>
        <td className={table.number}>
          <time dateTime={delivery.createdAt} title={fullTime(delivery.createdAt)}>
            {shortAge(delivery.createdAt, now)}
          </time>
        </td>
        <td className={table.number}>
          <Button
            size="compact-xs"
            variant="subtle"
            className={classes.redeliver}
            data-kind={delivery.status}
            leftSection={<RotateCw size={13} aria-hidden />}
            loading={isBusy}
            onClick={onRedeliver}
            aria-label={`Redeliver ${delivery.type}, event ${delivery.eventId.slice(-8)}`}
          >
            Redeliver
          </Button>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={7}>
            <Attempts log={delivery.log} now={now} />
            <Request endpointId={endpointId} deliveryId={delivery.id} />
          </td>
        </tr>
      )}
    </>
  );
}

function Attempts({ log, now }: { log: Attempt[]; now: number }) {
  if (log.length === 0) return <p className={classes.attempts}>No attempt has been made yet.</p>;
  return (
    <ol className={classes.attempts} aria-label="Attempts, newest first">
      {log.map((attempt) => (
        <li key={attempt.number}>
          <span>#{attempt.number}</span>
          <time dateTime={attempt.startedAt} title={fullTime(attempt.startedAt)}>
            {shortAgo(attempt.startedAt, now)}
          </time>
          <span>{attempt.durationMs.toLocaleString()} ms</span>
          <span>
            {attempt.status === null ? (attempt.error ?? 'No answer') : `Answered ${attempt.status}`}
          </span>
          {attempt.answer && <pre tabIndex={0}>{attempt.answer}</pre>}
        </li>
      ))}
    </ol>
  );
}

/** The request: its headers and body. */
function Request({ endpointId, deliveryId }: { endpointId: string; deliveryId: string }) {
  const { site } = useConsole();
  const { data, error } = useQuery({
    queryKey: ['delivery', site.id, endpointId, deliveryId],
    queryFn: ({ signal }) => api.delivery(site.id, endpointId, deliveryId, signal),
    // A delivery's request never changes.
    staleTime: Infinity,
  });
  if (error) return <p className={classes.attempts}>What was sent could not be loaded: {error.message}</p>;
  if (!data) return null;
  const { method, url, headers, body } = data.request;
  return (
    <section className={classes.request} aria-label="Request">
      <h3>Request</h3>
      <pre tabIndex={0}>
        {[`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join(
          '\n',
        )}
        {'\nwebhook-timestamp, webhook-signature: of each attempt\n\n'}
        {prettyJson(body)}
      </pre>
    </section>
  );
}
