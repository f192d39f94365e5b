import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The project root, relative to the compiled benchmark in dist/bench/bench. */
export const ROOT = join(import.meta.dirname, '../../..');
export const ADMIN_KEY = 'pbk_admin-key-of-the-benchmark-forty-chars-long';

export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly startedInMs: number;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 10) {
    if (child.exitCode !== null) throw new Error(`a server ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(10);
  }
  throw new Error('a server was not ready within a minute');
}

async function start(
  entry: string,
  readyPath: string,
  env: Record<string, string>,
  nodeArgs: readonly string[] = [],
): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeArgs, entry], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      HOST: '127.0.0.1',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(child, url + readyPath);
  const startedInMs = performance.now() - startedAt;
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  return { url, pid: child.pid ?? 0, startedInMs, stop };
}

/**
 * With `--profile FOLDER`, every process of the product writes a CPU profile to the folder. Chromium and editors can open
 * it.
 */
function profileArgs(): string[] {
  const at = process.argv.indexOf('--profile');
  const folder = at < 0 ? undefined : process.argv[at + 1];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

/** Starts the built product in a separate process. */
export function startProduct(env: Record<string, string>, entry = 'dist/main.js'): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postbag-bench-'));
  return start(
    join(ROOT, entry),
    '/health/ready',
    {
      DATA_DIR: dataDir,
      ADMIN_KEY,
      SECRET_KEY: 'secret key of the benchmark, long enough',
      DEMO: 'false',
      LIMITS: 'off',
      LOG_LEVEL: 'error',
      ...env,
    },
    profileArgs(),
  );
}

/** Starts the ceiling server, the minimal implementation that the product is compared with. */
export const startCeiling = (env: Record<string, string>): Promise<Server> =>
  start(join(import.meta.dirname, 'ceiling-server.js'), '/', env);
