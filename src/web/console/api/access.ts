import { call, get, id, query } from './call.js';
import type {
  Explanation,
  ExplanationRequest,
  Import,
  ImportItem,
  InboundEntry,
  InboundLine,
  InboundSettings,
  InboundWire,
  LookUp,
  LookUpSettings,
  LookUpTrial,
  Override,
  OverrideRequest,
  Page,
  Refusal,
  Replayed,
} from '../wire.js';

/** Who may do what, and how Postbag hears of it. */
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
  inbound: (site: string, signal?: AbortSignal) =>
    get<{ items: InboundWire[] }>(`/sites/${id(site)}/inbound`, signal),
  putInbound: (site: string, provider: string, settings: InboundSettings) =>
    call<InboundWire>('PUT', `/sites/${id(site)}/inbound/${id(provider)}`, settings),
  removeInbound: (site: string, provider: string) =>
    call<void>('DELETE', `/sites/${id(site)}/inbound/${id(provider)}`),
  inboundLog: (site: string, provider: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    get<Page<InboundLine>>(
      `/sites/${id(site)}/inbound/${id(provider)}/log?${query({ ...params, limit: 50 })}`,
      signal,
    ),
  push: (site: string, provider: string, push: string, signal?: AbortSignal) =>
    get<InboundEntry>(`/sites/${id(site)}/inbound/${id(provider)}/log/${id(push)}`, signal),
  replayPush: (site: string, provider: string, push: string) =>
    call<{ outcome: InboundLine['outcome'] }>(
      'POST',
      `/sites/${id(site)}/inbound/${id(provider)}/log/${id(push)}/replay`,
    ),
  replayPushes: (site: string, provider: string, since: string) =>
    call<Replayed>('POST', `/sites/${id(site)}/inbound/${id(provider)}/replay`, { since }),
  lookUp: (site: string, signal?: AbortSignal) => get<LookUp>(`/sites/${id(site)}/lookup`, signal),
  putLookUp: (site: string, settings: LookUpSettings) =>
    call<LookUp>('PUT', `/sites/${id(site)}/lookup`, settings),
  removeLookUp: (site: string) => call<void>('DELETE', `/sites/${id(site)}/lookup`),
  rotateLookUp: (site: string) =>
    call<{ secret: string; previousValidUntil: string }>('POST', `/sites/${id(site)}/lookup/rotate`),
  tryLookUp: (site: string, readerKey: string) =>
    call<LookUpTrial>('POST', `/sites/${id(site)}/lookup/test`, { readerKey }),
  imports: (site: string, signal?: AbortSignal) =>
    get<{ items: Import[] }>(`/sites/${id(site)}/entitlements/imports`, signal),
  startImport: (site: string, items: readonly ImportItem[], idempotencyKey: string) =>
    call<Import>('POST', `/sites/${id(site)}/entitlements/imports`, { items }, { idempotencyKey }),
};
