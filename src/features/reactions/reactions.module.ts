import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { REACTIONS_ENTITIES } from './reactions.entities.js';
import { CommentsModule } from '../comments/comments.module.js';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { ReactionRepository } from './reaction.repository.js';
import { ReactionsController } from './reactions.controller.js';
import { ReactionsService } from './reactions.service.js';
import { MyReactionsController } from './my-reactions.controller.js';
import { MyReactionsView } from './my-reactions.view.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(REACTIONS_ENTITIES),
    CommentsModule,
    EntitlementsModule,
    ReadersModule,
    StoriesModule,
  ],
  controllers: [ReactionsController, MyReactionsController],
  providers: [MyReactionsView, ReactionRepository, ReactionsService],
})
export class ReactionsModule {}
