/**
 * Jest's global setup. Builds dist/, and starts a PostgreSQL cluster with a migrated template database and a Valkey or
 * Redis server, which all specs of the run share. It is plain JavaScript because Jest does not compile an ESM global
 * setup, and it uses the server's compiled code from dist/. Specs access the servers through test/support.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { build, root } from './build.mjs';
import { findProgram } from './programs.mjs';

const prefix = 'postbag-jest-';

const fromDist = (path) => import(join(root, 'dist/platform', path));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Stops the PostgreSQL servers of interrupted runs, and removes their folders. */
async function cleanUpInterruptedRuns() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const readNumber = (path) => {
      try {
        return Number(readFileSync(join(folder, path), 'utf8').split('\n')[0]);
      } catch {
        return 0;
      }
    };
    const owner = readNumber('owner');
    if (owner === 0 || isAlive(owner)) continue;
    const { findServer } = await fromDist('database/embedded/postmaster-file.js');
    const server = await findServer(join(folder, 'postgres'));
    if (server !== null) process.kill(server.pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts PostgreSQL with the empty, migrated database `postbag_template`. dist/ must be current. */
export async function startCluster(folder) {
  const { startEmbeddedPostgres } = await fromDist('database/embedded/embedded-postgres.js');
  const postgres = await startEmbeddedPostgres({
    dataDir: folder,
    log: (line) => console.warn(line),
    onProgress: () => {},
    // The data does not have to survive a crash, and many applications connect at the same time.
    settings: ['fsync=off', 'full_page_writes=off', 'max_connections=500'],
  });
  // As on hosted PostgreSQL, the owner of the databases is not a superuser.
  const template = new URL(postgres.url);
  template.pathname = '/postbag_template';
  const client = new pg.Client({ connectionString: postgres.superuserUrl });
  await client.connect();
  await client.query(`CREATE DATABASE postbag_template OWNER ${template.username}`);
  await client.end();
  const { migrate } = await fromDist('database/migrate.js');
  await migrate(template.href);
  return postgres;
}

/**
 * Picks a free port below the ephemeral range. In that range, an outgoing connection could take the port before the
 * server listens.
 */
async function freePort() {
  for (;;) {
    const port = randomInt(12_000, 30_000);
    const server = createServer();
    const isFree = await new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

async function startValkey(folder) {
  const program = findProgram('valkey');
  if (program === null) throw new Error('The tests need valkey-server or redis-server in PATH.');
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder, databases: 4096 };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  process.once('exit', () => child.kill('SIGKILL'));
  while (!/Ready to accept connections/.test(output)) {
    if (child.exitCode !== null) throw new Error(`${program} did not start:\n${output}`);
    await sleep(20);
  }
  return { url: `redis://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}

/** Creates the folder for a cluster. If this process is interrupted, the next run removes it. */
export async function makeClusterFolder() {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(folder, 'owner'), String(process.pid));
  // If this process runs as root, PostgreSQL runs as another user, who needs access.
  chmodSync(folder, 0o711);
  await cleanUpInterruptedRuns();
  return folder;
}

/** Jest calls this once per project. The projects share the servers. Browser tests also need widget and console. */
export default async function setup(_globalConfig, { displayName }) {
  const only = ['e2e', 'sweeps'].includes(displayName?.name) ? undefined : ['server'];
  await build({ only, onProgress: (line) => console.error(line) });
  if (globalThis.postbagCluster) return;
  const folder = await makeClusterFolder();
  const [postgres, valkey] = await Promise.all([startCluster(folder), startValkey(folder)]);
  globalThis.postbagCluster = { postgres, valkey, folder };
  // Jest's workers inherit these.
  process.env.POSTBAG_TEST_POSTGRES = postgres.url;
  process.env.POSTBAG_TEST_POSTGRES_SUPERUSER = postgres.superuserUrl;
  process.env.POSTBAG_TEST_REDIS = valkey.url;
  const chromium = findProgram('chromium');
  if (chromium !== null) process.env.POSTBAG_TEST_CHROMIUM = chromium;
}
