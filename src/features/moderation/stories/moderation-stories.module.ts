import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { StoriesModule } from '../../stories/stories.module.js';
import { ModerationStoriesController } from './moderation-stories.controller.js';
import { ModerationStoriesView } from './moderation-stories.view.js';
import { ModerationStoryAuthorsService } from './moderation-story-authors.service.js';
import { StrictStoriesService } from './strict-stories.service.js';

/** Story management by moderators. */
@Module({
  imports: [SitesModule, StoriesModule],
  providers: [ModerationStoriesView, ModerationStoryAuthorsService, StrictStoriesService],
  controllers: [ModerationStoriesController],
})
export class ModerationStoriesModule {}
