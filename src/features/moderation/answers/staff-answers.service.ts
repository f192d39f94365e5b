import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';
import { sql } from '../../../platform/database/sql.js';
import { forbidden, notFound } from '../../../platform/http/problem.js';
import type { CommentId, ModeratorId, StoryId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { CommentDto } from '../../comments/comments.dto.js';
import { SubmissionService } from '../../comments/submission.service.js';
import { PublicationAccountService } from '../../readers/publication-account.service.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { StoryRegistry } from '../../stories/story-registry.js';
import { deciderOf } from '../decision.service.js';
import { StaffAnswerEntity } from './staff-answer.entity.js';

/**
 * Posts comments by staff as the publication. Only staff see who wrote them. The audit log also records it.
 */
@Injectable()
export class StaffAnswersService {
  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly stories: StoryRegistry,
    private readonly publication: PublicationAccountService,
    private readonly submission: SubmissionService,
  ) {}

  /**
   * @returns the pending comment; it is scored and decided by rules like any other
   * @throws Problem 400, 403 `strict-story`, 404 no such story or parent, 409 `parent-not-published`
   */
  async write(
    ctx: SiteContext,
    storyId: StoryId,
    { body, parentId }: { body: string; parentId: CommentId | null },
  ): Promise<CommentDto> {
    const [site, story] = [await this.settings.get(ctx.siteId), await this.stories.findById(ctx, storyId)];
    if (!story) throw notFound('This story');
    return this.database.inSite(ctx, async (tx) => {
      const { moderatorId } = deciderOf(ctx.principal);
      if (moderatorId !== null) await this.checkStrict(tx, ctx, storyId, moderatorId);
      const author = await this.publication.ensure(tx, site);
      const comment = await this.submission.submitAsPublisher(tx, ctx, site, author, story, {
        body,
        parentId,
      });
      await tx.manager.insert(StaffAnswerEntity, {
        siteId: ctx.siteId,
        commentId: comment.id as CommentId,
        storyId,
        parentId,
        moderatorId,
      });
      return comment;
    });
  }

  /** In strict mode with named moderators only they decide, so only they may post. */
  private async checkStrict(
    tx: Tx,
    ctx: SiteContext,
    storyId: StoryId,
    moderatorId: ModeratorId,
  ): Promise<void> {
    const excluding = await tx.query(
      sql`SELECT FROM strict_story x WHERE x.site_id = $1 AND x.story_id = $2 AND x.moderators <> '{}'
         AND $3 <> ALL (x.moderators) AND (x.ends_at IS NULL OR x.ends_at > now())`,
      [ctx.siteId, storyId, moderatorId],
    );
    if (excluding.length > 0)
      throw forbidden(
        'strict-story',
        'This story is in strict mode. Only the moderators listed for it can reply here.',
      );
  }
}
