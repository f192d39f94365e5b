import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { STORIES_ENTITIES } from './stories.entities.js';
import { SitesModule } from '../sites/sites.module.js';
import { PageTitlesService } from './page-titles.service.js';
import { StoriesController } from './stories.controller.js';
import { StoryAuthorsRepository } from './story-authors.repository.js';
import { StoryStateService } from './story-state.service.js';
import { StoryRegistry } from './story-registry.js';
import { StoryRepository } from './story.repository.js';
import { StoryService } from './story.service.js';
import { TopicRepository } from './topic.repository.js';
import { TopicsController } from './topics.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature(STORIES_ENTITIES), SitesModule],
  controllers: [StoriesController, TopicsController],
  providers: [
    PageTitlesService,
    StoryAuthorsRepository,
    StoryStateService,
    StoryRegistry,
    StoryRepository,
    StoryService,
    TopicRepository,
  ],
  exports: [StoryAuthorsRepository, StoryStateService, StoryRegistry, TopicRepository],
})
export class StoriesModule {}
