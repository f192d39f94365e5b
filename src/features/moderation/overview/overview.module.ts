import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { CommentRateService } from './comment-rate.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewView } from './overview.view.js';

/** The overview screen, which stays open and refreshes. */
@Module({
  imports: [SitesModule],
  providers: [CommentRateService, OverviewView],
  controllers: [OverviewController],
})
export class OverviewModule {}
