import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '../../../platform/database/database.js';
import { Cursors } from '../../../platform/http/cursor.js';
import { firstIdAt } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import type { RefusalEntity } from './refusal.entity.js';
import { RefusalLog } from './refusal-log.js';
import { RefusalPage, RefusalQuery } from './refusals.dto.js';
import { sql } from '../../../platform/database/sql.js';

type Row = Omit<RefusalEntity, 'siteId'>;

@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/refusals')
export class RefusalsController {
  constructor(
    private readonly database: Database,
    private readonly log: RefusalLog,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @ApiOperation({
    summary: "List the gate's refusals of the last 30 days with their reasons",
    description: 'A refusal is listed one or two seconds after its response.',
  })
  @ApiOkResponse({ type: RefusalPage })
  async list(@CurrentSiteContext() ctx: SiteContext, @Query() query: RefusalQuery): Promise<RefusalPage> {
    const { readerKey = null, storyKey = null, action = null, code = null, since, until } = query;
    const scope = `refusals:${ctx.siteId}`;
    const before = (this.cursors.read(scope, query.cursor)?.[0] ?? null) as string | null;
    await this.log.flush();
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<Row>(
        sql`SELECT id, reader_key AS "readerKey", story_key AS "storyKey", action, code, message,
           required_tier AS "requiredTier", inputs, times, request_id AS "requestId"
         FROM refusal
         WHERE site_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR reader_key = $3)
           AND ($4::text IS NULL OR story_key = $4) AND ($5::text IS NULL OR action = $5)
           AND ($6::text IS NULL OR code = $6) AND ($7::uuid IS NULL OR id >= $7) AND ($8::uuid IS NULL OR id < $8)
         ORDER BY id DESC LIMIT $9`,
        [ctx.siteId, before, readerKey, storyKey, action, code, idAt(since), idAt(until), query.limit + 1],
      ),
    );
    return this.cursors.page(
      rows,
      query.limit,
      scope,
      (row) => [row.id],
      (row) => ({ ...row, refusedAt: timeOf(row.id).toISOString() }),
    );
  }
}

const idAt = (instant: string | undefined): string | null =>
  instant === undefined ? null : firstIdAt(Math.max(0, Date.parse(instant)));

/** Returns the time encoded in a UUIDv7 (RFC 9562, section 5.7). */
const timeOf = (id: string): Date => new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
