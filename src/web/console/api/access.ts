import { call, get, id, query } from './call.js';
import type {
  Explanation,
  ExplanationRequest,
  Import,
  ImportItem,
  BillingWebhookLogEntry,
  BillingWebhookLogLine,
  BillingIntegrationBody,
  BillingIntegration,
  Lookup,
  LookupSettings,
  LookupTrial,
  Override,
  OverrideRequest,
  Page,
  Refusal,
  ReplayResult,
} from '../api-types.js';

/** Gate rules, overrides, and sources of entitlements. */
export const accessApi = {
  overrides: (site: string, signal?: AbortSignal) =>
    get<{ items: Override[] }>(`/sites/${id(site)}/overrides`, signal),
  putOverride: (site: string, key: string, override: OverrideRequest) =>
    call<Override>('PUT', `/sites/${id(site)}/overrides/${id(key)}`, override),
  removeOverride: (site: string, key: string) =>
    call<void>('DELETE', `/sites/${id(site)}/overrides/${id(key)}`),
  refusals: (site: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    get<Page<Refusal>>(`/sites/${id(site)}/refusals?${query({ ...params, limit: 50 })}`, signal),
  explain: (site: string, request: ExplanationRequest) =>
    call<Explanation>('POST', `/sites/${id(site)}/gate`, request),
  billingIntegrations: (site: string, signal?: AbortSignal) =>
    get<{ items: BillingIntegration[] }>(`/sites/${id(site)}/inbound`, signal),
  putBillingIntegration: (site: string, provider: string, settings: BillingIntegrationBody) =>
    call<BillingIntegration>('PUT', `/sites/${id(site)}/inbound/${id(provider)}`, settings),
  removeBillingIntegration: (site: string, provider: string) =>
    call<void>('DELETE', `/sites/${id(site)}/inbound/${id(provider)}`),
  billingWebhookLog: (
    site: string,
    provider: string,
    params: Record<string, string | null>,
    signal?: AbortSignal,
  ) =>
    get<Page<BillingWebhookLogLine>>(
      `/sites/${id(site)}/inbound/${id(provider)}/log?${query({ ...params, limit: 50 })}`,
      signal,
    ),
  billingWebhook: (site: string, provider: string, push: string, signal?: AbortSignal) =>
    get<BillingWebhookLogEntry>(`/sites/${id(site)}/inbound/${id(provider)}/log/${id(push)}`, signal),
  replayPush: (site: string, provider: string, push: string) =>
    call<{ outcome: BillingWebhookLogLine['outcome'] }>(
      'POST',
      `/sites/${id(site)}/inbound/${id(provider)}/log/${id(push)}/replay`,
    ),
  replayPushes: (site: string, provider: string, since: string) =>
    call<ReplayResult>('POST', `/sites/${id(site)}/inbound/${id(provider)}/replay`, { since }),
  lookup: (site: string, signal?: AbortSignal) => get<Lookup>(`/sites/${id(site)}/lookup`, signal),
  putLookup: (site: string, settings: LookupSettings) =>
    call<Lookup>('PUT', `/sites/${id(site)}/lookup`, settings),
  removeLookup: (site: string) => call<void>('DELETE', `/sites/${id(site)}/lookup`),
  rotateLookup: (site: string) =>
    call<{ secret: string; previousValidUntil: string }>('POST', `/sites/${id(site)}/lookup/rotate`),
  tryLookup: (site: string, readerKey: string) =>
    call<LookupTrial>('POST', `/sites/${id(site)}/lookup/test`, { readerKey }),
  imports: (site: string, signal?: AbortSignal) =>
    get<{ items: Import[] }>(`/sites/${id(site)}/entitlements/imports`, signal),
  startImport: (site: string, items: readonly ImportItem[], idempotencyKey: string) =>
    call<Import>('POST', `/sites/${id(site)}/entitlements/imports`, { items }, { idempotencyKey }),
};
