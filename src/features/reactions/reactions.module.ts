import { Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ReactionRepository } from './reaction.repository.js';
import { ReactionsController } from './reactions.controller.js';
import { Reactions } from './reactions.service.js';

@Module({
  imports: [CommentsModule, EntitlementsModule, ReadersModule, StoriesModule],
  controllers: [ReactionsController],
  providers: [ReactionRepository, Reactions],
})
export class ReactionsModule {}
