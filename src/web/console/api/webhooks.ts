import { call, get, id, query } from './call.js';
import type {
  Delivery,
  DeliveryDetail,
  EndpointChange,
  EndpointWithSecret,
  EventType,
  NewEndpoint,
  Page,
  RedeliveryResult,
  Redelivery,
  RotatedSecret,
  WebhookEndpoint,
} from '../api-types.js';

/** Webhook endpoints and deliveries. */
export const webhooksApi = {
  webhooks: (site: string, signal?: AbortSignal) =>
    get<Page<WebhookEndpoint>>(`/sites/${id(site)}/webhooks?${query({ limit: 100 })}`, signal),
  deliveries: (site: string, endpoint: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    get<Page<Delivery>>(
      `/sites/${id(site)}/webhooks/${id(endpoint)}/deliveries?${query({ ...params, limit: 50 })}`,
      signal,
    ),
  redeliver: (site: string, endpoint: string, delivery: string) =>
    call<unknown>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/deliveries/${id(delivery)}/redeliver`),
  delivery: (site: string, endpoint: string, delivery: string, signal?: AbortSignal) =>
    get<DeliveryDetail>(`/sites/${id(site)}/webhooks/${id(endpoint)}/deliveries/${id(delivery)}`, signal),
  redeliverAll: (site: string, endpoint: string, selection: Redelivery) =>
    call<RedeliveryResult>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/redeliver`, selection),
  recover: (site: string, endpoint: string, since: string) =>
    call<{ deliveries: number }>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/recover`, { since }),
  eventTypes: (signal?: AbortSignal) => get<{ items: EventType[] }>('/event-types', signal),
  addEndpoint: (site: string, endpoint: NewEndpoint) =>
    call<EndpointWithSecret>('POST', `/sites/${id(site)}/webhooks`, endpoint),
  changeEndpoint: (site: string, endpoint: string, change: EndpointChange) =>
    call<WebhookEndpoint>('PATCH', `/sites/${id(site)}/webhooks/${id(endpoint)}`, change),
  removeEndpoint: (site: string, endpoint: string) =>
    call<unknown>('DELETE', `/sites/${id(site)}/webhooks/${id(endpoint)}`),
  rotateSecret: (site: string, endpoint: string) =>
    call<RotatedSecret>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/rotate`),
  sendTest: (site: string, endpoint: string) =>
    call<unknown>('POST', `/sites/${id(site)}/webhooks/${id(endpoint)}/test`),
};
