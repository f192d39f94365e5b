import { createTransport, type Transporter } from 'nodemailer';
import { assertNoTransaction } from '../database/transaction-context.js';
import type { EmailContent, MailId } from './email.js';

/** How a letter goes out; an address may be rejected for good, which `PermanentRefusal` tells. */
export interface MailTransport {
  send(id: MailId, to: string, content: EmailContent): Promise<void>;
  close(): void;
}

/** The server will never take this letter: there is no such mailbox, or it does not want it. */
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

/** What of an address's query decides about TLS; nodemailer lets it win over the options. */
const TLS_OPTIONS = ['ignoreTLS', 'opportunisticTLS', 'requireTLS', 'secure'];

/** Where there is a password, TLS from the first byte (smtps) or from STARTTLS on, or no e-mail. */
function secured({ smtpUrl, smtpAllowPlain }: SmtpSettings): { url: string; requireTLS: boolean } {
  const url = new URL(smtpUrl);
  if (smtpAllowPlain || (url.username === '' && url.password === ''))
    return { url: smtpUrl, requireTLS: false };
  for (const option of TLS_OPTIONS) url.searchParams.delete(option);
  return { url: url.href, requireTLS: true };
}

export function createSmtpTransport(settings: SmtpSettings): MailTransport {
  const { mailFrom } = settings;
  const transport: Transporter = createTransport({
    ...secured(settings),
    pool: true,
    maxConnections: 4,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // Letters are made here and hold no files; nothing may make one read a file or fetch an address.
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
          // The same on every try, so that a letter sent twice is shown once.
          messageId: `<${id}@${address.split('@').at(-1)}>`,
          headers: {
            // RFC 3834: no answers of machines to it.
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
        // RFC 5321, section 4.2.1: 5yz is for good. Of the envelope or the text it is about this letter alone; of the
        // sign-in it is about our settings, which somebody will mend.
        const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
        if (responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE'))
          throw new PermanentRefusal((error as Error).message, { cause: error });
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

/** The address itself of `Name <address>`. */
export const addressOf = (from: string): string => /<([^<>]+)>$/.exec(from)?.[1] ?? from;
