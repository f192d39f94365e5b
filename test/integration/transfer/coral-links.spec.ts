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

const createdAt = dateOf(Date.UTC(2024, 4, 1));
const STORY_URL = 'https://links.example/a-story';
const revisionsOf = (id: string) => [{ id: `${id}-1`, body: `Text of ${id}`, createdAt }];

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  site = await createSite(app, { origins: ['https://links.example'] });
  const file = await packCoral({
    'stories.json': linesOf([{ id: 'coral-story', siteID: 's', url: STORY_URL, createdAt }]),
    'users.json': linesOf([
      { id: 'ann', username: 'Ann', createdAt, profiles: [{ type: 'sso', id: 'ann' }] },
    ]),
    'comments.json': linesOf([
      {
        id: 'shown',
        storyID: 'coral-story',
        authorID: 'ann',
        status: 'NONE',
        createdAt,
        revisions: revisionsOf('shown'),
      },
      {
        id: 'hidden',
        storyID: 'coral-story',
        authorID: 'ann',
        status: 'PREMOD',
        createdAt,
        revisions: revisionsOf('hidden'),
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
    ['its ID', { url: 'https://links.example/moved-since', id: 'coral-story' }],
    ['its URL', { url: STORY_URL }],
    ['its URL if the ID is unknown', { url: `${STORY_URL}#comments`, id: 'another' }],
  ])('finds its story by %s', async (_how, query) => {
    const { status, body } = await storyOf(query);
    expect([status, body]).toEqual([200, { site: site.id, key: 'coral-story', url: STORY_URL, count: 1 }]);
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
    const findByPermalink = (id: string, onSite = site) =>
      onSite.reader(null, 'GET', `/sites/${onSite.id}/coral/comments/${id}`);
    const { status, body } = await findByPermalink('shown');
    expect(status).toBe(200);
    expect((await app.call<Json>('GET', `/api/v1/comments/${body.id}`)).body).toMatchObject({
      body: 'Text of shown',
    });
    expect((await findByPermalink('hidden')).status).toBe(404);
    expect((await findByPermalink('nothing')).status).toBe(404);
    expect((await findByPermalink('shown', await createSite(app))).status).toBe(404);
  });
});
