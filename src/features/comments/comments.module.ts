import { Module } from '@nestjs/common';
import { EntitlementsModule } from '../entitlements/entitlements.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { Authoring } from './authoring.service.js';
import { CommentErasure } from './comment-erasure.service.js';
import { CommentMover } from './comment-mover.service.js';
import { CommentReading } from './comment-reading.service.js';
import { CommentRepository } from './comment.repository.js';
import { CommentView } from './comment.view.js';
import { CommentsController } from './comments.controller.js';
import { CountsView } from './counts.view.js';
import { Featuring } from './featuring.service.js';
import { OutletsController } from './outlets/outlets.controller.js';
import { OwnCommentsController } from './own-comments.controller.js';
import { OwnCommentsView } from './own-comments.view.js';
import { ReaderExportView } from './reader-export.view.js';
import { SiteContentsController } from './site-contents.controller.js';
import { SiteContentsView } from './site-contents.view.js';
import { StoryPeopleView } from './story-people.view.js';
import { Submission } from './submission.service.js';
import { ThreadFront } from './thread-front.js';
import { ThreadPages } from './thread-pages.js';
import { ThreadController } from './thread.controller.js';
import { ThreadRoute } from './thread-route.js';
import { ThreadService } from './thread.service.js';
import { ThreadView } from './thread.view.js';
import { ViewerView } from './viewer.view.js';

@Module({
  imports: [SitesModule, StoriesModule, ReadersModule, EntitlementsModule],
  controllers: [
    ThreadController,
    CommentsController,
    OutletsController,
    OwnCommentsController,
    SiteContentsController,
  ],
  providers: [
    Authoring,
    CommentErasure,
    CommentMover,
    CommentReading,
    CommentRepository,
    CommentView,
    CountsView,
    Featuring,
    OwnCommentsView,
    ReaderExportView,
    SiteContentsView,
    StoryPeopleView,
    Submission,
    ThreadFront,
    ThreadPages,
    ThreadRoute,
    ThreadService,
    ThreadView,
    ViewerView,
  ],
  exports: [CommentMover, CommentView, Featuring, Submission, ThreadFront, ThreadRoute],
})
export class CommentsModule {}
