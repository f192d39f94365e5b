import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.js';
import { StoryRegistry } from './story-registry.js';
import { StoryRepository } from './story.repository.js';

@Module({
  imports: [SitesModule],
  providers: [StoryRegistry, StoryRepository],
  exports: [StoryRegistry],
})
export class StoriesModule {}
