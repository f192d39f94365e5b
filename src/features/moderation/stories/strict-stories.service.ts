import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { invalid, notFound } from '../../../platform/http/problem.js';
import type { StoryId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { OverridesService } from '../../sites/overrides.service.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { StoryStateService } from '../../stories/story-state.service.js';
import { deciderOf } from '../decision.service.js';
import { StrictStoryEntity } from './strict-story.entity.js';
import { sql } from '../../../platform/database/sql.js';

interface StrictStoryInput {
  moderators: readonly string[];
  reason: string;
  closesAt: Date | null;
}

const overrideOf = (storyId: StoryId): string => `strict:${storyId}`;

/**
 * Strict mode for sensitive stories, such as court cases or deaths, set in one step: all comments are held (by a
 * policy override that no more specific one can undo), only the named moderators decide, and the story closes at the
 * given time.
 */
@Injectable()
export class StrictStoriesService {
  constructor(
    private readonly database: Database,
    private readonly overrides: OverridesService,
    private readonly settings: SiteSettings,
    private readonly opening: StoryStateService,
    private readonly clock: Clock,
  ) {}

  /**
   * Setting it again replaces it.
   * @throws Problem 404, 400 for a person who does not moderate the site
   */
  async set(
    ctx: SiteContext,
    id: StoryId,
    { moderators, reason, closesAt }: StrictStoryInput,
  ): Promise<void> {
    const site = await this.settings.get(ctx.siteId);
    await this.database.inSite(ctx, async (tx) => {
      const [story] = await tx.query<{ key: string }>(
        sql`SELECT key FROM story WHERE site_id = $1 AND id = $2 FOR UPDATE`,
        [ctx.siteId, id],
      );
      if (!story) throw notFound('This story');
      const known = await tx.query<{ id: string }>(
        sql`SELECT m.id FROM moderator m WHERE m.id::text = ANY ($2::text[]) AND (
           m.role_everywhere IN ('moderator', 'admin', 'owner') OR EXISTS (
             SELECT FROM moderator_role r WHERE r.site_id = $1 AND r.moderator_id = m.id AND r.role <> 'viewer'))`,
        [ctx.siteId, moderators.map((each) => each.toLowerCase())],
      );
      if (known.length < new Set(moderators.map((each) => each.toLowerCase())).size) {
        const message = 'Only moderators of this site can be listed.';
        throw invalid([{ pointer: '/moderators', code: 'unknown-moderator', message }]);
      }
      const { moderatorId, apiCaller } = deciderOf(ctx.principal);
      await tx.query(
        sql`INSERT INTO strict_story (site_id, story_id, moderators, reason, moderator_id, api_caller, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (site_id, story_id) DO UPDATE SET moderators = excluded.moderators, reason = excluded.reason,
           moderator_id = excluded.moderator_id, api_caller = excluded.api_caller`,
        [ctx.siteId, id, known.map((each) => each.id), reason, moderatorId, apiCaller, this.clock.now()],
      );
      // Also hold comments of tiers that are otherwise exempt from pre-moderation.
      const exemptTiers = Object.entries(site.policy.tiers).filter(
        ([, rules]) => rules.preModerated === false,
      );
      await this.overrides.put(ctx, site, {
        key: overrideOf(id),
        section: null,
        storyKey: story.key,
        from: null,
        until: null,
        note: reason,
        policy: {
          moderation: { mode: 'hold-all' },
          ...(exemptTiers.length === 0
            ? {}
            : { tiers: Object.fromEntries(exemptTiers.map(([tier]) => [tier, { preModerated: true }])) }),
        },
      });
      if (closesAt) await this.opening.set(ctx, id, { state: 'open', closesAt });
    });
  }

  /** Restores the state from before strict mode. Ending it again changes nothing. */
  async end(ctx: SiteContext, id: StoryId): Promise<void> {
    await this.database.inSite(ctx, async (tx) => {
      const { affected } = await tx.manager.delete(StrictStoryEntity, { siteId: ctx.siteId, storyId: id });
      if (affected === 0) return;
      const site = await this.settings.get(ctx.siteId);
      if (site.overrides.some(({ key }) => key === overrideOf(id)))
        await this.overrides.remove(ctx, overrideOf(id));
    });
  }
}
