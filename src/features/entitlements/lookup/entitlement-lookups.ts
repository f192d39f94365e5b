import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../../platform/max-entries.js';
import { Clock } from '../../../platform/clock.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import type { Entitlement } from '../entitlement.js';
import { GATE_CHANGED_TOPICS, parseGateChanged } from '../gate-changed-message.js';
import { callLookup, LookupFailed } from './lookup-client.js';
import { LookupHealth } from './lookup-health.js';
import type { LookupResult } from './lookup-result.js';

const MAX_CACHED_READERS = 50_000;
const MAX_CACHED_SITES = 2_000;
/**
 * Time before a failed lookup is retried for the same reader, so that a reader does not wait for the timeout twice in a
 * row.
 */
const RETRY_MS = 5_000;
/** After this many consecutive failures no lookups are made for `CIRCUIT_OPEN_MS`. Then one lookup is tried. */
const FAILURES_TO_OPEN_CIRCUIT = 5;
const CIRCUIT_OPEN_MS = 10_000;
/** Older results are not used while the publisher does not respond. */
const MAX_LAST_KNOWN_AGE_MS = 24 * 60 * 60 * 1000;

const EPOCH = new Date(0);

interface CachedLookup {
  /** URL that returned the result. A result from another URL is not used. */
  readonly url: string;
  readonly lookupResult: LookupResult;
  /** The publisher's last result, regardless of its age. */
  readonly lastKnown: LookupResult | null;
}

interface PendingLookup {
  /** True if the reader's entitlements changed during the request, so the result may be out of date. */
  isStale: boolean;
  readonly result: Promise<LookupResult>;
}

