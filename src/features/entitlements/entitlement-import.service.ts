import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { invalid, notFound } from '../../platform/http/problem.js';
import { isUuid, newId } from '../../platform/ids.js';
import { JobHandlers, type JobToAdd } from '../../platform/jobs/jobs.js';
import { JobsService } from '../../platform/jobs/jobs.service.js';
import { SYSTEM } from '../../platform/auth/principal.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isReaderKey } from '../readers/reader-key.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { SiteSettings } from '../sites/site-settings.js';
import { DEFAULT_KEY, EntitlementService } from './entitlement.service.js';
import type { ImportAnswer, ImportItem } from './entitlement-import.dto.js';
import { IMPORT_ENTITLEMENTS, type ImportId } from './import-entitlements.job.js';
import { OrganisationsService } from './organisations/organisations.service.js';
import { EntitlementImportEntity } from './entitlement-import.entity.js';
import { sql } from '../../platform/database/sql.js';

/** Rows per transaction. Small, so that locks are held only briefly. */
const BATCH_SIZE = 50;
const MAX_STORED_ERRORS = 100;
const MAX_RETURNED_ERRORS = 20;

type Fault = EntitlementImportEntity['errors'][number];

const imports = (tx: Tx) => tx.manager.getRepository(EntitlementImportEntity);

/** Imports many entitlements in the background. A row that fails does not affect the others. */
@Injectable()
export class EntitlementImportService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly entitlements: EntitlementService,
    private readonly organisations: OrganisationsService,
    private readonly sites: SiteSettings,
    private readonly jobs: JobsService,
    private readonly handlers: JobHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(
      IMPORT_ENTITLEMENTS,
      ({ siteId, importId }) =>
        this.processBatch({ siteId, principal: SYSTEM, requestId: `import-${importId}` }, importId),
      ({ siteId, importId }) => this.fail({ siteId }, importId),
    );
  }

  /**
   * Stores the list and starts the import. Both are committed when this returns.
   *
   * @throws Problem 400 for a row that is neither an entitlement nor a seat, or both
   */
  async start(ctx: SiteContext, items: readonly ImportItem[]): Promise<ImportAnswer> {
    checkItems(items);
    const id = newId<'entitlement-import'>();
    const now = this.clock.now();
    return this.database.inSite(ctx, async (tx) => {
      const { siteId } = ctx;
      await imports(tx).insert({ siteId, id, state: 'running', total: items.length, createdAt: now });
      await tx.query(
        sql`INSERT INTO entitlement_import_row (site_id, import_id, number, item)
         SELECT $1, $2, number - 1, item FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS list (item, number)`,
        [siteId, id, JSON.stringify(items)],
      );
      await this.jobs.add([jobFor(ctx, id, 0)]);
      return answerOf(await imports(tx).findOneByOrFail({ siteId, id }));
    });
  }

  async read(ctx: SiteContext, id: string): Promise<ImportAnswer> {
    const { siteId } = ctx;
    const row =
      isUuid(id) &&
      (await this.database.inSite(ctx, (tx) => imports(tx).findOneBy({ siteId, id: id as ImportId })));
    if (!row) throw notFound('This import');
    return answerOf(row);
  }

  /** Returns the latest hundred imports, newest first. */
  async list(ctx: SiteContext): Promise<ImportAnswer[]> {
    const rows = await this.database.inSite(ctx, (tx) =>
      imports(tx).find({ where: { siteId: ctx.siteId }, order: { id: 'DESC' }, take: 100 }),
    );
    return rows.map(answerOf);
  }

  private async processBatch(ctx: SiteContext, id: ImportId): Promise<readonly JobToAdd[]> {
    const site = await this.sites.find(ctx.siteId);
    if (!site) return [];
    const remaining = await this.database.inSite(ctx, async (tx) => {
      // If two workers run the same batch, the lock makes the second one find its rows already processed.
      const running = await imports(tx).findOne({
        where: { siteId: ctx.siteId, id, state: 'running' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!running) return 0;
      const rows = await tx.query<{ number: number; item: ImportItem }>(
        sql`DELETE FROM entitlement_import_row WHERE (site_id, import_id, number) IN (
           SELECT site_id, import_id, number FROM entitlement_import_row
           WHERE site_id = $1 AND import_id = $2 ORDER BY number LIMIT $3)
         RETURNING number, item`,
        [ctx.siteId, id, BATCH_SIZE],
      );
      rows.sort((a, b) => a.number - b.number);
      const items = rows.map(({ item }) => item);
      await this.organisations.lockAll(
        tx,
        ctx,
        items.flatMap(({ organisation }) => organisation ?? []),
      );
      await this.entitlements.lockReaders(
        tx,
        ctx,
        items.map(({ readerKey }) => readerKey),
      );
      const counts = { applied: 0, unchanged: 0 };
      const faults: Fault[] = [];
      for (const { number, item } of rows) {
        const outcome = findFault(site, item) ?? (await this.applyItem(tx, ctx, item, running.createdAt));
        if (typeof outcome === 'string') counts[outcome]++;
        else faults.push({ index: number, ...outcome });
      }
      const processed = running.applied + running.unchanged + running.refused + rows.length;
      const isDone = processed >= running.total || rows.length === 0;
      await tx.query(
        sql`UPDATE entitlement_import SET applied = applied + $3, unchanged = unchanged + $4, refused = refused + $5,
           errors = $6, state = $7, finished_at = $8 WHERE site_id = $1 AND id = $2`,
        [
          ctx.siteId,
          id,
          counts.applied,
          counts.unchanged,
          faults.length,
          JSON.stringify([...running.errors, ...faults].slice(0, MAX_STORED_ERRORS)),
          isDone ? 'done' : 'running',
          isDone ? this.clock.now() : null,
        ],
      );
      return isDone ? 0 : running.total - processed;
    });
    return remaining > 0 ? [jobFor(ctx, id, remaining)] : [];
  }

  private async applyItem(
    tx: Tx,
    ctx: SiteContext,
    { readerKey, key, tier, status, validUntil, graceUntil, kind, grantedBy, organisation }: ImportItem,
    sentAt: Date,
  ): Promise<'applied' | 'unchanged' | Omit<Fault, 'index'>> {
    if (await this.entitlements.isOfDeletedReader(tx, ctx, readerKey, { reportedAt: sentAt }))
      return READER_DELETED;
    if (organisation !== undefined) return this.addSeat(tx, ctx, organisation, readerKey);
    const outcome = await this.entitlements.apply(
      tx,
      ctx,
      { readerKey, key: key ?? DEFAULT_KEY },
      {
        tier: tier!,
        status: status!,
        validUntil: validUntil ? new Date(validUntil) : null,
        graceUntil: graceUntil ? new Date(graceUntil) : null,
        kind,
        grantedBy,
      },
      { source: 'api', reportedAt: this.clock.now(), sequence: null, messageId: null },
    );
    return outcome === 'applied' ? 'applied' : 'unchanged';
  }

  private async addSeat(
    tx: Tx,
    ctx: SiteContext,
    organisation: string,
    readerKey: string,
  ): Promise<'applied' | 'unchanged' | Omit<Fault, 'index'>> {
    const seats = await this.organisations.addSeatsInTransaction(tx, ctx, organisation, [readerKey]);
    if (!seats) {
      const message = `The site has no organisation with the key "${organisation}".`;
      return { code: 'unknown-organisation', message };
    }
    const [refused] = seats.refused;
    if (refused) return { code: refused.code, message: refused.message };
    return seats.seated > 0 ? 'applied' : 'unchanged';
  }

  private async fail({ siteId }: Pick<SiteContext, 'siteId'>, id: ImportId): Promise<void> {
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      imports(tx).update({ siteId, id, state: 'running' }, { state: 'failed', finishedAt: this.clock.now() }),
    );
  }
}

