import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { sql } from '../../platform/database/sql.js';

export interface SiteContents {
  readonly stories: number;
  /** Published ones only. */
  readonly comments: number;
  readonly readers: number;
}

/** Counts a site's contents, shown before the site is deleted. */
@Injectable()
export class SiteContentsView {
  constructor(private readonly database: Database) {}

  read(ctx: SiteContext): Promise<SiteContents> {
    return this.database.inSite(ctx, async (tx) => {
      const [row] = await tx.query<SiteContents>(
        sql`SELECT count(*)::int AS stories, coalesce(sum(comment_count), 0)::int AS comments,
                (SELECT count(*)::int FROM reader WHERE site_id = $1) AS readers
         FROM story WHERE site_id = $1`,
        [ctx.siteId],
      );
      return row;
    });
  }
}
