import { createTransport, type Transporter } from 'nodemailer';
import { assertNoTransaction } from '../database/transaction-context.js';
import type { EmailContent, MailId } from './email.js';

/** Sends emails; throws `PermanentRefusal` if the server rejects one permanently. */
export interface MailTransport {
  send(id: MailId, to: string, content: EmailContent): Promise<void>;
  close(): void;
}

/** The server refused the email permanently, for example because the mailbox does not exist. */
export class PermanentRefusal extends Error {
  override readonly name = 'PermanentRefusal';
}

export interface SmtpSettings {
  readonly smtpUrl: string;
  /** Whether a password may be sent over a connection without TLS. */
  readonly smtpAllowPlain: boolean;
  /** `Name <address>` or an address. */
  readonly mailFrom: string;
}

const CONNECT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 20_000;

/** Query parameters of the SMTP URL that control TLS; nodemailer gives them priority over the options. */
const TLS_OPTIONS = ['ignoreTLS', 'opportunisticTLS', 'requireTLS', 'secure'];

/**
 * Requires TLS if there is a password: from the first byte (smtps) or after STARTTLS. Without TLS, no email is sent.
 */
function withRequiredTls({ smtpUrl, smtpAllowPlain }: SmtpSettings): { url: string; requireTLS: boolean } {
  const url = new URL(smtpUrl);
  if (smtpAllowPlain || (url.username === '' && url.password === ''))
    return { url: smtpUrl, requireTLS: false };
  for (const option of TLS_OPTIONS) url.searchParams.delete(option);
  return { url: url.href, requireTLS: true };
}

export function createSmtpTransport(settings: SmtpSettings): MailTransport {
  const { mailFrom } = settings;
  const transport: Transporter = createTransport({
    ...withRequiredTls(settings),
    pool: true,
    maxConnections: 4,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // Emails are generated here and have no attachments; nothing may make one read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const address = addressOf(mailFrom);
  return {
    async send(id, to, { fromName, subject, text, html, unsubscribeUrl }) {
      assertNoTransaction('SMTP');
      try {
        await transport.sendMail({
          from: fromName === undefined ? mailFrom : { name: fromName, address },
          to,
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          // The same for every attempt, so that mail clients show an email that was sent twice only once.
          messageId: `<${id}@${address.split('@').at(-1)}>`,
          headers: {
            // RFC 3834: prevents automatic replies.
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeUrl === undefined
              ? {}
              : {
                  'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
                  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
                }),
          },
        });
      } catch (error) {
        // 5yz codes are permanent (RFC 5321, section 4.2.1). In response to the envelope or the message, such a code
        // concerns only this email. In response to the authentication, it concerns the settings, which the operator can
        // correct.
        const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
        if (responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE'))
          throw new PermanentRefusal((error as Error).message, { cause: error });
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

/** The bare address of `Name <address>`. */
export const addressOf = (from: string): string => /<([^<>]+)>$/.exec(from)?.[1] ?? from;
