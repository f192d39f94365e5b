import { CirclePause, CircleSlash, TriangleAlert } from 'lucide-react';
import { longAge, shortTimeLeft } from '../shell/format-age.js';
import type { WebhookEndpoint } from '../api-types.js';
import classes from './webhooks.module.css';

interface Props {
  endpoint: WebhookEndpoint;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A label for an endpoint that is disabled, paused or failing; nothing for a healthy one. */
export function EndpointState({ endpoint, now }: Props) {
  const { status, circuit, openUntil, failingSince } = endpoint;
  const sign = { size: 13, strokeWidth: 2, 'aria-hidden': true } as const;
  if (status === 'disabled')
    return (
      <span className={classes.mark} data-kind="off">
        <CircleSlash {...sign} />
        Disabled
      </span>
    );
  if (circuit === 'open' && openUntil && Date.parse(openUntil) > now)
    return (
      <span className={classes.mark} data-kind="paused">
        <CirclePause {...sign} />
        Paused for {shortTimeLeft(openUntil, now)}
      </span>
    );
  if (circuit !== 'closed')
    return (
      <span className={classes.mark} data-kind="paused">
        <CirclePause {...sign} />
        One delivery tries
      </span>
    );
  if (failingSince)
    return (
      <span className={classes.mark} data-kind="failing">
        <TriangleAlert {...sign} />
        Failing for {longAge(failingSince, now)}
      </span>
    );
  return null;
}

export function eventsText(events: string[]): string {
  if (events.includes('*')) return 'Every event';
  return events.length <= 2 ? events.join(', ') : `${events.length} kinds of event`;
}
