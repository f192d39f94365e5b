import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import {
  CalibrationAdoption,
  ScorerCalibration,
  CalibrationDifferencePage,
  ScorerCalibrationPage,
  DifferencesQuery,
  NewCalibration,
} from './calibrations.dto.js';
import { CalibrationsService } from './calibrations.service.js';

/** Moves a site from one scorer to another without holding more or fewer comments. */
@ApiTags('scoring')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/calibrations')
export class CalibrationsController {
  constructor(private readonly calibrations: CalibrationsService) {}

  @Get()
  @ApiOperation({
    summary: 'List calibrations',
    description: 'Returns the latest 50, with the scorers that can be compared.',
  })
  @ApiOkResponse({ type: ScorerCalibrationPage })
  list(@CurrentSiteContext() ctx: SiteContext): Promise<ScorerCalibrationPage> {
    return this.calibrations.list(ctx);
  }

  @Post()
  @ApiOperation({
    summary: 'Compare two scorers',
    description:
      'Both scorers score every new comment until the given number of comments or days is reached. Decisions do not change. Only one calibration can run at a time: 409 `calibration-running`.',
  })
  @ApiCreatedResponse({ type: ScorerCalibration })
  start(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Body() draft: NewCalibration,
  ): Promise<ScorerCalibration> {
    return this.calibrations.start(ctx, site, draft);
  }

  @Get(':calibration')
  @ApiOperation({
    summary: 'Get a calibration',
    description:
      'Returns its progress, how far the two scorers agree, and the thresholds that hold the same share of comments.',
  })
  @ApiOkResponse({ type: ScorerCalibration })
  read(@CurrentSiteContext() ctx: SiteContext, @Param('calibration') id: string): Promise<ScorerCalibration> {
    return this.calibrations.read(ctx, id);
  }

  @Get(':calibration/differences')
  @ApiOperation({
    summary: 'List comments on which the scorers differ',
    description: 'Comments that, by one label, one scorer would hold and the other would not. Newest first.',
  })
  @ApiOkResponse({ type: CalibrationDifferencePage })
  differences(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('calibration') id: string,
    @Query() query: DifferencesQuery,
  ): Promise<CalibrationDifferencePage> {
    return this.calibrations.differences(ctx, id, query);
  }

  @Post(':calibration/stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop a calibration', description: 'Results collected so far are kept.' })
  @ApiOkResponse({ type: ScorerCalibration })
  stop(@CurrentSiteContext() ctx: SiteContext, @Param('calibration') id: string): Promise<ScorerCalibration> {
    return this.calibrations.stop(ctx, id);
  }

  @Post(':calibration/adopt')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Adopt the thresholds of a calibration',
    description:
      'Saves them as a new version of the policy. Without a body, adopts every threshold that is not uncertain. 409 `nothing-to-adopt` if there is none, `policy-moved-on` if somebody changed the policy at the same time.',
  })
  @ApiBody({ type: CalibrationAdoption, required: false })
  @ApiOkResponse({ type: ScorerCalibration })
  adopt(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('calibration') id: string,
    @Body() { labels }: CalibrationAdoption,
  ): Promise<ScorerCalibration> {
    return this.calibrations.adopt(ctx, site, id, labels);
  }
}
