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
import { isRolledBackForOthers } from './database-away.js';
import { LONG_IDLE_MS, LONG_STATEMENT_MS } from './data-source.js';
import { APP_ROLE, SECTIONS_ROLE } from './roles.js';

const SIDE_POOL_SIZE = 3;
/** How often a transaction runs that PostgreSQL rolls back in favour of another one. */
const MAX_RUNS = 4;
/** The longest pause before it runs again, times the runs so far. */
const RERUN_PAUSE_MS = 20;

/**
 * Whose rows a transaction may touch, and who wants it: a `SiteContext` is one. Who wants it is never left out, since
 * of a moderator whose role is limited to sections only these are touched; what no person asked for says `SYSTEM`.
 */
export interface Scope {
  readonly siteId: SiteId;
  readonly principal: Principal;
  readonly requestId?: string;
}

/** As `Scope`, for what belongs to no site. */
interface Wanted {
  readonly siteId: SiteId | null;
  readonly principal?: Principal;
  readonly requestId?: string;
}
const NOBODY: Wanted = { siteId: null };

/** Rows of one site, or of none; of it the sections named, or everything. */
interface Visibility {
  readonly siteId: SiteId | null;
  readonly sections: readonly string[] | null;
}

function visibilityOf({ siteId, principal }: Wanted): Visibility {
  return { siteId, sections: siteId && principal ? sectionsOn(principal, siteId) : null };
}

/** One open transaction. Everything a use case writes goes through the same one. */
export interface Tx {
  /** TypeORM's manager on this transaction, for the calm paths. */
  readonly manager: EntityManager;
  /** Plain SQL; rows as objects, in the order the statement gives. */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** As `query`, prepared once per connection under `name`; for hot statements. A name always goes with one text. */
  prepared<Row>(name: string, sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * As `prepared`, for a statement whose answer nobody needs: it goes out with the next statement or with the commit,
   * in their round trip. What fails in it fails the transaction.
   */
  write(name: string, sql: string, values?: readonly unknown[]): void;
  /** The transaction's further statements may take minutes, as those of jobs over many rows do, instead of seconds. */
  allowLongStatements(): void;
  /** Breaks the transaction's connection off once the signal aborts; PostgreSQL gives up its statement within 5 s. */
  breakOffOn(signal: AbortSignal): void;
  /** Runs after the outermost commit, in order; never after a rollback. Faults in it are the caller's to handle. */
  afterCommit(work: () => void): void;
}

class OpenTransaction implements Tx {
  hooks: (() => void)[] = [];
  /** What is to be done when the connection is given back. */
  private readonly ends: (() => void)[] = [];
  /** What was sent and not waited for, in order. */
  private unawaited: Promise<unknown>[] = [];
  public visibility: Visibility;
  private actor: string | null;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
    scope: Wanted,
  ) {
    this.visibility = visibilityOf(scope);
    this.actor = actorOf(scope);
    this.sendUnawaited({
      text: `BEGIN; ${siteStatement(this.visibility.siteId)}${sectionsStatement(this.visibility)}${actorStatement(this.actor)}`,
    });
    // The runner did not see the BEGIN; told of it, `manager.save` joins this transaction instead of opening its own.
    markActive(runner, true);
  }

  get manager(): EntityManager {
    return this.runner.manager;
  }

