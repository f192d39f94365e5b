import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { JobHandlers } from '../../platform/jobs/jobs.js';
import { Mail } from '../../platform/mail/mail.js';
import { SiteSettings } from '../sites/site-settings.js';
import { toEmailItem, renderEmail } from './email-content.js';
import { emailLocaleFor } from './email-locales/email-locale.js';
import { EmailLinks } from './email-links.js';
import { EMAIL_NOTIFICATION, type EmailNotificationPayload } from './email-notification.job.js';
import type { NotificationId } from './notification.repository.js';
import { NotificationView } from './notification.view.js';
import { ReaderEmailRepository, type ReaderEmail } from './reader-email.repository.js';
import { decisionReason } from './decision-reason.js';
import { sql } from '../../platform/database/sql.js';

/** Maximum number of notifications in one email, the newest ones. */
const MAX_ITEMS = 50;

/** Emails readers about their notifications. */
@Injectable()
export class NotificationEmails implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobHandlers,
    private readonly view: NotificationView,
    private readonly addresses: ReaderEmailRepository,
    private readonly links: EmailLinks,
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(EMAIL_NOTIFICATION, (payload) => this.sendNotification(payload));
  }

  /**
   * Runs in the caller's transaction. The digest contains the newest unread notifications that were not emailed
   * before. Sends nothing if there are none.
   */
  async sendDigest(tx: Tx, siteId: SiteId, to: ReaderEmail, key: string): Promise<void> {
    await this.sendEmail(tx, siteId, to, null, key);
  }

  /**
   * Sends no email if the notification was read, its comment is hidden now, or the reader changed their settings.
   */
  private async sendNotification({ siteId, notificationId }: EmailNotificationPayload): Promise<void> {
    await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      const [row] = await tx.query<{ reader_id: ReaderId }>(
        sql`SELECT reader_id FROM notification WHERE site_id = $1 AND id = $2 FOR UPDATE`,
        [siteId, notificationId],
      );
      const to = row && (await this.addresses.find(tx, siteId, row.reader_id));
      if (to?.delivery !== 'instant' || to.confirmedAt === null) return;
      await this.sendEmail(tx, siteId, to, notificationId, `notification-${notificationId}`);
    });
  }

  private async sendEmail(
    tx: Tx,
    siteId: SiteId,
    { readerId, address, language }: ReaderEmail,
    onlyId: NotificationId | null,
    key: string,
  ): Promise<void> {
    const notifications = await this.view.listForEmail(tx, siteId, readerId, onlyId, MAX_ITEMS);
    if (notifications.length === 0) return;
    const { name: siteName, policy } = await this.sites.get(siteId);
    const locale = emailLocaleFor(language);
    const { lang, format, texts } = locale;
    const unsubscribeUrl = this.links.url('unsubscribe', { siteId, readerId, address }, lang);
    const items = notifications.map((notification) =>
      toEmailItem(notification, locale, decisionReason(notification, policy.reasons)),
    );
    const lead = format(onlyId === null ? texts.digestLead : texts.lead, { site: siteName });
    const subject =
      items.length === 1
        ? [items[0].heading, items[0].storyTitle].filter((part) => part !== null).join(': ')
        : format(texts.digestSubject, { n: items.length });
    await this.mail.enqueue(tx, {
      key,
      siteId,
      to: address,
      fromName: siteName,
      subject: subject.slice(0, 200),
      ...renderEmail(lead, items, { siteName, unsubscribeUrl, locale }),
      unsubscribeUrl,
    });
    await tx.query(
      sql`UPDATE notification SET emailed_at = $3 WHERE site_id = $1 AND reader_id = $2 AND id = ANY ($4::uuid[])`,
      [siteId, readerId, this.clock.now(), notifications.map(({ id }) => id)],
    );
  }
}
