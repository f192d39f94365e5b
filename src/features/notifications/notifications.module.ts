import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NOTIFICATIONS_ENTITIES } from './notifications.entities.js';
import { FollowingModule } from '../following/following.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { AuthorEmails } from './authors/author-emails.js';
import { AuthorEmailRepository } from './authors/author-email.repository.js';
import { Digests } from './digests.js';
import { EmailPages } from './email-pages.js';
import { EmailService } from './email.service.js';
import { EmailLinks } from './email-links.js';
import { MailboxController } from './mailbox.controller.js';
import { NotificationEmails } from './notification-emails.js';
import { NotificationRepository } from './notification.repository.js';
import { NotificationView } from './notification.view.js';
import { NotificationsController } from './notifications.controller.js';
import { Notifier } from './notifier.js';
import { ReaderEmailRepository } from './reader-email.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(NOTIFICATIONS_ENTITIES),
    ReadersModule,
    SitesModule,
    StoriesModule,
    FollowingModule,
  ],
  controllers: [NotificationsController, MailboxController],
  providers: [
    AuthorEmails,
    Digests,
    EmailPages,
    EmailService,
    EmailLinks,
    NotificationEmails,
    NotificationRepository,
    NotificationView,
    Notifier,
    ReaderEmailRepository,
    AuthorEmailRepository,
  ],
  exports: [EmailPages],
})
export class NotificationsModule {}
