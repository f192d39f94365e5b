import type { Secrets } from '../config/secrets.js';
import type { Id, SiteId } from '../ids.js';

export type MailId = Id<'mail'>;

/** The content of an email. */
export interface EmailContent {
  /** The sender's display name; the name from the settings if omitted. */
  readonly fromName?: string;
  /** A single line. */
  readonly subject: string;
  /** Plain text, for clients that do not display HTML. */
  readonly text: string;
  readonly html?: string;
  /**
   * URL for one-click unsubscribing (RFC 8058): it accepts a POST of `List-Unsubscribe=One-Click` and shows a page
   * when opened in a browser.
   */
  readonly unsubscribeUrl?: string;
}

/** An email to one address. */
export interface OutgoingEmail extends EmailContent {
  /**
   * Identifies the email (`digest-<readerId>-<day>`). A second email with the same key is not stored.
   */
  readonly key: string;
  /** The site that sends it; null: the service itself, for example for an invitation to the console. */
  readonly siteId: SiteId | null;
  /** An address accepted by `isMailAddress`. */
  readonly to: string;
}

const MAX_ADDRESS_CHARS = 254;
const ADDRESS =
  /^[^\s@"'(),:;<>[\]\\\p{C}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/**
 * Whether text is a valid single recipient: `local@domain` of visible characters, without quotes, comments, lists or
 * anything else that a mail server could interpret differently than a person.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_CHARS && ADDRESS.test(text) && !/\.\.|^\.|\.@/.test(text);
}

const contextOf = (id: MailId): string => `mail:${id}`;

/** Emails contain sign-in links, so they are encrypted at rest. */
export function sealContent(secrets: Secrets, id: MailId, content: EmailContent): string {
  const { fromName, subject, text, html, unsubscribeUrl } = content;
  return secrets.seal(JSON.stringify({ fromName, subject, text, html, unsubscribeUrl }), contextOf(id));
}

export function openContent(secrets: Secrets, id: MailId, sealed: string): EmailContent {
  return JSON.parse(secrets.open(sealed, contextOf(id))) as EmailContent;
}
