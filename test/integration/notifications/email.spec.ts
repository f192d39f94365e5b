import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { AuthorEmails } from '../../../src/features/notifications/authors/author-emails.js';
import { Digests } from '../../../src/features/notifications/digests.js';
import type { StoredEmail } from '../../../src/platform/mail/mailbox.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import {
  createSiteFixture,
  listAllEvents,
  expectStatus,
  type Json,
  type SiteFixture,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

describeOnBothBackends('email notifications', (backend) => {
  let app: TestApp;
  let fixture: SiteFixture;

  beforeAll(async () => {
    app = await startApp({ ...backend, settings: { limits: false } });
    fixture = await createSiteFixture(app);
  });
  afterAll(() => app?.close());

  const callAs = async (sub: string, method: string, path: string, body?: unknown) =>
    app.call<Json>(method, `/api/v1${path}`, {
      token: await fixture.token(sub),
      ...(body === undefined ? {} : { body }),
    });
  const emailsTo = async (to: string): Promise<StoredEmail[]> =>
    (
      await app.call<{ items: StoredEmail[] }>('GET', '/api/v1/mail?limit=100', { token: app.adminKey })
    ).body.items.filter((email) => email.to === to && email.state === 'stored');
  async function waitForEmails(to: string, count: number): Promise<StoredEmail[]> {
    await until(async () => (await emailsTo(to)).length >= count);
    return emailsTo(to);
  }
  /** Returns the path of the confirmation page that the email links to. */
  const confirmationPath = (email: StoredEmail): string =>
    new URL(/https?:\/\/\S+\/email\/confirm\/\S+/.exec(email.content!.text)![0]).pathname;
  const linksIn = (email: StoredEmail): string[] =>
    email.content!.text.match(/https?:\/\/\S+\/email\/\S+/g) ?? [];
  const page = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(app.url + path, {
      method,
      headers,
      ...(method === 'POST' ? { body: 'List-Unsubscribe=One-Click' } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  };
  async function replyTo(sub: string, by: string, body: string): Promise<string> {
    const top = await fixture.submit(sub, `A thought of ${sub}.`);
    await until(async () => (await fixture.readOwnComment(sub, top.id))['status'] === 'published');
    return (await fixture.submit(by, body, { parentId: top.id })).id;
  }
  async function subscribe(sub: string, delivery: string): Promise<string> {
    const address = `${sub}@mail.example`;
    await expectStatus(200, callAs(sub, 'PUT', '/me/notifications/email', { address, delivery }));
    const [email] = await waitForEmails(address, 1);
    expect((await page('POST', confirmationPath(email))).status).toBe(200);
    return address;
  }

  it('are not sent before a click confirms the address; the request of a link scanner does not confirm it', async () => {
    const address = 'ann@mail.example';
    expect((await callAs('ann', 'GET', '/me/notifications/email')).body).toEqual({
      address: null,
      confirmed: false,
      delivery: null,
      language: null,
      suggested: null,
    });
    await expectStatus(
      200,
      callAs('ann', 'PUT', '/me/notifications/email', { address, delivery: 'instant' }),
    );
    const [confirmation] = await waitForEmails(address, 1);
    const replied = await replyTo('ann', 'ben', 'I see it otherwise.');
    await until(
      async () => (await callAs('ann', 'GET', '/me/notifications')).body.items[0]?.comment.id === replied,
    );
    expect((await page('GET', confirmationPath(confirmation))).text).toContain('Is this your address?');
    expect((await callAs('ann', 'GET', '/me/notifications/email')).body).toMatchObject({
      address,
      confirmed: false,
    });
    expect((await page('POST', confirmationPath(confirmation))).text).toContain('Confirmed');
    expect((await callAs('ann', 'GET', '/me/notifications/email')).body).toMatchObject({
      address,
      confirmed: true,
    });
    expect(await emailsTo(address)).toHaveLength(1);
  });

  it('are sent at once, link to the comment, and stop with one click in an email program', async () => {
    const address = await subscribe('cleo', 'instant');
    const reply = await replyTo('cleo', 'dora', 'Well said, and yet.');
    const [email] = await waitForEmails(address, 2);
    expect(email.content).toMatchObject({ subject: 'Reader dora replied to you: Talks' });
    expect(email.content!.text).toContain('“Well said, and yet.”\nhttp://localhost/talks#postbag-' + reply);
    expect(email.from).toMatch(/^The Ledger </);
    const { pathname } = new URL(email.content!.unsubscribeUrl!);
    expect((await page('GET', pathname)).text).toContain('Unsubscribe?');
    expect((await callAs('cleo', 'GET', '/me/notifications/email')).body.address).toBe(address);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await page('POST', pathname, form)).status).toBe(200);
    expect((await page('POST', pathname, form)).status).toBe(200);
    expect((await callAs('cleo', 'GET', '/me/notifications/email')).body).toMatchObject({
      address: null,
      confirmed: false,
    });
    expect((await page('POST', `${pathname}x`, form)).status).toBe(404);
    expect((await page('GET', '/email/confirm/nothing')).status).toBe(404);
  });

  it('arrive as one email if the reader chose a digest, and never twice', async () => {
    const address = await subscribe('emil', 'daily');
    const first = await replyTo('emil', 'fay', 'One answer.');
    const second = await replyTo('emil', 'gus', 'Another answer.');
    const countNotifications = async () =>
      (await callAs('emil', 'GET', '/me/notifications')).body.items.length as number;
    await until(async () => (await countNotifications()) === 2);
    const clock = app.app.get(Clock);
    const now = clock.now.bind(clock);
    const digests = app.app.get(Digests);
    try {
      for (const days of [2, 4]) {
        clock.now = () => new Date(Date.now() + days * 24 * 60 * 60_000);
        await digests.sweep();
      }
    } finally {
      clock.now = now;
    }
    const [email, ...others] = await waitForEmails(address, 2);
    expect(others).toHaveLength(1);
    expect(email.content!.subject).toBe('2 updates from the comments');
    for (const id of [first, second]) expect(email.content!.text).toContain(`#postbag-${id}`);
  });

  it('use the language of the page where the reader subscribed, and so do the linked pages', async () => {
    const address = 'ines@mail.example';
    const settings = { address, delivery: 'instant', language: 'de-CH' };
    const set = await expectStatus(200, callAs('ines', 'PUT', '/me/notifications/email', settings));
    expect(set.body).toMatchObject({ language: 'de-CH' });
    const [confirmation] = await waitForEmails(address, 1);
    expect(confirmation.content!.subject).toBe(
      'Bestätigen Sie Ihre Adresse für die Kommentare von The Ledger',
    );
    const { pathname, search } = new URL(linksIn(confirmation)[0]);
    expect((await page('GET', pathname + search)).text).toContain('<html lang="de" dir="ltr">');
    expect((await page('POST', pathname + search)).text).toContain('Bestätigt');
    const reply = await replyTo('ines', 'jon', 'I read it the other way.');
    const [email] = await waitForEmails(address, 2);
    expect(email.content!.subject).toBe('Reader jon hat Ihnen geantwortet: Talks');
    expect(email.content!.text).toContain('„I read it the other way.“');
    expect(email.content!.text).toContain(reply);
    // Only the frequency changes; the language stays.
    await expectStatus(200, callAs('ines', 'PUT', '/me/notifications/email', { delivery: 'daily' }));
    expect((await callAs('ines', 'GET', '/me/notifications/email')).body.language).toBe('de-CH');
    await expectStatus(
      200,
      callAs('ines', 'PUT', '/me/notifications/email', { delivery: 'instant', language: 'ar' }),
    );
    await replyTo('ines', 'kai', 'And I otherwise again.');
    const arabic = (await waitForEmails(address, 3)).find(({ content }) =>
      content!.text.includes('otherwise again'),
    )!;
    expect(arabic.content!.subject).toBe('رد عليك Reader kai: Talks');
    const unsubscribeUrl = new URL(arabic.content!.unsubscribeUrl!);
    expect((await page('GET', unsubscribeUrl.pathname + unsubscribeUrl.search)).text).toContain(
      '<html lang="ar" dir="rtl">',
    );
    expect((await page('POST', unsubscribeUrl.pathname + unsubscribeUrl.search)).text).toContain(
      'أُلغي الاشتراك',
    );
    for (const search of ['?lang=xx', '?lang=de&lang=ar', ''])
      expect((await page('GET', unsubscribeUrl.pathname + search)).text).toContain(
        '<html lang="en" dir="ltr">',
      );
  });

  it('require a valid address, and are not shared with other sites', async () => {
    for (const address of ['nobody', 'a@b.example, c@d.example', 'a@b.example\nBcc: x@y.example']) {
      const { status, body } = await callAs('hal', 'PUT', '/me/notifications/email', {
        address,
        delivery: 'daily',
      });
      expect([status, body.errors?.[0].pointer]).toEqual([400, '/address']);
    }
    expect((await callAs('hal', 'PUT', '/me/notifications/email', { delivery: 'daily' })).status).toBe(400);
    const other = await createSiteFixture(app);
    const { body } = await app.call<Json>('GET', '/api/v1/me/notifications/email', {
      token: await other.token('ann'),
    });
    expect(body.address).toBeNull();
    expect((await callAs('ann', 'DELETE', '/me/notifications/email')).status).toBe(204);
    expect((await callAs('ann', 'GET', '/me/notifications/email')).body.address).toBeNull();
  });

  describe('to authors of stories', () => {
    const MINUTE_MS = 60_000;
    const putStory = (key: string, more: object) =>
      fixture.admin<Json>('PUT', `/sites/${fixture.site}/stories/${key}`, {
        url: `http://localhost/${key}`,
        title: `On ${key}`,
        ...more,
      });
    async function write(key: string, sub: string, body: string, status = 'published'): Promise<string> {
      const { body: made } = await expectStatus(
        202,
        callAs(sub, 'POST', `/sites/${fixture.site}/stories/${key}/comments`, { body }),
      );
      await until(async () => (await fixture.readOwnComment(sub, made.id))['status'] === status);
      return made.id;
    }
    const decide = (commentId: string, action: string) =>
      fixture.admin<Json>('POST', '/moderation/decisions', {
        decisions: [{ commentId, revision: 1, action }],
      });
    const authorsOf = async (key: string): Promise<Json> => {
      const { id } = (await fixture.admin('GET', `/sites/${fixture.site}/stories/${key}`)).body;
      return (await expectStatus(200, fixture.admin<Json>('GET', `/moderation/stories/${id}/authors`))).body;
    };
    /** Waits until the relay has processed the event and recorded the new comments. */
    const waitForEvent = (id: string, type = 'comment.published') =>
      until(async () =>
        (await listAllEvents(fixture)).some((event) => event.type === type && event.data.comment?.id === id),
      );
    async function sweepAfter(ms: number): Promise<void> {
      const clock = app.app.get(Clock);
      const now = clock.now.bind(clock);
      clock.now = () => new Date(Date.now() + ms);
      try {
        await app.app.get(AuthorEmails).sweep();
      } finally {
        clock.now = now;
      }
    }

    it('report each published comment once, within minutes, and no pending or rejected ones', async () => {
      const to = 'lena@paper.example';
      await putStory('rail', { authorEmails: [' Lena@Paper.example ', to] });
      expect((await fixture.admin('GET', `/sites/${fixture.site}/stories/rail`)).body.authorEmails).toEqual([
        to,
      ]);
      const first = await write('rail', 'otto', 'The line was promised **twice**.');
      const { body: reply } = await expectStatus(
        202,
        callAs('pia', 'POST', `/sites/${fixture.site}/stories/rail/comments`, {
          body: 'Three times.',
          parentId: first,
        }),
      );
      const removed = await write('rail', 'quin', 'This one goes again.');
      await decide(removed, 'remove');
      const heldComment = await write('rail', 'rosa', 'You are a stupid worthless idiot.', 'held');
      for (const id of [first, reply.id]) await waitForEvent(id);
      await waitForEvent(removed, 'comment.removed');
      await sweepAfter(9 * MINUTE_MS);
      expect(await emailsTo(to)).toEqual([]);
      await sweepAfter(11 * MINUTE_MS);
      const [email] = await waitForEmails(to, 1);
      expect(email.content!.subject).toBe('2 new comments: On rail');
      expect(email.content!.text).toContain('“The line was promised twice.”');
      expect(email.content!.text).toContain('Reader pia to Reader otto');
      expect(email.content!.text).toContain(`http://localhost/rail#postbag-${first}`);
      for (const hidden of ['goes again', 'worthless']) {
        expect(email.content!.text).not.toContain(hidden);
        expect(email.content!.html).not.toContain(hidden);
      }
      expect(await authorsOf('rail')).toEqual({
        authors: [{ email: to, stopped: false }],
        tell: true,
        lastEmailAt: expect.any(String),
        nextEmailAt: null,
      });
      // No email is sent, because nothing is new.
      await sweepAfter(3 * 60 * MINUTE_MS);
      // Only comments that are published or restored now are new.
      await decide(heldComment, 'approve');
      await decide(removed, 'restore');
      await waitForEvent(heldComment);
      await waitForEvent(removed, 'comment.restored');
      await sweepAfter(60 * MINUTE_MS);
      expect(await emailsTo(to)).toHaveLength(1);
      await sweepAfter(75 * MINUTE_MS);
      const two = await waitForEmails(to, 2);
      const next = two.find(({ content }) => content!.text.includes('goes again'))!;
      expect(next.content!.subject).toBe('2 new comments: On rail');
      expect(next.content!.text).not.toContain('promised');
    });

    it('stop with one click for every story, stay stopped even if the address is sent again, and resume with a click', async () => {
      const to = 'milo@paper.example';
      await putStory('river', { authorEmails: [to] });
      await putStory('bridge', { authorEmails: [to, 'nora@paper.example'] });
      await waitForEvent(await write('river', 'otto', 'It is low again.'));
      await sweepAfter(11 * MINUTE_MS);
      const [email] = await waitForEmails(to, 1);
      expect(email.content!.subject).toBe('1 new comment: On river');
      const { pathname } = new URL(email.content!.unsubscribeUrl!);
      expect((await page('GET', pathname)).text).toContain('Unsubscribe?');
      expect((await authorsOf('river')).authors).toEqual([{ email: to, stopped: false }]);
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const stopped = await page('POST', pathname, form);
      expect([stopped.status, (await page('POST', pathname, form)).status]).toEqual([200, 200]);
      // Send the address again, as a publishing system does with every update.
      await putStory('river', { authorEmails: [] });
      await putStory('river', { authorEmails: [to] });
      expect((await authorsOf('river')).authors).toEqual([{ email: to, stopped: true }]);
      await waitForEvent(await write('bridge', 'otto', 'It is closed again.'));
      await sweepAfter(11 * MINUTE_MS);
      await waitForEmails('nora@paper.example', 1);
      expect(await emailsTo(to)).toHaveLength(1);
      expect((await page('GET', `${pathname}x`)).status).toBe(404);
      const again = new URL(/<form method="post" action="([^"]+)"/.exec(stopped.text)![1]).pathname;
      expect((await page('POST', again, form)).text).toContain('You will receive them again');
      expect((await authorsOf('bridge')).authors).toContainEqual({ email: to, stopped: false });
      await waitForEvent(await write('bridge', 'pia', 'Until spring.'));
      await sweepAfter(75 * MINUTE_MS);
      await waitForEmails(to, 2);
    });

    it('use the language in the policy, and are not sent if the policy turns them off', async () => {
      const to = 'sina@paper.example';
      await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { authors: { language: 'de' } });
      await putStory('dyke', { authorEmails: [to] });
      await waitForEvent(await write('dyke', 'otto', 'I agree with the author.'));
      await sweepAfter(11 * MINUTE_MS);
      const [email] = await waitForEmails(to, 1);
      expect(email.content!.subject).toBe('1 neuer Kommentar: On dyke');
      await waitForEvent(await write('dyke', 'pia', 'I do not agree with you.'));
      await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { authors: { tell: false } });
      await sweepAfter(75 * MINUTE_MS);
      expect([(await emailsTo(to)).length, (await authorsOf('dyke')).nextEmailAt]).toEqual([1, null]);
      const bad = await fixture.admin<Json>('PATCH', `/sites/${fixture.site}/policy`, {
        authors: { language: 'deu' },
      });
      expect([bad.status, bad.body.errors[0].pointer]).toEqual([400, '/authors/language']);
      await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { authors: null });
    });

    it('go to the addresses that the publisher or the console set, which must be valid', async () => {
      const { id } = (await putStory('mine', { authorEmails: ['a@paper.example'] })).body;
      // If the addresses are omitted, they do not change. Another site does not see them.
      expect((await putStory('mine', { section: 'Home' })).body.authorEmails).toEqual(['a@paper.example']);
      const set = (emails: unknown) =>
        fixture.admin<Json>('PUT', `/moderation/stories/${id}/authors`, { emails });
      expect((await expectStatus(200, set(['B@paper.example', 'b@paper.example']))).body.authors).toEqual([
        { email: 'b@paper.example', stopped: false },
      ]);
      for (const emails of [
        ['ok@paper.example', 'no address'],
        ['x@y.example\nBcc: z@y.example'],
        Array(11).fill('a@b.example'),
        'a@b.example',
      ])
        expect((await set(emails)).status).toBe(400);
      expect((await set(['ok@paper.example', 'none'])).body.errors[0].pointer).toBe('/emails/1');
      const put = await putStory('mine', { authorEmails: ['none'] });
      expect([put.status, put.body.errors[0].pointer]).toEqual([400, '/authorEmails/0']);
      expect((await authorsOf('mine')).authors).toHaveLength(1);
      expect((await putStory('mine', { authorEmails: null })).body.authorEmails).toEqual([]);
    });
  });
});
