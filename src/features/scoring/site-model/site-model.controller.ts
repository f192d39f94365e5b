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

/** The site models that a site's moderators have trained through their decisions: view, activate, roll back. */
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
    summary: 'Get the state of the site model',
    description:
      'Returns the model in effect on this site, the one in shadow mode, and the result of the last training.',
  })
  @ApiOkResponse({ type: SiteModelAnswer })
  read(@CurrentSiteContext() ctx: SiteContext, @CurrentSite() site: SiteFacts): Promise<SiteModelAnswer> {
    return this.selection.read(ctx, site);
  }

  @Put('site-model')
  @ApiOperation({
    summary: 'Choose the model in effect',
    description:
      'Activates a model of this site, or with null rolls back to the shipped model. 409 `not-better` if the model does not beat the shipped model on the held-out texts, `other-model` if it was trained against another version of the shipped model.',
  })
  @ApiOkResponse({ type: SiteModelAnswer })
  choose(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() { siteModelId }: SiteModelChoice,
  ): Promise<SiteModelAnswer> {
    return this.selection.select(ctx, site, siteModelId);
  }

  @Get('site-model/training-examples')
  @ApiOperation({
    summary: 'List training examples',
    description:
      'For each text, the latest human decision if it is still in effect, newest first, with the labels derived from it and whether it is used for training or for evaluation. Suggested scores are not included.',
  })
  @ApiOkResponse({ type: TrainingExamplePage })
  listTrainingExamples(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() query: PageQuery,
  ): Promise<TrainingExamplePage> {
    return this.examples.list(ctx, query);
  }

  @Get('site-models')
  @ApiOperation({ summary: 'List trained models', description: 'Newest first.' })
  @ApiOkResponse({ type: SiteModelPage })
  list(@CurrentSiteContext() ctx: SiteContext): Promise<SiteModelPage> {
    return this.selection.list(ctx);
  }

  @Post('site-models')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Train a model now',
    description:
      "Trains on moderators' decisions and suggested scores. This also happens automatically after every fifty decisions. 409 `learning-off` if the policy disables learning.",
  })
  @ApiAcceptedResponse({ type: TrainingQueued })
  train(@CurrentSiteContext() ctx: SiteContext, @CurrentSite() site: SiteFacts): Promise<TrainingQueued> {
    return this.selection.train(ctx, site);
  }

  @Get('site-models/:model')
  @ApiOperation({
    summary: 'Get a trained model',
    description: 'Includes the words whose weights changed most.',
  })
  @ApiOkResponse({ type: SiteModelDetails })
  readOne(@CurrentSiteContext() ctx: SiteContext, @Param('model') model: string): Promise<SiteModelDetails> {
    return this.selection.readOne(ctx, model);
  }
}
