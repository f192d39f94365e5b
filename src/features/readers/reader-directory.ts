import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../platform/auth/principal.js';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import { Database, SCOPE, type Tx } from '../../platform/database/database.js';
import { unauthorized } from '../../platform/http/problem.js';
import { newId, type ReaderId, type SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { systemContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { displayName, placeholderName } from './display-name.js';
import { SanctionTombstones, type SanctionTombstone } from './sanction-tombstones.js';
import { DisplayNameModeration } from './display-name-moderation.js';
import type { ReaderClaims } from './reader-claims.js';
import type { ReaderProfile } from './reader-profile.js';
import { MAX_LIFETIME_SECONDS } from './reader-token.js';
import type { ReaderRole, SignedInReader } from './signed-in-reader.js';
import { findReaderFact } from './reader-facts.repository.js';
import { composeSql } from '../../platform/database/sql.js';

interface ReaderRow {
  id: ReaderId;
  name: string;
  name_from_publisher: string;
  picture: string | null;
  email: string | null;
  role: ReaderRole;
  seen_at: Date;
}

interface StoredRow extends ReaderRow {
  /** When the publisher last reported the profile independently of tokens; null: never, or long ago. */
  reported_at: Date | null;
}

/** A stored reader; for a reader who is not stored, only the sanction and the deletion recorded for the key, if any. */
type FoundRow = (ReaderRow | { id: null }) & {
  standing: SanctionTombstone['standing'] | null;
  until: Date | null;
  deleted_at: Date | null;
};

/** A reader as cached in this process: the row and the claims it was built from. */
type CachedReader = Pick<SignedInReader, 'id' | 'name' | 'picture' | 'role'> & {
  readonly key: string;
  readonly tokenFields: string;
  readonly seenAtMs: number;
};

const MAX_CACHED_READERS = 50_000;
/** Limits how long a stale entry lives if a process dies after its commit, before it sends the invalidation message. */
const CACHE_TTL_MS = 5 * 60_000;
const LAST_SEEN_INTERVAL_MS = 60 * 60_000;
const COLUMNS = composeSql`id, name, name_from_publisher, picture, email, role, seen_at`;
export const FIND_READER = composeSql`
  WITH ${SCOPE}
  SELECT r.*, sanction.standing, sanction.until, deletion.reported_at AS deleted_at FROM scope
  LEFT JOIN LATERAL (
    SELECT ${COLUMNS} FROM reader WHERE site_id = scope.id AND key = $2 OFFSET 0
  ) r ON true
  LEFT JOIN LATERAL (
    SELECT standing, until FROM sanction_tombstone WHERE site_id = scope.id AND key_mac = $3 OFFSET 0
  ) sanction ON true
  LEFT JOIN LATERAL (
    SELECT reported_at FROM reader_fact WHERE site_id = scope.id AND reader_key = $2 AND kind = 'deletion' OFFSET 0
  ) deletion ON true`;

export const FIND_STORED_READER = composeSql`SELECT ${COLUMNS}, (SELECT reported_at FROM reader_fact t
                      WHERE t.site_id = $1 AND t.reader_key = $2 AND t.kind = 'profile') AS reported_at
   FROM reader WHERE site_id = $1 AND key = $2`;

export const UPDATE_READER = composeSql`UPDATE reader SET name = coalesce($3, name), name_skeleton = coalesce($4, name_skeleton), name_from_publisher = $5,
     picture = $6, email = $7, seen_at = $8
   WHERE site_id = $1 AND id = $2 RETURNING ${COLUMNS}`;

export const INSERT_READER = composeSql`INSERT INTO reader (site_id, id, key, name, name_skeleton, name_from_publisher, picture, email, created_at, seen_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
   ON CONFLICT (site_id, key) DO UPDATE SET seen_at = excluded.seen_at RETURNING ${COLUMNS}`;

/**
 * Readers by the publisher's key. A row is created at a reader's first write (or first visit to their own account).
 * Name, picture and email are updated from later tokens and from the publisher's own reports.
 */
@Injectable()
export class ReaderDirectory implements OnModuleInit, OnModuleDestroy {
  private readonly cached = new LRUCache<string, CachedReader>({
    ...maxEntries(MAX_CACHED_READERS),
    ttl: CACHE_TTL_MS,
  });
  private readonly unsubscribers: (() => void)[] = [];
  private changeCount = 0;

  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly nameModeration: DisplayNameModeration,
    private readonly sanctionTombstones: SanctionTombstones,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribers.push(
      this.pubsub.subscribe('reader:*', (message) => {
        this.changeCount++;
        this.cached.delete(message);
      }),
      this.pubsub.onGap(() => {
        this.changeCount++;
        this.cached.clear();
      }),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribers.splice(0).forEach((stop) => stop());
  }

  /** Returns the stored reader, or a reader with a new unused id if none is stored. Writes nothing. */
  async find(site: SiteFacts, claims: ReaderClaims): Promise<SignedInReader> {
    const cachedReader = this.cached.get(cacheKey(site.id, claims.key));
    if (cachedReader) return signedIn(cachedReader, claims);
    const changeCountBefore = this.changeCount;
    const [row] = await this.database.statement<FoundRow>(
      { siteId: site.id, principal: SYSTEM },
      'reader-find',
      FIND_READER,
      [claims.key, this.sanctionTombstones.macOf(site.id, claims.key)],
    );
    // A missing reader is not cached, because another process may store the reader at any moment.
    if (row.id === null) return unstoredReader(claims, row);
    const found: CachedReader = {
      ...publicFields(row),
      key: claims.key,
      tokenFields: storedFieldsOf(row),
      seenAtMs: row.seen_at.getTime(),
    };
    if (changeCountBefore === this.changeCount) this.cached.set(cacheKey(site.id, claims.key), found);
    return signedIn(found, claims);
  }

  /**
   * Stores the reader with the data from the token and returns it. Runs in its own transaction, before the actual
   * write.
   */
  async ensure(site: SiteFacts, claims: ReaderClaims): Promise<SignedInReader> {
    const key = cacheKey(site.id, claims.key);
    const cachedReader = this.cached.get(key);
    const nowMs = this.clock.nowMs();
    if (
      cachedReader &&
      cachedReader.tokenFields === tokenFieldsOf(claims) &&
      nowMs - cachedReader.seenAtMs < LAST_SEEN_INTERVAL_MS
    )
      return signedIn(cachedReader, claims);
    const changeCountBefore = this.changeCount;
    const row = await this.database.inSite({ siteId: site.id, principal: SYSTEM }, (tx) =>
      this.store(tx, site, claims, new Date(nowMs)),
    );
    const stored: CachedReader = {
      ...publicFields(row),
      key: claims.key,
      tokenFields: tokenFieldsOf(claims),
      seenAtMs: nowMs,
    };
    if (changeCountBefore === this.changeCount) this.cached.set(key, stored);
    return signedIn(stored, claims);
  }

  /** Makes every process reload the reader, because the row was changed or erased. */
  publishChange(tx: Tx, siteId: SiteId, readerKey: string): Promise<void> {
    return this.pubsub.publish(tx, `reader:${siteId}`, cacheKey(siteId, readerKey));
  }

  /** Whether a reader with this key is stored. */
  async isStored(tx: Tx, siteId: SiteId, key: string): Promise<boolean> {
    return (await this.findRow(tx, siteId, key)) !== null;
  }

  /**
   * Applies a profile reported by the publisher to a stored reader.
   * @returns whether anything changed
   */
  async updateProfile(tx: Tx, site: SiteFacts, key: string, profile: ReaderProfile): Promise<boolean> {
    const row = await this.findRow(tx, site.id, key);
    if (!row || storedFieldsOf(row) === tokenFieldsOf(profile)) return false;
    await this.updateRow(tx, site, key, row, profile, row.seen_at);
    await this.publishChange(tx, site.id, key);
    return true;
  }

  private async findRow(tx: Tx, siteId: SiteId, key: string): Promise<StoredRow | null> {
    const [row] = await tx.prepared<StoredRow>('reader-by-key', FIND_STORED_READER, [siteId, key]);
    return row ?? null;
  }

  private async store(tx: Tx, site: SiteFacts, claims: ReaderClaims, now: Date): Promise<ReaderRow> {
    const row = await this.findRow(tx, site.id, claims.key);
    if (!row) return this.insert(tx, site, claims, now);
    // The page may still hold an older token. It must not overwrite a newer report.
    const isTokenOlder =
      row.reported_at !== null && claims.issuedAt !== null && isBefore(claims.issuedAt, row.reported_at);
    const profile = isTokenOlder
      ? { name: row.name_from_publisher, picture: row.picture, email: row.email }
      : claims;
    const updated = await this.updateRow(tx, site, claims.key, row, profile, now);
    return updated ?? this.insert(tx, site, claims, now);
  }

  private async updateRow(
    tx: Tx,
    site: SiteFacts,
    key: string,
    row: ReaderRow,
    profile: ReaderProfile,
    seenAt: Date,
  ): Promise<ReaderRow | undefined> {
    const isRenamed = row.name_from_publisher !== profile.name;
    const chosen = isRenamed ? await this.nameModeration.chooseName(tx, site, row, profile.name) : null;
    // Caches that contain the old name must be refreshed.
    if (isRenamed) await this.publishChange(tx, site.id, key);
    const [updated] = await tx.query<ReaderRow>(UPDATE_READER, [
      site.id,
      row.id,
      chosen?.name ?? null,
      chosen?.skeleton ?? null,
      profile.name,
      profile.picture,
      profile.email,
      seenAt,
    ]);
    return updated;
  }

  private async insert(tx: Tx, site: SiteFacts, claims: ReaderClaims, now: Date): Promise<ReaderRow> {
    const deleted = await findReaderFact(tx, { siteId: site.id }, claims.key, 'deletion');
    if (isIssuedBeforeDeletion(claims, deleted?.reportedAt ?? null))
      throw unauthorized('The reader of this token was deleted.');
    const id = newId<'reader'>(now.getTime());
    const chosen = await this.nameModeration.chooseName(tx, site, { id, role: 'reader' }, claims.name);
    const [inserted] = await tx.prepared<ReaderRow>('reader-insert', INSERT_READER, [
      site.id,
      id,
      claims.key,
      chosen.name,
      chosen.skeleton,
      claims.name,
      claims.picture,
      claims.email,
      now,
    ]);
    await this.sanctionTombstones.restore(
      tx,
      systemContext(site.id, 'reader-directory'),
      inserted.id,
      claims.key,
    );
    return inserted;
  }
}

const cacheKey = (siteId: SiteId, readerKey: string): string => `${siteId} ${readerKey}`;
/** The token fields that are copied to the row, as one comparable string. */
const tokenFieldsOf = ({ name, picture, email }: ReaderProfile): string =>
  JSON.stringify([name, picture, email]);
const storedFieldsOf = (row: ReaderRow): string =>
  JSON.stringify([row.name_from_publisher, row.picture, row.email]);
/** Compares to the second, because tokens have no finer time. */
const isBefore = (issuedAt: Date, reportedAt: Date): boolean =>
  Math.floor(issuedAt.getTime() / 1000) < Math.floor(reportedAt.getTime() / 1000);
const publicFields = ({ id, name, picture, role }: ReaderRow) => ({ id, name, picture, role });

const signedIn = (cachedReader: CachedReader, claims: ReaderClaims): SignedInReader => ({
  id: cachedReader.id,
  key: cachedReader.key,
  name: cachedReader.name,
  picture: cachedReader.picture,
  role: cachedReader.role,
  isStored: true,
  claims,
});

/** Whether a token was issued before the publisher reported the reader as deleted. */
function isIssuedBeforeDeletion({ issuedAt, expiresAt }: ReaderClaims, deletedAt: Date | null): boolean {
  // Without `iat`, the token was issued at most one day before it expires.
  const tokenIssuedAt = issuedAt ?? new Date(expiresAt.getTime() - MAX_LIFETIME_SECONDS * 1000);
  return deletedAt !== null && tokenIssuedAt <= deletedAt;
}

function unstoredReader(
  claims: ReaderClaims,
  { standing, until, deleted_at: deletedAt }: Omit<FoundRow, 'id'>,
): SignedInReader {
  const id = newId<'reader'>();
  return {
    id,
    key: claims.key,
    name: displayName(claims.name) || placeholderName(id),
    picture: claims.picture,
    role: 'reader',
    isStored: false,
    // The subscription ended with the deletion.
    claims: isIssuedBeforeDeletion(claims, deletedAt) ? { ...claims, tiers: [] } : claims,
    sanctionTombstone: standing && { standing, until },
  };
}
