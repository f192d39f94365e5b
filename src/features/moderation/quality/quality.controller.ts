import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { notFound } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { LABELS, type Label } from '../../scoring/scores.js';
import { RequiresWholeSite, AllowViewers, PublisherScope } from '../../sites/publisher.guard.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../../sites/site.decorators.js';
import { CalibrationView } from './calibration.view.js';
import { qualityCsv } from './quality-export.js';
import {
  CalibrationAnswer,
  CalibrationQuery,
  ExportQuery,
  QualityAnswer,
  QualityQuery,
} from './quality.dto.js';
import { QualityView } from './quality.view.js';

/** The acceptable error for the suggested thresholds in an export. */
const EXPORTED_ERROR = 0.05;

@ApiTags('quality')
@PublisherScope('moderation')
@RequiresWholeSite()
@Controller('api/v1/sites/:site/quality')
export class QualityController {
  constructor(
    private readonly quality: QualityView,
    private readonly calibrations: CalibrationView,
  ) {}

  @Get()
  @AllowViewers()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Get the quality of decisions',
    description:
      'Every share comes with its sample size and its interval. New decisions are included within a minute, and on very large sites within ten.',
  })
  @ApiOkResponse({ type: QualityAnswer })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @Query() { days, zone }: QualityQuery,
  ): Promise<QualityAnswer> {
    return this.quality.read(ctx, days, zone);
  }

  @Get('labels/:label')
  @AllowViewers()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary:
      'Get how people decide texts by their score for a label, and suggested thresholds for an acceptable error',
  })
  @ApiOkResponse({ type: CalibrationAnswer })
  calibration(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('label') label: string,
    @Query() { days, errorPerMille }: CalibrationQuery,
  ): Promise<CalibrationAnswer> {
    if (!(LABELS as readonly string[]).includes(label)) throw notFound('This label');
    return this.calibrations.read(ctx, site, label as Label, { days, wantedError: errorPerMille / 1000 });
  }

  @Get('export')
  @AllowViewers()
  @ApiOperation({
    summary: 'Export the quality figures as a file',
    description:
      'CSV has one figure per line: `part,key,figure,value,low,high,count,of`. JSON is `{quality, labels}`. Both include the calibration of each label that the policy uses, and thresholds for an error of 5 %.',
  })
  @ApiProduces('text/csv', 'application/json')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Query() { days, zone, format = 'csv' }: ExportQuery,
  ): Promise<StreamableFile> {
    const quality = await this.quality.read(ctx, days, zone);
    const labels: CalibrationAnswer[] = [];
    for (const label of this.calibrations.labelsOf(site))
      labels.push(await this.calibrations.read(ctx, site, label, { days, wantedError: EXPORTED_ERROR }));
    const text =
      format === 'csv' ? qualityCsv(quality, labels) : JSON.stringify({ quality, labels }, null, 2);
    return new StreamableFile(Buffer.from(text), {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      disposition: `attachment; filename="quality-${quality.until.slice(0, 10)}.${format}"`,
    });
  }
}
