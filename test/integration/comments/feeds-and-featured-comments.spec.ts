import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import type { Json } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;
let conversation: Conversation;
let other: Conversation;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  conversation = await Conversation.open(app);
  other = await Conversation.open(app);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const feature = (id: string, body: object, token = app.adminKey) =>
  app.call<Json>('PUT', `/api/v1/moderation/comments/${id}/featured`, { token, body });
const picks = async (query = '', token?: string) =>
  (
    await app.call<Json>('GET', `${conversation.threadPath.replace(/comments$/, 'picks')}${query}`, {
      ...(token === undefined ? {} : { token }),
    })
  ).body;

describe('a pinned comment', () => {
  it('is listed first with its replies, for everybody, and only one at a time', async () => {
    const ann = await conversation.token('ann');
    const first = await conversation.published(ann, 'The oldest.');
    const reply = await conversation.published(await conversation.token('ben'), 'An answer.', first);
    const second = await conversation.published(ann, 'The newest.');
    expect(await feature(second, { picked: false, pinned: true })).toMatchObject({ status: 200 });
    expect(await feature(first, { picked: false, pinned: true })).toMatchObject({
      status: 200,
      body: { picked: false, pinned: true },
    });
    for (const token of [undefined, await conversation.token('ben')]) {
      const { body } = await conversation.thread('?limit=1', token);
      expect(body.pinned).toMatchObject({ id: first, pinned: true, replies: { items: [{ id: reply }] } });
      expect(body.items.map((item: Json) => [item.id, item.pinned])).toEqual([[second, false]]);
      expect((await conversation.thread(`?cursor=${body.next}`, token)).body).toMatchObject({ pinned: null });
    }
    expect(
      (await conversation.thread('', await conversation.token('ben'))).body.pinned.replies.items[0].viewer
        .mine,
    ).toBe(true);
    await feature(first, { picked: false, pinned: false });
    expect((await conversation.thread()).body.pinned).toBeNull();
  });

  it('must be published and at the top level', async () => {
    const ann = await conversation.token('ann');
    const top = await conversation.published(ann);
    const reply = await conversation.published(ann, 'A reply.', top);
    expect(await feature(reply, { picked: false, pinned: true })).toMatchObject({
      status: 409,
      body: { code: 'is-reply' },
    });
    const { body: pending } = await conversation.post(ann, 'Not yet.');
    expect(await feature(pending.id, { picked: true, pinned: false })).toMatchObject({
      status: 409,
      body: { code: 'not-published' },
    });
  });
});

describe('editors’ picks', () => {
  it('are counted with the thread and listed separately, including replies, until they are hidden', async () => {
    const ann = await conversation.token('ann');
    const top = await conversation.published(ann, 'Worth reading.');
    const reply = await conversation.published(ann, 'Worth reading too.', top);
    for (const id of [top, reply]) await feature(id, { picked: true, pinned: false });
    await feature(top, { picked: true, pinned: false });
    const page = await picks('?limit=1');
    expect(page.items).toMatchObject([{ id: reply, picked: true }]);
    expect((await picks(`?cursor=${page.next}`)).items).toMatchObject([{ id: top }]);
    expect((await picks('', ann)).items[0].viewer).toMatchObject({ mine: true });
    expect((await conversation.thread()).body.picks).toBe(2);
    await conversation.move(reply, 'published', 'removed');
    expect((await picks()).items.map(({ id }: Json) => id)).toEqual([top]);
    expect((await conversation.thread()).body.picks).toBe(1);
  });

  it('are chosen by moderators of the site; another site’s comment is not found', async () => {
    const foreignId = await other.published(await other.token('eve'));
    const { body: key } = await app.call<Json>('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: { name: 'moderation', scopes: ['moderation'], sites: [conversation.siteId] },
    });
    expect(await feature(foreignId, { picked: true, pinned: false }, key.key)).toMatchObject({ status: 404 });
    expect(await feature(foreignId, { picked: true, pinned: false }, await other.token('eve'))).toMatchObject(
      {
        status: 401,
      },
    );
  });
});

describe('the pre-submit check', () => {
  const preSubmitCheck = async (sub: string, body: string) =>
    app.call<Json>('POST', `/api/v1/sites/${conversation.siteId}/pre-submit-check`, {
      token: await conversation.token(sub),
      body: { body },
    });
  const RUDE = 'You are a stupid, worthless idiot and everybody hates you.';

  it('says only whether a text will probably be held, and may be used a few times per minute', async () => {
    expect(await preSubmitCheck('cas', 'Thank you for this piece.')).toMatchObject({
      status: 200,
      body: { mayBeHeld: false },
    });
    let last = await preSubmitCheck('cas', RUDE);
    expect(last.body).toEqual({ mayBeHeld: true });
    for (let n = 0; n < 8 && last.status === 200; n++) last = await preSubmitCheck('cas', RUDE);
    expect(last).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
  });

  it('can be turned off, which the thread response shows', async () => {
    expect((await conversation.thread()).body.limits.notice).toBe(true);
    await conversation.setPolicy({ noticeBeforeSending: false });
    expect((await preSubmitCheck('dan', RUDE)).body).toEqual({ mayBeHeld: false });
    expect((await conversation.thread()).body.limits.notice).toBe(false);
    await conversation.setPolicy({ noticeBeforeSending: null });
  });
});

describe('readers without JavaScript', () => {
  it('get feeds and a page with the comments of the thread, behind the same gate', async () => {
    const get = (name: string, etag?: string) =>
      fetch(`${app.url}${conversation.threadPath.replace(/comments$/, name)}`, {
        headers: etag ? { 'if-none-match': etag } : {},
      });
    const json = await get('feed.json');
    expect(json.headers.get('content-type')).toContain('application/feed+json');
    expect(((await json.json()) as Json).items.length).toBeGreaterThan(2);
    const rss = await get('feed.rss');
    expect(rss.headers.get('content-type')).toContain('application/rss+xml');
    expect(await rss.text()).toContain('<dc:creator>ann</dc:creator>');
    const page = await get('page');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('Worth reading.');
    for (const [name, answer] of [
      ['feed.json', json],
      ['feed.rss', rss],
      ['page', page],
    ] as const) {
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      const unchanged = await get(name, answer.headers.get('etag')!);
      expect(unchanged.status).toBe(304);
      expect(unchanged.headers.get('vary')).toBe(answer.headers.get('vary'));
    }
    expect((await get('page?part=half')).status).toBe(400);
    await conversation.setPolicy({ gate: { read: 'signed-in' } });
    for (const name of ['feed.json', 'feed.rss', 'page']) expect((await get(name)).status).toBe(401);
    expect((await fetch(`${app.url}/api/v1/sites/${conversation.siteId}/stories/none/page`)).status).toBe(
      404,
    );
  });
});
