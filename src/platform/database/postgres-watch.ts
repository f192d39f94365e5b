import { Logger } from '@nestjs/common';
import pg from 'pg';
import { isResourceError } from './database-unavailable.js';

const TICK_MS = 80;
/** If a tick is this late, the machine is short of CPU time, which may slow down PostgreSQL too. */
const LATE_MS = 50;
/** A statement or connection attempt that has had no response for this long is investigated. */
const SUSPECT_AFTER_MS = 500;
/** How long to wait for a response on the watch's own connection before a new connection is tried too. */
const RECONNECT_AFTER_MS = 300;
/** The time limit for the whole check of suspected connections. */
const PROBE_MS = 800;
/** How long a new connection of the watch may take. */
const CONNECT_MS = 2_000;
/** If a backend is idle, it is checked again after this time: it may not have received the statement yet. */
const CONFIRM_MS = 200;
const RETRY_MS = 250;
/**
 * How long a connection attempt takes to fail while PostgreSQL does not respond. It must not fail in a microtask,
 * because a caller that retries immediately would then block all timers, and the process would never notice that
 * PostgreSQL responds again.
 */
const REFUSE_MS = 25;
/** How long a resource error (disk full, too many connections, read-only) is reported after it last occurred. */
const RESOURCE_ERROR_MS = 5_000;
/**
 * By this time PostgreSQL itself should have cancelled a statement. It must be longer than `LONG_STATEMENT_MS` in
 * data-source.ts.
 */
const LONGEST_MS = 11 * 60_000;

/** While PostgreSQL does not respond, a connection attempt fails with SQLSTATE 08006, connection failure. */
const notRespondingError = (): Error =>
  Object.assign(new Error('Connection terminated: PostgreSQL does not answer'), { code: '08006' });

interface WatchedConnection {
  /** The backend's process number; null while connecting. */
  readonly backendPid: number | null;
  /** When the connection began to wait for a response, on the watch's clock; null if it waits for none. */
  readonly waitingSince: number | null;
  readonly longestMs: number;
  disconnect(): void;
}

interface Suspicion {
  readonly since: number;
  /** When its backend was first found idle, on the watch's clock. */
  idleSince: number | null;
}

/**
 * Detects a connection to PostgreSQL that hangs, which TCP reports only after minutes or hours, and distinguishes it
 * from a statement that is slow or waits for a lock.
 *
 * If a connection waits for a response longer than SUSPECT_AFTER_MS, the watch queries the state of its backend on the
 * watch's own connection, and on a new one if that hangs too. If PostgreSQL reports the backend as idle or gone, the
 * statement or its response was lost, and the connection is closed. If PostgreSQL does not respond at all, all
 * connections are closed, and new ones fail after REFUSE_MS until it responds again. Callers get an error within about
 * 1.5 s. There is one watch per database and process.
 */
export class PostgresWatch {
  private static readonly byUrl = new Map<string, PostgresWatch>();
  private readonly logger = new Logger('database');
  private readonly connections = new Set<WatchedConnection>();
  private readonly suspicions = new Map<WatchedConnection, Suspicion>();
  private timer: NodeJS.Timeout | undefined;
  private tickedAt = 0;
  /** Milliseconds during which this process ran on time. Late ticks count in part, so that every wait ends. */
  private clock = 0;
  private probe: Promise<void> | null = null;
  /** The watch's own connection; kept open, because opening one is expensive for PostgreSQL. */
  private monitor: pg.Client | null = null;
  private wantsMonitor = false;
  private unavailable = false;
  private resourceError: { readonly code: string; readonly at: number } | null = null;

  private constructor(private readonly url: string) {}

  static of(url: string): PostgresWatch {
    const watch = PostgresWatch.byUrl.get(url) ?? new PostgresWatch(url);
    PostgresWatch.byUrl.set(url, watch);
    return watch;
  }

  /** Whether PostgreSQL does not respond; new connections are not attempted then. */
  get isUnavailable(): boolean {
    return this.unavailable;
  }

  /**
   * The SQLSTATE of a resource error in the last seconds, with which the database responds but cannot run statements;
   * null: none.
   */
  get recentResourceError(): string | null {
    return this.resourceError && performance.now() - this.resourceError.at < RESOURCE_ERROR_MS
      ? this.resourceError.code
      : null;
  }

  now(): number {
    return this.clock;
  }

  add(connection: WatchedConnection): void {
    this.connections.add(connection);
    this.wantsMonitor = true;
    if (this.timer) return;
    this.tickedAt = performance.now();
    this.timer = setInterval(() => this.tick(), TICK_MS).unref();
  }

