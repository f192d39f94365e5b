import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SYSTEM } from '../../../src/platform/auth/principal.js';
import { Database } from '../../../src/platform/database/database.js';
import { newId, type SiteId } from '../../../src/platform/ids.js';
import type { OutgoingEmail } from '../../../src/platform/mail/email.js';
import { Mail } from '../../../src/platform/mail/mail.js';
import { createSmtpTransport } from '../../../src/platform/mail/smtp.js';
import { Mailbox, type StoredEmail } from '../../../src/platform/mail/mailbox.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { createSiteFixture } from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';
import { openSmtpInbox, type SmtpInbox } from '../../support/smtp-inbox.js';

const buildEmail = (more: Partial<OutgoingEmail> = {}): OutgoingEmail => ({
  key: 'greeting-ann',
  siteId: null,
  to: 'ann@paper.example',
  subject: 'Grüße\r\nBcc: ben@paper.example',
  text: 'Hello, Ann.',
  ...more,
});

describeOnBothBackends('emails', (backend) => {
  let inbox: SmtpInbox;
  let app: TestApp;
  let siteId: SiteId;

  beforeAll(async () => {
    inbox = await openSmtpInbox();
    const settings = { limits: false, smtpUrl: inbox.url, mailFrom: 'The Paper <comments@paper.example>' };
    app = await startApp({ ...backend, settings });
    siteId = (await createSiteFixture(app)).site as SiteId;
  });
  afterAll(async () => {
    await app?.close();
    await inbox?.close();
  });

  const enqueue = (email: OutgoingEmail): Promise<void> =>
    app.app.get(Database).inSystem((tx) => app.app.get(Mail).enqueue(tx, email));
  const findEmail = async (to: string): Promise<StoredEmail | undefined> =>
    (await app.app.get(Mailbox).list(null, undefined, 100)).items.find((email) => email.to === to);
  const waitUntilDone = (to: string): Promise<void> =>
    until(async () => ['sent', 'failed', 'stored'].includes((await findEmail(to))?.state ?? ''));

  it('are sent once, as one message, with one-click unsubscribe, and their text is deleted afterwards', async () => {
    const unsubscribeUrl = 'https://comments.example/unsubscribe/token';
    await enqueue(buildEmail({ fromName: 'The Paper, comments', unsubscribeUrl }));
    await enqueue(buildEmail({ text: 'The same once more.' }));
    await waitUntilDone('ann@paper.example');
    expect(await findEmail('ann@paper.example')).toMatchObject({ state: 'sent', content: null, error: null });
    await enqueue(buildEmail({ key: 'another', to: 'last@paper.example' }));
    await waitUntilDone('last@paper.example');
    const [email, ...others] = inbox.emails.filter((each) => each.includes('To: ann@paper.example'));
    expect(others).toEqual([]);
    const headers = email.slice(0, email.indexOf('\r\n\r\n'));
    expect(headers).toContain('From: "The Paper, comments" <comments@paper.example>');
    expect(headers).toContain(`List-Unsubscribe: <${unsubscribeUrl}>`);
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(headers).toContain('Auto-Submitted: auto-generated');
    expect(headers).not.toMatch(/^Bcc:/m);
    expect(email).toContain('Hello, Ann.');
  });

  it('are sent if the change they report commits, and otherwise not', async () => {
    const transaction = app.app.get(Database).inSite({ siteId, principal: SYSTEM }, async (tx) => {
      await app.app.get(Mail).enqueue(tx, buildEmail({ siteId, key: 'undone', to: 'never@paper.example' }));
      throw new Error('rolled back');
    });
    await expect(transaction).rejects.toThrow('rolled back');
    await app.app
      .get(Database)
      .inSite({ siteId, principal: SYSTEM }, (tx) =>
        app.app.get(Mail).enqueue(tx, buildEmail({ siteId, key: 'done', to: 'ben@paper.example' })),
      );
    await waitUntilDone('ben@paper.example');
    expect(await findEmail('ben@paper.example')).toMatchObject({ state: 'sent', siteId });
    expect(await findEmail('never@paper.example')).toBeUndefined();
  });

  it('that are permanently rejected stay visible with the reason', async () => {
    inbox.setRecipientError(550);
    await enqueue(buildEmail({ key: 'nobody', to: 'nobody@paper.example' }));
    await waitUntilDone('nobody@paper.example');
    inbox.setRecipientError(null);
    const email = await findEmail('nobody@paper.example');
    expect(email).toMatchObject({ state: 'failed', content: { text: 'Hello, Ann.' } });
    expect(email?.error).toMatch(/550/);
    const answer = await app.call<{ items: StoredEmail[] }>('GET', '/api/v1/mail?limit=100', {
      token: app.adminKey,
    });
    expect(answer.body.items.map(({ to }) => to)).toContain('nobody@paper.example');
    const { body } = await app.call<{ key: string }>('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: { name: 'a key', scopes: ['publisher', 'moderation'] },
    });
    expect((await app.call('GET', '/api/v1/mail', { token: body.key })).status).toBe(403);
  });

  it('are deleted together with the recipient’s address', async () => {
    await app.app.get(Mail).forget(siteId, ['ben@paper.example']);
    expect(await findEmail('ben@paper.example')).toBeUndefined();
    expect(await findEmail('ann@paper.example')).toBeDefined();
  });
});

describe('a password for the mail server', () => {
  const content = { subject: 'Hello', text: 'Hello, Ann.' };
  let inbox: SmtpInbox;
  beforeEach(async () => {
    inbox = await openSmtpInbox();
  });
  afterEach(() => inbox.close());

  it.each(['', '?ignoreTLS=true', '?requireTLS=false', '?opportunisticTLS=true', '?secure=false'])(
    'is not sent without TLS, and neither is the email (%s)',
    async (query) => {
      const sender = createSmtpTransport({
        smtpUrl: inbox.urlWithPassword + query,
        smtpAllowPlain: false,
        mailFrom: 'comments@paper.example',
      });
      await expect(sender.send(newId<'mail'>(), 'ann@paper.example', content)).rejects.toThrow(/TLS/);
      sender.close();
      expect([inbox.passwords, inbox.emails]).toEqual([[], []]);
    },
  );

  it('is sent without TLS if the operator allows it', async () => {
    const sender = createSmtpTransport({
      smtpUrl: inbox.urlWithPassword,
      smtpAllowPlain: true,
      mailFrom: 'comments@paper.example',
    });
    await sender.send(newId<'mail'>(), 'ann@paper.example', content);
    sender.close();
    expect(inbox.passwords).toEqual(['secret']);
    expect(inbox.emails).toHaveLength(1);
  });
});