/** Looks up readers' entitlements at publishers' own endpoints, with caching, timeouts and a circuit breaker. */
@Injectable()
export class EntitlementLookups implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('lookup');
  private readonly cached = new LRUCache<string, CachedLookup>({ ...maxEntries(MAX_CACHED_READERS) });
  private readonly pending = new Map<string, PendingLookup>();
  private readonly breakers = new LRUCache<string, CircuitBreakerPolicy>({ max: MAX_CACHED_SITES });
  private readonly unsubscribers: (() => void)[] = [];
  private readonly lookupCounter;

  constructor(
    private readonly outbound: Outbound,
    private readonly pubsub: PubSub,
    private readonly health: LookupHealth,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.lookupCounter = metrics.counter(
      'postbag_entitlement_lookups_total',
      "Lookups at publishers' endpoints, by outcome.",
      ['outcome'],
    );
  }

  onModuleInit(): void {
    this.unsubscribers.push(
      this.pubsub.subscribe(GATE_CHANGED_TOPICS, (message) => {
        const { siteId, readerKey } = parseGateChanged(message);
        this.expire(siteId, readerKey);
      }),
      this.pubsub.onGap(() => this.expireAll()),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribers.splice(0).forEach((unsubscribe) => unsubscribe());
  }

  /**
   * Returns the lookup result to use for a reader now. Concurrent calls for one reader share a request.
   *
   * @param site a site with a configured lookup
   * @returns a cached result directly, or a promise if the publisher must be called. The promise is not rejected if the
   *   lookup fails
   */
  resultFor(site: SiteFacts, readerKey: string): LookupResult | Promise<LookupResult> {
    const key = keyOf(site.id, readerKey);
    const cached = this.cached.get(key);
    const isValid = cached?.url === site.lookUp!.url && this.clock.now() < cached.lookupResult.validUntil;
    if (isValid) return cached.lookupResult;
    return this.fetchOnce(site, readerKey, key).result;
  }

  private fetchOnce(site: SiteFacts, readerKey: string, key: string): PendingLookup {
    const existing = this.pending.get(key);
    if (existing && !existing.isStale) return existing;
    const pendingLookup: PendingLookup = {
      isStale: false,
      result: this.fetch(site, readerKey, key, () => pendingLookup.isStale).finally(() => {
        if (this.pending.get(key) === pendingLookup) this.pending.delete(key);
      }),
    };
    this.pending.set(key, pendingLookup);
    return pendingLookup;
  }

  private async fetch(
    site: SiteFacts,
    readerKey: string,
    key: string,
    isStale: () => boolean,
  ): Promise<LookupResult> {
    const requestedAt = this.clock.now();
    const { cacheMs, url } = site.lookUp!;
    const target = { siteId: site.id, url };
    try {
      const { entitlements, durationMs } = await this.circuitBreakerFor(site).execute(() =>
        callLookup(this.outbound, site, readerKey, requestedAt),
      );
      this.lookupCounter.inc({ outcome: 'answered' });
      this.health.recordSuccess(target, requestedAt, durationMs);
      const lookupResult: LookupResult = {
        freshness: 'fresh',
        entitlements,
        requestedAt,
        validUntil: new Date(requestedAt.getTime() + cacheMs),
      };
      if (!isStale()) this.cached.set(key, { url, lookupResult, lastKnown: lookupResult });
      return lookupResult;
    } catch (error) {
      if (!(error instanceof LookupFailed) && !isBrokenCircuitError(error)) throw error;
      this.lookupCounter.inc({ outcome: error instanceof LookupFailed ? 'failed' : 'not-tried' });
      if (error instanceof LookupFailed) {
        this.logger.warn({ event: 'lookup.failed', siteId: site.id, reason: error.message });
        this.health.recordFailure(target, requestedAt, error.message);
      }
      const cached = this.cached.peek(key);
      const lastKnown = cached?.url === url ? cached.lastKnown : null;
      const lookupResult = resultWhenDown(site, lastKnown, this.clock.now());
      this.cached.set(key, { url, lookupResult, lastKnown });
      return lookupResult;
    }
  }

  private circuitBreakerFor({ id, lookUp }: SiteFacts): CircuitBreakerPolicy {
    // Per URL, so that a new URL starts with a closed circuit.
    const key = `${id} ${lookUp!.url}`;
    let breaker = this.breakers.get(key);
    if (!breaker) {
      breaker = circuitBreaker(handleAll, {
        halfOpenAfter: CIRCUIT_OPEN_MS,
        breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN_CIRCUIT),
      });
      const { url } = lookUp!;
      breaker.onBreak(() => {
        this.logger.warn({ event: 'lookup.circuit-opened', siteId: id });
        this.health.recordCircuitOpened({ siteId: id, url }, new Date(this.clock.nowMs() + CIRCUIT_OPEN_MS));
      });
      this.breakers.set(key, breaker);
    }
    return breaker;
  }

  /**
   * Makes the next call look up the reader again. The last result stays available in case the publisher does not
   * respond.
   */
  private expire(siteId: string, readerKey: string): void {
    const key = keyOf(siteId, readerKey);
    const pendingLookup = this.pending.get(key);
    if (pendingLookup) pendingLookup.isStale = true;
    const cached = this.cached.peek(key);
    if (cached) this.cached.set(key, expired(cached));
  }

  private expireAll(): void {
    for (const pendingLookup of this.pending.values()) pendingLookup.isStale = true;
    // Copy the entries first: setting an entry moves it ahead of the iteration, which would never end.
    for (const [key, cached] of [...this.cached.entries()]) this.cached.set(key, expired(cached));
  }
}

const keyOf = (siteId: string, readerKey: string): string => `${siteId} ${readerKey}`;

const expired = (cached: CachedLookup): CachedLookup => ({
  ...cached,
  lookupResult: { ...cached.lookupResult, validUntil: EPOCH },
});

/** Returns the result to use while the publisher does not respond, according to the site's settings. */
export function resultWhenDown(
  { lookUp, tiers }: Pick<SiteFacts, 'lookUp' | 'tiers'>,
  lastKnown: LookupResult | null,
  now: Date,
): LookupResult {
  const rule = lookUp!.whenDown;
  const until = new Date(now.getTime() + RETRY_MS);
  if (rule === 'last-known') {
    const isUsable =
      lastKnown !== null && now.getTime() - lastKnown.requestedAt.getTime() < MAX_LAST_KNOWN_AGE_MS;
    return isUsable
      ? { ...lastKnown, freshness: 'last-known', validUntil: until }
      : { freshness: 'nothing', entitlements: [], requestedAt: now, validUntil: until };
  }
  if (rule === 'nothing' || !tiers.has(rule))
    return { freshness: 'nothing', entitlements: [], requestedAt: now, validUntil: until };
  const configured: Entitlement = {
    tier: rule,
    status: 'active',
    validUntil: null,
    graceUntil: null,
    endedAt: null,
    reportedAt: now,
  };
  // The earliest possible time, so that the configured tier never overrides an ending.
  return { freshness: 'stated', entitlements: [configured], requestedAt: EPOCH, validUntil: until };
}
