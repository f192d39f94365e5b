import { randomBytes, randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { loadOrCreateValue, readPersistedValue } from '../../config/persisted-value.js';
import { StartupError } from '../../config/startup-error.js';
import { findBinaries } from './binaries.js';
import { initialise } from './cluster.js';
import { chooseDataLocation, recordDataLocation, type DataLocation } from './data-location.js';
import { Postmaster } from './postmaster.js';

export interface EmbeddedPostgresOptions {
  /** An existing folder of ours, as an absolute path, in which no other process starts a server. */
  readonly dataDir: string;
  /**
   * Whether the cluster may be placed elsewhere if, when running as root, PostgreSQL's user cannot reach `dataDir`.
   */
  readonly mayMove?: boolean;
  /** Additional PostgreSQL settings (`name=value`), which override ours. */
  readonly settings?: readonly string[];
  /** Receives messages for the operator's log: the server died, or runs again. */
  readonly log: (line: string) => void;
  /** Receives progress messages for a person who is waiting. */
  readonly onProgress: (text: string) => void;
}

export interface EmbeddedPostgres {
  /**
   * URL of the database `postbag` as its owner, over TCP on loopback; valid until `stop`, even if the server crashes.
   */
  readonly url: string;
  /** URL of the database `postgres` as the superuser. */
  readonly superuserUrl: string;
  /** Shuts down cleanly; close connection pools first. */
  stop(): Promise<void>;
}

const host = '127.0.0.1';

const baseSettings = [
  `listen_addresses=${host}`,
  // No Unix socket: its path may be too long, and password authentication is configured only for TCP.
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=128MB',
  'huge_pages=off',
  'jit=off',
  // Without I/O worker processes: a single machine has little to read ahead.
  'io_method=sync',
  // With a smaller value, an import of comments would write each index page to the log again after every half gigabyte.
  'max_wal_size=2GB',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_min_messages=warning',
  // Statements and the details of violated constraints contain readers' texts.
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'log_checkpoints=off',
  'max_logical_replication_workers=0',
  'cluster_name=postbag',
];

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Ports below those from which operating systems choose for outgoing connections: while a crashed server restarts, no
 * connection, ours to that very port included, can take its port.
 */
const PORTS = [20_000, 32_000] as const;

async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(...PORTS);
    if (await isFree(port)) return port;
  }
  throw new StartupError(
    `Embedded PostgreSQL found no free port on ${host} between ${PORTS.join(' and ')}: free some, or set DATABASE_URL.`,
  );
}

/** Returns the port of the last start if it is free, so that the operator's tools keep finding the server. */
async function choosePort(dataDir: string): Promise<number> {
  const path = join(dataDir, 'postgres-port');
  const previousPort = Number(await readPersistedValue(path));
  if (previousPort > 0 && previousPort <= 65_535 && (await isFree(previousPort))) return previousPort;
  const port = await freePort();
  await writeFile(path, `${port}\n`, { mode: 0o600 });
  return port;
}

/** The remains of a killed server need a moment to end, and the port may be taken between the check and the start. */
const isTemporary = (log: string): boolean =>
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|could not create any TCP|shared memory segment .* still in use/.test(
    log,
  );

function startProblem(log: string, location: DataLocation): StartupError {
  const lines = log.trim().split('\n');
  const line =
    lines.findLast((text) => /FATAL|PANIC|error|cannot|could not/.test(text)) ?? lines.at(-1) ?? '';
  const reason = line.replace(/^.*?(FATAL|PANIC|LOG):\s*/, '').trim() || 'it wrote nothing';
  const isLibrary = /shared librar|Library not loaded/.test(log);
  const remedy = isLibrary
    ? 'run `npm ci` again on this machine (its install scripts must be allowed), or set DATABASE_URL'
    : `see ${join(location.parent, 'postgres.log')}`;
  return new StartupError(`Embedded PostgreSQL did not start: ${reason}; ${remedy}.`);
}

