import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import { SampleDrawAnswer, SampleDrawList, SamplingSettings } from './sampling.dto.js';
import type { SampleDrawEntity } from './sample-draw.entity.js';
import { SamplingService } from './sampling.service.js';

@ApiTags('quality')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/sampling')
export class SamplingController {
  constructor(private readonly sampling: SamplingService) {}

  @Get()
  @ApiOperation({ summary: 'Get how many automatic decisions are sampled per week' })
  @ApiOkResponse({ type: SamplingSettings })
  read(@CurrentSiteContext() ctx: SiteContext): Promise<SamplingSettings> {
    return this.sampling.settings(ctx);
  }

  @Put()
  @ApiOperation({ summary: 'Set how many automatic decisions are sampled per week' })
  @ApiOkResponse({ type: SamplingSettings })
  set(@CurrentSiteContext() ctx: SiteContext, @Body() settings: SamplingSettings): Promise<SamplingSettings> {
    return this.sampling.set(ctx, settings);
  }

  @Get('draws')
  @ApiOperation({ summary: 'List the draws of samples' })
  @ApiOkResponse({ type: SampleDrawList })
  async list(@CurrentSiteContext() ctx: SiteContext): Promise<SampleDrawList> {
    return { items: (await this.sampling.list(ctx)).map(drawAnswer) };
  }

  @Post('draws')
  @HttpCode(202)
  @ApiOperation({ summary: 'Draw samples now, from decisions since the last draw or of the last week' })
  @ApiAcceptedResponse({ type: SampleDrawAnswer })
  async draw(@CurrentSiteContext() ctx: SiteContext): Promise<SampleDrawAnswer> {
    return drawAnswer(await this.sampling.drawNow(ctx));
  }
}

const drawAnswer = ({
  siteId: _,
  since,
  until,
  createdAt,
  doneAt,
  ...draw
}: SampleDrawEntity): SampleDrawAnswer => ({
  ...draw,
  since: since.toISOString(),
  until: until.toISOString(),
  createdAt: createdAt.toISOString(),
  doneAt: doneAt?.toISOString() ?? null,
});
