import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { invalid, rateLimited } from '../../platform/http/problem.js';
import { Limits } from '../../platform/limits/limits.js';
import { isMailAddress } from '../../platform/mail/email.js';
import { Mail } from '../../platform/mail/mail.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { nextDigestAt } from './digest-schedule.js';
import { emailLocaleFor } from './email-locales/email-locale.js';
import { EmailLinks } from './email-links.js';
import type { EmailAnswer } from './notifications.dto.js';
import { ReaderEmailRepository, type Delivery, type ReaderEmail } from './reader-email.repository.js';

const HOUR_MS = 60 * 60_000;
/** Limits on confirmation emails: for each reader per hour, and for each address per day across all readers. */
const MAX_REQUESTS_PER_HOUR = 5;
const MAX_REQUESTS_PER_ADDRESS_AND_DAY = 3;

const suggestedOf = ({ claims }: SignedInReader): string | null =>
  claims.email !== null && isMailAddress(claims.email) ? claims.email : null;

const answerOf = (mail: ReaderEmail | null, reader: SignedInReader): EmailAnswer => ({
  address: mail?.address ?? null,
  confirmed: mail?.confirmedAt != null,
  delivery: mail?.delivery ?? null,
  language: mail?.language ?? null,
  suggested: suggestedOf(reader),
});

/**
 * Manages the email address of a reader. Until its owner confirms it, an address receives only the confirmation
 * email.
 */
@Injectable()
export class EmailService {
  constructor(
    private readonly database: Database,
    private readonly addresses: ReaderEmailRepository,
    private readonly links: EmailLinks,
    private readonly mail: Mail,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  read(ctx: SiteContext, reader: SignedInReader): Promise<EmailAnswer> {
    return this.database.inSite(ctx, async (tx) =>
      answerOf(await this.addresses.find(tx, ctx.siteId, reader.id), reader),
    );
  }

  /**
   * Sending an unconfirmed address again sends another confirmation email.
   *
   * @throws Problem 400 if there is no valid address, 429 after too many confirmation emails
   */
  async set(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    settings: { address: string | undefined; delivery: Delivery; language: string | undefined },
  ): Promise<EmailAnswer> {
    const requestedAddress = settings.address?.trim();
    if (requestedAddress !== undefined && !isMailAddress(requestedAddress))
      throw invalidAddress('This is not a valid email address.');
    // Check the limits before the transaction, so that no database connection is held during the check.
    if (requestedAddress !== undefined) await this.enforceLimit(ctx, reader, requestedAddress);
    return this.database.inSite(ctx, async (tx) => {
      const before = await this.addresses.lock(tx, ctx.siteId, reader.id);
      const address = requestedAddress ?? before?.address;
      if (address === undefined) throw invalidAddress('Send an email address.');
      const mail = await this.addresses.set(tx, ctx.siteId, {
        readerId: reader.id,
        address,
        delivery: settings.delivery,
        nextDigestAt: nextDigestAt(settings.delivery, this.clock.now()),
        language: settings.language ?? before?.language ?? 'en',
      });
      if (requestedAddress !== undefined && mail.confirmedAt === null)
        await this.requestConfirmation(tx, ctx, site, reader, mail);
      return answerOf(mail, reader);
    });
  }

  async remove(ctx: SiteContext, reader: SignedInReader): Promise<void> {
    await this.database.inSite(ctx, async (tx) => {
      const current = await this.addresses.lock(tx, ctx.siteId, reader.id);
      await this.addresses.remove(tx, ctx.siteId, reader.id);
      if (current) await this.mail.cancelPending(ctx.siteId, current.address);
    });
  }

  /**
   * A confirmed address needs no confirmation email and is not limited.
   * @throws Problem 429
   */
  private async enforceLimit(ctx: SiteContext, reader: SignedInReader, address: string): Promise<void> {
    const before = await this.database.inSite(ctx, (tx) => this.addresses.find(tx, ctx.siteId, reader.id));
    if (before?.address === address && before.confirmedAt !== null) return;
    for (const [key, max, windowMs] of [
      [`email-requests:${ctx.siteId}:${reader.id}`, MAX_REQUESTS_PER_HOUR, HOUR_MS],
      [`email-requests:${address.toLowerCase()}`, MAX_REQUESTS_PER_ADDRESS_AND_DAY, 24 * HOUR_MS],
    ] as const) {
      const verdict = await this.limits.hit(key, max, windowMs);
      if (!verdict.allowed)
        throw rateLimited(
          verdict.retryAfterMs / 1000,
          'Too many emails were sent to this address. Look for the last one in your inbox and in the spam folder.',
        );
    }
  }

  private async requestConfirmation(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    { address, language }: ReaderEmail,
  ): Promise<void> {
    const link = { siteId: ctx.siteId, readerId: reader.id, address };
    const { lang, format, texts } = emailLocaleFor(language);
    const values = { name: reader.name, site: site.name, url: this.links.url('confirm', link, lang) };
    await this.mail.enqueue(tx, {
      key: `confirm-${reader.id}-${this.clock.nowMs()}`,
      siteId: ctx.siteId,
      to: address,
      fromName: site.name,
      subject: format(texts.confirmationSubject, values).slice(0, 200),
      text: format(texts.confirmationBody, values),
      unsubscribeUrl: this.links.url('unsubscribe', link, lang),
    });
  }
}

const invalidAddress = (message: string) => invalid([{ pointer: '/address', code: 'bad-address', message }]);
