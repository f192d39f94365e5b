import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../platform/auth/principal.js';
import { maxEntries } from '../../platform/max-entries.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { isUuid, type SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { parsePolicy, findPolicyFaults } from './parse-policy.js';
import { completePolicy, mergePolicy, type PartialPolicy } from './policy.js';
import { openCoralSecrets } from './coral-secrets.js';
import type { SiteFacts, SsoFamily, Tier } from './site-facts.js';
import { openLookupSecrets } from './lookup-secrets.js';
import { openSsoSecrets } from './sso-secrets.js';
import { sql } from '../../platform/database/sql.js';

interface SiteRow {
  name: string;
  origins: string[];
  sign_in_url: string | null;
  policy: unknown;
  policy_version: number;
  sso_family: SsoFamily;
  sso_secret_sealed: string;
  sso_issuer: string | null;
  jwks_url: string | null;
  jwks: { keys: Record<string, unknown>[] } | null;
  tiers: { key: string; name: string; rank: number; upgrade_url: string | null; badge: string | null }[];
  overrides: {
    key: string;
    section: string | null;
    story_key: string | null;
    starts_at: string | null;
    ends_at: string | null;
    note: string | null;
    policy: PartialPolicy;
  }[];
  shadow: { id: string; draft: PartialPolicy } | null;
  look_up: {
    url: string;
    secrets_sealed: string;
    cache_seconds: number;
    timeout_ms: number;
    when_down: string;
  } | null;
  coral_phase: { secrets_sealed: string; timeout_ms: number } | null;
}

const LOAD_SITE = sql`
  SELECT s.name, s.origins, s.sign_in_url, s.policy, s.policy_version, s.sso_family, s.sso_secret_sealed, s.sso_issuer,
         s.jwks_url, s.jwks,
         (SELECT coalesce(json_agg(json_build_object('key', t.key, 'name', t.name, 'rank', t.rank,
                                                     'upgrade_url', t.upgrade_url, 'badge', t.badge)
                                   ORDER BY t.rank, t.key), '[]')
          FROM tier t WHERE t.site_id = s.id) AS tiers,
         (SELECT coalesce(json_agg(json_build_object('key', o.key, 'section', o.section, 'story_key', o.story_key,
                                                     'starts_at', o.starts_at, 'ends_at', o.ends_at, 'note', o.note,
                                                     'policy', o.policy)
                                   -- Strict mode comes last, so that no other override of its story wins over it.
                                   ORDER BY starts_with(o.key, 'strict:'), o.starts_at NULLS FIRST, o.key), '[]')
          FROM policy_override o WHERE o.site_id = s.id) AS overrides,
         (SELECT json_build_object('id', d.id, 'draft', d.draft) FROM policy_shadow d WHERE d.site_id = s.id) AS shadow,
         (SELECT row_to_json(l) FROM (
            SELECT url, secrets_sealed, cache_seconds, timeout_ms, when_down
            FROM entitlement_lookup WHERE site_id = s.id) l) AS look_up,
         (SELECT json_build_object('secrets_sealed', c.secrets_sealed, 'timeout_ms', c.timeout_ms)
          FROM coral_phase c WHERE c.site_id = s.id) AS coral_phase
  FROM site s WHERE s.id = $1`;

const MAX_CACHED_SITES = 5_000;
/** Limits how long stale data is used if a process dies between commit and publishing the invalidation message. */
const CACHE_TTL_MS = 30_000;

/**
 * Site settings, cached per process. A change invalidates the entry in every process: in the writing process before
 * it responds, in the others when the message arrives. After a gap in the messages, the whole cache is cleared.
 */
