import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { Tx } from '../../platform/database/database.js';
import type { SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { isMailAddress, type LetterContent } from '../../platform/mail/letter.js';
import { Mail } from '../../platform/mail/mail.js';
import { OwnerAddresses } from '../moderators/owner-addresses.js';
import { SiteSettings } from '../sites/site-settings.js';

/** An endpoint without a success for so long is told of: shorter outages heal before anybody has read of them. */
export const TELL_AFTER_MS = 60 * 60_000;
/** At most one letter in this time says that an endpoint fails. */
const TELL_AGAIN_MS = 24 * 60 * 60_000;

interface Trouble {
  readonly url: string;
  readonly siteName: string;
  readonly consoleUrl: string;
}

/** Tells a site's owners by e-mail what they would not see in time in the console. */
@Injectable()
export class EndpointLetters {
  constructor(
    private readonly mail: Mail,
    private readonly owners: OwnerAddresses,
    private readonly sites: SiteSettings,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /** With the transaction that disabled it. */
  async disabled(tx: Tx, siteId: SiteId, id: WebhookEndpointId, reason: string, at: Date): Promise<void> {
    const [row] = await tx.query<{ url: string }>(
      `UPDATE webhook_endpoint SET told_at = $3 WHERE site_id = $1 AND id = $2 RETURNING url`,
      [siteId, id, at],
    );
    if (row) await this.post(tx, siteId, id, row.url, at, (trouble) => disabledLetter(trouble, reason));
  }

  /** Once a day while it fails. */
  async failing(tx: Tx, siteId: SiteId, id: WebhookEndpointId, since: Date, at: Date): Promise<void> {
    const [row] = await tx.query<{ url: string }>(
      `UPDATE webhook_endpoint SET told_at = $3
       WHERE site_id = $1 AND id = $2 AND (told_at IS NULL OR told_at < $4) RETURNING url`,
      [siteId, id, at, new Date(at.getTime() - TELL_AGAIN_MS)],
    );
    if (row) await this.post(tx, siteId, id, row.url, at, (trouble) => failingLetter(trouble, since));
  }

  /** Only of one that was told of: the letter that says so leaves nobody waiting for the next. */
  async mended(tx: Tx, siteId: SiteId, id: WebhookEndpointId, since: Date, at: Date): Promise<void> {
    const [row] = await tx.query<{ url: string }>(
      `SELECT url FROM webhook_endpoint WHERE site_id = $1 AND id = $2`,
      [siteId, id],
    );
    if (row) await this.post(tx, siteId, id, row.url, at, (trouble) => mendedLetter(trouble, since, at));
  }

  private async post(
    tx: Tx,
    siteId: SiteId,
    id: WebhookEndpointId,
    url: string,
    at: Date,
    write: (trouble: Trouble) => LetterContent,
  ): Promise<void> {
    const site = await this.sites.find(siteId);
    if (!site) return;
    const consoleUrl = `${this.settings.publicUrl}/console/webhooks?site=${siteId}&endpoint=${id}`;
    const letter = write({ url, siteName: site.name, consoleUrl });
    for (const { id: ownerId, email } of await this.owners.of(tx, siteId)) {
      if (!isMailAddress(email)) continue;
      await this.mail.post(tx, {
        ...letter,
        key: `webhook-trouble-${id}-${ownerId}-${at.getTime()}`,
        siteId,
        to: email,
      });
    }
  }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

const timeText = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export function disabledLetter({ url, siteName, consoleUrl }: Trouble, reason: string): LetterContent {
  return {
    subject: `${siteName}: webhooks to ${hostOf(url)} are switched off`,
    text: [
      `The webhook endpoint ${url} of ${siteName} was switched off: ${reason}`,
      'Nothing is sent to it until somebody enables it again. What it missed can be sent then, for 30 days.',
      `Look at its deliveries: ${consoleUrl}`,
      '',
    ].join('\n\n'),
  };
}

export function failingLetter({ url, siteName, consoleUrl }: Trouble, since: Date): LetterContent {
  return {
    subject: `${siteName}: webhooks to ${hostOf(url)} fail`,
    text: [
      `No delivery to the webhook endpoint ${url} of ${siteName} succeeded since ${timeText(since)}.`,
      'Nothing is lost so far: deliveries are tried again, and wait for it. After 120 hours without a success it is switched off.',
      `See what it answers: ${consoleUrl}`,
      '',
    ].join('\n\n'),
  };
}

export function mendedLetter({ url, siteName, consoleUrl }: Trouble, since: Date, at: Date): LetterContent {
  return {
    subject: `${siteName}: webhooks to ${hostOf(url)} arrive again`,
    text: [
      `The webhook endpoint ${url} of ${siteName} works again: a delivery succeeded at ${timeText(at)}. It had failed since ${timeText(since)}.`,
      'What waited is on its way. Deliveries that were given up meanwhile, after ten tries, can be sent again from their log.',
      `Look at its deliveries: ${consoleUrl}`,
      '',
    ].join('\n\n'),
  };
}
