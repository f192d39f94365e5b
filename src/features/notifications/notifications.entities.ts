import { AuthorEmailCommentEntity } from './authors/author-email-comment.entity.js';
import { AuthorEmailOptOutEntity } from './authors/author-email-opt-out.entity.js';
import { AuthorEmailScheduleEntity } from './authors/author-email-schedule.entity.js';
import { NotificationEntity } from './notification.entity.js';
import { NotificationSettingsEntity } from './notification-settings.entity.js';
import { ReaderEmailEntity } from './reader-email.entity.js';

export const NOTIFICATIONS_ENTITIES = [
  AuthorEmailCommentEntity,
  AuthorEmailOptOutEntity,
  AuthorEmailScheduleEntity,
  NotificationEntity,
  NotificationSettingsEntity,
  ReaderEmailEntity,
];
