import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { acceptsFile } from '../../../platform/http/file-routes.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import type { LineFault, SiteImport } from './import.repository.js';
import {
  FaultsQuery,
  ImportQuery,
  ImportStarted,
  LearnedLabel,
  SiteImportAnswer,
  SiteImportPage,
} from './imports.dto.js';
import { ImportsService } from './imports.service.js';
import { trainingSummary } from './training-summary.js';

const PATH = 'api/v1/sites/:site/imports';
const FAULTS_PER_PAGE = 100;
acceptsFile(PATH);

@ApiTags('transfer')
@ApiExtraModels(LearnedLabel)
@PublisherScope('publisher')
@Controller(PATH)
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Import comments from another product',
    description:
      'The body is the file, uncompressed or compressed with gzip. Any `Content-Type` is accepted. When the upload is complete, a worker imports the file; the site can be used as usual in the meantime. Existing data is not changed, so importing the same file again changes nothing. The import sends no events, webhooks or emails. A site can run one import at a time. An unknown query parameter is a 400 `unknown-parameter`.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ type: ImportQuery })
  @ApiAcceptedResponse({ type: ImportStarted, description: 'The file is stored and will be imported.' })
  async start(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { format, dryRun, coralSite }: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportStarted> {
    const isDryRun = dryRun !== undefined && dryRun !== 'false' && dryRun !== '0';
    return {
      id: await this.imports.receive(
        ctx,
        { format, dryRun: isDryRun, group: coralSite ?? null },
        request.raw,
      ),
    };
  }

  @Get()
  @ApiOperation({ summary: 'List the site’s imports' })
  @ApiOkResponse({ type: SiteImportPage })
  async list(@CurrentSiteContext() ctx: SiteContext): Promise<SiteImportPage> {
    return { items: (await this.imports.list(ctx)).map((siteImport) => answerOf(siteImport, [])) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get the progress, counts and faults of an import' })
  @ApiOkResponse({ type: SiteImportAnswer })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Query() { faultsAfter }: FaultsQuery,
  ): Promise<SiteImportAnswer> {
    const { siteImport, faults } = await this.imports.find(ctx, id, faultsAfter, FAULTS_PER_PAGE);
    return answerOf(siteImport, faults);
  }

  @Delete(':id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel an import',
    description:
      'The import stops after the current batch and its `state` becomes `cancelled`. Everything it has written is kept; import the same file again to add the rest. Responds with 409 `import-ended` if the import has already ended.',
  })
  @ApiAcceptedResponse({ type: SiteImportAnswer })
  async cancel(@CurrentSiteContext() ctx: SiteContext, @Param('id') id: string): Promise<SiteImportAnswer> {
    return answerOf(await this.imports.cancel(ctx, id), []);
  }
}

function answerOf(siteImport: SiteImport, faults: (LineFault & { number: number })[]): SiteImportAnswer {
  return {
    id: siteImport.id,
    format: siteImport.format,
    dryRun: siteImport.dryRun,
    state: siteImport.state,
    progress: { step: siteImport.step, done: siteImport.stepDone, total: siteImport.stepTotal },
    counts: siteImport.counts,
    failure: siteImport.failure,
    learned: siteImport.learned && { ...siteImport.learned, message: trainingSummary(siteImport.learned) },
    faults: { total: siteImport.faults, items: faults },
    createdAt: siteImport.createdAt.toISOString(),
    finishedAt: siteImport.finishedAt?.toISOString() ?? null,
  };
}
