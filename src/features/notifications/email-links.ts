import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { isUuid, type ReaderId, type SiteId } from '../../platform/ids.js';

/** The first two are links in emails to readers, the others are links in emails to the authors of stories. */
export const EMAIL_LINK_KINDS = ['confirm', 'unsubscribe', 'author-stop', 'author-resume'] as const;
export type EmailLinkKind = (typeof EMAIL_LINK_KINDS)[number];

export interface EmailLink {
  readonly siteId: SiteId;
  /** Null for the author of a story. */
  readonly readerId: ReaderId | null;
  readonly address: string;
}

/**
 * Signed links in emails, which identify the recipient and work without signing in. A confirmation link is valid for
 * one address only.
 */
@Injectable()
export class EmailLinks {
  private readonly key: Buffer;

  constructor(
    @Inject(SECRETS) secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {
    this.key = secrets.derive('mail-links');
  }

  /** @param lang language of the page that the link opens */
  url(kind: EmailLinkKind, link: EmailLink, lang: string): string {
    return `${this.settings.publicUrl}/email/${kind}/${this.write(kind, link)}?lang=${lang}`;
  }

  write(kind: EmailLinkKind, link: EmailLink): string {
    const payload = Buffer.from(JSON.stringify([link.siteId, link.readerId, link.address]));
    return Buffer.concat([this.sign(kind, payload), payload]).toString('base64url');
  }

  /** Null unless this server signed the token for this kind of link. */
  read(kind: EmailLinkKind, token: string): EmailLink | null {
    const bytes = Buffer.from(token, 'base64url');
    const payload = bytes.subarray(16);
    if (payload.length === 0 || !timingSafeEqual(bytes.subarray(0, 16), this.sign(kind, payload)))
      return null;
    const [siteId, readerId, address] = JSON.parse(payload.toString()) as [SiteId, ReaderId | null, string];
    if (!isUuid(siteId) || (readerId !== null && !isUuid(readerId))) return null;
    return { siteId, readerId, address };
  }

  private sign(kind: EmailLinkKind, payload: Buffer): Buffer {
    return createHmac('sha256', this.key).update(kind).update('\0').update(payload).digest().subarray(0, 16);
  }
}
