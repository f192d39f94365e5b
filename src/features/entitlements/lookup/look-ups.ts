import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { upTo } from '../../../platform/cache-size.js';
import { Clock } from '../../../platform/clock.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import type { Entitlement } from '../entitlement.js';
import { GATE_NOTICES, readGateNotice } from '../gate-notice.js';
import { callLookUp, LookUpFailed } from './look-up-call.js';
import { LookUpNotes } from './look-up-notes.js';
import type { LookedUp } from './looked-up.js';

const MAX_READERS_HELD = 50_000;
const MAX_SITES_HELD = 2_000;
/** A failed look-up is not tried again for this reader so long: nobody waits for a timeout twice. */
const RETRY_MS = 5_000;
/** So many failures in a row, and nobody waits at all; after a while one reader's look-up tries. */
const FAILURES_TO_BREAK = 5;
const BREAK_MS = 10_000;
/** What was said longer ago is not held to be true while the publisher does not answer. */
const LAST_KNOWN_MS = 24 * 60 * 60 * 1000;

const NEVER = new Date(0);

interface Held {
  /** Who said so: another address is asked anew. */
  readonly url: string;
  readonly lookedUp: LookedUp;
  /** What the publisher said last, however long ago. */
  readonly last: LookedUp | null;
}

interface Asking {
  /** Somebody told something while it was asked: the answer may be of before. */
  isStale: boolean;
  readonly answer: Promise<LookedUp>;
}

