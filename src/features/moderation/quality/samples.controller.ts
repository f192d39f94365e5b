import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Cursors } from '../../../platform/http/cursor.js';
import { PageQuery } from '../../../platform/http/fields.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { RequiresWholeSite, AllowViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentSiteContext } from '../../sites/site.decorators.js';
import { SamplesService } from './samples.service.js';
import { SampleReviewAnswer, SampleReviewRequest, SamplePage } from './sampling.dto.js';

@ApiTags('quality')
@PublisherScope('moderation')
@RequiresWholeSite()
@Controller('api/v1/sites/:site/samples')
export class SamplesController {
  constructor(
    private readonly samples: SamplesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @AllowViewers()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'List sampled texts to review, without the decision about them',
    description:
      'Excludes texts that the caller has already reviewed, decided, given an opinion on, or written. Samples are listed for 28 days.',
  })
  @ApiOkResponse({ type: SamplePage })
  async list(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<SamplePage> {
    const [after = null] = this.cursors.read('samples', cursor) ?? [];
    const { items, waiting } = await this.samples.list(ctx, after as string | null, limit + 1);
    const page = this.cursors.page(
      items,
      limit,
      'samples',
      ({ id }) => [id],
      (item) => item,
    );
    return { ...page, waiting };
  }

  @Post(':sample/review')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Review a sampled text',
    description:
      'A review does not change the comment. To change its status, decide it like any other comment.',
  })
  @ApiOkResponse({ type: SampleReviewAnswer })
  review(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('sample') id: string,
    @Body() { answer }: SampleReviewRequest,
  ): Promise<SampleReviewAnswer> {
    return this.samples.review(ctx, id, answer);
  }
}