/** Starts the server, or takes over one that a killed process left running; `port` null: any free port. */
async function run(
  options: EmbeddedPostgresOptions,
  location: DataLocation,
  port: number | null,
): Promise<Postmaster> {
  const settings = [...baseSettings, ...(options.settings ?? [])];
  const giveUpAt = performance.now() + 20_000;
  const slow = setTimeout(() => options.onProgress('PostgreSQL is recovering its latest writes'), 3_000);
  try {
    for (;;) {
      const leftover = await Postmaster.adopt(location, settings);
      if (leftover !== null && (port === null || leftover.port === port)) return leftover;
      await leftover?.stop();
      const result = await Postmaster.start(location, port ?? (await choosePort(options.dataDir)), settings);
      if (result.ready) return result.server;
      if (!isTemporary(result.log) || performance.now() > giveUpAt) throw startProblem(result.log, location);
      await sleep(200);
    }
  } finally {
    clearTimeout(slow);
  }
}

/**
 * The name of the database and of its owner. As with hosted PostgreSQL, the owner is not a superuser, so row-level
 * security applies to everyone.
 */
const DATABASE = 'postbag';
const OWNER = 'postbag';

/** @returns the owner of the database; the superuser if an earlier version created it */
async function ensureDatabase(
  superuserUrl: string,
  password: string,
  options: EmbeddedPostgresOptions,
): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ owner: string }>(
      'SELECT pg_get_userbyid(datdba)::text AS owner FROM pg_database WHERE datname = $1',
      [DATABASE],
    );
    if (rows.length > 0) return rows[0].owner;
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [OWNER]);
    if (rowCount === 0)
      await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD ${pg.escapeLiteral(password)}`);
    await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
    return OWNER;
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new StartupError(
      `The database in ${options.dataDir} does not accept the password in ${join(options.dataDir, 'postgres-password')}: restore that file, or set DATA_DIR to a new folder.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Keeps a server running on one cluster until it is stopped deliberately. */
class Supervisor {
  private isStopping = false;
  private readonly onExit = (): void => this.server.stopLater();

  constructor(
    private server: Postmaster,
    private readonly location: DataLocation,
    private readonly options: EmbeddedPostgresOptions,
  ) {
    process.once('exit', this.onExit);
    void this.watch();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    process.removeListener('exit', this.onExit);
    await this.server.stop();
  }

  /** The pools store the URL, so a server that died is restarted on the same port. */
  private async watch(): Promise<void> {
    const { log } = this.options;
    for (;;) {
      await this.server.ended();
      if (this.isStopping) return;
      log('embedded PostgreSQL stopped unexpectedly and is being restarted');
      for (let waitMs = 100; !this.isStopping; waitMs = Math.min(waitMs * 2, 5_000)) {
        try {
          this.server = await run(this.options, this.location, this.server.port);
          break;
        } catch (error) {
          log((error as Error).message);
          await sleep(waitMs);
        }
      }
      if (this.isStopping) return this.server.stop();
      log('embedded PostgreSQL runs again');
    }
  }
}

/**
 * Starts PostgreSQL from the npm package on a cluster in `dataDir`, which the first start creates.
 *
 * A server that outlived a killed process is taken over; one that dies is restarted. The package's own launcher is
 * not used: it hooks the process's exit, cannot take over a running server, and writes no log.
 *
 * @throws StartupError with the remedy if the cluster cannot be created, reached, read or started
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, onProgress } = options;
  const location = await chooseDataLocation(
    { dataDir, mayMove: options.mayMove ?? false, onProgress },
    await findBinaries(),
  );
  const { value: password, isNew } = await loadOrCreateValue(dataDir, 'postgres-password', () =>
    randomBytes(24).toString('base64url'),
  );
  if (isNew) onProgress('Creating the database (first start only)');
  await initialise(location, password);
  await recordDataLocation(dataDir, location);

  const server = await run(options, location, null);
  const urlOf = (user: string, database: string): string =>
    `postgres://${user}:${password}@${host}:${server.port}/${database}`;
  const superuserUrl = urlOf('postgres', 'postgres');
  let owner: string;
  try {
    owner = await ensureDatabase(superuserUrl, password, options);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const supervisor = new Supervisor(server, location, options);
  return { url: urlOf(owner, DATABASE), superuserUrl, stop: () => supervisor.stop() };
}
