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
  const iconProps = { size: 13, strokeWidth: 2, 'aria-hidden': true } as const;
  if (status === 'disabled')
    return (
      <span className={classes.mark} data-kind="off">
        <CircleSlash {...iconProps} />
        Disabled
      </span>
    );
  if (circuit === 'open' && openUntil && Date.parse(openUntil) > now)
    return (
      <span className={classes.mark} data-kind="paused">
        <CirclePause {...iconProps} />
        Paused for {shortTimeLeft(openUntil, now)}
      </span>
    );
  if (circuit !== 'closed')
    return (
      <span className={classes.mark} data-kind="paused">
        <CirclePause {...iconProps} />
        Testing with one delivery
      </span>
    );
  if (failingSince)
    return (
      <span className={classes.mark} data-kind="failing">
        <TriangleAlert {...iconProps} />
        Failing for {longAge(failingSince, now)}
      </span>
    );
  return null;
}

export function eventsText(events: string[]): string {
  if (events.includes('*')) return 'All events';
  return events.length <= 2 ? events.join(', ') : `${events.length} event types`;
}
