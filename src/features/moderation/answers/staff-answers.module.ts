import { Module } from '@nestjs/common';
import { CommentsModule } from '../../comments/comments.module.js';
import { ReadersModule } from '../../readers/readers.module.js';
import { SitesModule } from '../../sites/sites.module.js';
import { StoriesModule } from '../../stories/stories.module.js';
import { StaffAnswersController } from './staff-answers.controller.js';
import { StaffAnswersService } from './staff-answers.service.js';

/** Comments that staff post as the publication. */
@Module({
  imports: [SitesModule, StoriesModule, ReadersModule, CommentsModule],
  providers: [StaffAnswersService],
  controllers: [StaffAnswersController],
})
export class StaffAnswersModule {}
