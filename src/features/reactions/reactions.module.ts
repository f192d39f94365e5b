import { Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ReactionRepository } from './reaction.repository.js';
import { ReactionsController } from './reactions.controller.js';
import { Reactions } from './reactions.service.js';
import { OwnReactionsController } from './own-reactions.controller.js';
import { OwnReactionsView } from './own-reactions.view.js';

@Module({
  imports: [CommentsModule, EntitlementsModule, ReadersModule, StoriesModule],
  controllers: [ReactionsController, OwnReactionsController],
  providers: [OwnReactionsView, ReactionRepository, Reactions],
})
export class ReactionsModule {}
