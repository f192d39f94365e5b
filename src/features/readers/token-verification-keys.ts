import { Injectable, Logger } from '@nestjs/common';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../platform/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { fetchJwks } from '../sites/fetch-jwks.js';
import { TokenRefused } from './reader-token.js';

export const JWKS_TTL_MS = 10 * 60_000;
/**
 * Minimum time between fetches for an unknown `kid` or after a failure, so that callers cannot cause constant fetching.
 */
export const JWKS_REFETCH_MS = 30_000;
/** How long keys stay trusted while they cannot be refreshed. */
const JWKS_STALE_MS = 60 * 60_000;

interface FetchedKeys {
  keyFor: JWTVerifyGetKey | null;
  fetchedAtMs: number;
  lastFetchAtMs: number;
  /** True if the last fetch failed. */
  lastFetchFailed: boolean;
  pendingFetch: Promise<void> | null;
}

/**
 * The public keys that verify a site's reader tokens: those registered through the API and those at its JWKS URL. A
 * token's `kid` only selects one of them.
 */
@Injectable()
export class TokenVerificationKeys {
  private readonly logger = new Logger('reader-token');
  private readonly registered = new WeakMap<SiteFacts, JWTVerifyGetKey>();
  private readonly fetched = new LRUCache<string, FetchedKeys>({ max: 2_000 });

  constructor(
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  /**
   * @param forceRefetch true if the publisher checks a token and may just have published a key: the keys are then
   *   fetched again for an unknown `kid`, however recent the last fetch was
   */
  keysFor(site: SiteFacts, forceRefetch = false): JWTVerifyGetKey {
    return async (header, token) => {
      const local = this.registeredKeys(site);
      if (local) {
        try {
          return await local(header, token);
        } catch (error) {
          if (!(error instanceof errors.JWKSNoMatchingKey) || site.sso.jwksUrl === null) throw error;
        }
      }
      if (site.sso.jwksUrl === null) throw new TokenRefused('the site has no matching key');
      return this.findRemoteKey(site.sso.jwksUrl, forceRefetch, header, token);
    };
  }

  /** When the site's keys must be fetched again; a token verified with them may be cached until then. */
  validUntilMs({ sso }: SiteFacts): number {
    if (sso.family !== 'public-key' || sso.jwksUrl === null) return Infinity;
    return (this.fetched.peek(sso.jwksUrl)?.fetchedAtMs ?? -Infinity) + JWKS_TTL_MS;
  }

  private registeredKeys(site: SiteFacts): JWTVerifyGetKey | null {
    if (!site.sso.jwks) return null;
    let keys = this.registered.get(site);
    if (!keys) {
      keys = createLocalJWKSet(site.sso.jwks as unknown as JSONWebKeySet);
      this.registered.set(site, keys);
    }
    return keys;
  }

  private async findRemoteKey(
    url: string,
    forceRefetch: boolean,
    header: Parameters<JWTVerifyGetKey>[0],
    token: Parameters<JWTVerifyGetKey>[1],
  ): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    const entry = await this.freshKeys(url);
    if (!entry.keyFor) throw new TokenRefused('the keys of the site cannot be fetched');
    try {
      return await entry.keyFor(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The key may have been published after the last fetch.
      const isTooSoon = this.clock.nowMs() - entry.lastFetchAtMs < JWKS_REFETCH_MS;
      if (!entry.pendingFetch && isTooSoon && !forceRefetch) throw error;
      await this.fetchOnce(url, entry);
      return await entry.keyFor(header, token);
    }
  }

  private async freshKeys(url: string): Promise<FetchedKeys> {
    let entry = this.fetched.get(url);
    if (!entry) {
      entry = {
        keyFor: null,
        fetchedAtMs: -Infinity,
        lastFetchAtMs: -Infinity,
        lastFetchFailed: false,
        pendingFetch: null,
      };
      this.fetched.set(url, entry);
    }
    const nowMs = this.clock.nowMs();
    const isDue = nowMs - entry.fetchedAtMs >= JWKS_TTL_MS && nowMs - entry.lastFetchAtMs >= JWKS_REFETCH_MS;
    if (nowMs - entry.fetchedAtMs > JWKS_STALE_MS) entry.keyFor = null;
    const pendingFetch = isDue ? this.fetchOnce(url, entry) : entry.pendingFetch;
    // If keys are already available, do not wait for a fetch caused by someone else's unknown `kid`, nor for a URL that
    // failed last time.
    if (!entry.keyFor || (isDue && !entry.lastFetchFailed)) await pendingFetch;
    return entry;
  }

  private fetchOnce(url: string, entry: FetchedKeys): Promise<void> {
    entry.pendingFetch ??= this.fetch(url, entry).finally(() => (entry.pendingFetch = null));
    return entry.pendingFetch;
  }

  private async fetch(url: string, entry: FetchedKeys): Promise<void> {
    entry.lastFetchAtMs = this.clock.nowMs();
    try {
      entry.keyFor = createLocalJWKSet(await fetchJwks(this.outbound, url));
      entry.fetchedAtMs = this.clock.nowMs();
      entry.lastFetchFailed = false;
    } catch (error) {
      entry.lastFetchFailed = true;
      this.logger.warn({
        event: 'jwks.unavailable',
        url,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
