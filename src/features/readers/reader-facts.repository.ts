import type { Tx } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import type { FactOrigin } from './fact-precedence.js';
import { ReaderFactEntity } from './reader-fact.entity.js';
import { sql } from '../../platform/database/sql.js';

/** Longer than any sender retries a message and than any token is valid. */
export const READER_FACT_RETENTION_MS = 30 * 24 * 60 * 60_000;
const PURGE_BATCH_ROWS = 100;

type HasSiteId = Readonly<{ siteId: SiteId }>;
/** What was reported about a reader: their profile, or their deletion. */
export type ReaderFactKind = ReaderFactEntity['kind'];

const facts = (tx: Tx) => tx.manager.getRepository(ReaderFactEntity);

/** Makes transactions that handle reports about the same reader wait for each other. */
export async function lockReaderFacts(tx: Tx, { siteId }: HasSiteId, readerKey: string): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7346))`, [`${siteId}\n${readerKey}`]);
}

/** Returns the latest report, or null if there is none. Reports are deleted after 30 days or slightly later. */
export async function findReaderFact(
  tx: Tx,
  { siteId }: HasSiteId,
  readerKey: string,
  kind: ReaderFactKind,
): Promise<FactOrigin | null> {
  const row = await facts(tx).findOneBy({ siteId, readerKey, kind });
  return row && { ...row, sequence: row.sequence === null ? null : Number(row.sequence) };
}

export async function saveReaderFact(
  tx: Tx,
  { siteId }: HasSiteId,
  readerKey: string,
  kind: ReaderFactKind,
  origin: FactOrigin,
  now: Date,
): Promise<void> {
  const { source, reportedAt, messageId } = origin;
  const sequence = origin.sequence === null ? null : String(origin.sequence);
  await facts(tx).upsert(
    { siteId, readerKey, kind, source, reportedAt, sequence, messageId, recordedAt: now },
    ['siteId', 'readerKey', 'kind'],
  );
  await tx.query(
    sql`DELETE FROM reader_fact WHERE site_id = $1 AND (reader_key, kind) IN (
       SELECT reader_key, kind FROM reader_fact
       WHERE site_id = $1 AND kind = 'profile' AND recorded_at < $2 LIMIT $3)`,
    [siteId, new Date(now.getTime() - READER_FACT_RETENTION_MS), PURGE_BATCH_ROWS],
  );
}
