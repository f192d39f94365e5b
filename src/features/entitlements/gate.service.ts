import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Problem } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { commentsPerDay, type GateAction } from '../sites/policy.js';
import type { SiteFacts, Tier } from '../sites/site-facts.js';
import { SiteSettings } from '../sites/site-settings.js';
import { resolveStoryPolicy, resolvePolicy, type StoryFacts } from '../stories/story-facts.js';
import type { GateInputs } from './gate-inputs.js';
import {
  firstUuidAt,
  loadGateFacts,
  nthLastCommentAt,
  lockQuota,
  parseGateFacts,
  type StoredGateFacts,
} from './stored-gate-facts.js';
import { evaluateGate, type Gate, type GateFacts, type Refusal } from './gate.js';
import type { LookupResult } from './lookup/lookup-result.js';
import { EntitlementLookups } from './lookup/entitlement-lookups.js';
import { RefusalLog } from './refusals/refusal-log.js';
import { effectiveTier, type EffectiveTier } from './effective-tier.js';

const MAX_CACHED_READERS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ReaderGate {
  readonly gate: Gate;
  /** The effective tier; null if none, or if signed out. */
  readonly tier: Tier | null;
  readonly inputs: GateInputs;
}

/** Data from outside the database that the gate needs. */
export interface GateLookup {
  readonly lookupResult: LookupResult | null;
}

/** A gate evaluated with cached facts, which may be out of date. */
export interface CachedGate extends ReaderGate {
  /** The facts used. `store_comment` stores nothing if they are out of date. */
  readonly gateFactsJson: string;
}

