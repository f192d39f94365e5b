import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify } from '../../config/process-identity.js';
import { programEnvironment } from './cluster.js';
import type { DataLocation } from './data-location.js';
import { findServer, readPostmasterFile, readStartOptions } from './postmaster-file.js';

/** The result of a start: a server that accepts connections, or what a server that failed wrote to its log. */
export type StartResult =
  { readonly ready: true; readonly server: Postmaster } | { readonly ready: false; readonly log: string };

const MAX_LOG_BYTES = 4 * 1024 * 1024;

/** Opens the log file beside the cluster. The server writes to it directly, even after this process has ended. */
function openLog(path: string): { fd: number; offset: number } {
  if (existsSync(path) && statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  const fd = openSync(path, 'a', 0o600);
  return { fd, offset: statSync(path).size };
}

function readLogFrom(path: string, offset: number): string {
  try {
    return readFileSync(path).subarray(offset).toString();
  } catch (error) {
    return (error as Error).message;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function waitForEnd(pid: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while ((await identify(pid)) !== null) {
    if (performance.now() > end) return false;
    await sleep(10);
  }
  return true;
}

/** A running PostgreSQL server: a child of this process, or one that a killed process left running. */
export class Postmaster {
  private constructor(
    readonly pid: number,
    readonly port: number,
    private readonly child: ChildProcess | null,
  ) {}

  /** Takes over the server that already runs on this cluster with exactly these arguments; stops any other one. */
  static async adopt(location: DataLocation, settings: readonly string[]): Promise<Postmaster | null> {
    const file = await findServer(location.data);
    if (file === null) return null;
    const server = new Postmaster(file.pid, file.port, null);
    const commandLine = [
      location.binaries.postgres,
      ...argumentsFor(location, file.port, settings).map((argument) => `"${argument}"`),
    ].join(' ');
    if (file.status === 'ready' && (await readStartOptions(location.data)) === commandLine) return server;
    await server.stop();
    return null;
  }

  /** Starts a server and waits until it accepts connections, however long recovery takes. */
  static async start(
    location: DataLocation,
    port: number,
    settings: readonly string[],
  ): Promise<StartResult> {
    const logPath = join(location.parent, 'postgres.log');
    const { fd, offset } = openLog(logPath);
    const child = spawn(location.binaries.postgres, argumentsFor(location, port, settings), {
      ...location.user,
      cwd: location.data,
      env: programEnvironment(),
      stdio: ['ignore', fd, fd],
      // A separate session: Ctrl-C in the terminal must reach this process but not PostgreSQL, which must stop last.
      detached: true,
    });
    closeSync(fd);
    let failure: string | null = null;
    const onError = (error: Error): void => void (failure = error.message);
    const onExit = (): void => void (failure ??= readLogFrom(logPath, offset));
    child.once('error', onError).once('exit', onExit);
    for (;;) {
      await sleep(10);
      if (failure !== null) return { ready: false, log: failure };
      const file = await readPostmasterFile(location.data);
      if (file?.pid === child.pid && file?.status === 'ready') break;
    }
    child.removeListener('exit', onExit);
    child.unref();
    return { ready: true, server: new Postmaster(child.pid as number, port, child) };
  }

  /** Resolves when the server has ended, for any reason. */
  async ended(): Promise<void> {
    if (this.child === null) {
      while ((await identify(this.pid)) !== null) await sleep(200, undefined, { ref: false });
    } else if (this.child.exitCode === null && this.child.signalCode === null) {
      await new Promise((resolve) => this.child?.once('exit', resolve));
    }
  }

  /** Stops the server and waits: first a clean shutdown, then stronger signals if the server does not end. */
  async stop(): Promise<void> {
    const steps = [
      ['SIGINT', 20_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ] as const;
    for (const [signal, withinMs] of steps) {
      sendSignal(this.pid, signal);
      if (await waitForEnd(this.pid, withinMs)) return;
    }
  }

  /** Signals the server to stop and does not wait, because this process is exiting. */
  stopLater(): void {
    try {
      sendSignal(this.pid, 'SIGINT');
    } catch {
      // This process is not allowed to stop the server. The next start will find it.
    }
  }
}

function argumentsFor(location: DataLocation, port: number, settings: readonly string[]): string[] {
  return ['-D', location.data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}