  async query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send({ text: sql, values: [...values] })).rows as Row[];
  }

  async prepared<Row>(name: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send({ name, text: sql, values: [...values] })).rows as Row[];
  }

  write(name: string, sql: string, values: readonly unknown[] = []): void {
    this.sendUnawaited({ name, text: sql, values: [...values] });
  }

  allowLongStatements(): void {
    this.sendUnawaited({
      text: `SET LOCAL statement_timeout = ${LONG_STATEMENT_MS}; SET LOCAL idle_in_transaction_session_timeout = ${LONG_IDLE_MS}`,
    });
  }

  breakOffOn(signal: AbortSignal): void {
    const { stream } = (this.client as unknown as { connection: { stream: Writable } }).connection;
    const breakOff = (): void => void stream.destroy();
    if (signal.aborted) breakOff();
    signal.addEventListener('abort', breakOff, { once: true });
    this.ends.push(() => signal.removeEventListener('abort', breakOff));
  }

  afterCommit(work: () => void): void {
    this.hooks.push(work);
  }

  setVisibility(reach: Visibility): void {
    const before = this.visibility;
    const leaves = before.sections !== null && reach.sections === null;
    this.sendUnawaited({
      text: `${siteStatement(reach.siteId)}${leaves ? WHOLE_SITE : ''}${sectionsStatement(reach)}`,
    });
    this.visibility = reach;
  }

  /** Who is behind what follows, where nobody was named before: of one transaction it is one. */
  setActor(scope: Wanted): void {
    const actor = this.actor === null ? actorOf(scope) : null;
    if (actor === null) return;
    this.actor = actor;
    this.sendUnawaited({ text: `SELECT 1${actorStatement(actor)}` });
  }

  /** Waits for what was sent and not waited for. @throws what failed first */
  async awaitPending(): Promise<void> {
    const { unawaited } = this;
    this.unawaited = [];
    await Promise.all(unawaited);
  }

  /** A point to go back to by `undo`. */
  createSavepoint(): SavepointState {
    this.sendUnawaited({ text: 'SAVEPOINT unit' });
    return { hooks: this.hooks.length, reach: this.visibility };
  }

  /** Keeps what was done since the last `mark`. */
  releaseSavepoint(): void {
    this.sendUnawaited({ text: 'RELEASE SAVEPOINT unit' });
  }

  /**
   * Undoes what was done since `mark`.
   *
   * @returns why it failed, as `rollback`
   * @throws when the whole transaction is lost
   */
  async rollbackToSavepoint({ hooks, reach }: SavepointState, error: unknown): Promise<unknown> {
    const cause = this.causeOf(error);
    this.unawaited = [];
    await this.send({ text: 'ROLLBACK TO SAVEPOINT unit' });
    this.hooks = this.hooks.slice(0, hooks);
    this.visibility = reach;
    return cause;
  }

  /** @throws what failed first, where PostgreSQL rolled back instead */
  async commit(): Promise<void> {
    const committed = this.send({ text: 'COMMIT' });
    // PostgreSQL answers a COMMIT of a failed transaction with a ROLLBACK, and no error.
    await Promise.all([...this.unawaited, committed]);
  }

  /** @returns why it failed: what was sent before, as far as `error` only follows from that */
  async rollback(error: unknown): Promise<unknown> {
    const cause = this.causeOf(error);
    await this.send({ text: 'ROLLBACK' }).catch(() => undefined);
    return cause;
  }

  private causeOf(error: unknown): unknown {
    if (!isAborted(error)) return error;
    return Promise.all(this.unawaited).then(
      () => error,
      (first: unknown) => first,
    );
  }

  /** The transaction's connection goes back to whoever else uses it. */
  async leave(): Promise<void> {
    for (const end of this.ends) end();
    markActive(this.runner, false);
    await this.runner.release();
  }

  private sendUnawaited(query: QueryConfig): void {
    const sent = this.send(query);
    // Heard by commit and rollback.
    sent.catch(() => undefined);
    this.unawaited.push(sent);
  }

  /** Whatever is sent before the process next waits leaves in one piece. */
  private send(query: QueryConfig): Promise<QueryResult> {
    const { stream } = (this.client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    return this.client.query(query);
  }
}

interface SavepointState {
  readonly hooks: number;
  readonly reach: Visibility;
}

/** What is written along with the transactions of a unit of work. */
export interface UnitRecord<T> {
  /** Sends a statement with each commit before the last one. */
  onInterim(tx: Tx): void;
  /** Sends a statement with the last commit. */
  onEnd(tx: Tx, outcome: Outcome<T>): void;
}

/** What came of a unit of work. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** See `Database.inUnit`. */
class Unit {
  /** A transaction whose work is done, and which is not committed yet. */
  private parked: OpenTransaction | null = null;
  private timer: NodeJS.Immediate | undefined;
  private committing: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | null = null;
  isOver = false;

  constructor(private readonly commitInterim: (tx: OpenTransaction) => Promise<void>) {}

  get isParked(): boolean {
    return this.parked !== null;
  }

  /** @throws what an earlier commit failed with */
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

