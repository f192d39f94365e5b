import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { AuditPage, AuditQuery, AuditVerification } from './audit.dto.js';
import { AuditView } from './audit.view.js';

@ApiTags('audit')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/audit')
export class AuditController {
  constructor(private readonly audit: AuditView) {}

  @Get()
  @ApiOperation({ summary: 'List what staff did, when and why' })
  @ApiOkResponse({ type: AuditPage })
  list(@CurrentSiteContext() ctx: SiteContext, @Query() query: AuditQuery): Promise<AuditPage> {
    return this.audit.list(ctx, query);
  }

  @Get('verification')
  @ApiOperation({ summary: 'Check that the audit log has not been altered' })
  @ApiOkResponse({ type: AuditVerification })
  verify(@CurrentSiteContext() ctx: SiteContext): Promise<AuditVerification> {
    return this.audit.verify(ctx);
  }

  @Get('export')
  @ApiOperation({
    summary: 'Export the whole audit log, oldest entry first',
    description:
      'One JSON object per line: `position`, `previous`, `hash` and `entry`. `hash` is the SHA-256 of `previous`, `position` and the exact text of `entry`, separated by line breaks.',
  })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  export(@CurrentSiteContext() ctx: SiteContext): StreamableFile {
    return new StreamableFile(Readable.from(this.audit.lines(ctx)), {
      type: 'application/x-ndjson',
      disposition: `attachment; filename="audit-${ctx.siteId}.ndjson"`,
    });
  }
}
