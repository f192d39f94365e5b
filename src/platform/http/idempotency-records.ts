import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { Database, type Tx } from '../database/database.js';
import type { SiteId } from '../ids.js';
import { Ticker } from '../jobs/ticker.js';
import { composeSql, sql } from '../database/sql.js';
import type { IdempotencyRecordEntity } from './idempotency-record.entity.js';
import { KeyedWrite } from './keyed-write.js';
import type { ProblemCode } from './problem-codes/problem-codes.js';

/** How long the first response is stored. */
export const IDEMPOTENCY_TTL_MS = 24 * 60 * 60 * 1000;
/** How long a key stays reserved after the process that handles its request has died. */
export const LEASE_MS = 5_000;
export const LEASE_RENEWAL_MS = 1_500;
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
  /** The actual path, not the route pattern: the same key used for two comments identifies two different requests. */
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
}

/** The response that a repeated request gets: the value, or the problem. */
export interface StoredResponse {
  readonly value?: unknown;
  readonly problem?: {
    readonly code: ProblemCode;
    readonly detail: string;
    readonly fields: Record<string, unknown>;
  };
}

/** What an earlier request with the same key means for this one. */
export type EarlierRequest =
  | { readonly state: 'running' }
  | { readonly state: 'other-body' }
  | { readonly state: 'other-authority' }
  /** The request has ended, but its response has been deleted. */
  | { readonly state: 'response-deleted'; readonly status: number }
  | { readonly state: 'completed'; readonly status: number; readonly answer: StoredResponse };

export type Reservation =
  /** The request must run. */
  { readonly state: 'acquired'; readonly lease: IdempotencyLease } | EarlierRequest;

type RecordRow = Pick<
  IdempotencyRecordEntity,
  'fingerprint' | 'authority' | 'status' | 'answerSealed' | 'createdAt'
>;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
const fingerprintOf = (body: unknown): string => digest(JSON.stringify(body ?? null));

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

/** The key of a record, and the encryption of its response. */
class RecordId {
  readonly caller: string;
  /** Digest of the path, which may name a reader and may be too long for an index row. */
  readonly route: string;
  readonly key: string;

  constructor(
    { caller, method, path, key }: KeyedRequest,
    private readonly secrets: Secrets,
  ) {
    this.caller = caller;
    this.route = digest(`${method} ${path}`);
    this.key = key;
  }

  get values(): readonly [string, string, string] {
    return [this.caller, this.route, this.key];
  }

  private get sealingContext(): string {
    return `idempotency:${this.values.join(':')}`;
  }

  seal(answer: StoredResponse): string {
    return this.secrets.seal(JSON.stringify(answer), this.sealingContext);
  }

  open(sealed: string): StoredResponse {
    return JSON.parse(this.secrets.open(sealed, this.sealingContext)) as StoredResponse;
  }
}

/** A running request's exclusive hold on its record. */
export class IdempotencyLease {
  private readonly holder = randomUUID();

  constructor(private readonly id: RecordId) {}

  /** @returns whether this request now owns the record */
  async acquire(
    tx: Tx,
    { authority, siteId }: KeyedRequest,
    fingerprint: string,
    now: Date,
  ): Promise<boolean> {
    const rows = await tx.prepared('idempotency-acquire', ACQUIRE_LEASE, [
      ...this.id.values,
      fingerprint,
      authority,
      siteId,
      this.holder,
      now,
      new Date(now.getTime() - IDEMPOTENCY_TTL_MS),
    ]);
    return rows.length > 0;
  }

  /** Call this in the last commit of the request. */
  storeResponse(tx: Tx, status: number, answer: StoredResponse): void {
    tx.write('idempotency-store-response', sql`SELECT idempotency_store_response($1, $2, $3, $4, $5, $6)`, [
      ...this.id.values,
      this.holder,
      status,
      this.id.seal(answer),
    ]);
  }

  /** Call this in the last commit of a request whose response is not stored: the key becomes free again. */
  release(tx: Tx): void {
    tx.write(
      'idempotency-release',
      sql`DELETE FROM idempotency_record WHERE caller = $1 AND route = $2 AND key = $3 AND holder = $4`,
      [...this.id.values, this.holder],
    );
  }

