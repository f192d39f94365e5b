import type { Tx } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import type { Told } from './told-order.js';

/** Longer than any sender repeats itself, and than any token lives. */
export const TOLD_KEPT_MS = 30 * 24 * 60 * 60_000;
const PURGED_AT_ONCE = 100;

type Of = Readonly<{ siteId: SiteId }>;
/** What was told of a reader: who they are, or that they are gone. */
export type ToldWhat = 'profile' | 'deletion';

/** All that is told of one reader is taken one after the other. */
export async function lockTold(tx: Tx, { siteId }: Of, readerKey: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7346))', [`${siteId}\n${readerKey}`]);
}

/** What was told last, for 30 days or a little longer; null: nothing was. */
export async function toldOf(
  tx: Tx,
  { siteId }: Of,
  readerKey: string,
  what: ToldWhat,
): Promise<Told | null> {
  const [row] = await tx.query<Omit<Told, 'sequence'> & { sequence: string | null }>(
    `SELECT source, told_at AS "toldAt", sequence, message_id AS "messageId" FROM reader_told
     WHERE site_id = $1 AND reader_key = $2 AND what = $3`,
    [siteId, readerKey, what],
  );
  return row ? { ...row, sequence: row.sequence === null ? null : Number(row.sequence) } : null;
}

export async function keepTold(
  tx: Tx,
  { siteId }: Of,
  readerKey: string,
  what: ToldWhat,
  told: Told,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO reader_told (site_id, reader_key, what, source, told_at, sequence, message_id, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (site_id, reader_key, what) DO UPDATE SET source = excluded.source, told_at = excluded.told_at,
       sequence = excluded.sequence, message_id = excluded.message_id, recorded_at = excluded.recorded_at`,
    [siteId, readerKey, what, told.source, told.toldAt, told.sequence, told.messageId, now],
  );
  await tx.query(
    `DELETE FROM reader_told WHERE site_id = $1 AND (reader_key, what) IN (
       SELECT reader_key, what FROM reader_told
       WHERE site_id = $1 AND what = 'profile' AND recorded_at < $2 LIMIT ${PURGED_AT_ONCE})`,
    [siteId, new Date(now.getTime() - TOLD_KEPT_MS)],
  );
}
