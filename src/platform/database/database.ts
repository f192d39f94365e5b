import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { escapeLiteral, type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { DataSource, type DataSourceOptions, type EntityManager, type QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { sectionsOn, type Principal } from '../auth/principal.js';
import { isUuid, type SiteId } from '../ids.js';
import {
  retainStorage,
  currentContext,
  runInContext,
  runOutsideContext,
  releaseStorage,
} from './transaction-context.js';
import { isTransactionConflict } from './database-unavailable.js';
import { LONG_IDLE_MS, LONG_STATEMENT_MS } from './data-source.js';
import { APP_ROLE, SECTIONS_ROLE } from './roles.js';
import { type Sql, composeSql } from './sql.js';

const SEPARATE_POOL_SIZE = 3;
/** How often a transaction may run, including reruns after PostgreSQL rolled it back because of another transaction. */
const MAX_RUNS = 4;
/** The maximum pause before the first rerun. It grows linearly with the number of runs. */
const RERUN_PAUSE_MS = 20;

/**
 * The site whose rows a transaction may access, and the principal for whom it runs. A `SiteContext` is a `Scope`. The
 * principal is required because a moderator's role may be limited to sections of the site. Work that no person
 * requested uses `SYSTEM`.
 */
export interface Scope {
  readonly siteId: SiteId;
  readonly principal: Principal;
  readonly requestId?: string;
}

/** Like `Scope`, but the site may be null. */
interface OptionalScope {
  readonly siteId: SiteId | null;
  readonly principal?: Principal;
  readonly requestId?: string;
}
const SYSTEM_SCOPE: OptionalScope = { siteId: null };

/**
 * Which rows are visible: those of one site or of none, and within the site only the named sections, or all if null.
 */
interface Visibility {
  readonly siteId: SiteId | null;
  readonly sections: readonly string[] | null;
}

function visibilityOf({ siteId, principal }: OptionalScope): Visibility {
  return { siteId, sections: siteId && principal ? sectionsOn(principal, siteId) : null };
}

/** An open transaction. A use case makes all its writes in one transaction. */
export interface Tx {
  /** TypeORM's manager for this transaction, for code that is not performance-critical. */
  readonly manager: EntityManager;
  /** Runs plain SQL; returns rows as objects, in the order of the statement. */
  query<Row>(sql: Sql, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * Like `query`, but prepared once per connection under `name`; for frequent statements. Each name must always have
   * the same SQL text.
   */
  prepared<Row>(name: string, sql: Sql, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * Like `prepared`, for a statement whose result is not needed: it is sent together with the next statement or the
   * commit, in the same round trip. If it fails, the transaction fails.
   */
  write(name: string, sql: Sql, values?: readonly unknown[]): void;
  /** Lets the transaction's further statements take minutes instead of seconds, for jobs over many rows. */
  allowLongStatements(): void;
  /**
   * Closes the transaction's connection when the signal aborts; PostgreSQL cancels the running statement within 5 s.
   */
  disconnectOn(signal: AbortSignal): void;
  /**
   * Calls `work` after the outermost commit, in order of registration; not after a rollback. `work` must not throw.
   */
  afterCommit(work: () => void): void;
}

class OpenTransaction implements Tx {
  afterCommitCallbacks: (() => void)[] = [];
  /** Callbacks to run when the connection is released. */
  private readonly releaseCallbacks: (() => void)[] = [];
  /** Statements that were sent but not awaited, in order. */
  private unawaited: Promise<unknown>[] = [];
  public visibility: Visibility;
  private actor: string | null;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
    scope: OptionalScope,
  ) {
    this.visibility = visibilityOf(scope);
    this.actor = actorOf(scope);
    this.sendUnawaited({
      text: `BEGIN; ${siteStatement(this.visibility.siteId)}${sectionsStatement(this.visibility)}${actorStatement(this.actor)}`,
    });
    // The query runner did not send the BEGIN. With this flag, `manager.save` joins this transaction instead of opening
    // another one.
    markActive(runner, true);
  }

  get manager(): EntityManager {
    return this.runner.manager;
  }

  async query<Row>(sql: Sql, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send({ text: sql, values: [...values] })).rows as Row[];
  }

  async prepared<Row>(name: string, sql: Sql, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send({ name, text: sql, values: [...values] })).rows as Row[];
  }

  write(name: string, sql: Sql, values: readonly unknown[] = []): void {
    this.sendUnawaited({ name, text: sql, values: [...values] });
  }

  allowLongStatements(): void {
    this.sendUnawaited({
      text: `SET LOCAL statement_timeout = ${LONG_STATEMENT_MS}; SET LOCAL idle_in_transaction_session_timeout = ${LONG_IDLE_MS}`,
    });
  }

  disconnectOn(signal: AbortSignal): void {
    const { stream } = (this.client as unknown as { connection: { stream: Writable } }).connection;
    const disconnect = (): void => void stream.destroy();
    if (signal.aborted) disconnect();
    signal.addEventListener('abort', disconnect, { once: true });
    this.releaseCallbacks.push(() => signal.removeEventListener('abort', disconnect));
  }

  afterCommit(work: () => void): void {
    this.afterCommitCallbacks.push(work);
  }

  setVisibility(visibility: Visibility): void {
    const before = this.visibility;
    const widensSections = before.sections !== null && visibility.sections === null;
    this.sendUnawaited({
      text: `${siteStatement(visibility.siteId)}${widensSections ? WHOLE_SITE : ''}${sectionsStatement(visibility)}`,
    });
    this.visibility = visibility;
  }

  /** Sets the actor for the following statements if none was set yet; a transaction has only one. */
  setActor(scope: OptionalScope): void {
    const actor = this.actor === null ? actorOf(scope) : null;
    if (actor === null) return;
    this.actor = actor;
    this.sendUnawaited({ text: `SELECT 1${actorStatement(actor)}` });
  }

  /** Waits for the statements that were sent without awaiting them. @throws the first error */
  async awaitPending(): Promise<void> {
    const { unawaited } = this;
    this.unawaited = [];
    await Promise.all(unawaited);
  }

  /** Creates a savepoint for `rollbackToSavepoint`. */
  createSavepoint(): SavepointState {
    this.sendUnawaited({ text: 'SAVEPOINT unit' });
    return { afterCommitCallbacks: this.afterCommitCallbacks.length, visibility: this.visibility };
  }

  /** Keeps the changes made since the last `createSavepoint`. */
  releaseSavepoint(): void {
    this.sendUnawaited({ text: 'RELEASE SAVEPOINT unit' });
  }

  /**
   * Undoes the changes made since `createSavepoint`.
   *
   * @returns the cause of the failure, as in `rollback`
   * @throws if the whole transaction is lost
   */
  async rollbackToSavepoint(
    { afterCommitCallbacks, visibility }: SavepointState,
    error: unknown,
  ): Promise<unknown> {
    const cause = this.causeOf(error);
    this.unawaited = [];
    await this.send({ text: 'ROLLBACK TO SAVEPOINT unit' });
    this.afterCommitCallbacks = this.afterCommitCallbacks.slice(0, afterCommitCallbacks);
    this.visibility = visibility;
    return cause;
  }

  /** @throws the first error, if PostgreSQL rolled back instead */
  async commit(): Promise<void> {
    const committed = this.send({ text: 'COMMIT' });
    // PostgreSQL responds to the COMMIT of a failed transaction with a ROLLBACK and no error.
    await Promise.all([...this.unawaited, committed]);
  }

  /** @returns the cause of the failure: the error of an earlier statement if `error` is only a consequence of it */
  async rollback(error: unknown): Promise<unknown> {
    const cause = this.causeOf(error);
    await this.send({ text: 'ROLLBACK' }).catch(() => undefined);
    return cause;
  }

  private causeOf(error: unknown): unknown {
    if (!isTransactionAborted(error)) return error;
    return Promise.all(this.unawaited).then(
      () => error,
      (first: unknown) => first,
    );
  }

  /** Releases the transaction's connection to the pool. */
  async release(): Promise<void> {
    for (const end of this.releaseCallbacks) end();
    markActive(this.runner, false);
    await this.runner.release();
  }

  private sendUnawaited(query: QueryConfig): void {
    const sent = this.send(query);
    // Errors are handled by commit and rollback.
    sent.catch(() => undefined);
    this.unawaited.push(sent);
  }

  /** Statements sent within one tick are written to the socket together. */
  private send(query: QueryConfig): Promise<QueryResult> {
    const { stream } = (this.client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    return this.client.query(query);
  }
}

interface SavepointState {
  readonly afterCommitCallbacks: number;
  readonly visibility: Visibility;
}

/** Statements that are added to the transactions of a unit of work. */
export interface UnitRecord<T> {
  /** Sends a statement with each commit before the last one. */
  onInterim(tx: Tx): void;
  /** Sends a statement with the last commit. */
  onEnd(tx: Tx, outcome: Outcome<T>): void;
}

/** The outcome of a unit of work. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** See `Database.inUnit`. */
class Unit {
  /** The transaction whose work is done but which is not committed yet. */
  private parked: OpenTransaction | null = null;
  private timer: NodeJS.Immediate | undefined;
  private committing: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | null = null;
  hasEnded = false;

  constructor(private readonly commitInterim: (tx: OpenTransaction) => Promise<void>) {}

  get isParked(): boolean {
    return this.parked !== null;
  }

  /** @throws the error of an earlier commit */
  async ready(): Promise<void> {
    await this.committing;
    if (this.failure) throw this.failure.error;
  }

  take(): OpenTransaction | null {
    clearImmediate(this.timer);
    const { parked } = this;
    this.parked = null;
    return parked;
  }

  /** Keeps the transaction open until the running code waits for something. */
  park(tx: OpenTransaction): void {
    if (this.parked) {
      this.commit(tx);
      return;
    }
    this.parked = tx;
    this.timer = setImmediate(() => {
      const parked = this.take();
      if (parked) this.commit(parked);
    });
  }

  fail(error: unknown): void {
    this.failure ??= { error };
  }

  private commit(tx: OpenTransaction): void {
    const commit = (): Promise<void> => this.commitInterim(tx).catch((error: unknown) => this.fail(error));
    this.committing = this.committing.then(commit);
  }
}

/** A statement sent after the one that failed (PostgreSQL's appendix A, 25P02). */
const isTransactionAborted = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === '25P02';

/** The interface declares the property read-only, but in TypeORM's implementations it is an ordinary field. */
function markActive(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}

/** See `Database.statement`. MATERIALIZED, so that it runs once, before the statement reads the rows joined to it. */
export const SCOPE = composeSql`scope AS MATERIALIZED (SELECT set_config('app.site_id', $1::text, true)::uuid AS id)`;

/**
 * Sets the site for the current transaction. The id is validated, so it can be part of the SQL text, which saves a
 * round trip.
 */
function siteStatement(siteId: SiteId | null): string {
  if (siteId !== null && !isUuid(siteId)) throw new Error('a site scope must be a UUID');
  return `SELECT set_config('app.site_id', '${siteId ?? ''}', true)`;
}

/**
 * For a caller who is limited to sections, switches to another role, for which the tables have an additional policy
 * (ADR 0011). The policy does not affect the query plans of other callers.
 */
const sectionsStatement = ({ sections }: Visibility): string =>
  sections === null
    ? ''
    : `, set_config('app.sections', ${escapeLiteral(arrayText(sections))}, true), set_config('role', '${SECTIONS_ROLE}', true)`;

const WHOLE_SITE = `, set_config('role', '${APP_ROLE}', true), set_config('app.sections', '', true)`;

/** Formats an array of texts as a PostgreSQL array literal. */
const arrayText = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** The actor that triggers write to the audit log; null for readers and for the system itself. */
function actorOf({ principal, requestId }: OptionalScope): string | null {
  switch (principal?.kind) {
    case 'moderator':
      return JSON.stringify({
        kind: 'moderator',
        id: principal.moderatorId,
        name: principal.name,
        request: requestId,
      });
    case 'key':
      return JSON.stringify({ kind: 'key', id: principal.keyId, name: principal.name, request: requestId });
    case 'admin':
      return JSON.stringify({ kind: 'admin', request: requestId });
    default:
      return null;
  }
}

const actorStatement = (actor: string | null): string =>
  actor === null ? '' : `, set_config('app.actor', ${escapeLiteral(actor)}, true)`;

/**
 * The only access to the database. Each call runs in one transaction, in which row-level security exposes the rows of
 * one site (`inSite`) or of no site (`inSystem`: for tables without a site, and SECURITY DEFINER functions). A call
 * inside another one joins the open transaction.
 *
 * Work runs again if PostgreSQL rolls it back because of a deadlock or a serialization failure, so its only side
 * effects must be changes of rows; use `Tx.afterCommit` for others. Inside a transaction, wait for nothing but the
 * database (`assertNoTransaction`).
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private separateSource: Promise<DataSource> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  inSite<T>(scope: Scope, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    return this.run(scope, work);
  }

  /** @param scope the principal, if staff requested the work */
  inSystem<T>(work: (tx: Tx) => Promise<T> | T, scope?: Omit<Scope, 'siteId'>): Promise<T> {
    return this.run({ ...scope, siteId: null }, work);
  }

  /**
   * Runs work that consists of several transactions. The last one commits together with a record of the outcome (ADR
   * 0013).
   *
   * The caller does not say which transaction is the last. After its work, each transaction stays open until the code
   * that follows waits for something. A transaction that starts before that continues the open one, behind a savepoint.
   * If the whole work ends before that, the record is written and commits with the open transaction. Otherwise the
   * transaction commits without the record, so that no connection is held during the wait.
   *
   * @throws the error of the work, or of the last commit
   */
  async inUnit<T>(record: UnitRecord<T>, work: () => Promise<T>): Promise<T> {
    const unit = new Unit((tx) => this.commit(tx, () => record.onInterim(tx)));
    const outcome = await this.outcomeOf(unit, work);
    unit.hasEnded = true;
    const end = async (result: Outcome<T>): Promise<void> => {
      const tx = unit.take() ?? (await this.open(this.dataSource, SYSTEM_SCOPE));
      await this.commit(tx, () => record.onEnd(tx, result));
    };
    if ('value' in outcome) {
      await end(outcome);
      return outcome.value;
    }
    // The caller gets the error of the work. If the record could not be written either, a repeated request detects it.
    await end(outcome).catch(() => undefined);
    throw outcome.error;
  }

  /**
   * Runs one prepared statement as a separate transaction in a single round trip, for the most frequent routes. $1 is
   * the site. The statement must have one of two forms. Either it begins with `WITH ${SCOPE}` and reads only rows
   * joined to `scope`: the site's rows become visible once `scope` has run, and a read before that finds none. Or it
   * calls a database function that sets the site first; use this form if an empty result would be wrong. Inside an open
   * transaction, the statement joins it.
   */
  async statement<Row>(scope: Scope, name: string, sql: Sql, values: readonly unknown[]): Promise<Row[]> {
    const allValues: unknown[] = [scope.siteId, ...values];
    if (this.transaction() || this.unit() || visibilityOf(scope).sections !== null)
      return this.run(scope, (tx) => tx.prepared<Row>(name, sql, allValues));
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    return (await pool.query({ name, text: sql, values: allValues })).rows as Row[];
  }

  /**
   * Runs a short, separate transaction, even inside an open one: for work that must not see the open transaction's
   * changes or depend on its outcome (caches, counters of refused calls). It uses a separate pool: if callers that hold
   * a connection waited for a second one from the same pool, they could block each other.
   */
  inSeparateTransaction<T>(scope: Scope | null, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    return runOutsideContext(async () =>
      this.begin(await this.separateDataSource(), scope ?? SYSTEM_SCOPE, work, null),
    );
  }

  /**
   * Like `inSeparateTransaction` without a site, for one prepared statement, in a single round trip.
   */
  async separateStatement<Row>(name: string, sql: Sql, values: readonly unknown[]): Promise<Row[]> {
    const pool = ((await this.separateDataSource()).driver as PostgresDriver).master as Pool;
    return (await pool.query({ name, text: sql, values: [...values] })).rows as Row[];
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.separateSource)?.destroy();
  }

  /** Whether a read by the caller would see uncommitted changes. */
  isInTransaction(): boolean {
    return this.transaction() !== null || (this.unit()?.isParked ?? false);
  }

  /** Whether consecutive transactions of the caller may commit together (`inUnit`). */
  isInUnit(): boolean {
    return this.unit() !== null;
  }

  /**
   * Calls `work` when all previous changes of the caller are committed, which may be immediately. Otherwise like
   * `Tx.afterCommit`.
   */
  afterCommit(work: () => void): void {
    const tx = this.transaction() ?? this.unit()?.take() ?? null;
    if (tx) tx.afterCommit(work);
    else work();
    if (tx && !this.transaction()) this.unit()!.park(tx);
  }

  /** Switches an open system transaction to a site, for work that changes several sites in one commit. */
  enterSite(tx: Tx, siteId: SiteId): void {
    if (!(tx instanceof OpenTransaction)) throw new Error('not a transaction of this database');
    tx.setVisibility({ siteId, sections: null });
  }

  private transaction(): OpenTransaction | null {
    const context = currentContext();
    return context?.owner === this ? (context.tx as OpenTransaction | null) : null;
  }

  /** The current unit of work. Null when it has ended, so that code that still runs then uses separate transactions. */
  private unit(): Unit | null {
    const context = currentContext();
    const unit = context?.owner === this ? (context.unit as Unit | null) : null;
    return unit?.hasEnded ? null : unit;
  }

  private async run<T>(scope: OptionalScope, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    const outer = this.transaction();
    if (outer) return this.join(outer, scope, work);
    const unit = this.unit();
    for (let runs = 1; ; runs++) {
      try {
        return await this.runOnce(unit, scope, work);
      } catch (error) {
        if (runs === MAX_RUNS || !isTransactionConflict(error)) throw error;
        await sleep(Math.random() * RERUN_PAUSE_MS * runs);
      }
    }
  }

  private async runOnce<T>(
    unit: Unit | null,
    scope: OptionalScope,
    work: (tx: Tx) => Promise<T> | T,
  ): Promise<T> {
    await unit?.ready();
    const parked = unit?.take() ?? null;
    return parked ? this.resume(unit!, parked, scope, work) : this.begin(this.dataSource, scope, work, unit);
  }

  private separateDataSource(): Promise<DataSource> {
    const options: DataSourceOptions = Object.assign({}, this.dataSource.options, {
      poolSize: SEPARATE_POOL_SIZE,
    });
    this.separateSource ??= new DataSource(options).initialize().catch((error: unknown) => {
      // The database was unavailable: allow another attempt later.
      this.separateSource = undefined;
      throw error;
    });
    return this.separateSource;
  }

  private async outcomeOf<T>(unit: Unit, work: () => Promise<T>): Promise<Outcome<T>> {
    retainStorage();
    try {
      const value = await runInContext({ owner: this, tx: null, unit }, work);
      await unit.ready();
      return { value };
    } catch (error) {
      await unit.ready().catch(() => undefined);
      return { error };
    } finally {
      releaseStorage();
    }
  }

  private async open(source: DataSource, scope: OptionalScope): Promise<OpenTransaction> {
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const tx = new OpenTransaction(runner, client, scope);
      retainStorage();
      return tx;
    } catch (error) {
      await runner.release();
      throw error;
    }
  }

  private async begin<T>(
    source: DataSource,
    scope: OptionalScope,
    work: (tx: Tx) => Promise<T> | T,
    unit: Unit | null,
  ): Promise<T> {
    const tx = await this.open(source, scope);
    let result: T;
    try {
      result = await runInContext({ owner: this, tx, unit: null }, () => work(tx));
      if (unit) await tx.awaitPending();
    } catch (error) {
      throw await this.rollBack(tx, error);
    }
    await this.endWork(unit, tx);
    return result;
  }

  /** Ends the work of a transaction: it commits now, or later together with the rest of its unit. */
  private async endWork(unit: Unit | null, tx: OpenTransaction): Promise<void> {
    if (unit && !unit.hasEnded) unit.park(tx);
    else await this.commit(tx);
  }

  /** Runs further work in the parked transaction of a unit. */
  private async resume<T>(
    unit: Unit,
    tx: OpenTransaction,
    scope: OptionalScope,
    work: (tx: Tx) => Promise<T> | T,
  ): Promise<T> {
    tx.setActor(scope);
    const savepoint = tx.createSavepoint();
    tx.setVisibility(visibilityOf(scope));
    let result: T;
    try {
      result = await runInContext({ owner: this, tx, unit: null }, () => work(tx));
      tx.releaseSavepoint();
      await tx.awaitPending();
    } catch (error) {
      let cause: unknown;
      try {
        cause = await tx.rollbackToSavepoint(savepoint, error);
      } catch {
        // The unit's earlier work is lost too.
        cause = await this.rollBack(tx, error);
        unit.fail(cause);
        throw cause;
      }
      await this.endWork(unit, tx);
      throw cause;
    }
    await this.endWork(unit, tx);
    return result;
  }

  /** @param addStatements sends statements that commit along with the transaction */
  private async commit(tx: OpenTransaction, addStatements?: () => void): Promise<void> {
    try {
      addStatements?.();
      await tx.commit();
    } catch (error) {
      throw await this.rollBack(tx, error);
    }
    await this.close(tx);
    // The callbacks run outside the async context, so that a callback can open a new transaction.
    runOutsideContext(() => tx.afterCommitCallbacks.forEach((callback) => callback()));
  }

  private async rollBack(tx: OpenTransaction, error: unknown): Promise<unknown> {
    const cause = await tx.rollback(error);
    await this.close(tx);
    return cause;
  }

  private async close(tx: OpenTransaction): Promise<void> {
    releaseStorage();
    await tx.release();
  }

  private async join<T>(
    outer: OpenTransaction,
    scope: OptionalScope,
    work: (tx: Tx) => Promise<T> | T,
  ): Promise<T> {
    outer.setActor(scope);
    const before = outer.visibility;
    const visibility = visibilityOf(scope);
    // A transaction that is limited to sections of a site stays limited, even if a caller without a limit joins it.
    if (
      visibility.siteId === null ||
      (before.siteId === visibility.siteId && (before.sections ?? visibility.sections) === before.sections)
    )
      return work(outer);
    outer.setVisibility(visibility);
    try {
      return await work(outer);
    } finally {
      outer.setVisibility(before);
    }
  }
}
