import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { CommentRateService } from './comment-pace.service.js';
import { OverviewController } from './live-desk.controller.js';
import { OverviewView } from './live-desk.view.js';

/** A screen that is left open. */
@Module({
  imports: [SitesModule],
  providers: [CommentRateService, OverviewView],
  controllers: [OverviewController],
})
export class OverviewModule {}
