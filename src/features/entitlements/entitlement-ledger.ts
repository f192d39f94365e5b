import { In, LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { endOf } from './entitlement.js';
import { supersedes, type FactOrigin } from '../readers/fact-precedence.js';
import { EntitlementLedgerEntryEntity } from './entitlement-ledger-entry.entity.js';
import { EntitlementEndingEntity } from './entitlement-ending.entity.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/** More facts than are reported about a subscription in years. */
const MAX_FACTS_READ = 500;

interface LedgerKey {
  readonly readerKey: string;
  readonly key: string;
}

/** One reported fact about an entitlement. */
export type EntitlementLedgerEntry = FactOrigin &
  Readonly<
    Pick<EntitlementLedgerEntryEntity, 'tier' | 'status' | 'validUntil' | 'graceUntil' | 'kind' | 'grantedBy'>
  >;

interface LedgerRow extends Omit<EntitlementLedgerEntry, 'sequence'> {
  readonly sequence: string | null;
}

const entryRepository = (tx: Tx) => tx.manager.getRepository(EntitlementLedgerEntryEntity);
const endingRepository = (tx: Tx) => tx.manager.getRepository(EntitlementEndingEntity);

const COLUMNS = composeSql`source, message_id AS "messageId", sequence, reported_at AS "reportedAt", tier, status,
  valid_until AS "validUntil", grace_until AS "graceUntil", kind, granted_by AS "grantedBy"`;

export const FIND_LAST_DELETION = composeSql`SELECT ${COLUMNS} FROM entitlement_ledger_entry
   WHERE site_id = $1 AND reader_key = $2 AND key = $3 AND status = 'deleted'
   ORDER BY reported_at DESC LIMIT 1`;

export const LIST_LEDGER_ENTRIES = composeSql`SELECT ${COLUMNS}, recorded_at AS "recordedAt" FROM entitlement_ledger_entry
   WHERE site_id = $1 AND reader_key = $2 AND key = $3
   ORDER BY reported_at DESC, recorded_at DESC, message_id DESC LIMIT $4`;

export const LIST_LEDGER_ENTRIES_OF_SOURCE = composeSql`SELECT ${COLUMNS} FROM entitlement_ledger_entry
   WHERE site_id = $1 AND reader_key = $2 AND key = $3 AND source = $4
   ORDER BY reported_at DESC LIMIT ${MAX_FACTS_READ}`;

const toLedgerEntry = (row: LedgerRow): EntitlementLedgerEntry => ({
  ...row,
  sequence: row.sequence === null ? null : Number(row.sequence),
});

/**
 * Stores a fact. A fact from the same message is overwritten, because a replay may interpret the message differently.
 */
export async function recordLedgerEntry(
  tx: Tx,
  ctx: SiteContext,
  ref: LedgerKey,
  fact: EntitlementLedgerEntry & { readonly messageId: string },
  now: Date,
): Promise<void> {
  await tx.prepared(
    'ledger-entry-record',
    sql`INSERT INTO entitlement_ledger_entry (site_id, reader_key, key, source, message_id, sequence, reported_at, tier, status,
                                   valid_until, grace_until, kind, granted_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (site_id, reader_key, key, source, message_id) DO UPDATE SET
       sequence = excluded.sequence, reported_at = excluded.reported_at, tier = excluded.tier, status = excluded.status,
       valid_until = excluded.valid_until, grace_until = excluded.grace_until, kind = excluded.kind,
       granted_by = excluded.granted_by`,
    [
      ctx.siteId,
      ref.readerKey,
      ref.key,
      fact.source,
      fact.messageId,
      fact.sequence,
      fact.reportedAt,
      fact.tier,
      fact.status,
      fact.validUntil,
      fact.graceUntil,
      fact.kind,
      fact.grantedBy,
      now,
    ],
  );
}

/** Returns the publisher's last deletion of the entitlement. Facts from before it do not restore the entitlement. */
export async function findLastDeletion(
  tx: Tx,
  ctx: SiteContext,
  ref: LedgerKey,
): Promise<EntitlementLedgerEntry | null> {
  const [row] = await tx.prepared<LedgerRow>('ledger-last-deletion', FIND_LAST_DELETION, [
    ctx.siteId,
    ref.readerKey,
    ref.key,
  ]);
  return row ? toLedgerEntry(row) : null;
}

/** Returns the latest `max` facts reported about an entitlement, newest first. */
export async function listLedgerEntries(
  tx: Tx,
  ctx: SiteContext,
  ref: LedgerKey,
  max: number,
): Promise<(EntitlementLedgerEntry & { recordedAt: Date })[]> {
  const rows = await tx.query<LedgerRow & { recordedAt: Date }>(LIST_LEDGER_ENTRIES, [
    ctx.siteId,
    ref.readerKey,
    ref.key,
    max,
  ]);
  return rows.map((row) => ({ ...toLedgerEntry(row), recordedAt: row.recordedAt }));
}

/**
 * Finds when each tier reported by one source was replaced by another, regardless of the order in which the facts
 * arrived.
 *
 * @returns endings by tier, without the tier of the newest fact
 */
export function findTierEndings(facts: readonly EntitlementLedgerEntry[]): Map<string, Date> {
  const inOrder = [...facts].sort((a, b) => (supersedes(a, b) ? 1 : -1));
  const endings = new Map<string, Date>();
  for (const [index, fact] of inOrder.entries()) {
    const next = inOrder[index + 1];
    endings.delete(fact.tier);
    if (!next || next.tier === fact.tier) continue;
    const hasEnded = fact.status === 'cancelled' || fact.status === 'expired' || fact.status === 'deleted';
    const end = hasEnded
      ? fact.reportedAt
      : endOf({ ...fact, status: fact.status, endedAt: null }, next.reportedAt);
    endings.set(fact.tier, end ?? next.reportedAt);
  }
  return endings;
}

/** Recomputes the endings that follow from one source's facts. */
export async function recomputeEndings(
  tx: Tx,
  ctx: SiteContext,
  ref: LedgerKey,
  source: string,
): Promise<void> {
  const facts = await tx.prepared<LedgerRow>('ledger-of-source', LIST_LEDGER_ENTRIES_OF_SOURCE, [
    ctx.siteId,
    ref.readerKey,
    ref.key,
    source,
  ]);
  await replaceEndings(tx, ctx, ref, source, findTierEndings(facts.map(toLedgerEntry)));
}

/**
 * Records the loss of a tier that no stored entitlement has any more, because a token may still claim the tier. The
 * source is empty, so that `recomputeEndings` does not remove the ending.
 */
export async function addEnding(
  tx: Tx,
  ctx: SiteContext,
  ref: LedgerKey,
  tier: string,
  at: Date,
): Promise<void> {
  await tx.prepared(
    'ending-add',
    sql`INSERT INTO entitlement_ending (site_id, reader_key, tier, key, source, ended_at)
     VALUES ($1, $2, $3, $4, '', $5)
     ON CONFLICT (site_id, reader_key, tier, key, source)
       DO UPDATE SET ended_at = greatest(entitlement_ending.ended_at, excluded.ended_at)`,
    [ctx.siteId, ref.readerKey, tier, ref.key, at],
  );
}

/** Deletes all facts about a reader's entitlements from before the given time, and the endings derived from them. */
export async function deleteLedgerEntriesBefore(
  tx: Tx,
  ctx: SiteContext,
  readerKey: string,
  before: Date,
): Promise<void> {
  const { siteId } = ctx;
  await entryRepository(tx).delete({ siteId, readerKey, reportedAt: LessThan(before) });
  await endingRepository(tx).delete({ siteId, readerKey, endedAt: LessThan(before) });
}

/** Returns the keys of the reader's entitlements that existed at that time and have not been deleted since. */
export async function findEntitlementsHeldAt(
  tx: Tx,
  ctx: SiteContext,
  readerKey: string,
  time: Date,
): Promise<Set<string>> {
  const latest = await tx.query<Pick<LedgerRow, 'status'> & { key: string }>(
    sql`SELECT DISTINCT ON (key) key, status FROM entitlement_ledger_entry
     WHERE site_id = $1 AND reader_key = $2 AND (reported_at < $3 OR status = 'deleted')
     ORDER BY key, reported_at DESC, recorded_at DESC`,
    [ctx.siteId, readerKey, time],
  );
  return new Set(latest.filter(({ status }) => status !== 'deleted').map(({ key }) => key));
}

/** Deletes all facts ever reported about some of a reader's entitlements, and the endings derived from them. */
export async function deleteLedgerEntries(
  tx: Tx,
  ctx: SiteContext,
  readerKey: string,
  keys: readonly string[],
): Promise<void> {
  const { siteId } = ctx;
  await entryRepository(tx).delete({ siteId, readerKey, key: In(keys) });
  await endingRepository(tx).delete({ siteId, readerKey, key: In(keys) });
}

async function replaceEndings(
  tx: Tx,
  ctx: SiteContext,
  ref: LedgerKey,
  source: string,
  replacement: ReadonlyMap<string, Date>,
): Promise<void> {
  const current = await tx.prepared<{ tier: string; endedAt: Date }>(
    'endings-of-source',
    sql`SELECT tier, ended_at AS "endedAt" FROM entitlement_ending
     WHERE site_id = $1 AND reader_key = $2 AND key = $3 AND source = $4`,
    [ctx.siteId, ref.readerKey, ref.key, source],
  );
  const isSame =
    current.length === replacement.size &&
    current.every(({ tier, endedAt }) => replacement.get(tier)?.getTime() === endedAt.getTime());
  if (isSame) return;
  const ofSource = { siteId: ctx.siteId, readerKey: ref.readerKey, key: ref.key, source };
  await endingRepository(tx).delete(ofSource);
  await endingRepository(tx).insert(
    [...replacement].map(([tier, endedAt]) => ({ ...ofSource, tier, endedAt })),
  );
}
