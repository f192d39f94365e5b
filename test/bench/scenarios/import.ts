import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateCoral } from '../../support/coral-export.js';
import { count, type Figure } from '../figure.js';
import { ADMIN_KEY, startProduct } from '../servers.js';
import type { Bed } from './scenario.js';

const ORIGIN = 'https://news.example';
/** For a million comments; others in proportion. */
const MOST_SECONDS = 600;
const MOST_MEGABYTES = 700;

/** Of the process itself, not of PostgreSQL: the largest it ever was (proc(5)). */
const peakMegabytes = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Of the process and of all its connections' backends, user and system, in seconds (proc(5), at 100 ticks a second). */
function cpuSeconds(pid: number, database: string): number {
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const isOurs =
          name === String(pid) || readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(` ${database} `);
        if (!isOurs) return 0;
        const [, rest] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ');
        const fields = rest.split(' ');
        return Number(fields[11]) + Number(fields[12]);
      } catch {
        // It has ended.
        return 0;
      }
    });
  return ticks.reduce((sum, each) => sum + each, 0) / 100;
}

/** A Coral export of so many comments through the API, by one process with the workers in it. */
export async function measureImport(bed: Bed, comments: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'postbag-bench-import-'));
  const product = await startProduct({ DATABASE_URL: bed.databaseUrl, LOG_LEVEL: 'warn', ...bed.env });
  const database = new URL(bed.databaseUrl).pathname.slice(1);
  const call = async (path: string, init: RequestInit & { duplex?: 'half' } = {}) => {
    const answer = await fetch(`${product.url}/api/v1/sites${path}`, {
      ...init,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, ...init.headers },
    });
    const body = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
    return body;
  };
  try {
    const site = await call('', {
      method: 'POST',
      body: JSON.stringify({ name: 'Benchmark', origins: [ORIGIN] }),
      headers: { 'content-type': 'application/json' },
    });
    const path = await generateCoral(folder, { comments, origin: ORIGIN });
    const atRest = peakMegabytes(product.pid);
    const began = performance.now();
    const { id } = await call(`/${String(site['id'])}/imports?format=coral`, {
      method: 'POST',
      duplex: 'half',
      body: Readable.toWeb(createReadStream(path)) as RequestInit['body'],
    });
    let step = '';
    let answer: Record<string, unknown>;
    for (;;) {
      answer = await call(`/${String(site['id'])}/imports/${String(id)}`);
      const progress = answer['progress'] as { step: string };
      if (progress.step !== step) {
        step = progress.step;
        const cpu = cpuSeconds(product.pid, database).toFixed(0);
        console.error(
          `  ${((performance.now() - began) / 1000).toFixed(0)} s, of the processor ${cpu} s: ${step}`,
        );
      }
      if (answer['state'] !== 'running') break;
      await sleep(500);
    }
    if (answer['state'] !== 'done') throw new Error(JSON.stringify(answer));
    const seconds = (performance.now() - began) / 1000;
    const allowed = (MOST_SECONDS * comments) / 1_000_000;
    const peak = peakMegabytes(product.pid);
    console.error(`  ${JSON.stringify(answer['counts'])}`);
    return [
      {
        name: `importing ${count(comments)} comments of Coral`,
        value: `${count(seconds)} s`,
        against: `${count(allowed)} s`,
        ratio: seconds / allowed,
        target: { at: '<=', ratio: 1 },
      },
      {
        name: 'memory of the process at its most',
        value: `${count(peak)} MB`,
        against: `${MOST_MEGABYTES} MB; ${count(atRest)} MB before`,
        ratio: peak / MOST_MEGABYTES,
        target: { at: '<=', ratio: 1 },
      },
    ];
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