  /** Call this in each commit before the last one; the commit fails if another request has taken over the record. */
  renewInTransaction(tx: Tx): void {
    tx.write('idempotency-renew-in-transaction', RENEW_LEASE_IN_TRANSACTION, [
      ...this.id.values,
      this.holder,
    ]);
  }

  async renew(database: Database): Promise<void> {
    await database.separateStatement('idempotency-renew', RENEW_LEASE, [...this.id.values, this.holder]);
  }
}

/** Whether a write failed because another request has the record (PB001 in the database's functions). */
export const isKeyTaken = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'PB001';

async function read(tx: Tx, id: RecordId): Promise<RecordRow | null> {
  const [row] = await tx.prepared<RecordRow>(
    'idempotency-read',
    sql`SELECT fingerprint, authority, status, answer_sealed AS "answerSealed", created_at AS "createdAt"
     FROM idempotency_record WHERE caller = $1 AND route = $2 AND key = $3`,
    id.values,
  );
  return row ?? null;
}

function toEarlierRequest(row: RecordRow, { authority, body }: KeyedRequest, id: RecordId): EarlierRequest {
  if (row.status === null) return { state: 'running' };
  if (row.fingerprint !== fingerprintOf(body)) return { state: 'other-body' };
  if (row.authority !== authority) return { state: 'other-authority' };
  if (row.answerSealed === null) return { state: 'response-deleted', status: row.status };
  return { state: 'completed', status: row.status, answer: id.open(row.answerSealed) };
}

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
    const id = new RecordId(request, this.secrets);
    const lease = new IdempotencyLease(id);
    const fingerprint = fingerprintOf(request.body);
    const result = await this.database.inSystem(async (tx): Promise<'acquired' | RecordRow | null> => {
      // Losing a lease in a database crash does no harm, because the crash also interrupts the request that holds it.
      tx.write('commit-without-waiting', sql`SELECT set_config('synchronous_commit', 'off', true)`);
      return (await lease.acquire(tx, request, fingerprint, this.clock.now())) ? 'acquired' : read(tx, id);
    });
    if (result === 'acquired') return { state: 'acquired', lease };
    // Null: the first request has just ended and stored no response, so the client may try again.
    return result ? toEarlierRequest(result, request, id) : { state: 'running' };
  }

  /** @returns null if no earlier request used the key in the last 24 hours, or none of its attempts was stored */
  async find(request: KeyedRequest): Promise<EarlierRequest | null> {
    const id = new RecordId(request, this.secrets);
    const row = await this.database.inSystem((tx) => read(tx, id));
    const oldest = this.clock.nowMs() - IDEMPOTENCY_TTL_MS;
    return row && row.createdAt.getTime() > oldest ? toEarlierRequest(row, request, id) : null;
  }

  /** @param status of the response if the request succeeds */
  keyedWrite(request: KeyedRequest, status: number): KeyedWrite {
    return new KeyedWrite((value) => this.toRecord(request, status, { value }));
  }

  /**
   * Stores the response to a request that changed nothing.
   *
   * @returns false if another request has used the key meanwhile
   */
  async store(request: KeyedRequest, status: number, answer: StoredResponse): Promise<boolean> {
    try {
      await this.database.inSystem((tx) =>
        tx.prepared('idempotency-store', sql`SELECT idempotency_store($1)`, [
          this.toRecord(request, status, answer),
        ]),
      );
      return true;
    } catch (error) {
      if (isKeyTaken(error)) return false;
      throw error;
    }
  }

  /** Returns the argument of the database function idempotency_store. */
  private toRecord(request: KeyedRequest, status: number, answer: StoredResponse): string {
    const id = new RecordId(request, this.secrets);
    return JSON.stringify({
      caller: id.caller,
      route: id.route,
      key: id.key,
      fingerprint: fingerprintOf(request.body),
      status,
      answer_sealed: id.seal(answer),
      created_at: this.clock.now(),
      authority: request.authority,
      of_site: request.siteId,
    });
  }

  /**
   * Deletes what may contain data of an erased reader: the records of the reader's own requests, and the responses to
   * staff and API keys on the site. Their responses on routes without a site are deleted too, because they may contain
   * data of any site. Responses to other readers are kept.
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
