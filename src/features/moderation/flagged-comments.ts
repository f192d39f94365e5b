import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { isUuid, type CommentId, type SiteId } from '../../platform/ids.js';
import { defineJob, JobHandlers, PermanentJobError } from '../../platform/jobs/jobs.js';
import { OutboxHandlers } from '../../platform/outbox/outbox-handlers.js';
import { systemContext } from '../../platform/tenancy/site-context.js';
import { SiteSettings } from '../sites/site-settings.js';
import { resolveStoryPolicy } from '../stories/story-facts.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { DecisionRepository } from './decision.repository.js';
import { RuleDecisionsService } from './rule-decisions.service.js';

interface WeighFlagsPayload {
  siteId: SiteId;
  commentId: CommentId;
}

export const WEIGH_FLAGS = defineJob<WeighFlagsPayload>({
  name: 'weigh-flags',
  parse(raw) {
    const { siteId, commentId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(commentId))
      throw new PermanentJobError('the payload needs a siteId and a commentId (UUIDs)');
    return { siteId: siteId as SiteId, commentId: commentId as CommentId };
  },
  attempts: 5,
  backoffMs: 500,
  timeoutMs: 10_000,
  concurrency: 4,
});

/** Hides a comment that has enough open flags and puts it in the moderation queue. */
@Injectable()
export class FlaggedComments implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly decisions: DecisionRepository,
    private readonly rules: RuleDecisionsService,
    private readonly sites: SiteSettings,
    private readonly stories: StoryRegistry,
    private readonly outbox: OutboxHandlers,
    private readonly handlers: JobHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('moderation', ['comment.flagged'], async (_tx, events) =>
      events.map(({ id, siteId, payload }) => {
        const commentId = payload['commentId'] as CommentId;
        return WEIGH_FLAGS.create(`weigh-flags-${commentId}-${id}`, { siteId, commentId });
      }),
    );
    this.handlers.handle(WEIGH_FLAGS, (payload) => this.applyThreshold(payload));
  }

  /** Holds a published comment with enough open flags. Flags that a moderator's decision closed are ignored. */
  async applyThreshold({ siteId, commentId }: WeighFlagsPayload): Promise<void> {
    const ctx = systemContext(siteId, `weigh-flags-${commentId}`);
    const site = await this.sites.find(siteId);
    if (!site) return;
    await this.database.inSite(ctx, async (tx) => {
      const comment = await this.decisions.lockComment(tx, ctx, commentId);
      if (comment?.status !== 'published' || comment.flagCount === 0) return;
      const story = await this.stories.findById(ctx, comment.storyId);
      const threshold = resolveStoryPolicy(site, story, this.clock.now()).moderation.flagsToHold;
      if (threshold === 0 || (await this.decisions.flagWeight(tx, ctx, commentId)) < threshold) return;
      const reasons = await this.decisions.flagReasons(tx, ctx, commentId);
      const list = reasons.map(({ reason, count }) => `${reason} ${count}`).join(', ');
      await this.rules.apply(tx, ctx, {
        commentId,
        revision: comment.revision,
        action: 'hold',
        rule: {
          key: 'flags',
          text: `held: ${comment.flagCount} open ${comment.flagCount === 1 ? 'flag' : 'flags'} (${list})`,
        },
        from: 'published',
        cause: 'flagged',
        policyVersion: site.policyVersion,
      });
    });
  }
}
