import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { SiteSettings } from '../features/sites/site-settings.js';
import { ExportService } from '../features/transfer/export/export.service.js';
import { apiContext } from './api-context.js';
import type { Command } from './command.js';

const USAGE = `npm run cli -- export --site SITE_ID FILE

Writes the whole site to FILE, one JSON object per line; compressed with gzip if the name ends in .gz. An existing file is
not overwritten. Import it with: npm run cli -- import --site OTHER_SITE_ID --format jsonl FILE`;

/** Like `GET api/v1/sites/:site/export`, but without a server. */
export const exportSite: Command = {
  name: 'export',
  help: '--site ID FILE  exports a site to a file',
  usage: USAGE,
  async run(opened, args) {
    const request = parseArguments(args);
    if (request === null) return { text: USAGE, exitCode: 2 };
    const context = await apiContext(opened);
    const site = await context.get(SiteSettings).find(request.site);
    if (!site) return { text: `No site has the id ${request.site}.`, exitCode: 1 };
    const pages = await context
      .get(ExportService)
      .start({ siteId: site.id, principal: { kind: 'admin' }, requestId: 'cli-export' });
    const source = Readable.from(pages, { highWaterMark: 1 });
    const file = createWriteStream(request.path, { flags: 'wx' });
    try {
      if (request.path.endsWith('.gz')) await pipeline(source, createGzip(), file);
      else await pipeline(source, file);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined || !file.errored) throw error;
      const text =
        code === 'EEXIST'
          ? `The file ${request.path} exists already.`
          : `${request.path} cannot be written: ${message}.`;
      return { text, exitCode: 1 };
    }
    return `The site was exported to ${request.path}.`;
  },
};

function parseArguments(args: readonly string[]): { site: string; path: string } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { site: { type: 'string' } },
    });
    if (values.site === undefined || positionals.length !== 1) return null;
    return { site: values.site, path: positionals[0] };
  } catch {
    return null;
  }
}
