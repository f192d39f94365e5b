import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { ROOT } from './servers.js';
import type { BenchEnvironment } from './scenarios/bench-environment.js';

interface Embedded {
  readonly url: string;
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

/** Imports a module from dist/ by its path. The benchmarks are compiled to the same folder. */
const importFromDist = <T>(path: string): Promise<T> => import(join(ROOT, 'dist', path)) as Promise<T>;

async function startRedis(): Promise<{ url: string; stop(): void }> {
  const { findProgram } = (await import(join(ROOT, 'scripts/programs.mjs'))) as {
    findProgram(key: string): string | null;
  };
  const program = findProgram('valkey');
  if (program === null)
    throw new Error('The benchmarks need a Valkey or Redis server: install it and add it to PATH.');
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const child = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
  return { url, stop: () => void child.kill('SIGTERM') };
}

/** The PostgreSQL and Valkey servers of the run. Each environment has a separate database. */
export class BenchEnvironments {
  private constructor(
    private readonly postgres: Embedded,
    private readonly redis: { url: string; stop(): void },
    private readonly folder: string,
  ) {}

  static async open(): Promise<BenchEnvironments> {
    const folder = mkdtempSync(join(tmpdir(), 'postbag-bench-pg-'));
    chmodSync(folder, 0o755);
    const { startEmbeddedPostgres } = await importFromDist<{
      startEmbeddedPostgres(options: object): Promise<Embedded>;
    }>('platform/database/embedded/embedded-postgres.js');
    const postgres = await startEmbeddedPostgres({
      dataDir: folder,
      log: () => undefined,
      onProgress: () => undefined,
    });
    return new BenchEnvironments(postgres, await startRedis(), folder);
  }

  async make(backend: BenchEnvironment['backend']): Promise<BenchEnvironment> {
    const name = `bench_${randomBytes(4).toString('hex')}`;
    const client = new pg.Client({ connectionString: this.postgres.superuserUrl });
    await client.connect();
    const url = new URL(this.postgres.url);
    await client.query(`CREATE DATABASE ${name} OWNER ${url.username}`);
    // Required to insert rows without firing triggers.
    await client.query(`GRANT SET ON PARAMETER session_replication_role TO ${url.username}`);
    await client.end();
    url.pathname = `/${name}`;
    return { backend, databaseUrl: url.href, env: backend === 'redis' ? { REDIS_URL: this.redis.url } : {} };
  }

  async close(): Promise<void> {
    this.redis.stop();
    await sleep(100);
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
