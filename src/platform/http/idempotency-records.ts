import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { Database, type Tx } from '../database/database.js';
import type { SiteId } from '../ids.js';
import { Ticker } from '../jobs/ticker.js';
import { composeSql, sql } from '../database/sql.js';
import type { IdempotencyRecordEntity } from './idempotency-record.entity.js';

/** How long the first response is stored. */
export const IDEMPOTENCY_TTL_MS = 24 * 60 * 60 * 1000;
/** How long a key stays reserved after its process has died. */
export const LEASE_MS = 5_000;
export const RENEW_EVERY_MS = 1_500;
const LEASE = composeSql`interval '${LEASE_MS} milliseconds'`;
const PURGE_EVERY_MS = 60_000;
const PURGE_BATCH_ROWS = 5_000;

/** Identifies a request and its content. */
export interface KeyedRequest {
  /** The caller; never a secret. */
  readonly caller: string;
  /** Digest of what the caller is allowed to do. */
  readonly authority: string;
  readonly siteId: SiteId | null;
  readonly method: string;
  /** The actual path rather than the route pattern: one key used on two comments is two writes. */
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
}

/** What a repeated request gets: the value of the response, or the problem. */
export interface StoredResponse {
  readonly value?: unknown;
  readonly problem?: {
    readonly code: string;
    readonly detail: string;
    readonly fields: Record<string, unknown>;
  };
}

export type Reservation =
  /** The request must run; `held` is its lease. */
  | { readonly state: 'taken'; readonly lease: IdempotencyLease }
  | { readonly state: 'running' }
  | { readonly state: 'other-body' }
  | { readonly state: 'other-authority' }
  /** The request has ended, but its response is no longer stored. */
  | { readonly state: 'forgotten'; readonly status: number }
  | { readonly state: 'kept'; readonly status: number; readonly answer: StoredResponse };

type Row = Pick<IdempotencyRecordEntity, 'fingerprint' | 'authority' | 'status' | 'answerSealed'>;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

export const ACQUIRE_LEASE = composeSql`INSERT INTO idempotency_record AS r
     (caller, route, key, fingerprint, authority, of_site, holder, leased_until, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + ${LEASE}, $8)
   ON CONFLICT (caller, route, key) DO UPDATE SET fingerprint = excluded.fingerprint,
     authority = excluded.authority, of_site = excluded.of_site, holder = excluded.holder,
     leased_until = excluded.leased_until, created_at = excluded.created_at, status = NULL, answer_sealed = NULL
   WHERE r.created_at <= $9 OR (r.status IS NULL AND r.leased_until < clock_timestamp())
   RETURNING 1`;

export const RENEW_LEASE_IN_TRANSACTION = composeSql`SELECT idempotency_renew_lease($1, $2, $3, $4, ${LEASE})`;

export const RENEW_LEASE = composeSql`UPDATE idempotency_record SET leased_until = clock_timestamp() + ${LEASE}
   WHERE caller = $1 AND route = $2 AND key = $3 AND holder = $4`;

/** The record of a running request. */
export class IdempotencyLease {
  private readonly holder = randomUUID();

  constructor(
    readonly caller: string,
    /** Digest of the path, which may name a reader and may be too long for an index row. */
    readonly route: string,
    readonly key: string,
    private readonly secrets: Secrets,
  ) {}

  private get id(): readonly [string, string, string] {
    return [this.caller, this.route, this.key];
  }

  private get context(): string {
    return `idempotency:${this.id.join(':')}`;
  }

  open(sealed: string): StoredResponse {
    return JSON.parse(this.secrets.open(sealed, this.context)) as StoredResponse;
  }

  /** @returns whether this request now owns the record */
  async acquire(
    tx: Tx,
    { authority, siteId }: KeyedRequest,
    fingerprint: string,
    now: Date,
  ): Promise<boolean> {
    const rows = await tx.prepared('idempotency-take', ACQUIRE_LEASE, [
      ...this.id,
      fingerprint,
      authority,
      siteId,
      this.holder,
      now,
      new Date(now.getTime() - IDEMPOTENCY_TTL_MS),
    ]);
    return rows.length > 0;
  }