const READER_DELETED = {
  code: 'reader-deleted',
  message: 'The reader was deleted after this list was sent.',
};

const jobFor = ({ siteId }: SiteContext, importId: ImportId, remaining: number): JobToAdd =>
  IMPORT_ENTITLEMENTS.create(`import-${importId}-${remaining}`, { siteId, importId });

/** Properties that an organisation defines for all its seats. */
const ORGANISATION_FIELDS = [
  'tier',
  'status',
  'validUntil',
  'graceUntil',
  'kind',
  'grantedBy',
  'key',
] as const;

/** @throws Problem 400 */
function checkItems(items: readonly ImportItem[]): void {
  const errors = items.flatMap((item, index) => {
    if (item.organisation !== undefined) {
      const message = 'The organisation sets this for its seats. Leave it out.';
      return ORGANISATION_FIELDS.filter((field) => item[field] !== undefined).map((field) => ({
        pointer: `/items/${index}/${field}`,
        code: 'of-organisation',
        message,
      }));
    }
    const message = 'Send tier and status for an entitlement, or organisation for a seat.';
    return (['tier', 'status'] as const)
      .filter((field) => item[field] === undefined)
      .map((field) => ({ pointer: `/items/${index}/${field}`, code: 'required', message }));
  });
  if (errors.length > 0) throw invalid(errors.slice(0, MAX_RETURNED_ERRORS));
}

function findFault(site: SiteFacts, item: ImportItem): Omit<Fault, 'index'> | null {
  if (item.tier !== undefined && !site.tiers.has(item.tier)) {
    return { code: 'unknown-tier', message: `The site has no tier with the key "${item.tier}".` };
  }
  if (!isReaderKey(item.readerKey)) {
    return {
      code: 'bad-reader-key',
      message: 'A reader key must have 1 to 255 characters and must not contain NUL.',
    };
  }
  return null;
}

const answerOf = (row: EntitlementImportEntity): ImportAnswer => ({
  id: row.id,
  state: row.state,
  total: row.total,
  done: row.applied + row.unchanged + row.refused,
  applied: row.applied,
  unchanged: row.unchanged,
  refused: row.refused,
  errors: row.errors,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
