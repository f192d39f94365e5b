import type { Secrets } from '../config/secrets.js';
import type { Id, SiteId } from '../ids.js';

export type MailId = Id<'mail'>;

/** What is read of a letter. */
export interface EmailContent {
  /** The name before the address that it comes from; the settings' own when left out. */
  readonly fromName?: string;
  /** One line. */
  readonly subject: string;
  /** Plain text; what is read where HTML is not. */
  readonly text: string;
  readonly html?: string;
  /**
   * Where it can be unsubscribed with one click (RFC 8058): an address that takes a POST of
   * `List-Unsubscribe=One-Click`, and shows a page to whoever opens it.
   */
  readonly unsubscribeUrl?: string;
}

/** One e-mail to one address. */
export interface OutgoingEmail extends EmailContent {
  /** What it tells, made from its subject (`digest-<readerId>-<day>`): the second letter with a key is not written. */
  readonly key: string;
  /** In whose name; null: the service's own, such as an invitation to the console. */
  readonly siteId: SiteId | null;
  /** An address that `isMailAddress`. */
  readonly to: string;
}

const MAX_ADDRESS_CHARS = 254;
const ADDRESS =
  /^[^\s@"'(),:;<>[\]\\\p{C}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/**
 * Whether text may stand as the one address a letter goes to: `local@domain` of visible characters without quotes,
 * comments, lists or anything else that a mail server could read otherwise than a person does.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_CHARS && ADDRESS.test(text) && !/\.\.|^\.|\.@/.test(text);
}

const contextOf = (id: MailId): string => `mail:${id}`;

/** Letters carry links that let somebody in, and are secrets at rest. */
export function sealContent(secrets: Secrets, id: MailId, letter: EmailContent): string {
  const { fromName, subject, text, html, unsubscribeUrl } = letter;
  return secrets.seal(JSON.stringify({ fromName, subject, text, html, unsubscribeUrl }), contextOf(id));
}

export function openContent(secrets: Secrets, id: MailId, sealed: string): EmailContent {
  return JSON.parse(secrets.open(sealed, contextOf(id))) as EmailContent;
}