/** What publishers' own endpoints say of their readers: asked when it matters, kept for a while, never waited for long. */
@Injectable()
export class LookUps implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('look-up');
  private readonly held = new LRUCache<string, Held>({ ...upTo(MAX_READERS_HELD) });
  private readonly asking = new Map<string, Asking>();
  private readonly breakers = new LRUCache<string, CircuitBreakerPolicy>({ max: MAX_SITES_HELD });
  private readonly stops: (() => void)[] = [];
  private readonly asked;

  constructor(
    private readonly outbound: Outbound,
    private readonly pubsub: PubSub,
    private readonly notes: LookUpNotes,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.asked = metrics.counter(
      'postbag_entitlement_look_ups_total',
      "Look-ups at publishers' endpoints, by what came of them.",
      ['outcome'],
    );
  }

  onModuleInit(): void {
    this.stops.push(
      this.pubsub.subscribe(GATE_NOTICES, (message) => {
        const { siteId, readerKey } = readGateNotice(message);
        this.forget(siteId, readerKey);
      }),
      this.pubsub.onGap(() => this.forgetAll()),
    );
  }

  onModuleDestroy(): void {
    this.stops.splice(0).forEach((stop) => stop());
  }

  /**
   * What counts of a reader's look-up now. Readers who come at the same time share one question.
   *
   * @param site one that has a look-up
   * @returns at once what is kept; a promise only where the publisher has to be asked; it never rejects for want of
   *   an answer
   */
  of(site: SiteFacts, readerKey: string): LookedUp | Promise<LookedUp> {
    const key = keyOf(site.id, readerKey);
    const held = this.held.get(key);
    const isHeld = held?.url === site.lookUp!.url && this.clock.now() < held.lookedUp.until;
    if (isHeld) return held.lookedUp;
    return this.ask(site, readerKey, key).answer;
  }

  private ask(site: SiteFacts, readerKey: string, key: string): Asking {
    const under = this.asking.get(key);
    if (under && !under.isStale) return under;
    const asking: Asking = {
      isStale: false,
      answer: this.fetch(site, readerKey, key, () => asking.isStale).finally(() => {
        if (this.asking.get(key) === asking) this.asking.delete(key);
      }),
    };
    this.asking.set(key, asking);
    return asking;
  }

  private async fetch(
    site: SiteFacts,
    readerKey: string,
    key: string,
    isStale: () => boolean,
  ): Promise<LookedUp> {
    const askedAt = this.clock.now();
    const { cacheMs, url } = site.lookUp!;
    const asked = { siteId: site.id, url };
    try {
      const { entitlements, durationMs } = await this.breakerOf(site).execute(() =>
        callLookUp(this.outbound, site, readerKey, askedAt),
      );
      this.asked.inc({ outcome: 'answered' });
      this.notes.answered(asked, askedAt, durationMs);
      const lookedUp: LookedUp = {
        answer: 'fresh',
        entitlements,
        askedAt,
        until: new Date(askedAt.getTime() + cacheMs),
      };
      if (!isStale()) this.held.set(key, { url, lookedUp, last: lookedUp });
      return lookedUp;
    } catch (error) {
      if (!(error instanceof LookUpFailed) && !isBrokenCircuitError(error)) throw error;
      this.asked.inc({ outcome: error instanceof LookUpFailed ? 'failed' : 'not-tried' });
      if (error instanceof LookUpFailed) {
        this.logger.warn({ event: 'look-up.failed', siteId: site.id, reason: error.message });
        this.notes.failed(asked, askedAt, error.message);
      }
      const before = this.held.peek(key);
      const last = before?.url === url ? before.last : null;
      const lookedUp = whenDown(site, last, this.clock.now());
      this.held.set(key, { url, lookedUp, last });
      return lookedUp;
    }
  }

  private breakerOf({ id, lookUp }: SiteFacts): CircuitBreakerPolicy {
    // Of the address: a new one begins with a clean slate.
    const key = `${id} ${lookUp!.url}`;
    let breaker = this.breakers.get(key);
    if (!breaker) {
      breaker = circuitBreaker(handleAll, {
        halfOpenAfter: BREAK_MS,
        breaker: new ConsecutiveBreaker(FAILURES_TO_BREAK),
      });
      const { url } = lookUp!;
      breaker.onBreak(() => {
        this.logger.warn({ event: 'look-up.broken', siteId: id });
        this.notes.leftAlone({ siteId: id, url }, new Date(this.clock.nowMs() + BREAK_MS));
      });
      this.breakers.set(key, breaker);
    }
    return breaker;
  }

  /** Whoever asks next asks the publisher; what it said before is remembered for when it does not answer. */
  private forget(siteId: string, readerKey: string): void {
    const key = keyOf(siteId, readerKey);
    const asking = this.asking.get(key);
    if (asking) asking.isStale = true;
    const held = this.held.peek(key);
    if (held) this.held.set(key, expired(held));
  }

  private forgetAll(): void {
    for (const asking of this.asking.values()) asking.isStale = true;
    // A copy first: setting an entry moves it to where the iteration of an LRUCache comes by again, without end.
    for (const [key, held] of [...this.held.entries()]) this.held.set(key, expired(held));
  }
}

const keyOf = (siteId: string, readerKey: string): string => `${siteId} ${readerKey}`;

const expired = (held: Held): Held => ({ ...held, lookedUp: { ...held.lookedUp, until: NEVER } });

/** What counts while the publisher does not answer, by the site's settings. */
export function whenDown(
  { lookUp, tiers }: Pick<SiteFacts, 'lookUp' | 'tiers'>,
  last: LookedUp | null,
  now: Date,
): LookedUp {
  const rule = lookUp!.whenDown;
  const until = new Date(now.getTime() + RETRY_MS);
  if (rule === 'last-known') {
    const isKnown = last !== null && now.getTime() - last.askedAt.getTime() < LAST_KNOWN_MS;
    return isKnown
      ? { ...last, answer: 'last-known', until }
      : { answer: 'nothing', entitlements: [], askedAt: now, until };
  }
  if (rule === 'nothing' || !tiers.has(rule))
    return { answer: 'nothing', entitlements: [], askedAt: now, until };
  const stated: Entitlement = {
    tier: rule,
    status: 'active',
    validUntil: null,
    graceUntil: null,
    endedAt: null,
    toldAt: now,
  };
  // Of no time: it gives nobody back what an ending took.
  return { answer: 'stated', entitlements: [stated], askedAt: NEVER, until };
}
