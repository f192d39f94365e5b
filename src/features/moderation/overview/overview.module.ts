import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { CommentRateService } from './comment-rate.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewView } from './overview.view.js';

/** The API of the console's overview page, which polls it while it is open. */
@Module({
  imports: [SitesModule],
  providers: [CommentRateService, OverviewView],
  controllers: [OverviewController],
})
export class OverviewModule {}
