import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { notFound } from '../../../platform/http/problem.js';
import { firstIdAt, newId, type Id } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { ScoredRevision } from '../../scoring/decision-port.js';
import { checkedPolicy } from '../../sites/parse-policy.js';
import { mergePolicy, policyFor, type PartialPolicy } from '../../sites/policy.js';
import { PublishLimits } from '../../sites/publish-limits.js';
import { SiteSettings } from '../../sites/site-settings.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { resolveStoryPolicy } from '../../stories/story-facts.js';
import { StoryRegistry } from '../../stories/story-registry.js';
import type { DecisionFacts, Verdict } from '../decision-rules.js';
import type { ReplayDifference, Tally } from './replay.repository.js';
import { verdictUnderPolicy } from './draft-verdicts.js';
import { PolicyShadowVerdictEntity } from './policy-shadow-verdict.entity.js';
import { PolicyShadowEntity } from './policy-shadow.entity.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export type ShadowId = Id<'policy-shadow'>;

export type Shadow = Omit<PolicyShadowEntity, 'siteId'> & { readonly tally: Tally };

const MAX_LISTED = 50;
/** Maximum clock difference between two processes. */
const MAX_CLOCK_SKEW_MS = 60_000;

export const SHADOW_DIFFERENCES = composeSql`SELECT x.comment_id AS "commentId", x.revision, x.live, x.draft, x.draft_rule AS "draftRule",
       last_human_outcome(x.site_id, x.comment_id, x.revision) AS people, left(v.body, 280) AS excerpt
     FROM policy_shadow s
     JOIN policy_shadow_verdict x ON x.site_id = s.site_id AND x.shadow_id = s.id AND x.live <> x.draft
     JOIN revision v ON v.site_id = x.site_id AND v.comment_id = x.comment_id AND v.number = x.revision
     WHERE s.site_id = $1 ORDER BY x.comment_id DESC LIMIT ${MAX_LISTED}`;

/** Runs a draft policy in shadow mode: its decision about every new comment is stored and counted, but not applied. */
@Injectable()
export class ShadowService {
  private readonly logger = new Logger('policy');

  constructor(
    private readonly database: Database,
    private readonly sites: SiteSettings,
    private readonly stories: StoryRegistry,
    private readonly publishLimits: PublishLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Replaces the previous draft and discards its counts.
   * @throws Problem 400 for an inconsistent draft, 409 if the model of a language may not publish
   */
  async set(ctx: SiteContext, site: SiteFacts, requested: PartialPolicy): Promise<Shadow> {
    const draft = await this.publishLimits.complete(ctx, site.policy.moderation, requested);
    checkedPolicy(mergePolicy(site.policy, draft), '/policy');
    return this.database.inSite(ctx, async (tx) => {
      await tx.manager.delete(PolicyShadowVerdictEntity, { siteId: ctx.siteId });
      await tx.query(
        sql`INSERT INTO policy_shadow (site_id, id, draft, actor, since)
         VALUES ($1, $2, $3, nullif(current_setting('app.actor', true), '')::jsonb, $4)
         ON CONFLICT (site_id) DO UPDATE SET id = excluded.id, draft = excluded.draft, actor = excluded.actor,
           since = excluded.since`,
        [ctx.siteId, newId<'policy-shadow'>(), JSON.stringify(draft), this.clock.now()],
      );
      await this.sites.publishChange(tx, ctx.siteId);
      return this.read(tx, ctx);
    });
  }

  /** @throws Problem 404 */
  find(ctx: SiteContext): Promise<Shadow> {
    return this.database.inSite(ctx, (tx) => this.read(tx, ctx));
  }

  /** @throws Problem 404 */
  end(ctx: SiteContext): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      const { affected } = await tx.manager.delete(PolicyShadowEntity, { siteId: ctx.siteId });
      if (affected === 0) throw notFound('A draft in shadow mode');
      await tx.manager.delete(PolicyShadowVerdictEntity, { siteId: ctx.siteId });
      await this.sites.publishChange(tx, ctx.siteId);
    });
  }

  /** The latest comments that the draft would have decided differently. */
  differences(ctx: SiteContext): Promise<(Omit<ReplayDifference, 'liveRule'> & { excerpt: string })[]> {
    return this.database.inSite(ctx, (tx) => tx.query(SHADOW_DIFFERENCES, [ctx.siteId]));
  }

  /** Stores the draft's decision and the live one. A failure of the draft does not affect the live decision. */
  async record(
    tx: Tx,
    ctx: SiteContext,
    scored: ScoredRevision & Pick<DecisionFacts, 'brigading'>,
    live: Verdict,
  ): Promise<void> {
    const site = await this.sites.find(ctx.siteId);
    if (!site?.shadow) return;
    let draft: Verdict;
    try {
      const story = await this.stories.findById(ctx, scored.storyId);
      const now = this.clock.now();
      const policy = policyFor(resolveStoryPolicy(site.shadow.site, story, now), scored.authorTier);
      const { body, scores, language, standing } = scored;
      draft = verdictUnderPolicy({ body, scores, language, standing, facts: scored }, scored.policy, policy);
    } catch (error) {
      this.logger.warn({ event: 'policy.shadow-failed', siteId: ctx.siteId, error });
      return;
    }
    tx.write(
      'policy-shadow-insert',
      sql`INSERT INTO policy_shadow_verdict (site_id, shadow_id, comment_id, revision, live, draft, draft_rule)
       SELECT $1, s.id, $3, $4, $5, $6, $7 FROM policy_shadow s WHERE s.site_id = $1 AND s.id = $2
       ON CONFLICT DO NOTHING`,
      [
        ctx.siteId,
        site.shadow.id,
        scored.commentId,
        scored.revision,
        live.action,
        draft.action,
        draft.rule.text,
      ],
    );
  }

  private async read(tx: Tx, ctx: SiteContext): Promise<Shadow> {
    const row = await tx.manager.findOneBy(PolicyShadowEntity, { siteId: ctx.siteId });
    if (!row) throw notFound('A draft in shadow mode');
    // People decide about few comments, and only after the shadow verdict was stored. Find these comments first, and
    // look up the decisions of people only for them.
    const cells = await tx.query<{ cell: string; count: number }>(
      sql`SELECT x.live || '/' || x.draft || '/' || coalesce(
           CASE WHEN p.comment_id IS NOT NULL THEN last_human_outcome(x.site_id, x.comment_id, x.revision) END, 'none') AS cell,
         count(*)::int AS count
       FROM policy_shadow_verdict x
       LEFT JOIN (SELECT DISTINCT d.comment_id FROM decision d
         WHERE d.site_id = $1 AND d.decided_by = 'moderator' AND d.id >= $3::uuid) p ON p.comment_id = x.comment_id
       WHERE x.site_id = $1 AND x.shadow_id = $2 GROUP BY 1`,
      [ctx.siteId, row.id, firstIdAt(row.since.getTime() - MAX_CLOCK_SKEW_MS)],
    );
    return { ...row, tally: Object.fromEntries(cells.map(({ cell, count }) => [cell, count])) };
  }
}
