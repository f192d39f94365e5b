import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './processes.js';

interface Programs {
  findProgram(key: 'valkey'): string | null;
}

/** A separate Valkey or Redis server for a spec, which can be stopped and started again. */
export interface ValkeyServer {
  /** `redis://127.0.0.1:port` */
  readonly url: string;
  /** Sends SIGKILL. The data is lost. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Stops it and deletes its files. */
  remove(): Promise<void>;
}

const runningServers = new Set<ChildProcess>();
process.once('exit', () => runningServers.forEach((child) => child.kill('SIGKILL')));

/** @param settings command-line settings, such as `{'cluster-enabled': 'yes'}` */
export async function startValkeyServer(settings: Record<string, string> = {}): Promise<ValkeyServer> {
  const { findProgram } = (await import(
    new URL('../../scripts/programs.mjs', import.meta.url).href
  )) as Programs;
  const program = findProgram('valkey');
  if (program === null) throw new Error('Neither valkey-server nor redis-server is in PATH.');
  const folder = mkdtempSync(join(tmpdir(), 'postbag-valkey-'));
  const port = await freePort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const all = {
      port: String(port),
      bind: '127.0.0.1',
      save: '',
      appendonly: 'no',
      dir: folder,
      ...settings,
    };
    const started = spawn(
      program!,
      Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    runningServers.add(started);
    child = started;
    await new Promise<void>((resolve, reject) => {
      let output = '';
      started.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ready to accept connections')) resolve();
      });
      started.once('exit', () => {
        runningServers.delete(started);
        reject(new Error(`it ended:\n${output}`));
      });
    });
  }

  async function kill(): Promise<void> {
    const killed = child;
    child = null;
    if (!killed || killed.exitCode !== null) return;
    const exited = new Promise((resolve) => killed.once('exit', resolve));
    killed.kill('SIGKILL');
    await exited;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
