import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateCoral } from '../../support/coral-export.js';
import { cpuMsOf, cpuMsOfPostgres } from '../cpu.js';
import { formatNumber, type Figure } from '../figure.js';
import { ADMIN_KEY, startProduct } from '../servers.js';
import type { BenchEnvironment } from './bench-environment.js';

const ORIGIN = 'https://news.example';
/** Limit for a million comments. It is scaled in proportion for other numbers. */
const MAX_SECONDS = 600;
/**
 * The CPU time that two processors at three quarters of their capacity use in `MAX_SECONDS`. Unlike elapsed time, it can
 * also be measured on a busy machine.
 */
const MAX_CPU_SECONDS = 900;
const MAX_LEARNING_SECONDS = 600;
const MAX_MEGABYTES = 700;

/** Peak memory of a process (VmHWM in proc(5)), which does not include PostgreSQL. */
const peakMegabytes = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/**
 * Imports a Coral export with the given number of comments through the API. One process serves the API and runs the
 * workers.
 */
export async function measureImport(environment: BenchEnvironment, comments: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'postbag-bench-import-'));
  const product = await startProduct({
    DATABASE_URL: environment.databaseUrl,
    LOG_LEVEL: 'warn',
    // Memory use must not depend on the size of the file. A larger heap would only delay garbage collection.
    NODE_OPTIONS: '--max-old-space-size=400',
    ...environment.env,
  });
  const cpuSeconds = async (): Promise<{ process: number; postgres: number }> => ({
    process: cpuMsOf(product.pid) / 1000,
    postgres: (await cpuMsOfPostgres(environment.databaseUrl)) / 1000,
  });
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
    const idleMegabytes = peakMegabytes(product.pid);
    const cpuBefore = await cpuSeconds();
    const cpuSince = async (): Promise<{ process: number; postgres: number }> => {
      const now = await cpuSeconds();
      return { process: now.process - cpuBefore.process, postgres: now.postgres - cpuBefore.postgres };
    };
    const startedAt = performance.now();
    const { id } = await call(`/${String(site['id'])}/imports?format=coral`, {
      method: 'POST',
      duplex: 'half',
      body: Readable.toWeb(createReadStream(path)) as RequestInit['body'],
    });
    let step = '';
    let learningStartedAt = 0;
    let answer: Record<string, unknown>;
    for (;;) {
      answer = await call(`/${String(site['id'])}/imports/${String(id)}`);
      const progress = answer['progress'] as { step: string };
      if (progress.step !== step) {
        step = progress.step;
        if (step === 'learn') learningStartedAt = performance.now();
        const cpu = await cpuSince();
        console.error(
          `  ${((performance.now() - startedAt) / 1000).toFixed(0)} s, processor time ${cpu.process.toFixed(0)} s + ${cpu.postgres.toFixed(0)} s of PostgreSQL: ${step}`,
        );
      }
      if (answer['state'] !== 'running') break;
      await sleep(500);
    }
    if (answer['state'] !== 'done') throw new Error(JSON.stringify(answer));
    const endedAt = performance.now();
    const learning = learningStartedAt === 0 ? 0 : (endedAt - learningStartedAt) / 1000;
    const seconds = (endedAt - startedAt) / 1000;
    const learned = answer['learned'] as { texts: number; message: string };
    console.error(`  ${learned.message}`);
    const cpu = await cpuSince();
    const cpuTotal = cpu.process + cpu.postgres;
    const allowedCpuSeconds = (MAX_CPU_SECONDS * comments) / 1_000_000;
    const allowedSeconds = (MAX_SECONDS * comments) / 1_000_000;
    const peak = peakMegabytes(product.pid);
    console.error(`  ${JSON.stringify(answer['counts'])}`);
    return [
      {
        name: `importing ${formatNumber(comments)} comments from Coral`,
        value: `${formatNumber(seconds)} s`,
        baseline: `${formatNumber(allowedSeconds)} s`,
        ratio: seconds / allowedSeconds,
        target: { operator: '<=', ratio: 1 },
      },
      {
        name: 'processor time of the import',
        value: `${formatNumber(cpuTotal)} s (PostgreSQL ${formatNumber(cpu.postgres)} s)`,
        baseline: `${formatNumber(allowedCpuSeconds)} s`,
        ratio: cpuTotal / allowedCpuSeconds,
        target: { operator: '<=', ratio: 1 },
      },
      {
        name: `training the scorer during the import, on ${formatNumber(learned.texts)} decisions`,
        value: `${formatNumber(learning)} s`,
        baseline: `${formatNumber(MAX_LEARNING_SECONDS)} s`,
        ratio: learning / MAX_LEARNING_SECONDS,
        target: { operator: '<=', ratio: 1 },
      },
      {
        name: 'peak memory of the process',
        value: `${formatNumber(peak)} MB`,
        baseline: `${MAX_MEGABYTES} MB; ${formatNumber(idleMegabytes)} MB before`,
        ratio: peak / MAX_MEGABYTES,
        target: { operator: '<=', ratio: 1 },
      },
    ];
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
