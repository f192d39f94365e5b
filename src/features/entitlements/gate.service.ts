import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { upTo } from '../../platform/cache-size.js';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Problem } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { commentsPerDay, type GateAction } from '../sites/policy.js';
import type { SiteFacts, Tier } from '../sites/site-facts.js';
import { SiteSettings } from '../sites/site-settings.js';
import { policyOf, rulingOf, type StoryFacts } from '../stories/story-facts.js';
import type { GateBasis } from './gate-basis.js';
import {
  firstIdAt,
  loadGateFacts,
  nthLastCommentAt,
  queueForQuota,
  readGateFacts,
  type StoredGateFacts,
} from './gate-facts.js';
import { gate, type Gate, type GateFacts, type Refusal } from './gate.js';
import type { LookedUp } from './lookup/looked-up.js';
import { LookUps } from './lookup/look-ups.js';
import { RefusalLog } from './refusals/refusal-log.js';
import { tierThatCounts, type TierThatCounts } from './tier-that-counts.js';

const MAX_READERS_HELD = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ReaderGate {
  readonly gate: Gate;
  /** The tier that counts; null: none, or signed out. */
  readonly tier: Tier | null;
  readonly basis: GateBasis;
}

/** What a gate needs from outside the database. */
export interface PreparedGate {
  readonly lookedUp: LookedUp | null;
}

/** A gate by the facts it was made of, which may be out of date. */
export interface SupposedGate extends ReaderGate {
  /** For `store_comment`, which stores nothing when they are. */
  readonly factsAsRead: string;
}

