import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { StoriesModule } from '../../stories/stories.module.js';
import { DeskStoriesController } from './desk-stories.controller.js';
import { DeskStoriesView } from './desk-stories.view.js';
import { DeskStoryAuthors } from './desk-story-authors.service.js';
import { StrictStories } from './strict-stories.service.js';

/** Stories as moderators run them. */
@Module({
  imports: [SitesModule, StoriesModule],
  providers: [DeskStoriesView, DeskStoryAuthors, StrictStories],
  controllers: [DeskStoriesController],
})
export class DeskStoriesModule {}
