import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { ImportAnswer, ImportPage, ImportRequest } from './entitlement-import.dto.js';
import { EntitlementImportService } from './entitlement-import.service.js';

@ApiTags('entitlements')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/entitlements/imports')
export class EntitlementImportController {
  constructor(private readonly imports: EntitlementImportService) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Import many entitlements' })
  @ApiAcceptedResponse({
    type: ImportAnswer,
    description: 'The import runs in the background. Poll it for its progress.',
  })
  start(@CurrentSiteContext() ctx: SiteContext, @Body() { items }: ImportRequest): Promise<ImportAnswer> {
    return this.imports.start(ctx, items);
  }

  @Get()
  @ApiOperation({ summary: 'List bulk imports of entitlements' })
  @ApiOkResponse({ type: ImportPage })
  async list(@CurrentSiteContext() ctx: SiteContext): Promise<ImportPage> {
    return { items: await this.imports.list(ctx) };
  }

  @Get(':id')
  @ApiOperation({ summary: "Get a bulk import's progress" })
  @ApiOkResponse({ type: ImportAnswer })
  read(@CurrentSiteContext() ctx: SiteContext, @Param('id') id: string): Promise<ImportAnswer> {
    return this.imports.read(ctx, id);
  }
}
