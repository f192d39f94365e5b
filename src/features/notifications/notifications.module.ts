import { Module } from '@nestjs/common';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { MailboxController } from './mailbox.controller.js';
import { NotificationRepository } from './notification.repository.js';
import { NotificationView } from './notification.view.js';
import { NotificationsController } from './notifications.controller.js';
import { Notifier } from './notifier.js';

@Module({
  imports: [ReadersModule, SitesModule],
  controllers: [NotificationsController, MailboxController],
  providers: [NotificationRepository, NotificationView, Notifier],
})
export class NotificationsModule {}
