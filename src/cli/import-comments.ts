import { createReadStream, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ImportFormats } from '../features/transfer/import/import-formats.js';
import { ImportRunner } from '../features/transfer/import/import-runner.service.js';
import type { SiteImport, LineFault } from '../features/transfer/import/import.repository.js';
import { SiteImports } from '../features/transfer/import/imports.service.js';
import { SiteSettings } from '../features/sites/site-settings.js';
import { Problem } from '../platform/http/problem.js';
import type { SiteContext } from '../platform/tenancy/site-context.js';
import { apiContext } from './api-context.js';
import type { Command, CommandOutcome } from './command.js';

const USAGE = `npm run cli -- import --site SITE_ID --format coral [--dry-run] [--coral-site ID] FILE

Imports comments from a file: for Coral a tar of the files that mongoexport writes, packed by gzip or not. What is there
already stays as it is. With --dry-run the file is read, counted and checked, and nothing is written.`;

const LOOK_EVERY_MS = 1_000;
const FAULTS_SHOWN = 100;

/** As `POST /api/v1/sites/:site/imports`, without a server; one that runs beside it may carry the import on. */
export const importComments: Command = {
  name: 'import',
  help: '--site ID --format coral [--dry-run] FILE  imports comments from another product',
  async run(opened, args) {
    const request = parseArguments(args);
    if (request === null) return { text: USAGE, exitCode: 2 };
    if (!existsSync(request.path)) return { text: `There is no file ${request.path}.`, exitCode: 2 };
    const context = await apiContext(opened);
    if (!context.get(ImportFormats).get(request.format))
      return { text: `The format ${request.format} is not known.\n\n${USAGE}`, exitCode: 2 };
    const site = await context.get(SiteSettings).find(request.site);
    if (!site) return { text: `There is no site ${request.site}.`, exitCode: 1 };
    const ctx: SiteContext = { siteId: site.id, principal: { kind: 'admin' }, requestId: 'cli-import' };
    const imports = context.get(SiteImports);
    try {
      const id = await imports.receive(ctx, request, createReadStream(request.path) as AsyncIterable<Buffer>);
      const running = context.get(ImportRunner).run(site.id, id, new AbortController().signal);
      for (let last = ''; ;) {
        const { found, faults } = await imports.find(ctx, id, 0, FAULTS_SHOWN);
        const line = progressOf(found);
        if (line !== last) console.error((last = line));
        if (found.state === 'done' || found.state === 'failed') {
          await running;
          return outcomeOf(found, faults);
        }
        // Its own end, the next look, or its failure, which ends the command.
        await Promise.race([running, sleep(LOOK_EVERY_MS)]);
        await sleep(50);
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { text: error.detail, exitCode: 1 };
    }
  },
};

function parseArguments(
  args: readonly string[],
): { site: string; format: string; dryRun: boolean; group: string | null; path: string } | null {
  try {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { site: text, format: text, 'coral-site': text, 'dry-run': { type: 'boolean' } },
    });
    const { site, format, 'coral-site': group = null, 'dry-run': dryRun = false } = values;
    if (site === undefined || format === undefined || positionals.length !== 1) return null;
    return { site, format, dryRun, group, path: positionals[0] };
  } catch {
    return null;
  }
}

function progressOf({ step, stepDone, stepTotal }: SiteImport): string {
  const share = stepTotal > 0 ? ` ${Math.min(100, Math.floor((stepDone / stepTotal) * 100))} %` : '';
  return `${step}${share}`;
}

function outcomeOf(
  { state, dryRun, counts, faults: total, failure }: SiteImport,
  faults: readonly LineFault[],
): CommandOutcome {
  if (state === 'failed') return { text: `Nothing was imported. ${failure?.message ?? ''}`, exitCode: 1 };
  const lines = [
    dryRun ? 'Nothing was written; this is what an import would do.' : 'The import is complete.',
    '',
    `${''.padEnd(12)}${['read', 'created', 'unchanged', 'skipped'].map((name) => name.padStart(11)).join('')}`,
    ...Object.entries(counts).map(
      ([kind, { read, created, unchanged, skipped }]) =>
        `${kind.padEnd(12)}${[read, created, unchanged, skipped].map((number) => String(number).padStart(11)).join('')}`,
    ),
    '',
    total === 0 ? 'No line had a fault.' : `${total} ${total === 1 ? 'line has' : 'lines have'} a fault:`,
    ...faults.map(({ file, line, code, message }) => `  ${file}:${line}  ${code}: ${message}`),
    ...(total > faults.length ? [`  and ${total - faults.length} more`] : []),
  ];
  return { text: lines.join('\n'), exitCode: 0 };
}
