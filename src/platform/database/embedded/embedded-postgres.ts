import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
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
  /** An existing folder of ours, absolute, that no other process starts a server in. */
  readonly dataDir: string;
  /** Whether the cluster may lie elsewhere when, as root, PostgreSQL's user cannot reach `dataDir`. */
  readonly mayMove?: boolean;
  /** PostgreSQL settings (`name=value`) beyond ours, which they override. */
  readonly settings?: readonly string[];
  /** What an operator should know later: the server died, runs again. */
  readonly log: (line: string) => void;
  /** What a person who waits should know now. */
  readonly onProgress: (text: string) => void;
}

export interface EmbeddedPostgres {
  /** Of the database `postbag`, as its owner, by TCP on loopback; holds until `stop`, also over a crash of the server. */
  readonly url: string;
  /** Of the database `postgres`, as the superuser. */
  readonly superuserUrl: string;
  /** Clean shutdown; close pools first. */
  stop(): Promise<void>;
}

const host = '127.0.0.1';

const baseSettings = [
  `listen_addresses=${host}`,
  // No socket: its path may be too long, and the password is asked for by TCP alone.
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=128MB',
  'huge_pages=off',
  'jit=off',
  // One machine with little to read ahead: without I/O worker processes.
  'io_method=sync',
  // An import of comments would write each page of its indexes into the log after every half a gigabyte.
  'max_wal_size=2GB',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_min_messages=warning',
  // Statements and the details of violated constraints hold readers' text.
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen({ host, port: 0 }, resolve),
  );
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The port of the last start while it is free, so that tools of the operator keep finding it. */
async function choosePort(dataDir: string): Promise<number> {
  const path = join(dataDir, 'postgres-port');
  const kept = Number(await readPersistedValue(path));
  if (kept > 0 && kept <= 65_535 && (await isFree(kept))) return kept;
  const port = await freePort();
  await writeFile(path, `${port}\n`, { mode: 0o600 });
  return port;
}

/** What is left of a killed server needs a moment to end; the port may be taken between the look and the start. */
const isTemporary = (log: string): boolean =>
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|could not create any TCP|shared memory segment .* still in use/.test(
    log,
  );

function startProblem(log: string, place: DataLocation): StartupError {
  const lines = log.trim().split('\n');
  const line =
    lines.findLast((text) => /FATAL|PANIC|error|cannot|could not/.test(text)) ?? lines.at(-1) ?? '';
  const reason = line.replace(/^.*?(FATAL|PANIC|LOG):\s*/, '').trim() || 'it wrote nothing';
  const isLibrary = /shared librar|Library not loaded/.test(log);
  const remedy = isLibrary
    ? 'run `npm ci` again on this machine (its install scripts must be allowed), or set DATABASE_URL'
    : `see ${join(place.parent, 'postgres.log')}`;
  return new StartupError(`Embedded PostgreSQL did not start: ${reason}; ${remedy}.`);
}

/** Starts the server, or takes over the one that a killed process left; `port` null: any that is free. */
async function run(
  options: EmbeddedPostgresOptions,
  place: DataLocation,
  port: number | null,
): Promise<Postmaster> {
  const settings = [...baseSettings, ...(options.settings ?? [])];
  const giveUpAt = performance.now() + 20_000;
  const slow = setTimeout(() => options.onProgress('PostgreSQL is recovering what it wrote last'), 3_000);
  try {
    for (;;) {
      const left = await Postmaster.adopt(place, settings);
      if (left !== null && (port === null || left.port === port)) return left;
      await left?.stop();
      const result = await Postmaster.start(place, port ?? (await choosePort(options.dataDir)), settings);
      if (result.ready) return result.server;
      if (!isTemporary(result.log) || performance.now() > giveUpAt) throw startProblem(result.log, place);
      await sleep(200);
    }
  } finally {
    clearTimeout(slow);
  }
}

/** The database and who owns it: no superuser, as at a hosted PostgreSQL, so that row security binds everybody. */
const DATABASE = 'postbag';
const OWNER = 'postbag';

/** @returns the owner of the database, who is the superuser where an earlier version made it */
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
      `The database in ${options.dataDir} does not take the password in ${join(options.dataDir, 'postgres-password')}: ` +
        'restore that file, or set DATA_DIR to a new folder.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Keeps a server running on one cluster until it is stopped on purpose. */
class Supervisor {
  private isStopping = false;
  private readonly onExit = (): void => this.server.stopLater();

  constructor(
    private server: Postmaster,
    private readonly place: DataLocation,
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

  /** The pools hold the URL, so a server that died comes back on its port. */
  private async watch(): Promise<void> {
    const { log } = this.options;
    for (;;) {
      await this.server.ended();
      if (this.isStopping) return;
      log('embedded PostgreSQL ended unexpectedly; it is started again');
      for (let waitMs = 100; !this.isStopping; waitMs = Math.min(waitMs * 2, 5_000)) {
        try {
          this.server = await run(this.options, this.place, this.server.port);
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
 * Starts PostgreSQL from the npm package on a cluster in `dataDir`, made on the first start.
 *
 * A server that outlived a killed process is taken over; one that dies is started again. The package's
 * own launcher is not used: it hooks the process's exit, cannot take over, and keeps no log.
 *
 * @throws StartupError with the remedy when the cluster cannot be made, reached, read or started
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, onProgress } = options;
  const place = await chooseDataLocation(
    { dataDir, mayMove: options.mayMove ?? false, onProgress },
    await findBinaries(),
  );
  const { value: password, made } = await loadOrCreateValue(dataDir, 'postgres-password', () =>
    randomBytes(24).toString('base64url'),
  );
  if (made) onProgress('Making the database (first start only)');
  await initialise(place, password);
  await recordDataLocation(dataDir, place);

  const server = await run(options, place, null);
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
  const supervisor = new Supervisor(server, place, options);
  return { url: urlOf(owner, DATABASE), superuserUrl, stop: () => supervisor.stop() };
}
