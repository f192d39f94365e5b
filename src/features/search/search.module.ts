import { Module } from '@nestjs/common';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { SearchController } from './search.controller.js';
import { SearchView } from './search.view.js';
import { TopicDetailsService } from './topic-details.service.js';

@Module({
  imports: [ReadersModule, StoriesModule, EntitlementsModule],
  controllers: [SearchController],
  providers: [SearchView, TopicDetailsService],
})
export class SearchModule {}
