import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { dateOf, linesOf, packCoral } from '../../support/coral-export.js';
import type { Json } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { createSite, type TestSite } from '../../support/sites.js';

let database: FreshDatabase;
let app: TestApp;
let site: TestSite;

const at = dateOf(Date.UTC(2024, 4, 1));
const URL_OF_STORY = 'https://links.example/a-story';
const text = (id: string) => [{ id: `${id}-1`, body: `Text of ${id}`, createdAt: at }];

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  site = await createSite(app, { origins: ['https://links.example'] });
  const file = await packCoral({
    'stories.json': linesOf([{ id: 'coral-story', siteID: 's', url: URL_OF_STORY, createdAt: at }]),
    'users.json': linesOf([
      { id: 'ann', username: 'Ann', createdAt: at, profiles: [{ type: 'sso', id: 'ann' }] },
    ]),
    'comments.json': linesOf([
      {
        id: 'shown',
        storyID: 'coral-story',
        authorID: 'ann',
        status: 'NONE',
        createdAt: at,
        revisions: text('shown'),
      },
      {
        id: 'hidden',
        storyID: 'coral-story',
        authorID: 'ann',
        status: 'PREMOD',
        createdAt: at,
        revisions: text('hidden'),
      },
    ]),
  });
  const sent = await fetch(`${app.url}/api/v1/sites/${site.id}/imports?format=coral`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.adminKey}` },
    body: new Uint8Array(file),
  });
  const { id } = (await sent.json()) as { id: string };
  await until(async () => (await site.publisher('GET', `/imports/${id}`)).body.state === 'done', 60_000);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const storyOf = (query: Record<string, string>) =>
  app.call<Json>('GET', `/api/v1/coral/story?${String(new URLSearchParams(query))}`);

describe('a page that was built for Coral', () => {
  it.each([
    ['its id', { url: 'https://links.example/moved-since', id: 'coral-story' }],
    ['its address', { url: URL_OF_STORY }],
    ['its address, where the id is not known', { url: `${URL_OF_STORY}#comments`, id: 'another' }],
  ])('finds its story by %s', async (_how, query) => {
    const { status, body } = await storyOf(query);
    expect([status, body]).toEqual([200, { site: site.id, key: 'coral-story', url: URL_OF_STORY, count: 1 }]);
  });

  it('gets the key of a story that is not registered yet', async () => {
    const url = 'https://links.example/new';
    expect((await storyOf({ url, id: 'their-id' })).body).toMatchObject({
      site: site.id,
      key: 'their-id',
      count: 0,
    });
    expect((await storyOf({ url })).body).toMatchObject({ key: url });
    const long = `${url}?${'q'.repeat(400)}`;
    const { key } = (await storyOf({ url: long })).body;
    expect(key).toMatch(/^url:[0-9a-f]{64}$/);
    const { status } = await site.reader(
      null,
      'GET',
      `/sites/${site.id}/stories/${encodeURIComponent(key)}/comments?url=${encodeURIComponent(long)}`,
    );
    expect(status).toBe(200);
    expect((await storyOf({ url: long })).body).toMatchObject({ key });
  });

  it('finds no story on another origin', async () => {
    expect((await storyOf({ url: 'https://nowhere.example/a' })).status).toBe(404);
    expect((await storyOf({ url: 'javascript:alert(1)' })).status).toBe(404);
    expect((await app.call('GET', '/api/v1/coral/story')).status).toBe(400);
  });

  it('has permalinks that lead to comments which other readers can see', async () => {
    const linked = (id: string, where = site) =>
      where.reader(null, 'GET', `/sites/${where.id}/coral/comments/${id}`);
    const { status, body } = await linked('shown');
    expect(status).toBe(200);
    expect((await app.call<Json>('GET', `/api/v1/comments/${body.id}`)).body).toMatchObject({
      body: 'Text of shown',
    });
    expect((await linked('hidden')).status).toBe(404);
    expect((await linked('nothing')).status).toBe(404);
    expect((await linked('shown', await createSite(app))).status).toBe(404);
  });
});
