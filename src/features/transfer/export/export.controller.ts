import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Text } from '../../../platform/http/fields.js';
import { StrictQuery } from '../../../platform/http/validation.pipe.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import { ExportService } from './export.service.js';

@StrictQuery()
export class ExportQuery {
  @Text({
    optional: true,
    max: 2000,
    description:
      'To resume an interrupted export: `after` of the last `cursor` line that arrived completely.',
  })
  after?: string;
}

@ApiTags('transfer')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/export')
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get()
  @ApiOperation({
    summary: 'Export the whole site',
    description:
      'One JSON object per line; `type` is `site`, `story`, `reader`, `entitlement`, `comment` (with its revisions), `decision`, `reaction`, `flag`, `event`, `audit`, `cursor` or `end`. An import of the format `jsonl` reads the file, except for events and audit entries. A file without the `end` line is incomplete: resume with `?after=`. The export is recorded in the audit log.',
  })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { after }: ExportQuery,
  ): Promise<StreamableFile> {
    const pages = await this.exports.start(ctx, after);
    return new StreamableFile(Readable.from(pages, { highWaterMark: 1 }), {
      type: 'application/x-ndjson',
      disposition: `attachment; filename="site-${ctx.siteId}.jsonl"`,
    });
  }
}
