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
  /** The tier that counts; null: none, or signed out. */
  readonly tier: Tier | null;
  readonly inputs: GateInputs;
}

/** What a gate needs from outside the database. */
export interface GateLookup {
  readonly lookupResult: LookupResult | null;
}

/** A gate by the facts it was made of, which may be out of date. */
export interface SupposedGate extends ReaderGate {
  /** For `store_comment`, which stores nothing when they are. */
  readonly gateFactsJson: string;
}

/** What a reader may do here and now. */
@Injectable()
export class GateService {
  private readonly lastRead = new LRUCache<string, StoredGateFacts>({ ...maxEntries(MAX_CACHED_READERS) });

  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly lookUps: EntitlementLookups,
    private readonly refusals: RefusalLog,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly config: Settings,
  ) {}

  /** The gate that everybody without a token has; asks no database. */
  signedOut(site: SiteFacts, story: StoryFacts | null): ReaderGate {
    const now = this.clock.now();
    const ruling = resolvePolicy(site, story, now);
    const facts: GateFacts = {
      reader: null,
      storyState: story?.state ?? null,
      rules: ruling.policy.gate,
      tiers: site.tiers,
      signInUrl: site.signInUrl,
      now,
    };
    return { gate: evaluateGate(facts), tier: null, inputs: { site, story, ruling, facts, signedIn: null } };
  }

  /**
   * The gate of a reader, over what is committed now; one query, or two where the site has a quota. Not for use inside
   * a transaction, since the publisher may have to be asked: see `forReaderInTransaction`.
   *
   * @param story null: as on a story without settings of its own
   */
  async forReader(
    ctx: SiteContext,
    reader: SignedInReader | null,
    story: StoryFacts | null,
  ): Promise<ReaderGate> {
    return this.forReaderInTransaction(ctx, reader, story, await this.lookUpEntitlements(ctx, reader));
  }

  /**
   * As `forReader`, in the caller's transaction.
   *
   * @param prepared what `prepare` gave before the transaction began
   * @param isPosting true where a comment follows in the same transaction: of one reader's posts at the same
   *   moment only as many pass as the quota has room for
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
      // In a statement of its own: what the next one counts is read after the wait.
      if (isPosting) await lockQuota(tx, ctx, reader.id);
      const stored = await this.loadFacts(ctx, reader);
      const now = this.clock.now();
      const { tier } = this.findEffectiveTier(site, reader, stored, lookupResult, now);
      const quota = commentsPerDay(resolveStoryPolicy(site, story, now), tier?.key ?? null);
      const freeAt = quota === null ? null : await this.freeAt(tx, ctx, reader, quota, now);
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
   * Asks the publisher what may have to be asked, before a transaction that would hold a connection meanwhile.
   */
  async lookUpEntitlements(ctx: SiteContext, reader: SignedInReader | null): Promise<GateLookup> {
    const site = reader && (await this.settings.get(ctx.siteId));
    return { lookupResult: site?.lookUp ? await this.lookUps.resultFor(site, reader!.key) : null };
  }

  /**
   * The gate of a reader by what was last read of them, for a post that has the database compare it; see
   * `SupposedGate`.
   *
   * @returns null where a transaction is needed: the site has a quota, or the caller is inside one
   */
  async suppose(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
  ): Promise<SupposedGate | null> {
    if (this.hasQuota(site, story) || this.database.isInTransaction()) return null;
    const lookupResult = site.lookUp ? await this.lookUps.resultFor(site, reader.key) : null;
    const stored = this.lastRead.get(cacheKey(ctx, reader)) ?? (await this.loadFacts(ctx, reader));
    return this.evaluate(site, reader, story, stored, lookupResult, null);
  }

  /** As `suppose`, by facts that the database just gave instead of those it was asked to compare. */
  corrected(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    gateFactsJson: string,
    before: SupposedGate,
  ): SupposedGate {
    const stored = this.rememberFacts(ctx, reader, gateFactsJson);
    return this.evaluate(site, reader, story, stored, before.inputs.signedIn?.lookupResult ?? null, null);
  }

  /** Whether a gate of this story needs nothing of the database but what `reader_gate_facts` gives. */
  needsOnlyStoredFacts(site: SiteFacts, story: StoryFacts | null): boolean {
    return !this.hasQuota(site, story);
  }

  /**
   * As `forReader` where the facts are enough, for a caller that read them along with something else.
   *
   * @param gateFactsJson what `reader_gate_facts` gave
   */
  async fromStoredFacts(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    gateFactsJson: string,
  ): Promise<ReaderGate> {
    const lookupResult = site.lookUp ? await this.lookUps.resultFor(site, reader.key) : null;
    return this.evaluate(
      site,
      reader,
      story,
      this.rememberFacts(ctx, reader, gateFactsJson),
      lookupResult,
      null,
    );
  }

  /** The same gate at a later moment, where nobody told anything since: asks nothing and nobody. */
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
   * A refusal is noted with everything it followed from.
   *
   * @throws Problem when the gate does not let this be done
   */
  requireAllowed(ctx: SiteContext, asked: ReaderGate, action: GateAction): void {
    const answer = asked.gate[action];
    if (!answer.allowed) throw this.recordRefusal(ctx, asked, action, answer);
  }

  /** Notes a refusal. @returns the problem to throw */
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

  private rememberFacts(ctx: SiteContext, reader: SignedInReader, gateFactsJson: string): StoredGateFacts {
    const key = cacheKey(ctx, reader);
    const last = this.lastRead.get(key);
    if (last?.json === gateFactsJson) return last;
    const stored = parseGateFacts(gateFactsJson);
    this.lastRead.set(key, stored);
    return stored;
  }

  private async loadFacts(ctx: SiteContext, reader: SignedInReader): Promise<StoredGateFacts> {
    const stored = await loadGateFacts(this.database, ctx, reader);
    this.lastRead.set(cacheKey(ctx, reader), stored);
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
  ): SupposedGate {
    const now = this.clock.now();
    const counts = this.findEffectiveTier(site, reader, stored, lookupResult, now);
    const { standing, standingUntil } = standingOf(reader, stored);
    const ruling = resolvePolicy(site, story, now);
    const facts: GateFacts = {
      reader: {
        counts,
        standing,
        standingUntil,
        quota: quota?.quota ?? null,
        quotaFreeAt: quota?.freeAt ?? null,
      },
      storyState: story?.state ?? null,
      rules: ruling.policy.gate,
      tiers: site.tiers,
      signInUrl: site.signInUrl,
      now,
    };
    return {
      gate: evaluateGate(facts),
      tier: counts.tier,
      inputs: { site, story, ruling, facts, signedIn: { reader, stored, lookupResult } },
      gateFactsJson: stored.json,
    };
  }

  private async freeAt(
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

/** Who was deleted and is back reads before there is a row of theirs again. */
const standingOf = (
  { sanctionTombstone }: SignedInReader,
  stored: StoredGateFacts,
): Pick<StoredGateFacts, 'standing' | 'standingUntil'> =>
  stored.isStored || !sanctionTombstone
    ? stored
    : { standing: sanctionTombstone.standing, standingUntil: sanctionTombstone.until };

const cacheKey = (ctx: SiteContext, reader: SignedInReader): string => `${ctx.siteId} ${reader.id}`;

/** The 401 or 403 that says the same as the gate. */
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