  remove(connection: WatchedConnection): void {
    this.connections.delete(connection);
    this.suspicions.delete(connection);
  }

  recordError(code: string | undefined): void {
    if (isResourceError(code)) this.resourceError = { code: code!, at: performance.now() };
  }

  private tick(): void {
    const now = performance.now();
    const tookMs = now - this.tickedAt;
    this.tickedAt = now;
    this.clock += tookMs < TICK_MS + LATE_MS ? tookMs : TICK_MS / 2;
    for (const connection of this.connections) {
      const { waitingSince, longestMs } = connection;
      if (waitingSince === null || this.clock - waitingSince < SUSPECT_AFTER_MS)
        this.suspicions.delete(connection);
      else if (this.clock - waitingSince > longestMs) connection.disconnect();
      else if (this.suspicions.get(connection)?.since !== waitingSince)
        this.suspicions.set(connection, { since: waitingSince, idleSince: null });
    }
    if (this.unavailable || this.suspicions.size > 0) {
      this.probe ??= this.checkSuspects().finally(() => (this.probe = null));
    } else if (this.connections.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.setMonitor(null);
    } else if (this.wantsMonitor && !this.monitor) {
      this.wantsMonitor = false;
      // A failure here proves nothing: statements that hang are investigated anyway.
      this.probe ??= this.openMonitor()
        .then(
          () => undefined,
          () => pause(RETRY_MS),
        )
        .finally(() => (this.probe = null));
    }
  }

  private async checkSuspects(): Promise<void> {
    const suspects = [...this.suspicions];
    try {
      const states = await this.readStates(suspects.flatMap(([{ backendPid }]) => backendPid ?? []));
      this.setUnavailable(false);
      for (const [connection, suspicion] of suspects) this.disconnectIfIdle(connection, suspicion, states);
      await pause(CONFIRM_MS);
    } catch (error) {
      // 53300: PostgreSQL has no free connection for the watch, but it responded.
      if ((error as { code?: string }).code === '53300') this.recordError('53300');
      else this.setUnavailable(true, error);
      await pause(RETRY_MS);
    }
  }

  /**
   * @returns the state of each backend, as in `pg_stat_activity`, by process number
   * @throws after PROBE_MS, or the error of a new connection
   */
  private readStates(pids: readonly number[]): Promise<BackendStates> {
    const states = this.monitor && queryStates(this.monitor, pids);
    if (!states) return this.withTimeout(PROBE_MS, this.readStatesOnNewConnection(pids));
    let hasResponded = false;
    const query = states.then(
      () => (hasResponded = true),
      () => undefined,
    );
    const statesFromNewConnection = Promise.race([query, this.waitOnClock(RECONNECT_AFTER_MS)]).then(() =>
      hasResponded ? states : this.readStatesOnNewConnection(pids),
    );
    return this.withTimeout(
      PROBE_MS,
      Promise.any([states, statesFromNewConnection]).catch(() => statesFromNewConnection),
    );
  }

  private async readStatesOnNewConnection(pids: readonly number[]): Promise<BackendStates> {
    return queryStates(await this.openMonitor(), pids);
  }

  /**
   * Opens a new monitor connection and closes the previous one. It connects as the user of the URL, because only the
   * same user can see the state of the service's connections.
   */
  private async openMonitor(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'postbag-health-probe' });
    client.on('error', () => undefined);
    client.once('end', () => {
      if (this.monitor === client) this.monitor = null;
    });
    // The connection must not keep the process alive.
    internalsOf(client).unref();
    try {
      // pg's own timeout would be wrong: while modules load, its timer fires although the response has arrived, because
      // the response has not been read yet.
      await this.withTimeout(CONNECT_MS, client.connect());
    } catch (error) {
      destroy(client);
      throw error;
    }
    this.setMonitor(client);
    return client;
  }

  private disconnectIfIdle(connection: WatchedConnection, suspicion: Suspicion, states: BackendStates): void {
    const { backendPid } = connection;
    if (this.suspicions.get(connection) !== suspicion || backendPid === null) return;
    const isIdle = /^idle/.test(states.get(backendPid) ?? 'idle');
    if (!isIdle) suspicion.idleSince = null;
    else if (suspicion.idleSince === null) suspicion.idleSince = this.clock;
    else {
      this.logger.warn({ event: 'database.stalled-connections-closed', backendPid });
      // Other connections probably broke too, and the next request on each idle one would fail.
      for (const other of this.connections)
        if (other.waitingSince === null || other === connection) other.disconnect();
    }
  }

  private setUnavailable(isUnresponsive: boolean, error?: unknown): void {
    if (isUnresponsive) for (const connection of [...this.connections]) connection.disconnect();
    if (isUnresponsive === this.unavailable) return;
    this.unavailable = isUnresponsive;
    if (isUnresponsive) this.logger.error({ event: 'database.unavailable', error });
    else this.logger.warn({ event: 'database.available' });
  }

  private setMonitor(client: pg.Client | null): void {
    const before = this.monitor;
    this.monitor = client;
    if (before) destroy(before);
  }

  /** Resolves after this much time on the watch's clock, or as soon as `isDone` returns true. */
  private async waitOnClock(ms: number, isDone: () => boolean = () => false): Promise<void> {
    const end = this.clock + ms;
    while (this.clock < end && this.timer && !isDone()) await pause(TICK_MS / 4);
  }

  private async withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
    let isSettled = false;
    const markSettled = (): void => void (isSettled = true);
    work.then(markSettled, markSettled);
    await this.waitOnClock(ms, () => isSettled);
    if (!isSettled) throw new Error(`PostgreSQL did not answer within ${ms} ms`);
    return work;
  }
}