@Injectable()
export class SiteSettings implements OnModuleInit, OnModuleDestroy {
  // Stores promises, so that an invalidation also discards a load in progress.
  private readonly cached = new LRUCache<string, Promise<SiteFacts | null>>({
    ...maxEntries(MAX_CACHED_SITES),
    ttl: CACHE_TTL_MS,
  });
  /**
   * The latest facts of each site with the row (as JSON) that they were built from. If the row is unchanged, the same
   * object is returned.
   */
  private readonly latest = new LRUCache<string, { row: string; facts: SiteFacts }>({
    ...maxEntries(MAX_CACHED_SITES),
  });
  private readonly unsubscribes: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  onModuleInit(): void {
    this.unsubscribes.push(
      this.pubsub.subscribe('site:*', (siteId) => {
        this.cached.delete(siteId);
        this.latest.delete(siteId);
      }),
      this.pubsub.onGap(() => this.cached.clear()),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribes.splice(0).forEach((unsubscribe) => unsubscribe());
  }

  /** @returns null if there is no such site */
  find(siteId: string): Promise<SiteFacts | null> {
    if (!isUuid(siteId)) return Promise.resolve(null);
    const id = siteId.toLowerCase() as SiteId;
    // Inside a transaction, the settings may be uncommitted: they are read in that transaction and not cached.
    if (this.database.isInTransaction()) return this.cached.get(id) ?? this.load(id);
    let loading = this.cached.get(id);
    if (!loading) {
      loading = this.load(id);
      this.cached.set(id, loading);
      loading.catch(() => this.cached.get(id) === loading && this.cached.delete(id));
    }
    return loading;
  }

  /** @throws Problem 404 if there is no such site */
  async get(siteId: string): Promise<SiteFacts> {
    const facts = await this.find(siteId);
    if (!facts) throw notFound('This site');
    return facts;
  }

  /**
   * The settings that this process read last, regardless of their age. For callers that must work while the database is
   * unavailable.
   *
   * @returns null if this process has not read them since they were last changed
   */
  lastKnown(siteId: string): SiteFacts | null {
    return this.latest.get(siteId.toLowerCase())?.facts ?? null;
  }

  /** Notifies every process once the change is committed. */
  publishChange(tx: Tx, siteId: SiteId): Promise<void> {
    return this.pubsub.publish(tx, `site:${siteId}`, siteId);
  }

  private async load(id: SiteId): Promise<SiteFacts | null> {
    const read = (tx: Tx): Promise<SiteRow[]> => tx.prepared<SiteRow>('site-settings', LOAD_SITE, [id]);
    // Other requests wait for this load, some of them while holding a connection. The load therefore uses a separate
    // connection outside the main pool.
    const [row] = this.database.isInTransaction()
      ? await this.database.inSite({ siteId: id, principal: SYSTEM }, read)
      : await this.database.inSeparateTransaction({ siteId: id, principal: SYSTEM }, read);
    if (!row) return null;
    const rowJson = JSON.stringify(row);
    const latest = this.latest.get(id);
    if (latest?.row === rowJson) return latest.facts;
    const facts = this.factsOf(id, row);
    if (!this.database.isInTransaction()) this.latest.set(id, { row: rowJson, facts });
    return facts;
  }

  private factsOf(id: SiteId, row: SiteRow): SiteFacts {
    const tiers = row.tiers.map((tier): Tier => ({
      key: tier.key,
      name: tier.name,
      rank: tier.rank,
      upgradeUrl: tier.upgrade_url,
      badge: tier.badge,
    }));
    const facts: SiteFacts = {
      id,
      name: row.name,
      origins: row.origins,
      signInUrl: row.sign_in_url,
      policy: parsePolicy(row.policy),
      policyVersion: row.policy_version,
      tiers: new Map(tiers.map((tier) => [tier.key, tier])),
      overrides: row.overrides.map((override) => ({
        key: override.key,
        section: override.section,
        storyKey: override.story_key,
        from: override.starts_at === null ? null : new Date(override.starts_at),
        until: override.ends_at === null ? null : new Date(override.ends_at),
        note: override.note,
        policy: override.policy,
      })),
      lookUp: row.look_up && {
        url: row.look_up.url,
        secrets: openLookupSecrets(this.secrets, id, row.look_up.secrets_sealed),
        cacheMs: row.look_up.cache_seconds * 1000,
        timeoutMs: row.look_up.timeout_ms,
        whenDown: row.look_up.when_down,
      },
      coralPhase: row.coral_phase && {
        secrets: openCoralSecrets(this.secrets, id, row.coral_phase.secrets_sealed),
        timeoutMs: row.coral_phase.timeout_ms,
      },
      sso: {
        family: row.sso_family,
        issuer: row.sso_issuer,
        secrets: openSsoSecrets(this.secrets, id, row.sso_secret_sealed),
        jwksUrl: row.jwks_url,
        jwks: row.jwks,
      },
      shadow: null,
    };
    if (row.shadow === null) return facts;
    const policy = completePolicy(mergePolicy(facts.policy, row.shadow.draft));
    // A later policy change may contradict the draft. In that case the draft is ignored.
    if (findPolicyFaults(policy).length > 0) return facts;
    return { ...facts, shadow: { id: row.shadow.id, site: { ...facts, policy } } };
  }
}
