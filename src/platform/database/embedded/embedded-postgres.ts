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
  /** The absolute path of an existing folder. No other process may start a server in it. */
  readonly dataDir: string;
  /**
   * Whether the cluster may be stored elsewhere if this process runs as root and PostgreSQL's user cannot reach
   * `dataDir`.
   */
  readonly mayRelocate?: boolean;
  /** Additional PostgreSQL settings (`name=value`); they override the defaults. */
  readonly settings?: readonly string[];
  /** Receives messages for the operator's log: the server stopped unexpectedly, or is running again. */
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

const HOST = '127.0.0.1';

const BASE_SETTINGS = [
  `listen_addresses=${HOST}`,
  // No Unix socket: its path may be too long, and password authentication is configured only for TCP.
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=128MB',
  'huge_pages=off',
  'jit=off',
  // No I/O worker processes: an installation on a single machine has little to read ahead.
  'io_method=sync',
  // A smaller value causes more checkpoints, and after each one an import writes every index page to the log again.
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
    server.listen({ host: HOST, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Ports below the range from which operating systems choose ports for outgoing connections. Otherwise an outgoing
 * connection, even one that this process opens to the crashed server, could take the server's port during its restart.
 */
const PORT_RANGE = [20_000, 32_000] as const;

async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(...PORT_RANGE);
    if (await isFree(port)) return port;
  }
  throw new StartupError(
    `Embedded PostgreSQL found no free port on ${HOST} between ${PORT_RANGE.join(' and ')}: stop a program that uses one, or set DATABASE_URL.`,
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

/**
 * Whether a start failed for a reason that soon passes: processes of a killed server have not ended yet, or the port
 * was taken between the check and the start.
 */
const isTemporary = (log: string): boolean =>
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|could not create any TCP|shared memory segment .* still in use/.test(
    log,
  );

function startProblem(log: string, location: DataLocation): StartupError {
  const lines = log.trim().split('\n');
  const line =
    lines.findLast((text) => /FATAL|PANIC|error|cannot|could not/.test(text)) ?? lines.at(-1) ?? '';
  const reason = line.replace(/^.*?(FATAL|PANIC|LOG):\s*/, '').trim() || 'it wrote no error message';
  const isLibraryMissing = /shared librar|Library not loaded/.test(log);
  const remedy = isLibraryMissing
    ? 'run `npm ci` again on this machine (its install scripts must be allowed), or set DATABASE_URL'
    : `see ${join(location.parent, 'postgres.log')}`;
  return new StartupError(`Embedded PostgreSQL did not start: ${reason}; ${remedy}.`);
}

/**
 * Starts the server, or takes over one that a killed process left running.
 *
 * @param port null for any free port
 */
async function startServer(
  options: EmbeddedPostgresOptions,
  location: DataLocation,
  port: number | null,
): Promise<Postmaster> {
  const settings = [...BASE_SETTINGS, ...(options.settings ?? [])];
  const deadline = performance.now() + 20_000;
  const progressTimer = setTimeout(
    () => options.onProgress('PostgreSQL is recovering its latest writes'),
    3_000,
  );
  try {
    for (;;) {
      const existing = await Postmaster.adopt(location, settings);
      if (existing !== null && (port === null || existing.port === port)) return existing;
      await existing?.stop();
      const result = await Postmaster.start(location, port ?? (await choosePort(options.dataDir)), settings);
      if (result.ready) return result.server;
      if (!isTemporary(result.log) || performance.now() > deadline) throw startProblem(result.log, location);
      await sleep(200);
    }
  } finally {
    clearTimeout(progressTimer);
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

  /** Restarts a server that died, on the same port, because the connection pools keep using the URL. */
  private async watch(): Promise<void> {
    const { log } = this.options;
    for (;;) {
      await this.server.ended();
      if (this.isStopping) return;
      log('embedded PostgreSQL stopped unexpectedly and is being restarted');
      for (let waitMs = 100; !this.isStopping; waitMs = Math.min(waitMs * 2, 5_000)) {
        try {
          this.server = await startServer(this.options, this.location, this.server.port);
          break;
        } catch (error) {
          log((error as Error).message);
          await sleep(waitMs);
        }
      }
      if (this.isStopping) return this.server.stop();
      log('embedded PostgreSQL is running again');
    }
  }
}

/**
 * Starts PostgreSQL from the npm package on a cluster in `dataDir`, which the first start creates.
 *
 * If an earlier Postbag process was killed and its server is still running, that server is used. A server that dies is
 * restarted. The npm package's own launcher is not used: it adds handlers for the exit of this process, cannot take
 * over a running server, and writes no log.
 *
 * @throws StartupError with the remedy if the cluster cannot be created, reached, read or started
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, onProgress } = options;
  const location = await chooseDataLocation(
    { dataDir, mayRelocate: options.mayRelocate ?? false, onProgress },
    await findBinaries(),
  );
  const { value: password, isNew } = await loadOrCreateValue(dataDir, 'postgres-password', () =>
    randomBytes(24).toString('base64url'),
  );
  if (isNew) onProgress('Creating the database (first start only)');
  await initialise(location, password);
  await recordDataLocation(dataDir, location);

  const server = await startServer(options, location, null);
  const urlOf = (user: string, database: string): string =>
    `postgres://${user}:${password}@${HOST}:${server.port}/${database}`;
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
