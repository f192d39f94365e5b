import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { WrittenBatch } from './import-writing.js';
import type { SiteImportId } from './import.repository.js';
import { sql, type Sql } from '../../../platform/database/sql.js';

const BATCH_SIZE = 500;

/** Tables with counts that an import raises, in the lock order used everywhere. */
const COUNTED_TABLES = ['comment', 'story', 'reader'] as const;
type CountedTable = (typeof COUNTED_TABLES)[number];

/** Position of the recount: the table, and its last processed row. */
export interface RecountCursor {
  readonly table: CountedTable;
  readonly after: string | null;
}

/** The next rows whose counts the import has raised. $3 is the last processed row, $4 the maximum number of rows. */
const AFFECTED: Readonly<Record<CountedTable, Sql>> = {
  comment: sql`SELECT id FROM import_comment WHERE site_id = $1 AND import_id = $2 AND replies > 0
    AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
  story: sql`SELECT DISTINCT story_id AS id FROM import_story WHERE site_id = $1 AND import_id = $2 AND comments > 0
    AND ($3::uuid IS NULL OR story_id > $3) ORDER BY 1 LIMIT $4`,
  reader: sql`SELECT DISTINCT reader_id AS id FROM import_reader WHERE site_id = $1 AND import_id = $2
    AND published + rejected > 0 AND ($3::uuid IS NULL OR reader_id > $3) ORDER BY 1 LIMIT $4`,
};

/** Comments are locked newest first, as in the rest of the product. */
const LOCK: Readonly<Record<CountedTable, Sql>> = {
  comment: sql`SELECT id FROM comment WHERE site_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id DESC FOR NO KEY UPDATE`,
  story: sql`SELECT id FROM story WHERE site_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
  reader: sql`SELECT id FROM reader WHERE site_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
};

const RECOUNT: Readonly<Record<CountedTable, Sql>> = {
  comment: sql`
    WITH RECURSIVE below AS (
      SELECT id AS top, id, false AS counts FROM comment WHERE site_id = $1 AND id = ANY ($2::uuid[])
      UNION ALL
      SELECT b.top, c.id, c.visible FROM below b JOIN comment c ON c.site_id = $1 AND c.parent_id = b.id
    ), counted AS (SELECT top, count(*) FILTER (WHERE counts)::int AS replies FROM below GROUP BY top)
    UPDATE comment c SET reply_count = counted.replies FROM counted
    WHERE c.site_id = $1 AND c.id = counted.top AND c.reply_count <> counted.replies`,
  story: sql`
    WITH counted AS (
      SELECT affected.id, (SELECT count(*) FROM comment c
        WHERE c.site_id = $1 AND c.story_id = affected.id AND c.visible)::int AS comments
      FROM unnest($2::uuid[]) AS affected (id))
    UPDATE story s SET comment_count = counted.comments FROM counted
    WHERE s.site_id = $1 AND s.id = counted.id AND s.comment_count <> counted.comments`,
  reader: sql`
    WITH counted AS (
      SELECT affected.id, count(*) FILTER (WHERE c.status = 'published')::int AS published,
        count(*) FILTER (WHERE c.status IN ('rejected', 'removed'))::int AS rejected
      FROM unnest($2::uuid[]) AS affected (id)
      LEFT JOIN comment c ON c.site_id = $1 AND c.author_id = affected.id GROUP BY affected.id)
    UPDATE reader r SET published_count = counted.published, rejected_count = counted.rejected FROM counted
    WHERE r.site_id = $1 AND r.id = counted.id
      AND (r.published_count, r.rejected_count) IS DISTINCT FROM (counted.published, counted.rejected)`,
};

/** Corrects counts that an import raised for comments that it never wrote. */
@Injectable()
export class CounterRecount {
  /** @returns the position after the batch; null when all tables are done */
  async recountBatch(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    cursor: RecountCursor | null,
  ): Promise<WrittenBatch | null> {
    const { table, after } = cursor ?? { table: COUNTED_TABLES[0], after: null };
    const rows = await tx.query<{ id: string }>(AFFECTED[table], [ctx.siteId, id, after, BATCH_SIZE]);
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) {
      // Every reply at any depth is counted, which can take long.
      tx.allowLongStatements();
      // Lock the rows in a separate statement. A single statement that waited for a lock would count from its snapshot,
      // which is older than the changes it waited for.
      await tx.query(LOCK[table], [ctx.siteId, ids]);
      await tx.query(RECOUNT[table], [ctx.siteId, ids]);
    }
    if (ids.length === BATCH_SIZE) return { cursor: { table, after: ids.at(-1) }, rows: ids.length };
    const nextTable = COUNTED_TABLES[COUNTED_TABLES.indexOf(table) + 1] as CountedTable | undefined;
    return nextTable ? { cursor: { table: nextTable, after: null }, rows: ids.length } : null;
  }
}
