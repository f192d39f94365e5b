import type { Tx } from '../../platform/database/database.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { Ending, Entitlement, EntitlementStatus } from './entitlement.js';
import type { Standing } from './gate.js';

/** What the database knows of one reader that a gate depends on. */
export interface StoredGateFacts {
  readonly standing: Standing;
  readonly standingUntil: Date | null;
  readonly standingReason: string | null;
  readonly entitlements: readonly Entitlement[];
  readonly endings: readonly Ending[];
  /** Comments since `postedSince`, whatever became of them; 0 where nobody asked. */
  readonly posted: number;
  /** False: no row of this reader, who only read so far, or was erased. */
  readonly isStored: boolean;
}

interface Row {
  standing: Standing | null;
  standing_until: Date | null;
  standing_reason: string | null;
  posted: number;
  entitlements: {
    tier: string;
    status: EntitlementStatus;
    valid_until: string | null;
    grace_until: string | null;
    ended_at: string | null;
    told_at: string;
  }[];
  endings: { tier: string; ended_at: string }[];
}

// Ids of comments are UUIDv7, so "since" is a range of the index that begins with site and author.
const FACTS = `
  SELECT r.standing, r.standing_until, r.standing_reason,
    CASE WHEN $4::uuid IS NULL THEN 0 ELSE
      (SELECT count(*)::int FROM comment c WHERE c.site_id = $1 AND c.author_id = $3 AND c.id >= $4) END AS posted,
    (SELECT coalesce(json_agg(json_build_object('tier', e.tier, 'status', e.status, 'valid_until', e.valid_until,
                                                'grace_until', e.grace_until, 'ended_at', e.ended_at,
                                                'told_at', e.told_at)), '[]')
     FROM entitlement e WHERE e.site_id = $1 AND e.reader_key = $2) AS entitlements,
    (SELECT coalesce(json_agg(json_build_object('tier', x.tier, 'ended_at', x.ended_at)), '[]')
     FROM entitlement_ending x WHERE x.site_id = $1 AND x.reader_key = $2) AS endings
  FROM (SELECT 1) one LEFT JOIN reader r ON r.site_id = $1 AND r.id = $3`;

const date = (iso: string | null): Date | null => (iso === null ? null : new Date(iso));

/**
 * One query in the caller's transaction, so that what counts is what is committed now, whichever process said it.
 *
 * @param postedSince count comments from this id on (see `firstIdAt`); null: the site has no quota
 */
export async function loadGateFacts(
  tx: Tx,
  ctx: SiteContext,
  reader: { readonly id: ReaderId; readonly key: string },
  postedSince: string | null,
): Promise<StoredGateFacts> {
  const [row] = await tx.prepared<Row>('gate-facts', FACTS, [ctx.siteId, reader.key, reader.id, postedSince]);
  const { standing, standing_until, standing_reason, posted, entitlements, endings } = row;
  return {
    standing: standing ?? 'normal',
    standingUntil: standing_until,
    standingReason: standing_reason,
    posted,
    isStored: standing !== null,
    entitlements: entitlements.map((entitlement) => ({
      tier: entitlement.tier,
      status: entitlement.status,
      validUntil: date(entitlement.valid_until),
      graceUntil: date(entitlement.grace_until),
      endedAt: date(entitlement.ended_at),
      toldAt: new Date(entitlement.told_at),
    })),
    endings: endings.map(({ tier, ended_at }) => ({ tier, endedAt: new Date(ended_at) })),
  };
}

/** The smallest UUIDv7 of an instant: every id made then or later sorts at or after it (RFC 9562, section 5.7). */
export function firstIdAt(instant: Date): string {
  const hex = Math.max(0, instant.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Lets the posts of one reader pass the quota one after the other, until the transaction ends. */
export async function queueForQuota(tx: Tx, ctx: SiteContext, readerId: ReaderId): Promise<void> {
  await tx.prepared(
    'gate-quota-lock',
    'SELECT 1 FROM reader WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE',
    [ctx.siteId, readerId],
  );
}

/** When the oldest of the reader's last `quota` comments was made; null when there are fewer since then. */
export async function nthLastCommentAt(
  tx: Tx,
  ctx: SiteContext,
  readerId: ReaderId,
  quota: number,
  postedSince: string,
): Promise<Date | null> {
  const [row] = await tx.query<{ created_at: Date }>(
    `SELECT created_at FROM comment WHERE site_id = $1 AND author_id = $2 AND id >= $3
     ORDER BY id DESC OFFSET $4 LIMIT 1`,
    [ctx.siteId, readerId, postedSince, quota - 1],
  );
  return row?.created_at ?? null;
}
