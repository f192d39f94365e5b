import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ASSISTED_LANGUAGES } from '../../sites/language-levels.js';
import { PublishLimits } from '../../sites/publish-limits.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import { LanguageModelList, type LanguageModelMeasurement } from './language-models.dto.js';

@ApiTags('sites')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/language-models')
export class LanguageModelsController {
  constructor(private readonly limits: PublishLimits) {}

  @Get()
  @ApiOperation({
    summary: 'Measure what the models of other languages could publish',
    description:
      'Compares the toxicity that the shipped model of a language gives with the decisions of the site’s moderators about comments in it.',
  })
  @ApiOkResponse({ type: LanguageModelList })
  async list(@CurrentSiteContext() ctx: SiteContext): Promise<LanguageModelList> {
    const items: LanguageModelMeasurement[] = [];
    for (const language of ASSISTED_LANGUAGES) {
      const { limit, ...measured } = await this.limits.measure(ctx, language);
      items.push({ ...measured, publishBelow: limit?.toxicity ?? null });
    }
    return { items };
  }
}