/** Evaluates what a reader may do on a story now. */
@Injectable()
export class GateService {
  private readonly cachedFacts = new LRUCache<string, StoredGateFacts>({ ...maxEntries(MAX_CACHED_READERS) });

  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly lookups: EntitlementLookups,
    private readonly refusals: RefusalLog,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly config: Settings,
  ) {}

  /** Returns the gate for requests without a token. Does not query the database. */
  signedOut(site: SiteFacts, story: StoryFacts | null): ReaderGate {
    const now = this.clock.now();
    const resolvedPolicy = resolvePolicy(site, story, now);
    const facts: GateFacts = {
      reader: null,
      storyState: story?.state ?? null,
      rules: resolvedPolicy.policy.gate,
      tiers: site.tiers,
      signInUrl: site.signInUrl,
      now,
    };
    return {
      gate: evaluateGate(facts),
      tier: null,
      inputs: { site, story, resolvedPolicy, facts, signedIn: null },
    };
  }

  /**
   * Returns a reader's gate from committed data, with one query, or two if the site has a quota. Do not call this
   * inside a transaction, because it may call the publisher's endpoint; use `forReaderInTransaction` there.
   *
   * @param story null for a story without settings of its own
   */
  async forReader(
    ctx: SiteContext,
    reader: SignedInReader | null,
    story: StoryFacts | null,
  ): Promise<ReaderGate> {
    return this.forReaderInTransaction(ctx, reader, story, await this.lookUpEntitlements(ctx, reader));
  }

  /**
   * Like `forReader`, in the caller's transaction.
   *
   * @param prepared result of `lookUpEntitlements`, called before the transaction began
   * @param isPosting true if the same transaction will store a comment; concurrent posts of one reader then cannot
   *   exceed the quota
   */
  async forReaderInTransaction(
    ctx: SiteContext,
    reader: SignedInReader | null,
    story: StoryFacts | null,
    { lookupResult }: GateLookup,
    { isPosting = false }: { isPosting?: boolean } = {},
  ): Promise<ReaderGate> {
    const site = await this.settings.get(ctx.siteId);
    if (!reader) return this.signedOut(site, story);
    if (!this.hasQuota(site, story))
      return this.evaluate(site, reader, story, await this.loadFacts(ctx, reader), lookupResult, null);
    return this.database.inSite(ctx, async (tx) => {
      // Lock in a separate statement, so that the next one sees the comments that were stored while this one waited.
      if (isPosting) await lockQuota(tx, ctx, reader.id);
      const stored = await this.loadFacts(ctx, reader);
      const now = this.clock.now();
      const { tier } = this.findEffectiveTier(site, reader, stored, lookupResult, now);
      const quota = commentsPerDay(resolveStoryPolicy(site, story, now), tier?.key ?? null);
      const freeAt = quota === null ? null : await this.findQuotaFreeAt(tx, ctx, reader, quota, now);
      return this.evaluate(
        site,
        reader,
        story,
        stored,
        lookupResult,
        quota === null ? null : { quota, freeAt },
      );
    });
  }

  /**
   * Looks up the reader's entitlements at the publisher. Call this before a transaction begins, so that no connection
   * is held during the request.
   */
  async lookUpEntitlements(ctx: SiteContext, reader: SignedInReader | null): Promise<GateLookup> {
    const site = reader && (await this.settings.get(ctx.siteId));
    return { lookupResult: site?.lookUp ? await this.lookups.resultFor(site, reader!.key) : null };
  }

  /**
   * Returns a reader's gate from the last known facts. The database compares these facts when it stores the post; see
   * `CachedGate`.
   *
   * @returns null if a transaction is needed: the site has a quota, or the caller is already in one
   */
  async evaluateFromCache(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
  ): Promise<CachedGate | null> {
    if (this.hasQuota(site, story) || this.database.isInTransaction()) return null;
    const lookupResult = site.lookUp ? await this.lookups.resultFor(site, reader.key) : null;
    const stored = this.cachedFacts.get(cacheKey(ctx, reader)) ?? (await this.loadFacts(ctx, reader));
    return this.evaluate(site, reader, story, stored, lookupResult, null);
  }

  /** Like `evaluateFromCache`, with the current facts that the database returned after the comparison failed. */
  evaluateWithFacts(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    gateFactsJson: string,
    previous: CachedGate,
  ): CachedGate {
    const stored = this.cacheFacts(ctx, reader, gateFactsJson);
    return this.evaluate(site, reader, story, stored, previous.inputs.signedIn?.lookupResult ?? null, null);
  }

  /** Whether `reader_gate_facts` provides everything that the story's gate needs from the database. */
  needsOnlyStoredFacts(site: SiteFacts, story: StoryFacts | null): boolean {
    return !this.hasQuota(site, story);
  }

  /**
   * Like `forReader`, for a caller that already read the facts. Only valid if `needsOnlyStoredFacts` is true.
   *
   * @param gateFactsJson result of `reader_gate_facts`
   */
  async fromStoredFacts(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    gateFactsJson: string,
  ): Promise<ReaderGate> {
    const lookupResult = site.lookUp ? await this.lookups.resultFor(site, reader.key) : null;
    return this.evaluate(
      site,
      reader,
      story,
      this.cacheFacts(ctx, reader, gateFactsJson),
      lookupResult,
      null,
    );
  }

  /**
   * Evaluates the gate again at the current time with the same inputs. Queries neither the database nor the publisher.
   */
  reevaluate({ inputs }: ReaderGate): ReaderGate {
    const { site, story, signedIn, facts } = inputs;
    if (!signedIn) return this.signedOut(site, story);
    const { quota = null, quotaFreeAt = null } = facts.reader ?? {};
    return this.evaluate(site, signedIn.reader, story, signedIn.stored, signedIn.lookupResult, {
      quota,
      freeAt: quotaFreeAt,
    });
  }

  /**
   * Throws if the action is not allowed, and logs the refusal with all its inputs.
   *
   * @throws Problem 401 or 403 if the gate refuses the action
   */
  requireAllowed(ctx: SiteContext, readerGate: ReaderGate, action: GateAction): void {
    const decision = readerGate.gate[action];
    if (!decision.allowed) throw this.recordRefusal(ctx, readerGate, action, decision);
  }

  /**
   * Logs a refusal.
   *
   * @returns the problem to throw
   */
  recordRefusal(ctx: SiteContext, { inputs }: ReaderGate, action: GateAction, refusal: Refusal): Problem {
    this.refusals.record(ctx, inputs, action, refusal);
    return toRefusalProblem(refusal);
  }

  private hasQuota(site: SiteFacts, story: StoryFacts | null): boolean {
    if (!this.config.limits) return false;
    const { quotas } = resolveStoryPolicy(site, story, this.clock.now());
    return (
      quotas.commentsPerDay !== null ||
      Object.values(quotas.tiers).some(({ commentsPerDay: ofTier }) => ofTier !== null)
    );
  }

  private cacheFacts(ctx: SiteContext, reader: SignedInReader, gateFactsJson: string): StoredGateFacts {
    const key = cacheKey(ctx, reader);
    const cached = this.cachedFacts.get(key);
    if (cached?.json === gateFactsJson) return cached;
    const stored = parseGateFacts(gateFactsJson);
    this.cachedFacts.set(key, stored);
    return stored;
  }

  private async loadFacts(ctx: SiteContext, reader: SignedInReader): Promise<StoredGateFacts> {
    const stored = await loadGateFacts(this.database, ctx, reader);
    this.cachedFacts.set(cacheKey(ctx, reader), stored);
    return stored;
  }

  private findEffectiveTier(
    site: SiteFacts,
    { claims }: SignedInReader,
    { entitlements, endings }: StoredGateFacts,
    lookupResult: LookupResult | null,
    now: Date,
  ): EffectiveTier {
    return effectiveTier(claims, entitlements, endings, site.tiers, now, lookupResult);
  }

  private evaluate(
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    stored: StoredGateFacts,
    lookupResult: LookupResult | null,
    quota: { quota: number | null; freeAt: Date | null } | null,
  ): CachedGate {
    const now = this.clock.now();
    const effective = this.findEffectiveTier(site, reader, stored, lookupResult, now);
    const { standing, standingUntil } = standingOf(reader, stored);
    const resolvedPolicy = resolvePolicy(site, story, now);
    const facts: GateFacts = {
      reader: {
        effectiveTier: effective,
        standing,
        standingUntil,
        quota: quota?.quota ?? null,
        quotaFreeAt: quota?.freeAt ?? null,
      },
      storyState: story?.state ?? null,
      rules: resolvedPolicy.policy.gate,
      tiers: site.tiers,
      signInUrl: site.signInUrl,
      now,
    };
    return {
      gate: evaluateGate(facts),
      tier: effective.tier,
      inputs: { site, story, resolvedPolicy, facts, signedIn: { reader, stored, lookupResult } },
      gateFactsJson: stored.json,
    };
  }

  private async findQuotaFreeAt(
    tx: Tx,
    ctx: SiteContext,
    reader: SignedInReader,
    quota: number,
    now: Date,
  ): Promise<Date | null> {
    if (quota === 0) return new Date(now.getTime() + DAY_MS);
    const since = firstUuidAt(new Date(now.getTime() - DAY_MS));
    const oldest = await nthLastCommentAt(tx, ctx, reader.id, quota, since);
    return oldest && new Date(oldest.getTime() + DAY_MS);
  }
}

/** A deleted reader who returns may have no stored row yet. The standing then comes from the sanction tombstone. */
const standingOf = (
  { sanctionTombstone }: SignedInReader,
  stored: StoredGateFacts,
): Pick<StoredGateFacts, 'standing' | 'standingUntil'> =>
  stored.isStored || !sanctionTombstone
    ? stored
    : { standing: sanctionTombstone.standing, standingUntil: sanctionTombstone.until };

const cacheKey = (ctx: SiteContext, reader: SignedInReader): string => `${ctx.siteId} ${reader.id}`;

/** Builds the 401 or 403 that corresponds to the gate's refusal. */
function toRefusalProblem(refusal: Refusal): Problem {
  const { code, message, requiredTier, url, retryAfter } = refusal;
  return new Problem(
    code === 'signed-out' ? 401 : 403,
    code,
    message,
    { ...(requiredTier ? { requiredTier } : {}), ...(url === undefined ? {} : { url }) },
    {
      ...(code === 'signed-out' ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.max(1, retryAfter)) }),
    },
  );
}
