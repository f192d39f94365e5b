import { isUuid, type SiteId } from '../../platform/ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../../platform/jobs/jobs.js';
import type { NotificationId } from './notification.repository.js';

export interface EmailNotificationPayload {
  siteId: SiteId;
  notificationId: NotificationId;
}

/** Enqueues the email for one notification, for readers with instant delivery. Another job sends it. */
export const EMAIL_NOTIFICATION = defineJob<EmailNotificationPayload>({
  name: 'email-notification',
  parse(raw) {
    const { siteId, notificationId } = (raw ?? {}) as Record<string, unknown>;
    if (!isUuid(siteId) || !isUuid(notificationId))
      throw new PermanentJobError('the payload needs a siteId and a notificationId (UUIDs)');
    return { siteId: siteId as SiteId, notificationId: notificationId as NotificationId };
  },
  attempts: 5,
  backoffMs: 2_000,
  timeoutMs: 10_000,
  concurrency: 2,
});

export const emailNotificationJob = (siteId: SiteId, notificationId: NotificationId): JobToAdd =>
  EMAIL_NOTIFICATION.create(`mail-notification-${notificationId}`, { siteId, notificationId });
