import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

let database: FreshDatabase;
let app: TestApp;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  fixture = await createSiteFixture(app, { moderation: { wordLists: { suspect: ['quibbleton'] } } });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const callAs = async (sub: string, method: string, path: string, body?: unknown) =>
  app.call<Json>(method, `/api/v1${path}`, {
    token: await fixture.token(sub),
    ...(body === undefined ? {} : { body }),
  });
const list = async (sub: string, query = ''): Promise<Json> =>
  (await expectStatus(200, callAs(sub, 'GET', `/me/notifications${query}`))).body;

/** Waits until the reader has at least `count` notifications and returns them. */
async function waitForNotifications(sub: string, count: number): Promise<Json[]> {
  await until(async () => (await list(sub)).items.length >= count);
  return (await list(sub)).items;
}

/** Posts a comment, waits until it is published and returns its ID. */
async function publishComment(sub: string, body: string, parentId?: string): Promise<string> {
  const { id } = await fixture.submit(sub, body, parentId === undefined ? {} : { parentId });
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'published');
  return id;
}

describe('reader notifications', () => {
  it('report a reply to the reader once, and not their own reply', async () => {
    const top = await publishComment('ann', 'A first thought.');
    await publishComment('ann', 'And one more of mine.', top);
    const reply = await publishComment('ben', 'I see it **otherwise**.', top);
    const [item, ...others] = await waitForNotifications('ann', 1);
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      kind: 'reply',
      outcome: null,
      readAt: null,
      comment: {
        id: reply,
        author: { name: 'Reader ben' },
        excerpt: 'I see it otherwise.',
        reason: null,
      },
      story: { key: fixture.story, title: 'Talks' },
    });
    expect((await list('ben')).items).toEqual([]);
  });

  it('report a mention of the reader’s name, but not in addition to a reply', async () => {
    const top = await publishComment('cleo', 'Cleo was here.');
    await publishComment('dora', 'So was I.');
    const reply = await publishComment('ben', 'Look, @Reader cleo and @reader dora, and @Reader nobody', top);
    expect((await waitForNotifications('dora', 1)).map(({ kind, comment }) => [kind, comment.id])).toEqual([
      ['mention', reply],
    ]);
    expect((await waitForNotifications('cleo', 1)).map(({ kind }) => kind)).toEqual(['reply']);
  });

  it('report decisions about the reader’s own comments and appeals', async () => {
    const decide = (commentId: string, action: string, more = {}) =>
      expectStatus(
        200,
        app.call('POST', '/api/v1/moderation/decisions', {
          token: app.adminKey,
          body: { decisions: [{ commentId, revision: 1, action, ...more }] },
        }),
      );
    const { id } = await fixture.submit('emil', 'This is quibbleton.');
    await until(async () => (await fixture.readOwnComment('emil', id))['status'] === 'held');
    await decide(id, 'reject', { reason: 'spam' });
    const [rejected] = await waitForNotifications('emil', 1);
    expect(rejected).toMatchObject({ kind: 'decision', outcome: 'rejected', comment: { id } });
    expect(rejected.comment.reason).toMatch(/\w/);

    await expectStatus(202, callAs('emil', 'POST', `/comments/${id}/appeal`, { text: 'It is a name.' }));
    expect((await callAs('emil', 'GET', '/me/comments')).body.items[0]).toMatchObject({
      id,
      status: 'rejected',
      appeal: { state: 'open' },
      story: { key: fixture.story },
    });
    await decide(id, 'restore');
    const items = await waitForNotifications('emil', 2);
    expect(items.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['appeal', 'overturned'],
      ['decision', 'rejected'],
    ]);
  });

  it('contain the reason in the language of the page where the comment was written, also for a rejected appeal', async () => {
    const refuse = (commentId: string) =>
      expectStatus(
        200,
        app.call('POST', '/api/v1/moderation/decisions', {
          token: app.adminKey,
          body: { decisions: [{ commentId, revision: 1, action: 'reject', reason: 'spam' }] },
        }),
      );
    const { id } = await fixture.submit('odile', 'Encore quibbleton.', { language: 'fr-CA' });
    await until(async () => (await fixture.readOwnComment('odile', id))['status'] === 'held');
    await refuse(id);
    await waitForNotifications('odile', 1);
    await expectStatus(202, callAs('odile', 'POST', `/comments/${id}/appeal`, { text: 'Non.' }));
    await refuse(id);
    const reason = 'Votre commentaire ressemble à de la publicité ou a été envoyé de nombreuses fois.';
    expect(
      (await waitForNotifications('odile', 2)).map(({ kind, outcome, comment }) => [
        kind,
        outcome,
        comment.reason,
      ]),
    ).toEqual([
      ['appeal', 'upheld', reason],
      ['decision', 'rejected', reason],
    ]);
    expect((await callAs('odile', 'GET', '/me/comments')).body.items[0].reason).toBe(reason);
  });

  it('omit the kinds that the reader turned off, and readers whom they ignore', async () => {
    const top = await publishComment('fay', 'Ask me anything.');
    const settings = { replies: false, mentions: true, decisions: true };
    expect((await callAs('fay', 'GET', '/me/notifications/settings')).body).toEqual({
      replies: true,
      mentions: true,
      decisions: true,
      following: true,
    });
    await expectStatus(200, callAs('fay', 'PUT', '/me/notifications/settings', settings));
    expect((await callAs('fay', 'GET', '/me/notifications/settings')).body).toEqual({
      ...settings,
      following: true,
    });
    await publishComment('gus', 'A question.', top);

    const gus = (await fixture.readOwnComment('gus', await publishComment('gus', 'Me again.')))['author'].id;
    await expectStatus(201, callAs('fay', 'POST', '/me/ignored', { readerId: gus }));
    await publishComment('gus', '@Reader fay, are you there?');
    await publishComment('hal', '@Reader fay, hello');
    expect(
      (await waitForNotifications('fay', 1)).map(({ kind, comment }) => [kind, comment.author.name]),
    ).toEqual([['mention', 'Reader hal']]);
  });

  it('are counted until read, and disappear with their comment', async () => {
    const top = await publishComment('ida', 'One.');
    const first = await publishComment('jon', 'Two.', top);
    await publishComment('jon', 'Three.', top);
    const items = await waitForNotifications('ida', 2);
    expect((await list('ida')).unread).toBe(2);
    expect((await callAs('ida', 'POST', '/me/notifications/read', { upTo: items[1].id })).body).toEqual({
      unread: 1,
    });
    expect((await list('ida')).items.map(({ readAt }: Json) => readAt !== null)).toEqual([false, true]);
    const page = await list('ida', '?limit=1');
    expect((await list('ida', `?limit=1&cursor=${page.next}`)).items).toMatchObject([{ id: items[1].id }]);
    expect((await callAs('ida', 'POST', '/me/notifications/read', {})).body).toEqual({ unread: 0 });
    expect((await callAs('jon', 'DELETE', `/comments/${first}`)).status).toBe(204);
    expect((await list('ida')).items).toHaveLength(1);
  });

  it('belong to one reader and require a token', async () => {
    const other = await createSiteFixture(app);
    const { status, body } = await app.call<Json>('GET', '/api/v1/me/notifications', {
      token: await other.token('ann'),
    });
    expect([status, body.items]).toEqual([200, []]);
    expect((await app.call('GET', '/api/v1/me/notifications')).status).toBe(401);
  });
});
