import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { notFound } from '../../../platform/http/problem.js';
import type { StoryId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { parseAuthorAddresses, StoryAuthorsRepository } from '../../stories/story-authors.repository.js';
import type { AuthorsAnswer } from './moderation-stories.dto.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export const EMAIL_SCHEDULE = composeSql`SELECT ${isoSql(composeSql`e.last_at`)} AS "lastEmailAt", ${isoSql(composeSql`e.due_at`)} AS "nextEmailAt"
     FROM story s LEFT JOIN author_email_schedule e ON e.site_id = s.site_id AND e.story_id = s.id
     WHERE s.site_id = $1 AND s.id = $2`;

/** Lets staff view and set the authors of a story who are notified of its comments. */
@Injectable()
export class ModerationStoryAuthorsService {
  constructor(
    private readonly database: Database,
    private readonly authors: StoryAuthorsRepository,
    private readonly settings: SiteSettings,
  ) {}

  /** @throws Problem 404 */
  async read(ctx: SiteContext, id: StoryId): Promise<AuthorsAnswer> {
    const { policy } = await this.settings.get(ctx.siteId);
    return this.database.inSite(ctx, async (tx) => {
      const [schedule] = await tx.query<Pick<AuthorsAnswer, 'lastEmailAt' | 'nextEmailAt'>>(EMAIL_SCHEDULE, [
        ctx.siteId,
        id,
      ]);
      if (!schedule) throw notFound('This story');
      const authors = await this.authors.list(tx, ctx.siteId, id);
      return { authors, tell: policy.authors.tell, ...schedule };
    });
  }

  /** @throws Problem 404, 400 for an invalid address */
  async set(ctx: SiteContext, id: StoryId, emails: readonly string[]): Promise<AuthorsAnswer> {
    const addresses = parseAuthorAddresses(emails, '/emails');
    await this.database.inSite(ctx, async (tx) => {
      const found = await tx.query(sql`SELECT 1 FROM story WHERE site_id = $1 AND id = $2 FOR UPDATE`, [
        ctx.siteId,
        id,
      ]);
      if (found.length === 0) throw notFound('This story');
      await this.authors.set(tx, ctx.siteId, id, addresses);
    });
    return this.read(ctx, id);
  }
}
