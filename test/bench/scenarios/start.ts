import { mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatNumber, type Figure } from '../figure.js';
import { startProduct } from '../servers.js';

const MIB = 1024 * 1024;

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) * 1024;

/**
 * Measures a start like that of `npm start`, without npm: with embedded PostgreSQL and the demo. dist/ is already built,
 * and the data folder comes from an earlier start that was stopped cleanly.
 */
export async function measureStart(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postbag-bench-start-'));
  chmodSync(dataDir, 0o755);
  const env = { DATA_DIR: dataDir, DEMO: 'true', LIMITS: 'on', SECRET_KEY: '' };
  const start = (): ReturnType<typeof startProduct> => startProduct(env, 'scripts/start.mjs');
  const firstStart = await start();
  await sleep(20_000); // Wait until the demo's sample comments have been posted.
  await firstStart.stop();
  const secondStart = await start();
  await sleep(45_000); // Wait until it is idle.
  const bytes = residentBytes(secondStart.pid);
  await secondStart.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return [
    {
      name: 'npm start until ready, built and stopped before',
      value: `${formatNumber(secondStart.startedInMs)} ms`,
      baseline: `3,000 ms allowed (first start ${formatNumber(firstStart.startedInMs)} ms)`,
      ratio: secondStart.startedInMs / 3000,
      target: { operator: '<=', ratio: 1 },
    },
    {
      name: 'resident memory of the Node process at rest',
      value: `${formatNumber(bytes / MIB)} MiB`,
      baseline: '200 MB allowed',
      ratio: bytes / 200e6,
      target: { operator: '<=', ratio: 1 },
    },
  ];
}
