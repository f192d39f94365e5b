import { call, get, id, query } from './call.js';
import type {
  AuditEntry,
  AuditVerification,
  LanguageModelMeasurement,
  Page,
  Policy,
  PolicyDifference,
  PolicyPatch,
  PolicyReplay,
  PolicyShadow,
  PolicyVersionItem,
  Tier,
  DecisionDifference,
  WordListPreview,
} from '../api-types.js';

/** A site's policy, its versions and simulations, and the audit log. */
export const policyApi = {
  policy: (site: string, signal?: AbortSignal) => get<Policy>(`/sites/${id(site)}/policy`, signal),
  tiers: (site: string, signal?: AbortSignal) => get<Tier[]>(`/sites/${id(site)}/tiers`, signal),
  changePolicy: (site: string, patch: PolicyPatch, change: { note: string | null; expect: number }) =>
    call<Policy>('PATCH', `/sites/${id(site)}/policy?${query(change)}`, patch),
  languageModels: (site: string, signal?: AbortSignal) =>
    get<{ items: LanguageModelMeasurement[] }>(`/sites/${id(site)}/language-models`, signal),
  policyVersions: (site: string, cursor: string | null, signal?: AbortSignal) =>
    get<Page<PolicyVersionItem>>(
      `/sites/${id(site)}/policy/versions?${query({ cursor, limit: 20 })}`,
      signal,
    ),
  comparePolicies: (site: string, from: string, to: string, signal?: AbortSignal) =>
    get<{ differences: PolicyDifference[] }>(
      `/sites/${id(site)}/policy/versions/${id(from)}/differences/${id(to)}`,
      signal,
    ),
  restorePolicy: (site: string, version: number) =>
    call<PolicyVersionItem>('POST', `/sites/${id(site)}/policy/versions/${version}/restore`, {}),
  testWords: (site: string, text: string, entries: readonly string[]) =>
    call<{ found: { entry: string; spans: [number, number][] }[] }>(
      'POST',
      `/sites/${id(site)}/policy/word-test`,
      { text, entries },
    ),
  countWordMatches: (site: string, entries: readonly string[]) =>
    call<WordListPreview>('POST', `/sites/${id(site)}/policy/word-list-preview`, { entries }),
  startReplay: (site: string, request: { policy: PolicyPatch; comments: number }) =>
    call<PolicyReplay>('POST', `/sites/${id(site)}/policy/replays`, request),
  replays: (site: string, signal?: AbortSignal) =>
    get<{ items: PolicyReplay[] }>(`/sites/${id(site)}/policy/replays`, signal),
  replayDifferences: (site: string, replay: string, cursor: string | null, signal?: AbortSignal) =>
    get<Page<DecisionDifference>>(
      `/sites/${id(site)}/policy/replays/${id(replay)}/differences?${query({ cursor, limit: 50 })}`,
      signal,
    ),
  setReplayState: (site: string, replay: string, action: 'cancel' | 'resume') =>
    call<PolicyReplay>('POST', `/sites/${id(site)}/policy/replays/${id(replay)}/${action}`),
  shadow: (site: string, signal?: AbortSignal) =>
    get<PolicyShadow>(`/sites/${id(site)}/policy/shadow`, signal),
  setShadow: (site: string, policy: PolicyPatch) =>
    call<PolicyShadow>('PUT', `/sites/${id(site)}/policy/shadow`, { policy }),
  endShadow: (site: string) => call<void>('DELETE', `/sites/${id(site)}/policy/shadow`),
  audit: (site: string, params: Record<string, string | null>, signal?: AbortSignal) =>
    get<Page<AuditEntry>>(`/sites/${id(site)}/audit?${query({ ...params, limit: 50 })}`, signal),
  verifyAudit: (site: string) => call<AuditVerification>('GET', `/sites/${id(site)}/audit/verification`),
  auditExportUrl: (site: string) => `/api/v1/sites/${id(site)}/audit/export`,
};
