import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { Database, type Tx } from '../database/database.js';
import type { SiteId } from '../ids.js';
import { Ticker } from '../jobs/ticker.js';

/** How long the first answer is kept (contract, section 2). */
export const IDEMPOTENCY_TTL_MS = 24 * 60 * 60 * 1000;
/** How long a key stays taken after its process died. */
export const LEASE_MS = 5_000;
export const RENEW_EVERY_MS = 1_500;
const LEASE = `interval '${LEASE_MS} milliseconds'`;
const PURGE_EVERY_MS = 60_000;
const PURGE_BATCH_ROWS = 5_000;

/** Which request is meant, and what it asks for. */
export interface KeyedRequest {
  /** Who asks; never a secret. */
  readonly caller: string;
  /** Digest of what the caller may do. */
  readonly authority: string;
  readonly siteId: SiteId | null;
  readonly method: string;
  /** The address, not its pattern: one key on two comments is two writes. */
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
}

/** What is repeated: the value of an answer, or the problem that it was. */
export interface StoredResponse {
  readonly value?: unknown;
  readonly problem?: {
    readonly code: string;
    readonly detail: string;
    readonly fields: Record<string, unknown>;
  };
}

export type Reservation =
  /** The request is to run; `held` is its lease. */
  | { readonly state: 'taken'; readonly held: IdempotencyLease }
  | { readonly state: 'running' }
  | { readonly state: 'other-body' }
  | { readonly state: 'other-authority' }
  /** It ended, and its answer is not kept any more. */
  | { readonly state: 'forgotten'; readonly status: number }
  | { readonly state: 'kept'; readonly status: number; readonly answer: StoredResponse };

interface Row {
  fingerprint: string;
  authority: string | null;
  status: number | null;
  answer_sealed: string | null;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The record of a request that runs. */
export class IdempotencyLease {
  private readonly holder = randomUUID();

  constructor(
    readonly caller: string,
    /** Digest of the address, which may be longer than a row of an index and name a reader. */
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

  /** @returns whether the record is this request's now */
  async acquire(
    tx: Tx,
    { authority, siteId }: KeyedRequest,
    fingerprint: string,
    now: Date,
  ): Promise<boolean> {
    const rows = await tx.prepared(
      'idempotency-take',
      `INSERT INTO idempotency_record AS r
         (caller, route, key, fingerprint, authority, of_site, holder, leased_until, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + ${LEASE}, $8)
       ON CONFLICT (caller, route, key) DO UPDATE SET fingerprint = excluded.fingerprint,
         authority = excluded.authority, of_site = excluded.of_site, holder = excluded.holder,
         leased_until = excluded.leased_until, created_at = excluded.created_at, status = NULL, answer_sealed = NULL
       WHERE r.created_at <= $9 OR (r.status IS NULL AND r.leased_until < clock_timestamp())
       RETURNING 1`,
      [
        ...this.id,
        fingerprint,
        authority,
        siteId,
        this.holder,
        now,
        new Date(now.getTime() - IDEMPOTENCY_TTL_MS),
      ],
    );
    return rows.length > 0;
  }

  async read(tx: Tx): Promise<Row | null> {
    const [row] = await tx.prepared<Row>(
      'idempotency-read',
      `SELECT fingerprint, authority, status, answer_sealed FROM idempotency_record
       WHERE caller = $1 AND route = $2 AND key = $3`,
      this.id,
    );
    return row ?? null;
  }

  /** For the last commit of the request. */
  storeResponse(tx: Tx, status: number, answer: StoredResponse): void {
    tx.write('idempotency-keep', 'SELECT idempotency_store_response($1, $2, $3, $4, $5, $6)', [
      ...this.id,
      this.holder,
      status,
      this.secrets.seal(JSON.stringify(answer), this.context),
    ]);
  }

  /** For the last commit of a request whose answer is not kept: the key is free again. */
  release(tx: Tx): void {
    tx.write(
      'idempotency-release',
      'DELETE FROM idempotency_record WHERE caller = $1 AND route = $2 AND key = $3 AND holder = $4',
      [...this.id, this.holder],
    );
  }

  /** For a commit before the last one, which fails when another request took the record over meanwhile. */
  renewInTransaction(tx: Tx): void {
    tx.write('idempotency-hold', `SELECT idempotency_renew_lease($1, $2, $3, $4, ${LEASE})`, [
      ...this.id,
      this.holder,
    ]);
  }

  async renew(database: Database): Promise<void> {
    await database.separateStatement(
      'idempotency-renew',
      `UPDATE idempotency_record SET leased_until = clock_timestamp() + ${LEASE}
       WHERE caller = $1 AND route = $2 AND key = $3 AND holder = $4`,
      [...this.id, this.holder],
    );
  }
}

/** Whether a commit failed because another request took the record over (`idempotency_store_response`). */
export const isLeaseLost = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'PB001';

/** What requests with an idempotency key answered, for 24 hours. */
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

  /** Takes the record for a request, or tells what came of the first one. In a short transaction of its own. */
  async reserve(request: KeyedRequest): Promise<Reservation> {
    const { caller, method, path, key, body, authority } = request;
    const held = new IdempotencyLease(caller, digest(`${method} ${path}`), key, this.secrets);
    const fingerprint = digest(JSON.stringify(body ?? null));
    const found = await this.database.inSystem(async (tx): Promise<'taken' | Row | null> => {
      // A lease that a crash of the database forgets is one whose request it broke off.
      tx.write('commit-soon', `SELECT set_config('synchronous_commit', 'off', true)`);
      return (await held.acquire(tx, request, fingerprint, this.clock.now())) ? 'taken' : held.read(tx);
    });
    if (found === 'taken') return { state: 'taken', held };
    // Null: the first request ended at this moment and kept nothing; the caller may try again.
    if (!found || found.status === null) return { state: 'running' };
    if (found.fingerprint !== fingerprint) return { state: 'other-body' };
    if (found.authority !== authority) return { state: 'other-authority' };
    if (found.answer_sealed === null) return { state: 'forgotten', status: found.status };
    return { state: 'kept', status: found.status, answer: held.open(found.answer_sealed) };
  }

  /**
   * Forgets what may tell of a reader who was erased: their own requests, and answers to others on the site. Answers
   * on routes that name no site are forgotten too, since nobody knows whom they tell of.
   *
   * @param caller as in `KeyedRequest`
   */
  async forget(tx: Tx, siteId: SiteId, caller: string): Promise<void> {
    await tx.query('DELETE FROM idempotency_record WHERE caller = $1', [caller]);
    await tx.query(
      `UPDATE idempotency_record SET answer_sealed = NULL
       WHERE (of_site = $1 OR of_site IS NULL) AND caller NOT LIKE 'reader:%' AND answer_sealed IS NOT NULL`,
      [siteId],
    );
  }

  /** Deletes what is older than 24 hours. */
  async purge(): Promise<void> {
    const oldest = new Date(this.clock.nowMs() - IDEMPOTENCY_TTL_MS);
    let deleted: number;
    do {
      const rows = await this.database.inSystem((tx) =>
        tx.query(
          `DELETE FROM idempotency_record WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM idempotency_record WHERE created_at <= $1 LIMIT ${PURGE_BATCH_ROWS}
             FOR UPDATE SKIP LOCKED)) RETURNING 1`,
          [oldest],
        ),
      );
      deleted = rows.length;
    } while (deleted === PURGE_BATCH_ROWS);
  }
}
