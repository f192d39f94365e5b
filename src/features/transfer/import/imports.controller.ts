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
import { takesFile } from '../../../platform/http/file-routes.js';
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
const FAULTS_SHOWN = 100;
takesFile(PATH);

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
      'The body is the file, as it is or packed by gzip, of any `Content-Type`. Once it has arrived a worker imports it ' +
      'while the site stays in use. What is there already stays as it is, so the same file a second time changes nothing. ' +
      'Nobody is told: no event, webhook or email follows. One import of a site runs at a time. A query parameter that is ' +
      'not known is a 400 `unknown-parameter`.',
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
    return { items: (await this.imports.list(ctx)).map((found) => answerOf(found, [])) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get the progress, counts and faults of an import' })
  @ApiOkResponse({ type: SiteImportAnswer })
  async read(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('id') id: string,
    @Query() { faultsAfter }: FaultsQuery,
  ): Promise<SiteImportAnswer> {
    const { found, faults } = await this.imports.find(ctx, id, faultsAfter, FAULTS_SHOWN);
    return answerOf(found, faults);
  }

  @Delete(':id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel an import',
    description:
      'It stops after the batch under way, and its `state` is `cancelled` then. What it wrote stays, and the same file ' +
      'imported again brings the rest. 409 `import-ended` where it has ended already.',
  })
  @ApiAcceptedResponse({ type: SiteImportAnswer })
  async cancel(@CurrentSiteContext() ctx: SiteContext, @Param('id') id: string): Promise<SiteImportAnswer> {
    return answerOf(await this.imports.cancel(ctx, id), []);
  }
}

function answerOf(found: SiteImport, items: (LineFault & { number: number })[]): SiteImportAnswer {
  return {
    id: found.id,
    format: found.format,
    dryRun: found.dryRun,
    state: found.state,
    progress: { step: found.step, done: found.stepDone, total: found.stepTotal },
    counts: found.counts,
    failure: found.failure,
    learned: found.learned && { ...found.learned, message: trainingSummary(found.learned) },
    faults: { total: found.faults, items },
    createdAt: found.createdAt.toISOString(),
    finishedAt: found.finishedAt?.toISOString() ?? null,
  };
}
