import type { Database, Tx } from '../../platform/database/database.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { Ending, Entitlement, EntitlementStatus } from './entitlement.js';
import type { Standing } from '../readers/reader.entity.js';
import { sql } from '../../platform/database/sql.js';

/** Facts about one reader in the database that a gate depends on. */
export interface StoredGateFacts {
  /** The text returned by the database; identical for identical facts. */
  readonly json: string;
  readonly standing: Standing;
  readonly standingUntil: Date | null;
  readonly standingReason: string | null;
  readonly entitlements: readonly Entitlement[];
  readonly endings: readonly Ending[];
  /** False if the reader has no row because they have only read so far, or were erased. */
  readonly isStored: boolean;
}

interface FactsJson {
  standing: Standing | null;
  standingUntil: string | null;
  standingReason: string | null;
  entitlements: {
    tier: string;
    status: EntitlementStatus;
    validUntil: string | null;
    graceUntil: string | null;
    endedAt: string | null;
    reportedAt: string;
  }[];
  endings: { tier: string; endedAt: string }[];
}

const date = (iso: string | null): Date | null => (iso === null ? null : new Date(iso));

/** @param storedText result of `reader_gate_facts` */
export function parseGateFacts(storedText: string): StoredGateFacts {
  const { standing, standingUntil, standingReason, entitlements, endings } = JSON.parse(
    storedText,
  ) as FactsJson;
  return {
    json: storedText,
    standing: standing ?? 'normal',
    standingUntil: date(standingUntil),
    standingReason,
    isStored: standing !== null,
    entitlements: entitlements.map(({ tier, status, validUntil, graceUntil, endedAt, reportedAt }) => ({
      tier,
      status,
      validUntil: date(validUntil),
      graceUntil: date(graceUntil),
      endedAt: date(endedAt),
      reportedAt: new Date(reportedAt),
    })),
    endings: endings.map(({ tier, endedAt }) => ({ tier, endedAt: new Date(endedAt) })),
  };
}

/** Reads the current facts from the database, in the caller's transaction if there is one. */
export async function loadGateFacts(
  database: Database,
  ctx: SiteContext,
  reader: { readonly id: ReaderId; readonly key: string },
): Promise<StoredGateFacts> {
  const [{ facts }] = await database.statement<{ facts: string }>(
    ctx,
    'gate-facts',
    sql`SELECT reader_gate_facts($1, $2, $3)::text AS facts`,
    [reader.key, reader.id],
  );
  return parseGateFacts(facts);
}

/**
 * Returns the smallest UUIDv7 of a time. All ids created at or after it sort at or after this one (RFC 9562, section
 * 5.7).
 */
export function firstUuidAt(instant: Date): string {
  const hex = Math.max(0, instant.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Serialises one reader's posts until the transaction ends, so that they cannot exceed the quota. */
export async function lockQuota(tx: Tx, ctx: SiteContext, readerId: ReaderId): Promise<void> {
  await tx.prepared(
    'gate-quota-lock',
    sql`SELECT 1 FROM reader WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    [ctx.siteId, readerId],
  );
}

/**
 * Returns the time of the oldest of the reader's last `quota` comments, regardless of their status, or null if there
 * are fewer.
 *
 * @param postedSince count comments from this id on (see `firstUuidAt`)
 */
export async function nthLastCommentAt(
  tx: Tx,
  ctx: SiteContext,
  readerId: ReaderId,
  quota: number,
  postedSince: string,
): Promise<Date | null> {
  // Comment ids are UUIDv7, so the time limit is a range of the index on site and author.
  const [row] = await tx.query<{ created_at: Date }>(
    sql`SELECT created_at FROM comment WHERE site_id = $1 AND author_id = $2 AND id >= $3
     ORDER BY id DESC OFFSET $4 LIMIT 1`,
    [ctx.siteId, readerId, postedSince, quota - 1],
  );
  return row?.created_at ?? null;
}
