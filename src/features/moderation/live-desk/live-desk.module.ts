import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { CommentPace } from './comment-pace.service.js';
import { LiveDeskController } from './live-desk.controller.js';
import { LiveDeskView } from './live-desk.view.js';

/** A screen that is left open. */
@Module({
  imports: [SitesModule],
  providers: [CommentPace, LiveDeskView],
  controllers: [LiveDeskController],
})
export class LiveDeskModule {}