  /** Keeps the transaction open until what runs now waits for anything. */
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

/** A statement after the one that failed (PostgreSQL's appendix A, 25P02). */
const isAborted = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '25P02';

/** The interface calls it read-only; every runner of TypeORM's keeps it as a plain field. */
function markActive(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}

/** See `Database.statement`. Materialised, so that it runs once and before what is joined to it. */
export const SCOPE = `scope AS MATERIALIZED (SELECT set_config('app.site_id', $1::text, true)::uuid AS id)`;

/** `set_config` is local to the transaction; the id is checked, so that it may stand in the text and save a round trip. */
function siteStatement(siteId: SiteId | null): string {
  if (siteId !== null && !isUuid(siteId)) throw new Error('a site scope must be a UUID');
  return `SELECT set_config('app.site_id', '${siteId ?? ''}', true)`;
}

/**
 * Whoever is limited to sections goes on as another role, for which the tables have a further policy (ADR 0011): the
 * statements of everybody else are planned as if there were no such limit.
 */
const sectionsStatement = ({ sections }: Visibility): string =>
  sections === null
    ? ''
    : `, set_config('app.sections', ${escapeLiteral(arrayText(sections))}, true), set_config('role', '${SECTIONS_ROLE}', true)`;

const WHOLE_SITE = `, set_config('role', '${APP_ROLE}', true), set_config('app.sections', '', true)`;

/** PostgreSQL's text of an array of texts. */
const arrayText = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** For the record of what staff did, which triggers write; null for readers and for the system itself. */
function actorOf({ principal, requestId }: Wanted): string | null {
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
 * The only way to the database. Each call is one transaction in which row-level security lets through
 * the rows of one site (`inSite`) or of none (`inSystem`: tables without a site, and SECURITY DEFINER functions).
 * A call inside another joins the transaction that is open.
 *
 * Work runs again when PostgreSQL rolls it back because of a deadlock or a serialization failure, so it must change
 * nothing but rows: what follows from a commit goes into `Tx.afterCommit`. Nothing else is waited for inside a
 * transaction (`assertNoTransaction`).
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private side: Promise<DataSource> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  inSite<T>(scope: Scope, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    return this.run(scope, work);
  }

  /** @param by who wants it, where staff does */
  inSystem<T>(work: (tx: Tx) => Promise<T> | T, by?: Omit<Scope, 'siteId'>): Promise<T> {
    return this.run({ ...by, siteId: null }, work);
  }

  /**
   * Runs work of several transactions, the last of which commits together with a record of the outcome (ADR 0013).
   *
   * The last one is found without being named. A transaction whose work is done stays open until the code that runs
   * next waits for anything. A further transaction before that continues it, and can be undone by itself. If the work
   * ends before that, the record is written and both commit. Otherwise it is committed without the record, so that no
   * connection is held during the wait.
   *
   * @throws what the work throws, or what the last commit fails with
   */
  async inUnit<T>(record: UnitRecord<T>, work: () => Promise<T>): Promise<T> {
    const unit = new Unit((tx) => this.commit(tx, () => record.onInterim(tx)));
    const outcome = await this.outcomeOf(unit, work);
    unit.isOver = true;
    const end = async (result: Outcome<T>): Promise<void> => {
      const tx = unit.take() ?? (await this.open(this.dataSource, NOBODY));
      await this.commit(tx, () => record.onEnd(tx, result));
    };
    if ('value' in outcome) {
      await end(outcome);
      return outcome.value;
    }
    // The first fault is what the caller learns; a record that cannot be written now is found out by the next one.
    await end(outcome).catch(() => undefined);
    throw outcome.error;
  }

  /**
   * One prepared statement that is a transaction by itself, in a single round trip, for the hottest routes. It takes
   * the site as $1. Either it begins `WITH ${SCOPE}` and reads only what it reaches from `scope`: rows come to light
   * once that has run, so that what is read before it is nothing. Or it is a call of a function in the database that
   * sets the site first, which is the way for whatever may not take nothing for an answer. Inside an open transaction
   * it joins that one.
   */
  async statement<Row>(scope: Scope, name: string, sql: string, values: readonly unknown[]): Promise<Row[]> {
    const all: unknown[] = [scope.siteId, ...values];
    if (this.transaction() || this.unit() || visibilityOf(scope).sections !== null)
      return this.run(scope, (tx) => tx.prepared<Row>(name, sql, all));
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    return (await pool.query({ name, text: sql, values: all })).rows as Row[];
  }

  /**
   * A short transaction of its own, also inside an open one: for what must not see, or not share the end of,
   * the work under way (caches, counters of refused calls). It has connections of its own, so that waiting
   * for one while holding another can't use up the pool.
   */
  inSeparateTransaction<T>(scope: Scope | null, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    return runOutsideContext(async () => this.begin(await this.sideSource(), scope ?? NOBODY, work, null));
  }

  /** As `apart` with no site, for one prepared statement that is a transaction by itself: a single round trip. */
  async separateStatement<Row>(name: string, sql: string, values: readonly unknown[]): Promise<Row[]> {
    const pool = ((await this.sideSource()).driver as PostgresDriver).master as Pool;
    return (await pool.query({ name, text: sql, values: [...values] })).rows as Row[];
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.side)?.destroy();
  }

  /** Whether the caller would see what is not committed yet. */
  isInTransaction(): boolean {
    return this.transaction() !== null || (this.unit()?.isParked ?? false);
  }

  /** Whether transactions of the caller that follow each other may commit together (`inUnit`). */
  isInUnit(): boolean {
    return this.unit() !== null;
  }