  async read(tx: Tx): Promise<Row | null> {
    const [row] = await tx.prepared<Row>(
      'idempotency-read',
      sql`SELECT fingerprint, authority, status, answer_sealed AS "answerSealed" FROM idempotency_record
       WHERE caller = $1 AND route = $2 AND key = $3`,
      this.id,
    );
    return row ?? null;
  }

  /** Call this in the last commit of the request. */
  storeResponse(tx: Tx, status: number, answer: StoredResponse): void {
    tx.write('idempotency-keep', sql`SELECT idempotency_store_response($1, $2, $3, $4, $5, $6)`, [
      ...this.id,
      this.holder,
      status,
      this.secrets.seal(JSON.stringify(answer), this.context),
    ]);
  }

  /** Call this in the last commit of a request whose response is not stored: the key becomes free again. */
  release(tx: Tx): void {
    tx.write(
      'idempotency-release',
      sql`DELETE FROM idempotency_record WHERE caller = $1 AND route = $2 AND key = $3 AND holder = $4`,
      [...this.id, this.holder],
    );
  }

  /** Call this in a commit before the last one; the commit fails if another request has taken the record over. */
  renewInTransaction(tx: Tx): void {
    tx.write('idempotency-hold', RENEW_LEASE_IN_TRANSACTION, [...this.id, this.holder]);
  }

  async renew(database: Database): Promise<void> {
    await database.separateStatement('idempotency-renew', RENEW_LEASE, [...this.id, this.holder]);
  }
}

/** Whether a commit failed because another request has taken the record over (`idempotency_store_response`). */
export const isLeaseLost = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'PB001';

/** Responses to requests with an idempotency key, stored for 24 hours. */
@Injectable()
export class IdempotencyRecords implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  onModuleInit(): void {
    this.ticker.every('idempotency.purge', PURGE_EVERY_MS, () => this.purge());
  }

  /**
   * Reserves the record for a request, or returns the result of the first request. Uses a short transaction of its
   * own.
   */
  async reserve(request: KeyedRequest): Promise<Reservation> {
    const { caller, method, path, key, body, authority } = request;
    const lease = new IdempotencyLease(caller, digest(`${method} ${path}`), key, this.secrets);
    const fingerprint = digest(JSON.stringify(body ?? null));
    const found = await this.database.inSystem(async (tx): Promise<'taken' | Row | null> => {
      // If a database crash loses a lease, it has also interrupted the request that held it.
      tx.write('commit-soon', sql`SELECT set_config('synchronous_commit', 'off', true)`);
      return (await lease.acquire(tx, request, fingerprint, this.clock.now())) ? 'taken' : lease.read(tx);
    });
    if (found === 'taken') return { state: 'taken', lease };
    // Null: the first request has just ended without storing anything; the caller may try again.
    if (!found || found.status === null) return { state: 'running' };
    if (found.fingerprint !== fingerprint) return { state: 'other-body' };
    if (found.authority !== authority) return { state: 'other-authority' };
    if (found.answerSealed === null) return { state: 'forgotten', status: found.status };
    return { state: 'kept', status: found.status, answer: lease.open(found.answerSealed) };
  }

  /**
   * Deletes what may contain data of an erased reader: the reader's own requests, and responses to other callers on
   * the site. Responses on routes without a site are deleted too, since nobody knows whose data they contain.
   *
   * @param caller as in `KeyedRequest`
   */
  async forget(tx: Tx, siteId: SiteId, caller: string): Promise<void> {
    await tx.query(sql`DELETE FROM idempotency_record WHERE caller = $1`, [caller]);
    await tx.query(
      sql`UPDATE idempotency_record SET answer_sealed = NULL
       WHERE (of_site = $1 OR of_site IS NULL) AND caller NOT LIKE 'reader:%' AND answer_sealed IS NOT NULL`,
      [siteId],
    );
  }

  /** Deletes records older than 24 hours. */
  async purge(): Promise<void> {
    const oldest = new Date(this.clock.nowMs() - IDEMPOTENCY_TTL_MS);
    let deleted: number;
    do {
      const rows = await this.database.inSystem((tx) =>
        tx.query(
          sql`DELETE FROM idempotency_record WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM idempotency_record WHERE created_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING 1`,
          [oldest, PURGE_BATCH_ROWS],
        ),
      );
      deleted = rows.length;
    } while (deleted === PURGE_BATCH_ROWS);
  }
}
