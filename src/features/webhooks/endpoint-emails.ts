import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { Tx } from '../../platform/database/database.js';
import type { SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { isMailAddress, type EmailContent } from '../../platform/mail/email.js';
import { Mail } from '../../platform/mail/mail.js';
import { OwnerAddresses } from '../staff/owner-addresses.js';
import { SiteSettings } from '../sites/site-settings.js';
import { sql } from '../../platform/database/sql.js';

/**
 * Owners are notified after this long without a success. Shorter outages are usually over before anyone reads the
 * email.
 */
export const NOTIFY_OWNERS_AFTER_MS = 60 * 60_000;
/** At most one failure email per endpoint in this time. */
const NOTIFY_OWNERS_INTERVAL_MS = 24 * 60 * 60_000;

interface EndpointStatus {
  readonly url: string;
  readonly siteName: string;
  readonly consoleUrl: string;
}

/** Emails the owners of a site about endpoint problems that they would not notice in the console in time. */
@Injectable()
export class EndpointEmails {
  constructor(
    private readonly mail: Mail,
    private readonly owners: OwnerAddresses,
    private readonly sites: SiteSettings,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /** Runs in the transaction that disabled the endpoint. */
  async notifyDisabled(
    tx: Tx,
    siteId: SiteId,
    id: WebhookEndpointId,
    reason: string,
    at: Date,
  ): Promise<void> {
    const [row] = await tx.query<{ url: string }>(
      sql`UPDATE webhook_endpoint SET owners_notified_at = $3 WHERE site_id = $1 AND id = $2 RETURNING url`,
      [siteId, id, at],
    );
    if (row)
      await this.emailOwners(tx, siteId, id, row.url, at, (status) => endpointDisabledEmail(status, reason));
  }

  /** Sends at most one email per day while the endpoint fails. */
  async notifyFailing(tx: Tx, siteId: SiteId, id: WebhookEndpointId, since: Date, at: Date): Promise<void> {
    const [row] = await tx.query<{ url: string }>(
      sql`UPDATE webhook_endpoint SET owners_notified_at = $3
       WHERE site_id = $1 AND id = $2 AND (owners_notified_at IS NULL OR owners_notified_at < $4) RETURNING url`,
      [siteId, id, at, new Date(at.getTime() - NOTIFY_OWNERS_INTERVAL_MS)],
    );
    if (row)
      await this.emailOwners(tx, siteId, id, row.url, at, (status) => endpointFailingEmail(status, since));
  }

  /** Call this only if the owners were notified of the failure, so that they do not wait for further news. */
  async notifyRecovered(tx: Tx, siteId: SiteId, id: WebhookEndpointId, since: Date, at: Date): Promise<void> {
    const [row] = await tx.query<{ url: string }>(
      sql`SELECT url FROM webhook_endpoint WHERE site_id = $1 AND id = $2`,
      [siteId, id],
    );
    if (row)
      await this.emailOwners(tx, siteId, id, row.url, at, (status) =>
        endpointRecoveredEmail(status, since, at),
      );
  }

  private async emailOwners(
    tx: Tx,
    siteId: SiteId,
    id: WebhookEndpointId,
    url: string,
    at: Date,
    write: (status: EndpointStatus) => EmailContent,
  ): Promise<void> {
    const site = await this.sites.find(siteId);
    if (!site) return;
    const consoleUrl = `${this.settings.publicUrl}/console/webhooks?site=${siteId}&endpoint=${id}`;
    const content = write({ url, siteName: site.name, consoleUrl });
    for (const { id: ownerId, email } of await this.owners.listOwners(tx, siteId)) {
      if (!isMailAddress(email)) continue;
      await this.mail.enqueue(tx, {
        ...content,
        key: `webhook-trouble-${id}-${ownerId}-${at.getTime()}`,
        siteId,
        to: email,
      });
    }
  }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

const timeText = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export function endpointDisabledEmail(
  { url, siteName, consoleUrl }: EndpointStatus,
  reason: string,
): EmailContent {
  return {
    subject: `${siteName}: webhooks to ${hostOf(url)} are switched off`,
    text: [
      `The webhook endpoint ${url} of ${siteName} was switched off: ${reason}`,
      'No events are sent to it until somebody enables it again. Missed events can then be sent for up to 30 days.',
      `View its deliveries: ${consoleUrl}`,
      '',
    ].join('\n\n'),
  };
}

export function endpointFailingEmail(
  { url, siteName, consoleUrl }: EndpointStatus,
  since: Date,
): EmailContent {
  return {
    subject: `${siteName}: webhooks to ${hostOf(url)} are failing`,
    text: [
      `No delivery to the webhook endpoint ${url} of ${siteName} has succeeded since ${timeText(since)}.`,
      'Nothing is lost so far. Failed deliveries are retried, and new ones wait. After 120 hours without a success the endpoint is switched off.',
      `See its responses: ${consoleUrl}`,
      '',
    ].join('\n\n'),
  };
}

export function endpointRecoveredEmail(
  { url, siteName, consoleUrl }: EndpointStatus,
  since: Date,
  at: Date,
): EmailContent {
  return {
    subject: `${siteName}: webhooks to ${hostOf(url)} arrive again`,
    text: [
      `The webhook endpoint ${url} of ${siteName} is working again: a delivery succeeded at ${timeText(at)}. It had been failing since ${timeText(since)}.`,
      'Waiting deliveries are being sent now. Deliveries that failed all ten attempts in the meantime can be sent again from the delivery log.',
      `View its deliveries: ${consoleUrl}`,
      '',
    ].join('\n\n'),
  };
}
