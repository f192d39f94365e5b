import { call, get, id, query } from './call.js';
import type {
  CoralPhase,
  CoralPhaseSettings,
  NewPublisherKey,
  NewSite,
  NewTier,
  Page,
  PublisherKey,
  PublisherKeyWithSecret,
  SignOn,
  SignOnSecret,
  SignOnSettings,
  Site,
  SiteChange,
  SiteContents,
  SiteWithSecret,
  Tier,
  TierUses,
} from '../api-types.js';

/** Sites, tiers, signing keys for reader tokens, the Coral integration, and API keys. */
export const settingsApi = {
  sites: (cursor: string | null, signal?: AbortSignal) =>
    get<Page<Site>>(`/sites?${query({ cursor, limit: 100 })}`, signal),
  site: (site: string, signal?: AbortSignal) => get<Site>(`/sites/${id(site)}`, signal),
  addSite: (draft: NewSite) => call<SiteWithSecret>('POST', '/sites', draft),
  changeSite: (site: string, change: SiteChange) => call<Site>('PATCH', `/sites/${id(site)}`, change),
  siteContents: (site: string, signal?: AbortSignal) =>
    get<SiteContents>(`/sites/${id(site)}/contents`, signal),
  removeSite: (site: string) => call<void>('DELETE', `/sites/${id(site)}`),
  putTiers: (site: string, tiers: readonly NewTier[]) =>
    call<Tier[]>('PUT', `/sites/${id(site)}/tiers`, tiers),
  tierUses: (site: string, tier: string, signal?: AbortSignal) =>
    get<TierUses>(`/sites/${id(site)}/tiers/${id(tier)}/uses`, signal),
  signOn: (site: string, signal?: AbortSignal) => get<SignOn>(`/sites/${id(site)}/sso`, signal),
  putSignOn: (site: string, settings: SignOnSettings) =>
    call<SignOn>('PUT', `/sites/${id(site)}/sso`, settings),
  signOnSecret: (site: string, signal?: AbortSignal) =>
    get<{ previousValidUntil: string | null }>(`/sites/${id(site)}/sso/secret`, signal),
  rotateSignOnSecret: (site: string, overlapSeconds: number) =>
    call<SignOnSecret>('POST', `/sites/${id(site)}/sso/secret`, { overlapSeconds }),
  retirePreviousSignOnSecret: (site: string) =>
    call<void>('DELETE', `/sites/${id(site)}/sso/secret/previous`),
  coralPhase: (site: string, signal?: AbortSignal) =>
    get<CoralPhase>(`/sites/${id(site)}/coral/moderation-phase`, signal),
  putCoralPhase: (site: string, settings: CoralPhaseSettings) =>
    call<CoralPhase>('PUT', `/sites/${id(site)}/coral/moderation-phase`, settings),
  removeCoralPhase: (site: string) => call<void>('DELETE', `/sites/${id(site)}/coral/moderation-phase`),
  keys: (cursor: string | null, signal?: AbortSignal) =>
    get<Page<PublisherKey>>(`/keys?${query({ cursor, limit: 100 })}`, signal),
  addKey: (draft: NewPublisherKey) => call<PublisherKeyWithSecret>('POST', '/keys', draft),
  revokeKey: (key: string) => call<void>('DELETE', `/keys/${id(key)}`),
};
