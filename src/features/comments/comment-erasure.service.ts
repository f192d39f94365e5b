import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Not } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import type { ReaderId } from '../../platform/ids.js';
import { JobHandlers, type JobToAdd } from '../../platform/jobs/jobs.js';
import { OutboxHandlers } from '../../platform/outbox/outbox-handlers.js';
import { systemContext, type SiteContext } from '../../platform/tenancy/site-context.js';
import { CommentTransitions } from './comment-transitions.js';
import { CommentEntity } from './comment.entity.js';
import { ERASE_COMMENTS, eraseJobFor } from './erase-comments.job.js';
import { sql } from '../../platform/database/sql.js';

const BATCH_SIZE = 200;
/** No text has this fingerprint, so duplicate detection never matches it. */
const NO_FINGERPRINT = 'erased';

/**
 * Erases the comments of a reader whose data is erased: marks them as deleted by their author and removes the texts
 * from the tables.
 */
@Injectable()
export class CommentErasureService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly transitions: CommentTransitions,
    private readonly outbox: OutboxHandlers,
    private readonly jobs: JobHandlers,
  ) {}

  onModuleInit(): void {
    this.outbox.register('erase-comments', ['reader.erased'], async (_tx, events) =>
      events.map(({ siteId, payload }) => eraseJobFor({ siteId, readerId: payload['readerId'] as ReaderId })),
    );
    this.jobs.handle(ERASE_COMMENTS, ({ siteId, readerId }) =>
      this.erase(systemContext(siteId, `erase-${readerId}`), readerId),
    );
  }

  /** Erases a batch of comments, newest first. Returns the job for the remaining ones. */
  private async erase(ctx: SiteContext, readerId: ReaderId): Promise<readonly JobToAdd[]> {
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(CommentEntity).find({
        where: { siteId: ctx.siteId, authorId: readerId, status: Not('deleted') },
        order: { id: 'DESC' },
        take: BATCH_SIZE,
      }),
    );
    for (const { id, status, revision } of rows) {
      const result = await this.database.inSite(ctx, (tx) =>
        this.transitions.apply(tx, ctx, {
          commentId: id,
          expect: { status: [status], revision },
          to: 'deleted',
          cause: 'deleted',
        }),
      );
      // A moderator changed it in the meantime. The next attempt reads its new status.
      if (!result.ok) throw new Error(`comment ${id} was changed by another transaction`);
    }
    await this.database.inSite(ctx, async (tx) => {
      await tx.query(
        sql`UPDATE revision SET body = '', html = '', fingerprint = $3
         WHERE site_id = $1 AND body <> '' AND comment_id IN (
           SELECT id FROM comment WHERE site_id = $1 AND author_id = $2 AND status = 'deleted')`,
        [ctx.siteId, readerId, NO_FINGERPRINT],
      );
      await tx.query(
        sql`UPDATE appeal SET text = '' WHERE site_id = $1 AND comment_id IN (
           SELECT id FROM comment WHERE site_id = $1 AND author_id = $2 AND status = 'deleted')`,
        [ctx.siteId, readerId],
      );
      await tx.query(
        sql`DELETE FROM embedding WHERE site_id = $1 AND revision_id IN (
           SELECT v.id FROM revision v JOIN comment c ON c.site_id = v.site_id AND c.id = v.comment_id
           WHERE v.site_id = $1 AND c.author_id = $2)`,
        [ctx.siteId, readerId],
      );
      // Responses of external scorers may quote the scored text or its parent comment, which is sent with it.
      await tx.query(
        sql`DELETE FROM external_verdict WHERE site_id = $1 AND (
           comment_id IN (SELECT id FROM comment WHERE site_id = $1 AND author_id = $2)
           OR parent_id IN (SELECT id FROM comment WHERE site_id = $1 AND author_id = $2))`,
        [ctx.siteId, readerId],
      );
      await tx.query(
        sql`UPDATE external_answer a SET rule = NULL, reason = NULL
         FROM revision v JOIN comment c ON c.site_id = v.site_id AND c.id = v.comment_id
         LEFT JOIN comment p ON p.site_id = c.site_id AND p.id = c.parent_id
         WHERE a.site_id = $1 AND v.site_id = $1 AND v.id = a.revision_id AND (a.rule IS NOT NULL OR a.reason IS NOT NULL)
           AND (c.author_id = $2 OR p.author_id = $2)`,
        [ctx.siteId, readerId],
      );
      await tx.query(sql`UPDATE flag SET detail = NULL WHERE site_id = $1 AND reader_id = $2`, [
        ctx.siteId,
        readerId,
      ]);
    });
    return rows.length < BATCH_SIZE
      ? []
      : [eraseJobFor({ siteId: ctx.siteId, readerId }, Number.parseInt(rows.at(-1)!.id.slice(-8), 16))];
  }
}
