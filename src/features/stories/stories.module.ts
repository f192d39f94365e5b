import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.js';
import { PageTitles } from './page-titles.service.js';
import { StoriesController } from './stories.controller.js';
import { StoryAuthors } from './story-authors.repository.js';
import { StoryOpening } from './story-opening.service.js';
import { StoryRegistry } from './story-registry.js';
import { StoryRepository } from './story.repository.js';
import { StoryService } from './story.service.js';
import { TopicRepository } from './topic.repository.js';
import { TopicsController } from './topics.controller.js';

@Module({
  imports: [SitesModule],
  controllers: [StoriesController, TopicsController],
  providers: [
    PageTitles,
    StoryAuthors,
    StoryOpening,
    StoryRegistry,
    StoryRepository,
    StoryService,
    TopicRepository,
  ],
  exports: [StoryAuthors, StoryOpening, StoryRegistry, TopicRepository],
})
export class StoriesModule {}
