import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../../platform/http/fields.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { SiteModelSelectionService } from './site-model-selection.service.js';
import { TrainingExamplesView } from './training-examples.view.js';
import {
  SiteModelLabelFigures,
  SiteModelWord,
  LabelExampleCounts,
  TrainingExamplePage,
  SiteModelAnswer,
  SiteModelChoice,
  SiteModelDetails,
  SiteModelPage,
  TrainingQueued,
} from './site-model.dto.js';

/** What a site's moderators taught the scorer: to look at, to choose, and to take back. */
@ApiTags('learning')
@ApiExtraModels(SiteModelLabelFigures, SiteModelWord, LabelExampleCounts)
@PublisherScope('publisher')
@Controller('api/v1/sites/:site')
export class SiteModelController {
  constructor(
    private readonly selection: SiteModelSelectionService,
    private readonly examples: TrainingExamplesView,
  ) {}

  @Get('site-model')
  @ApiOperation({
    summary: 'Read what the scorer has learned',
    description: 'Whose scores count on this site, what is in the shadow, and how the last training went.',
  })
  @ApiOkResponse({ type: SiteModelAnswer })
  read(@CurrentSiteContext() ctx: SiteContext, @CurrentSite() site: SiteFacts): Promise<SiteModelAnswer> {
    return this.selection.read(ctx, site);
  }

  @Put('site-model')
  @ApiOperation({
    summary: 'Choose whose scores count',
    description:
      'A head of this site, or null for the shipped model: how one goes back. 409 `not-better` for a head that does not beat the shipped model on what was held out, `other-model` for one that was trained beside another shipped model.',
  })
  @ApiOkResponse({ type: SiteModelAnswer })
  choose(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() { head }: SiteModelChoice,
  ): Promise<SiteModelAnswer> {
    return this.selection.select(ctx, site, head);
  }

  @Get('site-model/training-examples')
  @ApiOperation({
    summary: 'List what the scorer learns from',
    description:
      'The last word of people on each text that still stands, the newest first: what it teaches, and whether heads are trained on it or measured by it. Suggested scores are not among them.',
  })
  @ApiOkResponse({ type: TrainingExamplePage })
  listTrainingExamples(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() query: PageQuery,
  ): Promise<TrainingExamplePage> {
    return this.examples.list(ctx, query);
  }

  @Get('site-models')
  @ApiOperation({ summary: 'List the heads that were trained', description: 'The newest first.' })
  @ApiOkResponse({ type: SiteModelPage })
  list(@CurrentSiteContext() ctx: SiteContext): Promise<SiteModelPage> {
    return this.selection.list(ctx);
  }

  @Post('site-models')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Train a head now',
    description:
      'On what moderators decided and on suggested scores. Otherwise that is done by itself, after every fifty decisions. 409 `learning-off` where the policy says so.',
  })
  @ApiAcceptedResponse({ type: TrainingQueued })
  train(@CurrentSiteContext() ctx: SiteContext, @CurrentSite() site: SiteFacts): Promise<TrainingQueued> {
    return this.selection.train(ctx, site);
  }

  @Get('site-models/:model')
  @ApiOperation({ summary: 'Read a head', description: 'With the words that moved.' })
  @ApiOkResponse({ type: SiteModelDetails })
  readOne(@CurrentSiteContext() ctx: SiteContext, @Param('model') model: string): Promise<SiteModelDetails> {
    return this.selection.readOne(ctx, model);
  }
}