/** What a reader may do here and now. */
@Injectable()
export class GateService {
  private readonly lastRead = new LRUCache<string, StoredGateFacts>({ ...upTo(MAX_READERS_HELD) });

  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly lookUps: LookUps,
    private readonly refusals: RefusalLog,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly config: Settings,
  ) {}

  /** The gate that everybody without a token has; asks no database. */
  signedOut(site: SiteFacts, story: StoryFacts | null): ReaderGate {
    const now = this.clock.now();
    const ruling = rulingOf(site, story, now);
    const facts: GateFacts = {
      reader: null,
      storyState: story?.state ?? null,
      rules: ruling.policy.gate,
      tiers: site.tiers,
      signInUrl: site.signInUrl,
      now,
    };
    return { gate: gate(facts), tier: null, basis: { site, story, ruling, facts, known: null } };
  }

  /**
   * The gate of a reader, over what is committed now; one query, or two where the site has a quota. Not for use inside
   * a transaction, since the publisher may have to be asked: see `forReaderWithin`.
   *
   * @param story null: as on a story without settings of its own
   */
  async forReader(
    ctx: SiteContext,
    reader: SignedInReader | null,
    story: StoryFacts | null,
  ): Promise<ReaderGate> {
    return this.forReaderWithin(ctx, reader, story, await this.prepare(ctx, reader));
  }

  /**
   * As `forReader`, in the caller's transaction.
   *
   * @param prepared what `prepare` gave before the transaction began
   * @param isPosting true where a comment follows in the same transaction: of one reader's posts at the same
   *   moment only as many pass as the quota has room for
   */
  async forReaderWithin(
    ctx: SiteContext,
    reader: SignedInReader | null,
    story: StoryFacts | null,
    { lookedUp }: PreparedGate,
    { isPosting = false }: { isPosting?: boolean } = {},
  ): Promise<ReaderGate> {
    const site = await this.settings.get(ctx.siteId);
    if (!reader) return this.signedOut(site, story);
    if (!this.hasQuota(site, story))
      return this.judge(site, reader, story, await this.read(ctx, reader), lookedUp, null);
    return this.database.inSite(ctx, async (tx) => {
      // In a statement of its own: what the next one counts is read after the wait.
      if (isPosting) await queueForQuota(tx, ctx, reader.id);
      const stored = await this.read(ctx, reader);
      const now = this.clock.now();
      const { tier } = this.count(site, reader, stored, lookedUp, now);
      const quota = commentsPerDay(policyOf(site, story, now), tier?.key ?? null);
      const freeAt = quota === null ? null : await this.freeAt(tx, ctx, reader, quota, now);
      return this.judge(site, reader, story, stored, lookedUp, quota === null ? null : { quota, freeAt });
    });
  }

  /**
   * Asks the publisher what may have to be asked, before a transaction that would hold a connection meanwhile.
   */
  async prepare(ctx: SiteContext, reader: SignedInReader | null): Promise<PreparedGate> {
    const site = reader && (await this.settings.get(ctx.siteId));
    return { lookedUp: site?.lookUp ? await this.lookUps.of(site, reader!.key) : null };
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
    const lookedUp = site.lookUp ? await this.lookUps.of(site, reader.key) : null;
    const stored = this.lastRead.get(cacheKey(ctx, reader)) ?? (await this.read(ctx, reader));
    return this.judge(site, reader, story, stored, lookedUp, null);
  }

  /** As `suppose`, by facts that the database just gave instead of those it was asked to compare. */
  corrected(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    factsAsRead: string,
    before: SupposedGate,
  ): SupposedGate {
    const stored = this.keep(ctx, reader, factsAsRead);
    return this.judge(site, reader, story, stored, before.basis.known?.lookedUp ?? null, null);
  }

  /** Whether a gate of this story needs nothing of the database but what `reader_gate_facts` gives. */
  isByFactsAlone(site: SiteFacts, story: StoryFacts | null): boolean {
    return !this.hasQuota(site, story);
  }

  /**
   * As `forReader` where the facts are enough, for a caller that read them along with something else.
   *
   * @param factsAsRead what `reader_gate_facts` gave
   */
  async byFacts(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    factsAsRead: string,
  ): Promise<ReaderGate> {
    const lookedUp = site.lookUp ? await this.lookUps.of(site, reader.key) : null;
    return this.judge(site, reader, story, this.keep(ctx, reader, factsAsRead), lookedUp, null);
  }

  /** The same gate at a later moment, where nobody told anything since: asks nothing and nobody. */
  later({ basis }: ReaderGate): ReaderGate {
    const { site, story, known, facts } = basis;
    if (!known) return this.signedOut(site, story);
    const { quota = null, quotaFreeAt = null } = facts.reader ?? {};
    return this.judge(site, known.reader, story, known.stored, known.lookedUp, {
      quota,
      freeAt: quotaFreeAt,
    });
  }

  /**
   * A refusal is noted with everything it followed from.
   *
   * @throws Problem when the gate does not let this be done
   */
  demand(ctx: SiteContext, asked: ReaderGate, action: GateAction): void {
    const answer = asked.gate[action];
    if (!answer.allowed) throw this.refuse(ctx, asked, action, answer);
  }

  /** Notes a refusal. @returns the problem to throw */
  refuse(ctx: SiteContext, { basis }: ReaderGate, action: GateAction, refusal: Refusal): Problem {
    this.refusals.note(ctx, basis, action, refusal);
    return refusalProblem(refusal);
  }

  private hasQuota(site: SiteFacts, story: StoryFacts | null): boolean {
    if (!this.config.limits) return false;
    const { quotas } = policyOf(site, story, this.clock.now());
    return (
      quotas.commentsPerDay !== null ||
      Object.values(quotas.tiers).some(({ commentsPerDay: ofTier }) => ofTier !== null)
    );
  }

  private keep(ctx: SiteContext, reader: SignedInReader, factsAsRead: string): StoredGateFacts {
    const key = cacheKey(ctx, reader);
    const last = this.lastRead.get(key);
    if (last?.asRead === factsAsRead) return last;
    const stored = readGateFacts(factsAsRead);
    this.lastRead.set(key, stored);
    return stored;
  }

  private async read(ctx: SiteContext, reader: SignedInReader): Promise<StoredGateFacts> {
    const stored = await loadGateFacts(this.database, ctx, reader);
    this.lastRead.set(cacheKey(ctx, reader), stored);
    return stored;
  }

  private count(
    site: SiteFacts,
    { claims }: SignedInReader,
    { entitlements, endings }: StoredGateFacts,
    lookedUp: LookedUp | null,
    now: Date,
  ): TierThatCounts {
    return tierThatCounts(claims, entitlements, endings, site.tiers, now, lookedUp);
  }

  private judge(
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    stored: StoredGateFacts,
    lookedUp: LookedUp | null,
    quota: { quota: number | null; freeAt: Date | null } | null,
  ): SupposedGate {
    const now = this.clock.now();
    const counts = this.count(site, reader, stored, lookedUp, now);
    const { standing, standingUntil } = standingOf(reader, stored);
    const ruling = rulingOf(site, story, now);
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
      gate: gate(facts),
      tier: counts.tier,
      basis: { site, story, ruling, facts, known: { reader, stored, lookedUp } },
      factsAsRead: stored.asRead,
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
    const since = firstIdAt(new Date(now.getTime() - DAY_MS));
    const oldest = await nthLastCommentAt(tx, ctx, reader.id, quota, since);
    return oldest && new Date(oldest.getTime() + DAY_MS);
  }
}

/** Who was deleted and is back reads before there is a row of theirs again. */
const standingOf = (
  { keptStanding }: SignedInReader,
  stored: StoredGateFacts,
): Pick<StoredGateFacts, 'standing' | 'standingUntil'> =>
  stored.isStored || !keptStanding
    ? stored
    : { standing: keptStanding.standing, standingUntil: keptStanding.until };

const cacheKey = (ctx: SiteContext, reader: SignedInReader): string => `${ctx.siteId} ${reader.id}`;

/** The 401 or 403 that says the same as the gate. */
function refusalProblem(refusal: Refusal): Problem {
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
