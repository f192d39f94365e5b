import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../../platform/http/problem.js';
import type { StoryId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { OverridesService } from '../../sites/overrides.service.js';
import { SiteSettings } from '../../sites/site-settings.js';
import type { StoryState } from '../../stories/story-facts.js';
import { StoryStateService } from '../../stories/story-state.service.js';
import { deciderOf } from '../decision.service.js';
import { StrictStoryEntity } from './strict-story.entity.js';
import { sql } from '../../../platform/database/sql.js';

interface StrictStoryInput {
  /** Ids of the moderators who may decide; empty: every moderator of the site. */
  moderators: readonly string[];
  reason: string;
  /** After how many hours strict mode ends; null: it does not end automatically. */
  hours: number | null;
  /** When the story closes; null: unchanged. */
  closesAt: Date | null;
}

const HOUR_MS = 60 * 60_000;

const overrideKeyOf = (storyId: StoryId): string => `strict:${storyId}`;

/**
 * Sets strict mode for sensitive stories, such as court cases or deaths, in one step: all comments are held (by a
 * policy override of the story, the most specific kind), only the named moderators decide, and the story closes at
 * the given time. Without named moderators and for some hours, it quickly protects a story under attack.
 */
@Injectable()
export class StrictStoriesService {
  constructor(
    private readonly database: Database,
    private readonly overrides: OverridesService,
    private readonly settings: SiteSettings,
    private readonly storyState: StoryStateService,
    private readonly clock: Clock,
  ) {}

  /**
   * Setting strict mode again replaces it.
   * @throws Problem 404, 400 for a person who does not moderate the site, 409 if named moderators
   *   are set and the request names none
   */
  async set(
    ctx: SiteContext,
    id: StoryId,
    { moderators, reason, hours, closesAt }: StrictStoryInput,
  ): Promise<void> {
    const site = await this.settings.get(ctx.siteId);
    await this.database.inSite(ctx, async (tx) => {
      const [story] = await tx.query<{ key: string; state: StoryState }>(
        sql`SELECT key, state FROM story WHERE site_id = $1 AND id = $2 FOR UPDATE`,
        [ctx.siteId, id],
      );
      if (!story) throw notFound('This story');
      const now = this.clock.now();
      const endsAt = hours === null ? null : new Date(now.getTime() + hours * HOUR_MS);
      if (moderators.length === 0 && (await this.hasNamedModerators(tx, ctx, id)))
        throw conflict(
          'already-strict',
          'This story is already in strict mode with named moderators. Send the moderators, or end strict mode first.',
        );
      const moderatorIds = moderators.map((moderator) => moderator.toLowerCase());
      const validModerators = await tx.query<{ id: string }>(
        sql`SELECT m.id FROM moderator m WHERE m.id::text = ANY ($2::text[]) AND (
           m.role_everywhere IN ('moderator', 'admin', 'owner') OR EXISTS (
             SELECT FROM moderator_role r WHERE r.site_id = $1 AND r.moderator_id = m.id AND r.role <> 'viewer'))`,
        [ctx.siteId, moderatorIds],
      );
      if (validModerators.length < new Set(moderatorIds).size) {
        const message = 'Only moderators of this site can be listed.';
        throw invalid([{ pointer: '/moderators', code: 'unknown-moderator', message }]);
      }
      const { moderatorId, apiCaller } = deciderOf(ctx.principal);
      await tx.query(
        sql`INSERT INTO strict_story AS s (site_id, story_id, moderators, reason, moderator_id, api_caller, created_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (site_id, story_id) DO UPDATE SET moderators = excluded.moderators, reason = excluded.reason,
           moderator_id = excluded.moderator_id, api_caller = excluded.api_caller, ends_at = excluded.ends_at,
           created_at = CASE WHEN s.ends_at <= now() THEN excluded.created_at ELSE s.created_at END`,
        [
          ctx.siteId,
          id,
          validModerators.map((moderator) => moderator.id),
          reason,
          moderatorId,
          apiCaller,
          now,
          endsAt,
        ],
      );
      // Also hold comments of tiers that are otherwise exempt from pre-moderation.
      const exemptTiers = Object.entries(site.policy.tiers).filter(
        ([, rules]) => rules.preModerated === false,
      );
      await this.overrides.put(ctx, site, {
        key: overrideKeyOf(id),
        section: null,
        storyKey: story.key,
        from: null,
        until: endsAt,
        note: reason,
        policy: {
          moderation: { mode: 'hold-all' },
          ...(exemptTiers.length === 0
            ? {}
            : { tiers: Object.fromEntries(exemptTiers.map(([tier]) => [tier, { preModerated: true }])) }),
        },
      });
      // A story that is closed already stays closed.
      if (closesAt && story.state === 'open') await this.storyState.set(ctx, id, { state: 'open', closesAt });
    });
  }

  private async hasNamedModerators(tx: Tx, ctx: SiteContext, id: StoryId): Promise<boolean> {
    const rows = await tx.query(
      sql`SELECT 1 FROM strict_story x WHERE x.site_id = $1 AND x.story_id = $2 AND x.moderators <> '{}'
         AND (x.ends_at IS NULL OR x.ends_at > now())`,
      [ctx.siteId, id],
    );
    return rows.length > 0;
  }

  /**
   * Ends strict mode and removes its policy override. A closing time that was set with it stays. Does nothing if the
   * story is not in strict mode.
   */
  async end(ctx: SiteContext, id: StoryId): Promise<void> {
    await this.database.inSite(ctx, async (tx) => {
      const { affected } = await tx.manager.delete(StrictStoryEntity, { siteId: ctx.siteId, storyId: id });
      if (affected === 0) return;
      const site = await this.settings.get(ctx.siteId);
      if (site.overrides.some(({ key }) => key === overrideKeyOf(id)))
        await this.overrides.remove(ctx, overrideKeyOf(id));
    });
  }
}
