import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const root = new URL('../..', import.meta.url).pathname;

export interface ProcessOptions {
  /** Added to the default environment. PORT defaults to a free port, and DRAIN_SECONDS to 0. */
  readonly env?: Record<string, string>;
  /** Script to run, relative to the repository root: `dist/main.js` by default, or `scripts/start.mjs` for `npm start`. */
  readonly entry?: 'dist/main.js' | 'scripts/start.mjs';
  /** Working directory; the repository root by default. */
  readonly cwd?: string;
  /** The user and group to run as; requires root. */
  readonly uid?: number;
  readonly gid?: number;
}

/** How a process exited, and its output: stdout and stderr in order. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** A running Postbag process. */
export interface RunningProcess {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<ProcessExit>;
  output(): string;
  /** Sends SIGKILL, so that the process cannot clean up, and waits for it to exit. */
  kill(): Promise<ProcessExit>;
  /** Sends SIGTERM (or `signal`) and waits for the process to exit. */
  stop(signal?: NodeJS.Signals): Promise<ProcessExit>;
}

/**
 * Returns a free port below the range for outgoing connections, so that a connection of another spec cannot take it
 * before the server listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 30_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

const running = new Set<ChildProcess>();
const killAll = (): void => running.forEach((child) => child.kill('SIGKILL'));
// Processes of a failed test would otherwise keep running, and Jest would wait for them.
afterAll(killAll);
process.once('exit', killAll);

/** Starts a process without waiting until it is ready. */
export async function launch(options: ProcessOptions = {}): Promise<RunningProcess> {
  const { entry = 'dist/main.js', cwd = root, env = {}, uid, gid } = options;
  const port = Number(env['PORT'] ?? (await freePort()));
  const { PATH = '', HOME = '/tmp' } = process.env;
  const child = spawn(process.execPath, [`${root}${entry}`], {
    cwd,
    uid,
    gid,
    env: { PATH, HOME, PORT: String(port), HOST: '127.0.0.1', DRAIN_SECONDS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<ProcessExit>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, output });
    });
  });
  const end = (signal: NodeJS.Signals): Promise<ProcessExit> => {
    child.kill(signal);
    return ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    ended,
    output: () => output,
    kill: () => end('SIGKILL'),
    stop: (signal = 'SIGTERM') => end(signal),
  };
}

/**
 * Starts a process and waits until `/health/ready` succeeds.
 *
 * @throws an error with its output if it exits or is not ready within `withinMs`
 */
export async function startProcess(
  options: ProcessOptions = {},
  withinMs = 120_000,
): Promise<RunningProcess> {
  const started = await launch(options);
  let ending: ProcessExit | undefined;
  void started.ended.then((result) => (ending = result));
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await fetch(`${started.url}/health/ready`).catch(() => null);
    if (answer?.ok) return started;
    if (ending || performance.now() > deadline) {
      const how = ending
        ? `(it ended with ${ending.signal ?? `code ${ending.code}`})`
        : `after ${withinMs} ms`;
      await started.kill();
      throw new Error(`not ready ${how}:\n${started.output()}`);
    }
    await sleep(25);
  }
}

/** Polls until `condition` returns true. @throws after `withinMs` */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${condition.toString()}`);
    await sleep(25);
  }
}
