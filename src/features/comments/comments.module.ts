import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { COMMENTS_ENTITIES } from './comments.entities.js';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { CommentEditing } from './comment-editing.js';
import { CommentErasureService } from './comment-erasure.service.js';
import { CommentTransitions } from './comment-transitions.js';
import { CommentReadingService } from './comment-reading.service.js';
import { CommentRepository } from './comment.repository.js';
import { CommentView } from './comment.view.js';
import { CommentsController } from './comments.controller.js';
import { CountsView } from './counts.view.js';
import { FeaturedCommentsService } from './featured-comments.service.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { MyCommentsController } from './my-comments.controller.js';
import { MyCommentsView } from './my-comments.view.js';
import { ReaderExportView } from './reader-export.view.js';
import { SiteContentsController } from './site-contents.controller.js';
import { SiteContentsView } from './site-contents.view.js';
import { StoryParticipantsView } from './story-participants.view.js';
import { SubmissionService } from './submission.service.js';
import { PublicThreadCache } from './public-thread-cache.js';
import { ThreadPageCache } from './thread-page-cache.js';
import { ThreadController } from './thread.controller.js';
import { ThreadService } from './thread.service.js';
import { ThreadView } from './thread.view.js';
import { ViewerOverlayView } from './viewer-overlay.view.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(COMMENTS_ENTITIES),
    SitesModule,
    StoriesModule,
    ReadersModule,
    EntitlementsModule,
  ],
  controllers: [
    ThreadController,
    CommentsController,
    FeedsController,
    MyCommentsController,
    SiteContentsController,
  ],
  providers: [
    CommentEditing,
    CommentErasureService,
    CommentTransitions,
    CommentReadingService,
    CommentRepository,
    CommentView,
    CountsView,
    FeaturedCommentsService,
    MyCommentsView,
    ReaderExportView,
    SiteContentsView,
    StoryParticipantsView,
    SubmissionService,
    PublicThreadCache,
    ThreadPageCache,
    ThreadService,
    ThreadView,
    ViewerOverlayView,
  ],
  exports: [CommentTransitions, CommentView, FeaturedCommentsService, SubmissionService, PublicThreadCache],
})
export class CommentsModule {}