  /** Runs once what the caller did so far is committed, and at once where it is; as `Tx.afterCommit`. */
  afterCommit(work: () => void): void {
    const tx = this.transaction() ?? this.unit()?.take() ?? null;
    if (tx) tx.afterCommit(work);
    else work();
    if (tx && !this.transaction()) this.unit()!.park(tx);
  }

  /** Moves an open system transaction into a site, for work that walks over several sites in one commit. */
  enterSite(tx: Tx, siteId: SiteId): void {
    if (!(tx instanceof OpenTransaction)) throw new Error('not a transaction of this database');
    tx.setVisibility({ siteId, sections: null });
  }

  private transaction(): OpenTransaction | null {
    const here = currentContext();
    return here?.owner === this ? (here.tx as OpenTransaction | null) : null;
  }

  /** Of the work under way; what outlives it stands by itself. */
  private unit(): Unit | null {
    const here = currentContext();
    const unit = here?.owner === this ? (here.unit as Unit | null) : null;
    return unit?.isOver ? null : unit;
  }

  private async run<T>(scope: Wanted, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    const outer = this.transaction();
    if (outer) return this.join(outer, scope, work);
    const unit = this.unit();
    for (let runs = 1; ; runs++) {
      try {
        return await this.runOnce(unit, scope, work);
      } catch (error) {
        if (runs === MAX_RUNS || !isRolledBackForOthers(error)) throw error;
        await sleep(Math.random() * RERUN_PAUSE_MS * runs);
      }
    }
  }

  private async runOnce<T>(unit: Unit | null, scope: Wanted, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    await unit?.ready();
    const parked = unit?.take() ?? null;
    return parked ? this.resume(unit!, parked, scope, work) : this.begin(this.dataSource, scope, work, unit);
  }

  private sideSource(): Promise<DataSource> {
    const options: DataSourceOptions = Object.assign({}, this.dataSource.options, {
      poolSize: SIDE_POOL_SIZE,
    });
    this.side ??= new DataSource(options).initialize().catch((error: unknown) => {
      // Another day it may work: the database was away.
      this.side = undefined;
      throw error;
    });
    return this.side;
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

  private async open(source: DataSource, scope: Wanted): Promise<OpenTransaction> {
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
    scope: Wanted,
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
    await this.done(unit, tx);
    return result;
  }

  /** The work of a transaction is done: it commits now, or with what follows in its unit. */
  private async done(unit: Unit | null, tx: OpenTransaction): Promise<void> {
    if (unit && !unit.isOver) unit.park(tx);
    else await this.commit(tx);
  }

  /** Further work in the transaction of a unit that is parked. */
  private async resume<T>(
    unit: Unit,
    tx: OpenTransaction,
    scope: Wanted,
    work: (tx: Tx) => Promise<T> | T,
  ): Promise<T> {
    tx.setActor(scope);
    const mark = tx.createSavepoint();
    tx.setVisibility(visibilityOf(scope));
    let result: T;
    try {
      result = await runInContext({ owner: this, tx, unit: null }, () => work(tx));
      tx.releaseSavepoint();
      await tx.awaitPending();
    } catch (error) {
      let cause: unknown;
      try {
        cause = await tx.rollbackToSavepoint(mark, error);
      } catch {
        // What the unit did before is lost with it.
        cause = await this.rollBack(tx, error);
        unit.fail(cause);
        throw cause;
      }
      await this.done(unit, tx);
      throw cause;
    }
    await this.done(unit, tx);
    return result;
  }

  /** @param add sends what commits along */
  private async commit(tx: OpenTransaction, add?: () => void): Promise<void> {
    try {
      add?.();
      await tx.commit();
    } catch (error) {
      throw await this.rollBack(tx, error);
    }
    await this.close(tx);
    // Outside the store: a hook that opens a transaction gets its own.
    runOutsideContext(() => tx.hooks.forEach((hook) => hook()));
  }

  private async rollBack(tx: OpenTransaction, error: unknown): Promise<unknown> {
    const cause = await tx.rollback(error);
    await this.close(tx);
    return cause;
  }

  private async close(tx: OpenTransaction): Promise<void> {
    releaseStorage();
    await tx.leave();
  }

  private async join<T>(outer: OpenTransaction, scope: Wanted, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    outer.setActor(scope);
    const before = outer.visibility;
    const reach = visibilityOf(scope);
    // What began limited on a site stays so there, whoever joins it.
    if (
      reach.siteId === null ||
      (before.siteId === reach.siteId && (before.sections ?? reach.sections) === before.sections)
    )
      return work(outer);
    outer.setVisibility(reach);
    try {
      return await work(outer);
    } finally {
      outer.setVisibility(before);
    }
  }
}
