import { createReadStream, existsSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { ImportWaiting, waitingText } from '../features/transfer/import/import-failure.js';
import { ImportFormats } from '../features/transfer/import/import-formats.js';
import { ImportRunnerService } from '../features/transfer/import/import-runner.service.js';
import type { LineFault, SiteImport, SiteImportId } from '../features/transfer/import/import.repository.js';
import { trainingSummary } from '../features/transfer/import/training-summary.js';
import { ImportsService, type ImportRequest } from '../features/transfer/import/imports.service.js';
import { SiteSettings } from '../features/sites/site-settings.js';
import { isDatabaseUnavailable } from '../platform/database/database-unavailable.js';
import { Problem } from '../platform/http/problem.js';
import type { SiteContext } from '../platform/tenancy/site-context.js';
import { apiContext } from './api-context.js';
import type { Command, CommandOutcome } from './command.js';

const USAGE = `npm run cli -- import --site SITE_ID --format FORMAT [--dry-run] [--coral-site ID] FILE
npm run cli -- import --site SITE_ID --resume
npm run cli -- import --site SITE_ID --cancel

Imports comments from a file, gzipped or not. The formats: coral, a tar of the files that mongoexport writes; disqus, XML;
wordpress, WXR; csv; jsonl, the export of a site. Existing data is not changed. With --dry-run the file is read, counted
and checked, but nothing is written. --resume continues an import whose process was killed. --cancel stops an import;
everything it has already written is kept.`;

const POLL_INTERVAL_MS = 1_000;
const FAULTS_SHOWN = 100;

interface Request {
  readonly site: string;
  readonly action: { readonly kind: 'resume' | 'cancel' } | ({ readonly kind: 'import' } & FileToImport);
}

interface FileToImport extends ImportRequest {
  readonly path: string;
}

/**
 * Like `POST api/v1/sites/:site/imports`, but without a server. A server running at the same time may continue the
 * import.
 */
export const importComments: Command = {
  name: 'import',
  help: '--site ID --format FORMAT [--dry-run] FILE  imports comments from a file',
  usage: USAGE,
  async run(opened, args) {
    const request = parseArguments(args);
    if (request === null) return { text: USAGE, exitCode: 2 };
    const { action } = request;
    if (action.kind === 'import') {
      const problem = fileProblem(action.path);
      if (problem !== null) return { text: problem, exitCode: 2 };
    }
    const context = await apiContext(opened);
    if (action.kind === 'import' && !context.get(ImportFormats).get(action.format))
      return { text: `Unknown format: ${action.format}.\n\n${USAGE}`, exitCode: 2 };
    const site = await context.get(SiteSettings).find(request.site);
    if (!site) return { text: `No site has the id ${request.site}.`, exitCode: 1 };
    const ctx: SiteContext = { siteId: site.id, principal: { kind: 'admin' }, requestId: 'cli-import' };
    const imports = context.get(ImportsService);
    try {
      if (action.kind === 'import') {
        const file = createReadStream(action.path) as AsyncIterable<Buffer>;
        return await runToEnd(context, ctx, await imports.receive(ctx, action, file));
      }
      const running = (await imports.list(ctx)).find(
        ({ state }) => state === 'running' || state === 'receiving',
      );
      if (!running) return { text: 'No import is running for this site.', exitCode: 1 };
      if (action.kind === 'cancel') await imports.cancel(ctx, running.id);
      else if (running.state === 'receiving')
        return {
          text: 'The file of the running import was not received completely. Cancel the import with --cancel, then import the file again.',
          exitCode: 1,
        };
      return await runToEnd(context, ctx, running.id);
    } catch (error) {
      if (error instanceof ImportWaiting || isDatabaseUnavailable(error))
        return {
          text: `${waitingText(error)} A running server continues the import automatically; without a server, use --resume.`,
          exitCode: 1,
        };
      if (!(error instanceof Problem)) throw error;
      return { text: problemText(error), exitCode: 1 };
    }
  },
};

/** Runs an import to its end, starting from any step. */
async function runToEnd(
  context: INestApplicationContext,
  ctx: SiteContext,
  id: SiteImportId,
): Promise<CommandOutcome> {
  const running = context.get(ImportRunnerService).run(ctx.siteId, id, new AbortController().signal);
  for (let lastLine = ''; ;) {
    const { siteImport, faults } = await context.get(ImportsService).find(ctx, id, 0, FAULTS_SHOWN);
    const line = progressOf(siteImport);
    if (line !== lastLine) console.error((lastLine = line));
    if (siteImport.state !== 'receiving' && siteImport.state !== 'running') {
      await running;
      return outcomeOf(siteImport, faults);
    }
    // Wait for the import to end, for the next poll, or for a failure, which ends the command.
    await Promise.race([running, sleep(POLL_INTERVAL_MS)]);
    await sleep(50);
  }
}

/** Returns why the file cannot be imported; null if it can be read. */
function fileProblem(path: string): string | null {
  if (!existsSync(path)) return `The file ${path} does not exist.`;
  const file = statSync(path);
  if (!file.isFile()) return `${path} is not a file.`;
  return file.size === 0 ? `The file ${path} is empty.` : null;
}

const problemText = ({ code, detail }: Problem): string =>
  code === 'import-running'
    ? `${detail} Instead of a file, give --resume to continue that import or --cancel to stop it.`
    : detail;

function parseArguments(args: readonly string[]): Request | null {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        site: text,
        format: text,
        'coral-site': text,
        'dry-run': flag,
        resume: flag,
        cancel: flag,
      },
    });
    const { site, format, 'coral-site': group = null, 'dry-run': dryRun = false, resume, cancel } = values;
    if (site === undefined) return null;
    if (resume || cancel) {
      if (positionals.length > 0 || (resume && cancel)) return null;
      return { site, action: { kind: resume ? 'resume' : 'cancel' } };
    }
    if (format === undefined || positionals.length !== 1) return null;
    return { site, action: { kind: 'import', format, dryRun, group, path: positionals[0] } };
  } catch {
    return null;
  }
}

