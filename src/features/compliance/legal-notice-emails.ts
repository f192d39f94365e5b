import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { Tx } from '../../platform/database/database.js';
import { Mail } from '../../platform/mail/mail.js';
import { emailLocaleFor } from '../notifications/email-locales/email-locale.js';
import { SiteSettings } from '../sites/site-settings.js';
import type { LegalNoticeEntity } from './legal-notice.entity.js';

type Notice = Pick<LegalNoticeEntity, 'siteId' | 'id' | 'reference' | 'email' | 'language'>;

const receiptKey = ({ id }: Pick<Notice, 'id'>): string => `legal-notice-${id}-received`;
const decisionKey = ({ id }: Pick<Notice, 'id'>): string => `legal-notice-${id}-decided`;

/**
 * Emails to the person who sent a notice of illegal content. They contain no text by that person, so that nobody can
 * send texts of their own to other people's addresses.
 */
@Injectable()
export class LegalNoticeEmails {
  constructor(
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  async sendReceipt(tx: Tx, notice: Notice): Promise<void> {
    const { texts, format } = emailLocaleFor(notice.language);
    await this.send(tx, notice, receiptKey(notice), (values) => ({
      subject: format(texts.noticeReceivedSubject, values),
      text: `${format(texts.noticeReceivedBody, values)}\n`,
    }));
  }

  async sendDecision(tx: Tx, notice: Notice, outcome: 'removed' | 'no-action'): Promise<void> {
    const { texts, format } = emailLocaleFor(notice.language);
    const decision = outcome === 'removed' ? texts.noticeRemoved : texts.noticeNoAction;
    await this.send(tx, notice, decisionKey(notice), (values) => ({
      subject: format(texts.noticeDecidedSubject, values),
      text: `${format(decision, values)}\n\n${format(texts.noticeRedress, values)}\n`,
    }));
  }

  /** How to contest a decision, in the notifier's language. */
  async redressText({ siteId, reference, language }: Notice): Promise<string> {
    const { texts, format } = emailLocaleFor(language);
    return format(texts.noticeRedress, { site: (await this.sites.get(siteId)).name, reference });
  }

  /** Deletes the stored emails about a notice. */
  forget(tx: Tx, notice: Notice): Promise<void> {
    return this.mail.forgetKeys(tx, notice.siteId, [receiptKey(notice), decisionKey(notice)]);
  }

  private async send(
    tx: Tx,
    { siteId, email, reference }: Notice,
    key: string,
    write: (values: Record<string, string>) => { subject: string; text: string },
  ): Promise<void> {
    if (email === null) return;
    const { name: site } = await this.sites.get(siteId);
    const url = `${this.settings.publicUrl}/api/v1/notices/${reference}`;
    await this.mail.enqueue(tx, {
      ...write({ site, reference, url }),
      fromName: site,
      key,
      siteId,
      to: email,
    });
  }
}
