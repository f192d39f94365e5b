import { Module } from '@nestjs/common';
import { FollowingModule } from '../following/following.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { AuthorLetters } from './authors/author-letters.js';
import { StoryNewsRepository } from './authors/story-news.repository.js';
import { Digests } from './digests.js';
import { EmailPages } from './email-pages.js';
import { EmailService } from './email.service.js';
import { MailLinks } from './mail-links.js';
import { MailboxController } from './mailbox.controller.js';
import { NotificationLetters } from './notification-letters.js';
import { NotificationRepository } from './notification.repository.js';
import { NotificationView } from './notification.view.js';
import { NotificationsController } from './notifications.controller.js';
import { Notifier } from './notifier.js';
import { ReaderMailRepository } from './reader-mail.repository.js';

@Module({
  imports: [ReadersModule, SitesModule, StoriesModule, FollowingModule],
  controllers: [NotificationsController, MailboxController],
  providers: [
    AuthorLetters,
    Digests,
    EmailPages,
    EmailService,
    MailLinks,
    NotificationLetters,
    NotificationRepository,
    NotificationView,
    Notifier,
    ReaderMailRepository,
    StoryNewsRepository,
  ],
  exports: [EmailPages],
})
export class NotificationsModule {}
