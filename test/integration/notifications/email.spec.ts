import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { Digests } from '../../../src/features/notifications/digests.js';
import type { KeptLetter } from '../../../src/platform/mail/mailbox.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { aNewsroom, expectStatus, type Json, type Newsroom } from '../../support/newsroom.js';
import { until } from '../../support/processes.js';

describeOnBothBackends('notifications by e-mail', (backend) => {
  let app: TestApp;
  let room: Newsroom;

  beforeAll(async () => {
    app = await startApp({ ...backend, settings: { limits: false } });
    room = await aNewsroom(app);
  });
  afterAll(() => app?.close());

  const as = async (sub: string, method: string, path: string, body?: unknown) =>
    app.call<Json>(method, `/api/v1${path}`, {
      token: await room.token(sub),
      ...(body === undefined ? {} : { body }),
    });
  const letters = async (to: string): Promise<KeptLetter[]> =>
    (
      await app.call<{ items: KeptLetter[] }>('GET', '/api/v1/mail?limit=100', { token: app.adminKey })
    ).body.items.filter((letter) => letter.to === to && letter.state === 'kept');
  async function written(to: string, count: number): Promise<KeptLetter[]> {
    await until(async () => (await letters(to)).length >= count);
    return letters(to);
  }
  /** The path of the one link in the letter that leads to our own pages. */
  const linkIn = (letter: KeptLetter): string =>
    new URL(/https?:\/\/\S+\/email\/confirm\/\S+/.exec(letter.content!.text)![0]).pathname;
  const linksIn = (letter: KeptLetter): string[] =>
    letter.content!.text.match(/https?:\/\/\S+\/email\/\S+/g) ?? [];
  const page = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(app.url + path, {
      method,
      headers,
      ...(method === 'POST' ? { body: 'List-Unsubscribe=One-Click' } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  };
  async function replyTo(sub: string, by: string, body: string): Promise<string> {
    const top = await room.submit(sub, `A thought of ${sub}.`);
    await until(async () => (await room.own(sub, top.id))['status'] === 'published');
    return (await room.submit(by, body, { parentId: top.id })).id;
  }
  async function subscribe(sub: string, delivery: string): Promise<string> {
    const address = `${sub}@mail.example`;
    await expectStatus(200, as(sub, 'PUT', '/me/notifications/email', { address, delivery }));
    const [letter] = await written(address, 1);
    expect((await page('POST', linkIn(letter))).status).toBe(200);
    return address;
  }

  it('go nowhere before the address is confirmed by a click, and no program’s look confirms it', async () => {
    const address = 'ann@mail.example';
    expect((await as('ann', 'GET', '/me/notifications/email')).body).toEqual({
      address: null,
      confirmed: false,
      delivery: null,
      language: null,
      suggested: null,
    });
    await expectStatus(200, as('ann', 'PUT', '/me/notifications/email', { address, delivery: 'instant' }));
    const [asked] = await written(address, 1);
    const replied = await replyTo('ann', 'ben', 'I see it otherwise.');
    await until(
      async () => (await as('ann', 'GET', '/me/notifications')).body.items[0]?.comment.id === replied,
    );
    expect((await page('GET', linkIn(asked))).text).toContain('Is this your address?');
    expect((await as('ann', 'GET', '/me/notifications/email')).body).toMatchObject({
      address,
      confirmed: false,
    });
    expect((await page('POST', linkIn(asked))).text).toContain('Confirmed');
    expect((await as('ann', 'GET', '/me/notifications/email')).body).toMatchObject({
      address,
      confirmed: true,
    });
    expect(await letters(address)).toHaveLength(1);
  });

  it('tell at once, lead to the comment, and stop with one click of a mail program', async () => {
    const address = await subscribe('cleo', 'instant');
    const reply = await replyTo('cleo', 'dora', 'Well said, and yet.');
    const [letter] = await written(address, 2);
    expect(letter.content).toMatchObject({ subject: 'Reader dora replied to you: Talks' });
    expect(letter.content!.text).toContain('“Well said, and yet.”\nhttp://localhost/talks#postbag-' + reply);
    expect(letter.from).toMatch(/^The Ledger </);
    const { pathname } = new URL(letter.content!.unsubscribeUrl!);
    expect((await page('GET', pathname)).text).toContain('Unsubscribe?');
    expect((await as('cleo', 'GET', '/me/notifications/email')).body.address).toBe(address);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await page('POST', pathname, form)).status).toBe(200);
    expect((await page('POST', pathname, form)).status).toBe(200);
    expect((await as('cleo', 'GET', '/me/notifications/email')).body).toMatchObject({
      address: null,
      confirmed: false,
    });
    expect((await page('POST', `${pathname}x`, form)).status).toBe(404);
    expect((await page('GET', '/email/confirm/nothing')).status).toBe(404);
  });

  it('come as one letter where a digest is wanted, and nothing is told twice', async () => {
    const address = await subscribe('emil', 'daily');
    const first = await replyTo('emil', 'fay', 'One answer.');
    const second = await replyTo('emil', 'gus', 'Another answer.');
    const told = async () => (await as('emil', 'GET', '/me/notifications')).body.items.length as number;
    await until(async () => (await told()) === 2);
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
    const [letter, ...others] = await written(address, 2);
    expect(others).toHaveLength(1);
    expect(letter.content!.subject).toBe('2 things in the comments');
    for (const id of [first, second]) expect(letter.content!.text).toContain(`#postbag-${id}`);
  });

  it('speak the language of the page on which they were asked for, and so do the pages behind them', async () => {
    const address = 'ines@mail.example';
    const wish = { address, delivery: 'instant', language: 'de-CH' };
    const set = await expectStatus(200, as('ines', 'PUT', '/me/notifications/email', wish));
    expect(set.body).toMatchObject({ language: 'de-CH' });
    const [asked] = await written(address, 1);
    expect(asked.content!.subject).toBe('Bestätigen Sie Ihre Adresse für die Kommentare von The Ledger');
    const { pathname, search } = new URL(linksIn(asked)[0]);
    expect((await page('GET', pathname + search)).text).toContain('<html lang="de" dir="ltr">');
    expect((await page('POST', pathname + search)).text).toContain('Bestätigt');
    const reply = await replyTo('ines', 'jon', 'I read it the other way.');
    const [letter] = await written(address, 2);
    expect(letter.content!.subject).toBe('Reader jon hat Ihnen geantwortet: Talks');
    expect(letter.content!.text).toContain('„I read it the other way.“');
    expect(letter.content!.text).toContain(reply);
    // Only how often changes: the language stays.
    await expectStatus(200, as('ines', 'PUT', '/me/notifications/email', { delivery: 'daily' }));
    expect((await as('ines', 'GET', '/me/notifications/email')).body.language).toBe('de-CH');
    await expectStatus(
      200,
      as('ines', 'PUT', '/me/notifications/email', { delivery: 'instant', language: 'ar' }),
    );
    await replyTo('ines', 'kai', 'And I otherwise again.');
    const arabic = (await written(address, 3)).find(({ content }) =>
      content!.text.includes('otherwise again'),
    )!;
    expect(arabic.content!.subject).toBe('رد عليك Reader kai: Talks');
    const away = new URL(arabic.content!.unsubscribeUrl!);
    expect((await page('GET', away.pathname + away.search)).text).toContain('<html lang="ar" dir="rtl">');
    expect((await page('POST', away.pathname + away.search)).text).toContain('أُلغي الاشتراك');
    for (const search of ['?lang=xx', '?lang=de&lang=ar', ''])
      expect((await page('GET', away.pathname + search)).text).toContain('<html lang="en" dir="ltr">');
  });

  it('are nobody else’s business', async () => {
    for (const address of ['nobody', 'a@b.example, c@d.example', 'a@b.example\nBcc: x@y.example']) {
      const { status, body } = await as('hal', 'PUT', '/me/notifications/email', {
        address,
        delivery: 'daily',
      });
      expect([status, body.errors?.[0].pointer]).toEqual([400, '/address']);
    }
    expect((await as('hal', 'PUT', '/me/notifications/email', { delivery: 'daily' })).status).toBe(400);
    const other = await aNewsroom(app);
    const { body } = await app.call<Json>('GET', '/api/v1/me/notifications/email', {
      token: await other.token('ann'),
    });
    expect(body.address).toBeNull();
    expect((await as('ann', 'DELETE', '/me/notifications/email')).status).toBe(204);
    expect((await as('ann', 'GET', '/me/notifications/email')).body.address).toBeNull();
  });
});
