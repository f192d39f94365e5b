import { AsyncLocalStorage } from 'node:async_hooks';
import type { Writable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { escapeLiteral, type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { DataSource, type DataSourceOptions, type EntityManager, type QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { sectionsOn, type Principal } from '../auth/principal.js';
import { isUuid, type SiteId } from '../ids.js';
import { APP_ROLE, SECTIONS_ROLE } from './roles.js';

const SIDE_POOL_SIZE = 3;

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
interface Reach {
  readonly siteId: SiteId | null;
  readonly sections: readonly string[] | null;
}

function reachOf({ siteId, principal }: Wanted): Reach {
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
  /** Runs after the outermost commit, in order; never after a rollback. Faults in it are the caller's to handle. */
  afterCommit(work: () => void): void;
}

class OpenTransaction implements Tx {
  readonly hooks: (() => void)[] = [];
  /** What was sent and not waited for, in order. */
  private readonly unheard: Promise<unknown>[] = [];
  public reach: Reach;
  private actor: string | null;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PoolClient,
    scope: Wanted,
  ) {
    this.reach = reachOf(scope);
    this.actor = actorOf(scope);
    this.sendUnheard({
      text: `BEGIN; ${siteStatement(this.reach.siteId)}${sectionsStatement(this.reach)}${actorStatement(this.actor)}`,
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
    this.sendUnheard({ name, text: sql, values: [...values] });
  }

  afterCommit(work: () => void): void {
    this.hooks.push(work);
  }

  enter(reach: Reach): void {
    const before = this.reach;
    const leaves = before.sections !== null && reach.sections === null;
    this.sendUnheard({
      text: `${siteStatement(reach.siteId)}${leaves ? WHOLE_SITE : ''}${sectionsStatement(reach)}`,
    });
    this.reach = reach;
  }

  /** Who is behind what follows, where nobody was named before: of one transaction it is one. */
  act(scope: Wanted): void {
    const actor = this.actor === null ? actorOf(scope) : null;
    if (actor === null) return;
    this.actor = actor;
    this.sendUnheard({ text: `SELECT 1${actorStatement(actor)}` });
  }

  /** @throws what failed first, where PostgreSQL rolled back instead */
  async commit(): Promise<void> {
    const committed = this.send({ text: 'COMMIT' });
    // PostgreSQL answers a COMMIT of a failed transaction with a ROLLBACK, and no error.
    await Promise.all([...this.unheard, committed]);
  }

  /** @returns why it failed: what was sent before, as far as `error` only follows from that */
  async rollback(error: unknown): Promise<unknown> {
    const unheard = Promise.all(this.unheard).then(
      () => error,
      (first: unknown) => first,
    );
    await this.send({ text: 'ROLLBACK' }).catch(() => undefined);
    return isAborted(error) ? unheard : error;
  }

  /** The transaction's connection goes back to whoever else uses it. */
  leave(): void {
    markActive(this.runner, false);
  }

  private sendUnheard(query: QueryConfig): void {
    const sent = this.send(query);
    // Heard by commit and rollback.
    sent.catch(() => undefined);
    this.unheard.push(sent);
  }

  /** Whatever is sent before the process next waits leaves in one piece. */
  private send(query: QueryConfig): Promise<QueryResult> {
    const { stream } = (this.client as unknown as { connection: { stream: Writable } }).connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    return this.client.query(query);
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
const sectionsStatement = ({ sections }: Reach): string =>
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
 * A call inside another joins the transaction that is open: an idempotency record and the effect it
 * records commit together.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly ambient = new AsyncLocalStorage<OpenTransaction>();
  private side: Promise<DataSource> | undefined;
  /** Transactions under way; see `leave`. */
  private under = 0;

  constructor(private readonly dataSource: DataSource) {}

  inSite<T>(scope: Scope, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    return this.run(scope, work);
  }

  /** @param by who wants it, where staff does */
  inSystem<T>(work: (tx: Tx) => Promise<T> | T, by?: Omit<Scope, 'siteId'>): Promise<T> {
    return this.run({ ...by, siteId: null }, work);
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
    if (this.ambient.getStore() || reachOf(scope).sections !== null)
      return this.run(scope, (tx) => tx.prepared<Row>(name, sql, all));
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    return (await pool.query({ name, text: sql, values: all })).rows as Row[];
  }

  /**
   * A short transaction of its own, also inside an open one: for what must not see, or not share the end of,
   * the work under way (caches, counters of refused calls). It has connections of its own, so that waiting
   * for one while holding another can't use up the pool.
   */
  apart<T>(scope: Scope | null, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    return this.ambient.exit(async () => this.begin(await this.sideSource(), scope ?? NOBODY, work));
  }

  /** As `apart` with no site, for one prepared statement that is a transaction by itself: a single round trip. */
  async statementApart<Row>(name: string, sql: string, values: readonly unknown[]): Promise<Row[]> {
    const pool = ((await this.sideSource()).driver as PostgresDriver).master as Pool;
    return (await pool.query({ name, text: sql, values: [...values] })).rows as Row[];
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.side)?.destroy();
  }

  /** Whether the caller runs inside a transaction, and would see what is not committed yet. */
  isInTransaction(): boolean {
    return this.ambient.getStore() !== undefined;
  }

  /** Moves an open system transaction into a site, for work that walks over several sites in one commit. */
  enterSite(tx: Tx, siteId: SiteId): void {
    if (!(tx instanceof OpenTransaction)) throw new Error('not a transaction of this database');
    tx.enter({ siteId, sections: null });
  }

  private async run<T>(scope: Wanted, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    const outer = this.ambient.getStore();
    return outer ? this.join(outer, scope, work) : this.begin(this.dataSource, scope, work);
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

  private async begin<T>(source: DataSource, scope: Wanted, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const tx = new OpenTransaction(runner, client, scope);
      let result: T;
      this.under++;
      try {
        result = await this.ambient.run(tx, () => work(tx));
        await tx.commit();
      } catch (error) {
        throw await tx.rollback(error);
      } finally {
        this.leave();
        tx.leave();
      }
      // Outside the store: a hook that opens a transaction gets its own.
      this.ambient.exit(() => tx.hooks.forEach((hook) => hook()));
      return result;
    } finally {
      await runner.release();
    }
  }

  /**
   * While a storage is in use Node calls a hook for every promise, timer and request of the process; where nobody is
   * inside a transaction, nothing would be found, and what is read from memory gets cheaper by a tenth.
   */
  private leave(): void {
    if (--this.under === 0) this.ambient.disable();
  }

  private async join<T>(outer: OpenTransaction, scope: Wanted, work: (tx: Tx) => Promise<T> | T): Promise<T> {
    outer.act(scope);
    const before = outer.reach;
    const reach = reachOf(scope);
    // What began limited on a site stays so there, whoever joins it.
    if (
      reach.siteId === null ||
      (before.siteId === reach.siteId && (before.sections ?? reach.sections) === before.sections)
    )
      return work(outer);
    outer.enter(reach);
    try {
      return await work(outer);
    } finally {
      outer.enter(before);
    }
  }
}
