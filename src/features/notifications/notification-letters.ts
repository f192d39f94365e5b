import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import { JobHandlers } from '../../platform/jobs/jobs.js';
import { Mail } from '../../platform/mail/mail.js';
import { SiteSettings } from '../sites/site-settings.js';
import { itemOf, letterText } from './letter-text.js';
import { speechIn } from './letter-words/languages.js';
import { MailLinks } from './mail-links.js';
import { MAIL_NOTIFICATION, type MailNotificationPayload } from './mail-notification.job.js';
import type { NotificationId } from './notification.repository.js';
import { NotificationView } from './notification.view.js';
import { ReaderMailRepository, type ReaderMail } from './reader-mail.repository.js';
import { toldReason } from './told-reason.js';

/** Whoever gets more than these has the rest on the page. */
const MAX_ITEMS = 50;

/** Letters to readers about what they were told of. */
@Injectable()
export class NotificationLetters implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobHandlers,
    private readonly view: NotificationView,
    private readonly addresses: ReaderMailRepository,
    private readonly links: MailLinks,
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(MAIL_NOTIFICATION, (payload) => this.one(payload));
  }

  /** In the caller's transaction: whatever was not read and in no letter yet. Nothing is written where there is nothing. */
  async digest(tx: Tx, siteId: SiteId, to: ReaderMail, key: string): Promise<void> {
    await this.write(tx, siteId, to, null, key);
  }

  /** What was read, became invisible or changed its mind meanwhile gets no letter. */
  private async one({ siteId, notificationId }: MailNotificationPayload): Promise<void> {
    await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      const [row] = await tx.query<{ reader_id: ReaderId }>(
        'SELECT reader_id FROM notification WHERE site_id = $1 AND id = $2 FOR UPDATE',
        [siteId, notificationId],
      );
      const to = row && (await this.addresses.find(tx, siteId, row.reader_id));
      if (to?.delivery !== 'instant' || to.confirmedAt === null) return;
      await this.write(tx, siteId, to, notificationId, `notification-${notificationId}`);
    });
  }

  private async write(
    tx: Tx,
    siteId: SiteId,
    { readerId, address, language }: ReaderMail,
    only: NotificationId | null,
    key: string,
  ): Promise<void> {
    const told = await this.view.forMail(tx, siteId, readerId, only, MAX_ITEMS);
    if (told.length === 0) return;
    const { name: siteName, policy } = await this.sites.get(siteId);
    const speech = speechIn(language);
    const { lang, say, words } = speech;
    const unsubscribeUrl = this.links.url('unsubscribe', { siteId, readerId, address }, lang);
    const items = told.map((each) => itemOf(each, speech, toldReason(each, policy.reasons)));
    const lead = say(only === null ? words.digestLead : words.lead, { site: siteName });
    const subject =
      items.length === 1
        ? [items[0].what, items[0].storyTitle].filter((part) => part !== null).join(': ')
        : say(words.things, { n: items.length });
    await this.mail.post(tx, {
      key,
      siteId,
      to: address,
      fromName: siteName,
      subject: subject.slice(0, 200),
      ...letterText(lead, items, { siteName, unsubscribeUrl, speech }),
      unsubscribeUrl,
    });
    await tx.query(
      'UPDATE notification SET mailed_at = $3 WHERE site_id = $1 AND reader_id = $2 AND id = ANY ($4::uuid[])',
      [siteId, readerId, this.clock.now(), told.map(({ id }) => id)],
    );
  }
}