function progressOf({ step, stepDone, stepTotal }: SiteImport): string {
  const share = stepTotal > 0 ? ` ${Math.min(100, Math.floor((stepDone / stepTotal) * 100))} %` : '';
  return `${step}${share}`;
}

const rowOf = (kind: string, cells: readonly (string | number)[]): string =>
  `${kind.padEnd(12)}${cells.map((cell) => String(cell).padStart(13)).join('')}`;

function outcomeOf(
  { state, dryRun, counts, faults: total, failure, learned }: SiteImport,
  faults: readonly LineFault[],
): CommandOutcome {
  if (state === 'failed') {
    // There are no counts before the first step that writes something.
    const hasCounts = Object.keys(counts).length > 0;
    const summary = hasCounts ? 'The import stopped before it was complete.' : 'Nothing was imported.';
    return { text: `${summary} ${failure?.message ?? ''}`, exitCode: 1 };
  }
  if (state === 'cancelled')
    return {
      text: 'The import was cancelled. Everything it wrote is kept; import the file again to add the rest.',
      exitCode: 1,
    };
  const lines = [
    dryRun ? 'Nothing was written. An import would do the following.' : 'The import is complete.',
    '',
    rowOf('', ['read', 'created', 'unchanged', 'not updated', 'skipped']),
    ...Object.entries(counts).map(([kind, { read, created, unchanged, notUpdated, skipped }]) =>
      rowOf(kind, [read, created, unchanged, notUpdated, skipped]),
    ),
    '',
    total === 0 ? 'No line has an error.' : `${total} ${total === 1 ? 'line has' : 'lines have'} an error:`,
    ...faults.map(({ file, line, code, message }) => `  ${file}:${line}  ${code}: ${message}`),
    ...(total > faults.length ? [`  and ${total - faults.length} more`] : []),
    ...(learned ? ['', trainingSummary(learned)] : []),
  ];
  return { text: lines.join('\n'), exitCode: 0 };
}
