import type { Tx } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import type { FactOrigin } from './fact-precedence.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/** Longer than any sender retries and than any token lives. */
export const READER_FACT_RETENTION_MS = 30 * 24 * 60 * 60_000;
const PURGE_BATCH_ROWS = 100;

type HasSiteId = Readonly<{ siteId: SiteId }>;
/** What was reported about a reader: their profile, or their deletion. */
export type ReaderFactKind = 'profile' | 'deletion';

/** Serializes all reports about one reader. */
export async function lockReaderFacts(tx: Tx, { siteId }: HasSiteId, readerKey: string): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7346))`, [`${siteId}\n${readerKey}`]);
}

/** The latest report. Reports are kept for 30 days or slightly longer; null: there is none. */
export async function findReaderFact(
  tx: Tx,
  { siteId }: HasSiteId,
  readerKey: string,
  kind: ReaderFactKind,
): Promise<FactOrigin | null> {
  const [row] = await tx.query<Omit<FactOrigin, 'sequence'> & { sequence: string | null }>(
    sql`SELECT source, reported_at AS "reportedAt", sequence, message_id AS "messageId" FROM reader_fact
     WHERE site_id = $1 AND reader_key = $2 AND kind = $3`,
    [siteId, readerKey, kind],
  );
  return row ? { ...row, sequence: row.sequence === null ? null : Number(row.sequence) } : null;
}

export async function saveReaderFact(
  tx: Tx,
  { siteId }: HasSiteId,
  readerKey: string,
  kind: ReaderFactKind,
  origin: FactOrigin,
  now: Date,
): Promise<void> {
  await tx.query(
    sql`INSERT INTO reader_fact (site_id, reader_key, kind, source, reported_at, sequence, message_id, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (site_id, reader_key, kind) DO UPDATE SET source = excluded.source, reported_at = excluded.reported_at,
       sequence = excluded.sequence, message_id = excluded.message_id, recorded_at = excluded.recorded_at`,
    [siteId, readerKey, kind, origin.source, origin.reportedAt, origin.sequence, origin.messageId, now],
  );
  await tx.query(
    composeSql`DELETE FROM reader_fact WHERE site_id = $1 AND (reader_key, kind) IN (
       SELECT reader_key, kind FROM reader_fact
       WHERE site_id = $1 AND kind = 'profile' AND recorded_at < $2 LIMIT ${PURGE_BATCH_ROWS})`,
    [siteId, new Date(now.getTime() - READER_FACT_RETENTION_MS)],
  );
}
