import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Problem } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { commentsPerDay, type GateAction } from '../sites/policy.js';
import type { SiteFacts, Tier } from '../sites/site-facts.js';
import { SiteSettings } from '../sites/site-settings.js';
import { policyOf, type StoryFacts } from '../stories/story-facts.js';
import {
  firstIdAt,
  loadGateFacts,
  nthLastCommentAt,
  queueForQuota,
  readGateFacts,
  type StoredGateFacts,
} from './gate-facts.js';
import { gate, type Gate, type Refusal } from './gate.js';
import { tierThatCounts } from './tier-that-counts.js';

const MAX_READERS_HELD = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ReaderGate {
  readonly gate: Gate;
  /** The tier that counts; null: none, or signed out. */
  readonly tier: Tier | null;
}

/** A gate by the facts it was made of, which may be out of date. */
export interface SupposedGate extends ReaderGate {
  /** For `store_comment`, which stores nothing when they are. */
  readonly factsAsRead: string;
}

/** What a reader may do here and now. */
@Injectable()
export class GateService {
  private readonly lastRead = new LRUCache<string, StoredGateFacts>({ max: MAX_READERS_HELD });

  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly config: Settings,
  ) {}

  /** The gate that everybody without a token has; asks no database. */
  signedOut(site: SiteFacts, story: StoryFacts | null): Gate {
    return gate({
      reader: null,
      storyState: story?.state ?? null,
      rules: policyOf(site, story).gate,
      tiers: site.tiers,
      signInUrl: site.signInUrl,
      now: this.clock.now(),
    });
  }

  /**
   * The gate of a reader, over what is committed now. Joins the caller's transaction; one query, or two where the
   * site has a quota.
   *
   * @param story null: as on a story without settings of its own
   * @param isPosting true where a comment follows in the same transaction: of one reader's posts at the same
   *   moment only as many pass as the quota has room for
   */
  async forReader(
    ctx: SiteContext,
    reader: SignedInReader | null,
    story: StoryFacts | null,
    { isPosting = false }: { isPosting?: boolean } = {},
  ): Promise<ReaderGate> {
    const site = await this.settings.get(ctx.siteId);
    if (!reader) return { gate: this.signedOut(site, story), tier: null };
    if (!this.hasQuota(site, story))
      return this.judge(site, reader, story, await this.read(ctx, reader), null);
    return this.database.inSite(ctx, async (tx) => {
      // In a statement of its own: what the next one counts is read after the wait.
      if (isPosting) await queueForQuota(tx, ctx, reader.id);
      const stored = await this.read(ctx, reader);
      const now = this.clock.now();
      const { tier } = tierThatCounts(reader.claims, stored.entitlements, stored.endings, site.tiers, now);
      const quota = commentsPerDay(policyOf(site, story), tier?.key ?? null);
      const freeAt = quota === null ? null : await this.freeAt(tx, ctx, reader, quota, now);
      return this.judge(site, reader, story, stored, quota === null ? null : { quota, freeAt });
    });
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
    const stored = this.lastRead.get(cacheKey(ctx, reader)) ?? (await this.read(ctx, reader));
    return this.judge(site, reader, story, stored, null);
  }

  /** As `suppose`, by facts that the database just gave instead of those it was asked to compare. */
  corrected(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    factsAsRead: string,
  ): SupposedGate {
    const stored = readGateFacts(factsAsRead);
    this.lastRead.set(cacheKey(ctx, reader), stored);
    return this.judge(site, reader, story, stored, null);
  }

  private hasQuota(site: SiteFacts, story: StoryFacts | null): boolean {
    const { quotas } = policyOf(site, story);
    return (
      this.config.limits &&
      (quotas.commentsPerDay !== null ||
        Object.values(quotas.tiers).some(({ commentsPerDay: ofTier }) => ofTier !== null))
    );
  }

  private async read(ctx: SiteContext, reader: SignedInReader): Promise<StoredGateFacts> {
    const stored = await loadGateFacts(this.database, ctx, reader);
    this.lastRead.set(cacheKey(ctx, reader), stored);
    return stored;
  }

  private judge(
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    stored: StoredGateFacts,
    quota: { quota: number; freeAt: Date | null } | null,
  ): SupposedGate {
    const now = this.clock.now();
    const counts = tierThatCounts(reader.claims, stored.entitlements, stored.endings, site.tiers, now);
    const { standing, standingUntil } = stored;
    return {
      gate: gate({
        reader: {
          counts,
          standing,
          standingUntil,
          quota: quota?.quota ?? null,
          quotaFreeAt: quota?.freeAt ?? null,
        },
        storyState: story?.state ?? null,
        rules: policyOf(site, story).gate,
        tiers: site.tiers,
        signInUrl: site.signInUrl,
        now,
      }),
      tier: counts.tier,
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

const cacheKey = (ctx: SiteContext, reader: SignedInReader): string => `${ctx.siteId} ${reader.id}`;

/** The 401 or 403 that says the same as the gate. */
export function refusalProblem(refusal: Refusal): Problem {
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

/** @throws Problem when the gate does not let this be done */
export function demand(gate: Gate, action: GateAction): void {
  const answer = gate[action];
  if (!answer.allowed) throw refusalProblem(answer);
}
