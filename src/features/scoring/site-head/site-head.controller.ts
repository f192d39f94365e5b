import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../../platform/http/fields.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { Facts, Site } from '../../sites/site.params.js';
import { HeadChoice } from './head-choice.service.js';
import { LessonsView } from './lessons.view.js';
import {
  HeadLabelFigures,
  HeadWord,
  LabelLessons,
  LessonPage,
  SiteHeadAnswer,
  SiteHeadChoice,
  SiteHeadDetails,
  SiteHeadPage,
  TrainingQueued,
} from './site-head.dto.js';

/** What a site's moderators taught the scorer: to look at, to choose, and to take back. */
@ApiTags('learning')
@ApiExtraModels(HeadLabelFigures, HeadWord, LabelLessons)
@PublisherScope('publisher')
@Controller('api/v1/sites/:site')
export class SiteHeadController {
  constructor(
    private readonly choice: HeadChoice,
    private readonly lessons: LessonsView,
  ) {}

  @Get('head')
  @ApiOperation({
    summary: 'Read what the scorer has learned',
    description: 'Whose scores count on this site, what is in the shadow, and how the last training went.',
  })
  @ApiOkResponse({ type: SiteHeadAnswer })
  read(@Site() ctx: SiteContext, @Facts() site: SiteFacts): Promise<SiteHeadAnswer> {
    return this.choice.read(ctx, site);
  }

  @Put('head')
  @ApiOperation({
    summary: 'Choose whose scores count',
    description:
      'A head of this site, or null for the shipped model: how one goes back. 409 `not-better` for a head that does not beat the shipped model on what was held out, `other-model` for one that was trained beside another shipped model.',
  })
  @ApiOkResponse({ type: SiteHeadAnswer })
  choose(
    @Site() ctx: SiteContext,
    @Facts() site: SiteFacts,
    @Body() { head }: SiteHeadChoice,
  ): Promise<SiteHeadAnswer> {
    return this.choice.choose(ctx, site, head);
  }

  @Get('head/lessons')
  @ApiOperation({
    summary: 'List what the scorer learns from',
    description:
      'The last word of people on each text that still stands, the newest first: what it teaches, and whether heads are trained on it or measured by it. Suggested scores are not among them.',
  })
  @ApiOkResponse({ type: LessonPage })
  listLessons(@Site() ctx: SiteContext, @Query() query: PageQuery): Promise<LessonPage> {
    return this.lessons.list(ctx, query);
  }

  @Get('heads')
  @ApiOperation({ summary: 'List the heads that were trained', description: 'The newest first.' })
  @ApiOkResponse({ type: SiteHeadPage })
  list(@Site() ctx: SiteContext): Promise<SiteHeadPage> {
    return this.choice.list(ctx);
  }

  @Post('heads')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Train a head now',
    description:
      'On what moderators decided and on suggested scores. Otherwise that is done by itself, after every fifty decisions. 409 `learning-off` where the policy says so.',
  })
  @ApiAcceptedResponse({ type: TrainingQueued })
  train(@Site() ctx: SiteContext, @Facts() site: SiteFacts): Promise<TrainingQueued> {
    return this.choice.train(ctx, site);
  }

  @Get('heads/:head')
  @ApiOperation({ summary: 'Read a head', description: 'With the words that moved.' })
  @ApiOkResponse({ type: SiteHeadDetails })
  readOne(@Site() ctx: SiteContext, @Param('head') head: string): Promise<SiteHeadDetails> {
    return this.choice.readOne(ctx, head);
  }
}
