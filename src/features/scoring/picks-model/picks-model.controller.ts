import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import { TrainingQueued } from '../site-model/site-model.dto.js';
import { PicksModelAnswer, PicksModelChange } from './picks-model.dto.js';
import { PicksModelSelectionService } from './picks-model-selection.service.js';

/** What a site's picks taught about the order of comments. */
@ApiTags('learning')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/picks-model')
export class PicksModelController {
  constructor(private readonly selection: PicksModelSelectionService) {}

  @Get()
  @ApiOperation({
    summary: 'Get the state of the picks model',
    description:
      "Returns the models that were trained on the editors' picks, which of them ranks comments now, and the number of picks.",
  })
  @ApiOkResponse({ type: PicksModelAnswer })
  read(@CurrentSiteContext() ctx: SiteContext): Promise<PicksModelAnswer> {
    return this.selection.read(ctx);
  }

  @Put()
  @ApiOperation({
    summary: 'Switch the picks model on or off',
    description:
      'Off: the shipped head ranks comments again, and nothing is trained. On: the latest model is used if it ranks better than the shipped head. Comments are ranked anew within minutes.',
  })
  @ApiOkResponse({ type: PicksModelAnswer })
  set(
    @CurrentSiteContext() ctx: SiteContext,
    @Body() { enabled }: PicksModelChange,
  ): Promise<PicksModelAnswer> {
    return this.selection.set(ctx, enabled);
  }

  @Post('train')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Train the picks model now',
    description:
      'This also happens automatically when the number of picks has changed by ten. 409 `picks-off` if it is switched off.',
  })
  @ApiAcceptedResponse({ type: TrainingQueued })
  train(@CurrentSiteContext() ctx: SiteContext): Promise<TrainingQueued> {
    return this.selection.train(ctx);
  }
}
