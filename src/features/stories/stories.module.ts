import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesController } from './stories.controller.js';
import { StoryRegistry } from './story-registry.js';
import { StoryRepository } from './story.repository.js';
import { StoryService } from './story.service.js';

@Module({
  imports: [SitesModule],
  controllers: [StoriesController],
  providers: [StoryRegistry, StoryRepository, StoryService],
  exports: [StoryRegistry],
})
export class StoriesModule {}
