import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { sql } from '../../../platform/database/sql.js';
import { Cursors } from '../../../platform/http/cursor.js';
import { notFound } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { requireWholeSite } from '../../sites/publisher.guard.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { EXPORT_VERSION, type ExportLine } from '../site-records.js';
import { EXPORT_PAGES, EXPORT_SECTIONS, type PageKey } from './export-pages.js';

const CURSOR_SCOPE = 'site-export';

/** Exports a site as the lines of `site-records.ts`. */
@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly sites: SiteSettings,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /**
   * Records the export in the audit log and returns its text in pieces, each a page of whole lines. Each page is read in
   * a transaction of its own, when the previous piece has been taken.
   *
   * @param after `after` of a `cursor` line, to continue behind it
   * @throws Problem 400 for an unknown cursor, 403 for staff limited to sections
   */
  async start(ctx: SiteContext, after?: string): Promise<AsyncGenerator<string>> {
    requireWholeSite(ctx, 'An export contains the whole site');
    const position = this.cursors.read(CURSOR_SCOPE, after);
    const site = await this.sites.find(ctx.siteId);
    if (!site) throw notFound('This site');
    const now = this.clock.now();
    await this.database.inSite(ctx, (tx) =>
      tx.query(sql`SELECT record_audit_event($1, 'site.exported', 'site', $2, '{}')`, [now, ctx.siteId]),
    );
    if (position) {
      const [startedAt, section, ...key] = position as [number, number, ...PageKey];
      return this.pages(ctx, new Date(startedAt), section, key.length > 0 ? key : null);
    }
    const { id, name, origins } = site;
    const header = textOf([
      { type: 'site', version: EXPORT_VERSION, id, name, origins, exportedAt: now.toISOString() },
    ]);
    return this.pages(ctx, now, 0, null, header);
  }

  private async *pages(
    ctx: SiteContext,
    startedAt: Date,
    firstSection: number,
    firstKey: PageKey | null,
    header = '',
  ): AsyncGenerator<string> {
    if (header !== '') yield header;
    let section = firstSection;
    let key = firstKey;
    while (section < EXPORT_SECTIONS.length) {
      const readPage = EXPORT_PAGES[EXPORT_SECTIONS[section]];
      const from = key;
      const { lines, next } = await this.database.inSite(ctx, (tx) => readPage(tx, ctx, from, startedAt));
      key = next;
      if (next === null) section++;
      const after = this.cursors.write(CURSOR_SCOPE, [startedAt.getTime(), section, ...(next ?? [])]);
      if (lines.length > 0) yield textOf([...lines, { type: 'cursor', after }]);
    }
    yield textOf([{ type: 'end' }]);
  }
}

const textOf = (lines: readonly ExportLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');
