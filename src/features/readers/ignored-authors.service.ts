import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../platform/http/problem.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { IgnoredAuthorEntity } from './ignored-author.entity.js';
import { ReaderEntity } from './reader.entity.js';
import type { SignedInReader } from './signed-in-reader.js';
import { sql } from '../../platform/database/sql.js';

export interface IgnoredAuthor {
  readonly id: ReaderId;
  readonly name: string;
  readonly since: string;
}

interface IgnoredAuthorRow {
  id: ReaderId;
  name: string;
  created_at: Date;
}

/** The list has a limit because each entry slows down every read of a thread. */
const MAX_IGNORED = 500;

const toIgnoredAuthor = ({ id, name, created_at }: IgnoredAuthorRow): IgnoredAuthor => ({
  id,
  name,
  since: created_at.toISOString(),
});

/** Authors whose comments a reader does not want to see. The list is visible only to that reader. */
@Injectable()
export class IgnoredAuthorsService {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /**
   * Lists ignored authors, ordered by author id.
   * @throws Problem 400 for a cursor that this list did not return
   */
  list(
    ctx: SiteContext,
    reader: SignedInReader,
    { cursor, limit }: { cursor: string | undefined; limit: number },
  ): Promise<Page<IgnoredAuthor>> {
    const scope = `ignored:${reader.id}`;
    const [after = null] = this.cursors.read(scope, cursor) ?? [];
    return this.database.inSite(ctx, async (tx) => {
      const rows = await tx.query<IgnoredAuthorRow>(
        sql`SELECT r.id, r.name, i.created_at FROM ignored_author i
         JOIN reader r ON r.site_id = i.site_id AND r.id = i.author_id
         WHERE i.site_id = $1 AND i.reader_id = $2 AND ($3::uuid IS NULL OR i.author_id > $3)
         ORDER BY i.author_id LIMIT $4`,
        [ctx.siteId, reader.id, after, limit + 1],
      );
      return this.cursors.page(rows, limit, scope, (row) => [row.id], toIgnoredAuthor);
    });
  }

  /** @throws Problem 400 for the reader's own id or an unknown author, 409 `too-many` */
  add(ctx: SiteContext, reader: SignedInReader, authorId: ReaderId): Promise<IgnoredAuthor> {
    if (authorId === reader.id) {
      const message = 'You cannot ignore yourself.';
      throw invalid([{ pointer: '/readerId', code: 'yourself', message }]);
    }
    return this.database.inSite(ctx, async (tx) => {
      const count = await tx.manager
        .getRepository(IgnoredAuthorEntity)
        .countBy({ siteId: ctx.siteId, readerId: reader.id, authorId: Not(authorId) });
      if (count >= MAX_IGNORED)
        throw conflict(
          'too-many',
          `You already ignore ${MAX_IGNORED} people, which is the limit. Stop ignoring somebody first.`,
        );
      const [row] = await tx.query<IgnoredAuthorRow>(
        sql`WITH added AS (
           INSERT INTO ignored_author (site_id, reader_id, author_id, created_at)
           SELECT site_id, $2, id, $4 FROM reader WHERE site_id = $1 AND id = $3
           ON CONFLICT (site_id, reader_id, author_id) DO UPDATE SET created_at = ignored_author.created_at
           RETURNING created_at
         )
         SELECT r.id, r.name, added.created_at FROM added, reader r WHERE r.site_id = $1 AND r.id = $3`,
        [ctx.siteId, reader.id, authorId, this.clock.now()],
      );
      if (!row) {
        const message = 'This reader does not exist on this site.';
        throw invalid([{ pointer: '/readerId', code: 'unknown-reader', message }]);
      }
      return toIgnoredAuthor(row);
    });
  }

  /**
   * Succeeds even if the author is not ignored.
   * @throws Problem 404
   */
  async remove(ctx: SiteContext, reader: SignedInReader, authorId: ReaderId): Promise<void> {
    await this.database.inSite(ctx, async (tx) => {
      const { siteId } = ctx;
      const exists = await tx.manager.getRepository(ReaderEntity).existsBy({ siteId, id: authorId });
      if (!exists) throw notFound('This reader');
      await tx.manager.getRepository(IgnoredAuthorEntity).delete({ siteId, readerId: reader.id, authorId });
    });
  }
}
