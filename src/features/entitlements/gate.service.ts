import { Inject, Injectable } from '@nestjs/common';
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
  type StoredGateFacts,
} from './gate-facts.js';
import { gate, type Gate, type Refusal } from './gate.js';
import { tierThatCounts } from './tier-that-counts.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface ReaderGate {
  readonly gate: Gate;
  /** The tier that counts; null: none, or signed out. */
  readonly tier: Tier | null;
  /** Of the reader as stored; null for somebody signed out. */
  readonly stored: StoredGateFacts | null;
}

/** What a reader may do here and now. */
@Injectable()
export class GateService {
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
    if (!reader) return { gate: this.signedOut(site, story), tier: null, stored: null };
    return this.database.inSite(ctx, (tx) => this.ask(tx, ctx, site, reader, story, isPosting));
  }

  private async ask(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts | null,
    isPosting: boolean,
  ): Promise<ReaderGate> {
    const now = this.clock.now();
    const policy = policyOf(site, story);
    const hasQuota =
      this.config.limits &&
      (policy.quotas.commentsPerDay !== null ||
        Object.values(policy.quotas.tiers).some((quota) => quota.commentsPerDay !== null));
    const since = hasQuota ? firstIdAt(new Date(now.getTime() - DAY_MS)) : null;
    // In a statement of its own: what the next one counts is read after the wait.
    if (since && isPosting) await queueForQuota(tx, ctx, reader.id);
    const stored = await loadGateFacts(tx, ctx, reader, since);
    const counts = tierThatCounts(reader.claims, stored.entitlements, stored.endings, site.tiers, now);
    const quota = since ? commentsPerDay(policy, counts.tier?.key ?? null) : null;
    const quotaFreeAt =
      since && quota !== null && stored.posted >= quota
        ? await this.freeAt(tx, ctx, reader, quota, since, now)
        : null;
    return {
      gate: gate({
        reader: {
          counts,
          standing: stored.standing,
          standingUntil: stored.standingUntil,
          quota,
          quotaFreeAt,
        },
        storyState: story?.state ?? null,
        rules: policy.gate,
        tiers: site.tiers,
        signInUrl: site.signInUrl,
        now,
      }),
      tier: counts.tier,
      stored,
    };
  }

  private async freeAt(
    tx: Tx,
    ctx: SiteContext,
    reader: SignedInReader,
    quota: number,
    since: string,
    now: Date,
  ): Promise<Date> {
    const oldest = quota === 0 ? null : await nthLastCommentAt(tx, ctx, reader.id, quota, since);
    return new Date((oldest ?? now).getTime() + DAY_MS);
  }
}

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