type BackendStates = ReadonlyMap<number, string>;

async function queryStates(client: pg.Client, pids: readonly number[]): Promise<BackendStates> {
  const { rows } = await client.query<{ pid: number; state: string }>(
    `SELECT pid, coalesce(state, 'unknown') AS state FROM pg_stat_activity WHERE pid = ANY ($1::int[])`,
    [pids],
  );
  return new Map(rows.map(({ pid, state }) => [pid, state]));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Members of pg's client that its types do not declare. */
interface Internals {
  readonly connection: pg.Connection & { readonly stream: { destroy(): void } };
  readonly processID: number | null;
  unref(): void;
}
const internalsOf = (client: pg.Client): Internals => client as unknown as Internals;

const destroy = (client: pg.Client): void => void internalsOf(client).connection.stream.destroy();

/** Time limit for closing a connection cleanly. */
const END_MS = 1_000;

type Callback = (error: Error) => void;

/**
 * The client class for connections to this database, which are watched from start to end.
 *
 * @param longestMs a connection that waits for a response for this long is closed, whatever state PostgreSQL reports
 */
export function watchedClient(url: string, longestMs = LONGEST_MS): typeof pg.Client {
  const watch = PostgresWatch.of(url);
  return class WatchedClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      watchClient(this, watch, longestMs);
    }
  };
}

function watchClient(client: pg.Client, watch: PostgresWatch, longestMs: number): void {
  const internals = internalsOf(client);
  const { connection } = internals;
  let pendingCount = 0;
  let waitingSince: number | null = null;
  const watched: WatchedConnection = {
    get backendPid() {
      return internals.processID;
    },
    get waitingSince() {
      return waitingSince;
    },
    longestMs,
    disconnect: () => connection.stream.destroy(),
  };
  // While the pool hands a connection to a caller, the connection briefly has no error listener. An error at that
  // moment, for example when PostgreSQL is killed, would end the process. With this listener, only the next statement
  // fails.
  client.on('error', () => undefined);
  client.once('end', () => watch.remove(watched));
  connection.on('errorMessage', ({ code }: { code?: string }) => watch.recordError(code));
  // Fires once after connecting, then once after each query.
  connection.on('readyForQuery', () => {
    pendingCount = Math.max(0, pendingCount - 1);
    waitingSince = pendingCount > 0 ? watch.now() : null;
  });

  const { connect, query, end } = client as unknown as Record<string, (...args: unknown[]) => unknown>;
  Object.assign(client, {
    connect(callback?: Callback): unknown {
      if (watch.isUnavailable) {
        const refused = new Promise<never>((_, reject) =>
          setTimeout(() => reject(notRespondingError()), REFUSE_MS),
        );
        return callback ? void refused.catch(callback) : refused;
      }
      waitingSince = watch.now();
      watch.add(watched);
      return connect.call(client, callback);
    },
    query(...args: unknown[]): unknown {
      pendingCount += 1;
      waitingSince ??= watch.now();
      return query.apply(client, args);
    },
    /** Ends the connection without waiting longer than END_MS for the server to close it. */
    end(...args: unknown[]): unknown {
      const timer = setTimeout(() => connection.stream.destroy(), END_MS);
      client.once('end', () => clearTimeout(timer));
      return end.apply(client, args);
    },
  });
}
