import type { Redelivery } from '../api-types.js';
import { instantOf } from '../shell/local-time.js';

export const DELIVERY_STATES = ['all', 'pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A filter for deliveries, stored in the URL. Empty values match all. */
export interface DeliveryFilter {
  readonly state: DeliveryState;
  readonly type: string;
  readonly comment: string;
  /** A `datetime-local` value, in the moderator's time zone. */
  readonly since: string;
  readonly until: string;
}

export function filterOf(params: URLSearchParams): DeliveryFilter {
  const state = params.get('state') as DeliveryState | null;
  return {
    state: state && DELIVERY_STATES.includes(state) ? state : 'all',
    type: params.get('type') ?? '',
    comment: params.get('comment') ?? '',
    since: params.get('since') ?? '',
    until: params.get('until') ?? '',
  };
}

/** The filter as URL parameters. Empty values match all; `hrefOf` leaves them out of the URL. */
export const paramsOf = ({ state, ...rest }: DeliveryFilter): Record<string, string> => ({
  ...rest,
  state: state === 'all' ? '' : state,
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The comment id to filter by; null while it is incomplete. */
const commentOf = ({ comment }: DeliveryFilter): string | null =>
  UUID.test(comment.trim()) ? comment.trim() : null;

/** The filter as query parameters of the deliveries list. */
export const queryOf = (filter: DeliveryFilter): Record<string, string | null> => ({
  status: filter.state === 'all' ? null : filter.state,
  type: filter.type || null,
  commentId: commentOf(filter),
  since: instantOf(filter.since),
  until: instantOf(filter.until),
});

/** The request that redelivers the filtered deliveries; null for pending ones, which are still being attempted. */
export function redeliveryOf(filter: DeliveryFilter): Redelivery | null {
  if (filter.state === 'pending') return null;
  const { type, commentId, since, until } = queryOf(filter);
  const statuses: Redelivery['statuses'] =
    filter.state === 'delivered'
      ? ['delivered']
      : filter.state === 'failed'
        ? ['failed', 'cancelled']
        : ['delivered', 'failed', 'cancelled'];
  return {
    statuses,
    ...(type ? { types: [type] as Redelivery['types'] } : {}),
    ...(commentId ? { commentId } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
}

/** For example `Failed · comment.held · since 24/11/2026, 09:00` */
export function filterText(filter: DeliveryFilter): string {
  const at = (local: string) =>
    new Date(local).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });
  const parts = [
    filter.state === 'all'
      ? 'All deliveries that are not pending'
      : filter.state === 'failed'
        ? 'Failed'
        : 'Delivered',
    filter.type,
    commentOf(filter) ? `comment …${filter.comment.trim().slice(-8)}` : '',
    instantOf(filter.since) ? `since ${at(filter.since)}` : '',
    instantOf(filter.until) ? `before ${at(filter.until)}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}
