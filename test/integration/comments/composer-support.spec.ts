import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import type { Json } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;
let conversation: Conversation;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  conversation = await Conversation.open(app, { body: { maxChars: 400 }, reactions: ['like', 'insightful'] });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const callAs = async (sub: string, method: string, path: string, body?: unknown) =>
  app.call<Json>(method, `/api/v1${path}`, {
    token: await conversation.token(sub),
    ...(body === undefined ? {} : { body }),
  });

describe('composer settings', () => {
  it('include the length limit, the edit window and the available reactions', async () => {
    for (const token of [undefined, await conversation.token('ann')])
      expect((await conversation.thread('', token)).body).toMatchObject({
        limits: { bodyChars: 400, editSeconds: 300 },
        reactions: ['like', 'insightful'],
      });
    await conversation.setStory({ policy: { body: { maxChars: 120 } } });
    expect((await conversation.thread()).body.limits.bodyChars).toBe(120);
    await conversation.setStory({ policy: null });
  });
});

describe('a preview', () => {
  const preview = (body: string) => callAs('ann', 'POST', `/sites/${conversation.siteId}/preview`, { body });

  it('returns the HTML that the comment would have, and stores nothing', async () => {
    expect((await preview('**Bold** <b>not</b>')).body).toEqual({
      html: '<p><strong>Bold</strong> &lt;b&gt;not&lt;/b&gt;</p>',
    });
    expect((await conversation.thread('', await conversation.token('ann'))).body.items).toEqual([]);
  });

  it('is refused for invalid text, for signed-out readers and after too many requests', async () => {
    expect((await preview('a'.repeat(401))).body.errors).toMatchObject([{ code: 'too-long' }]);
    expect((await preview(' \n ')).body.errors).toMatchObject([{ code: 'empty' }]);
    const path = `/api/v1/sites/${conversation.siteId}/preview`;
    expect((await app.call('POST', path, { body: { body: 'x' } })).status).toBe(401);
    let last = await preview('x');
    for (let n = 0; n < 60 && last.status === 200; n++) last = await preview('x');
    expect(last).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
  });
});

describe('the participants of a conversation', () => {
  it('are the readers who commented on the story, found by the start of their names, except the caller', async () => {
    for (const name of ['Ann', 'Annette', 'Ben'])
      await conversation.published(await conversation.token(name, { name }), `By ${name}.`);
    const listNames = async (sub: string, start: string): Promise<string[]> =>
      (
        await callAs(
          sub,
          'GET',
          `/sites/${conversation.siteId}/stories/${conversation.storyKey}/people?start=${start}`,
        )
      ).body.items.map(({ name }: Json) => name);
    expect(await listNames('cleo', '')).toEqual(['Ben', 'Annette', 'Ann']);
    expect(await listNames('cleo', 'an')).toEqual(['Annette', 'Ann']);
    expect(await listNames('Ann', 'an')).toEqual(['Annette']);
    expect(await listNames('cleo', '%25')).toEqual([]);
  });

  it('are hidden from readers who may not read the thread', async () => {
    await conversation.publisher('PUT', '/tiers', [{ key: 'insider-gold', name: 'Insider Gold', rank: 30 }]);
    await conversation.setStory({ policy: { gate: { read: 'insider-gold' } } });
    const path = `/sites/${conversation.siteId}/stories/${conversation.storyKey}/people`;
    expect(await callAs('cleo', 'GET', path)).toMatchObject({ status: 403, body: { code: 'tier-required' } });
    await conversation.setStory({ policy: null });
  });
});

describe('a reader’s own comments', () => {
  it('are listed across all stories, newest first, in every status, and only for their author', async () => {
    const token = await conversation.token('dora');
    const publishedId = await conversation.published(token, 'Seen.');
    const { body: rejected } = await conversation.post(token, 'Refused.');
    await conversation.move(rejected.id, 'pending', 'rejected');
    const { body: deleted } = await conversation.post(token, 'Gone.');
    await conversation.comment('DELETE', deleted.id, { token });
    const { body } = await callAs('dora', 'GET', '/me/comments');
    expect(body.items.map(({ id, status }: Json) => [id, status])).toEqual([
      [rejected.id, 'rejected'],
      [publishedId, 'published'],
    ]);
    expect(body.items[1]).toMatchObject({
      body: 'Seen.',
      viewer: { mine: true },
      story: { key: conversation.storyKey, title: 'A story' },
    });
    const first = (await callAs('dora', 'GET', '/me/comments?limit=1')).body;
    expect((await callAs('dora', 'GET', `/me/comments?limit=1&cursor=${first.next}`)).body.items[0].id).toBe(
      publishedId,
    );
    expect((await callAs('erna', 'GET', '/me/comments')).body.items).toEqual([]);
    const other = await Conversation.open(app);
    const { body: theirs } = await app.call<Json>('GET', '/api/v1/me/comments', {
      token: await other.token('dora'),
    });
    expect(theirs.items).toEqual([]);
  });
});
