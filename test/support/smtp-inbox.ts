import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server on the loopback interface that accepts or rejects emails. */
export interface SmtpInbox {
  readonly url: string;
  /** Complete emails with headers, in the order of arrival. */
  readonly emails: string[];
  /** The same URL with a user name and a password. */
  readonly urlWithPassword: string;
  /** Passwords that clients sent. The server does not support TLS. */
  readonly passwords: string[];
  /** Sets the response to the recipients of the next emails: a code such as 450 or 550, or null to accept them. */
  setRecipientError(code: number | null): void;
  close(): Promise<void>;
}

export async function openSmtpInbox(): Promise<SmtpInbox> {
  const emails: string[] = [];
  const passwords: string[] = [];
  let recipientError: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ password }, _session, done) {
      passwords.push(password ?? '');
      done(null, { user: 'anybody' });
    },
    onRcptTo(_address, _session, done) {
      if (recipientError === null) done();
      else done(Object.assign(new Error('not now'), { responseCode: recipientError }));
    },
    onData(stream, _session, done) {
      void text(stream).then((email) => {
        emails.push(email);
        done();
      }, done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    urlWithPassword: `smtp://postbag:secret@127.0.0.1:${port}`,
    emails: emails,
    passwords,
    setRecipientError: (code) => (recipientError = code),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
