import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ANONYMOUS } from '../../../src/platform/auth/principal.js';
import type { SiteId } from '../../../src/platform/ids.js';
import type { SiteContext } from '../../../src/platform/tenancy/site-context.js';
import { SiteSettings } from '../../../src/features/sites/site-settings.js';
import { resolveStoryPolicy } from '../../../src/features/stories/story-facts.js';
import { StoryRegistry } from '../../../src/features/stories/story-registry.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { createSite, type TestSite, type Body } from '../../support/sites.js';

let database: FreshDatabase;
/** An API process without workers, so that events stay in the outbox, where the specs can read them. */
let server: TestApp;
let site: TestSite;
let owner: pg.Client;

const contextOf = ({ id }: TestSite): SiteContext => ({
  siteId: id as SiteId,
  principal: ANONYMOUS,
  requestId: 'spec',
});
const resolve = (onSite: TestSite, key: string, url?: string, title?: string) =>
  server.app.get(StoryRegistry).resolve(contextOf(onSite), key, url === undefined ? null : { url, title });
const eventsOf = async (onSite: TestSite): Promise<string[]> =>
  (
    await owner.query<{ type: string; key: string }>(
      `SELECT type, payload->>'storyKey' AS key FROM outbox WHERE site_id = $1 ORDER BY id`,
      [onSite.id],
    )
  ).rows.map(({ type, key }) => `${type} ${key}`);
const STORY = { url: 'https://news.example/one', title: 'One' };

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  site = await createSite(server);
});

afterAll(async () => {
  await owner?.end();
  await server?.close();
  await database?.drop();
});

describe('a story', () => {
  it('can be registered, read and replaced', async () => {
    const full = {
      ...STORY,
      section: 'Markets',
      publishedAt: '2026-11-23T08:00:00.000Z',
      topics: [{ type: 'ticker', key: 'ACME', name: 'Acme' }],
      state: 'open',
      policy: { gate: { comment: 'insider' } },
    };
    const put = await site.publisher('PUT', '/stories/one', full);
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({ ...full, key: 'one', commentCount: 0 });
    expect((await site.publisher('GET', '/stories/one')).body).toEqual(put.body);
    const replaced = await site.publisher('PUT', '/stories/one', { ...STORY, title: 'Two' });
    expect(replaced.body).toMatchObject({
      id: put.body.id,
      title: 'Two',
      section: null,
      topics: [],
      policy: null,
    });
  });

  it('sends events when it is created, closed and reopened, each once', async () => {
    const own = await createSite(server);
    const put = (fields: object) => own.publisher('PUT', '/stories/s', { ...STORY, ...fields });
    await put({});
    await put({ title: 'Another' });
    await put({ state: 'closed' });
    expect((await put({ title: 'Still closed' })).body.state).toBe('closed');
    await put({ state: 'open' });
    expect(await eventsOf(own)).toEqual(['story.created s', 'story.closed s', 'story.reopened s']);
    await own.publisher('PUT', '/stories/born-closed', { ...STORY, state: 'closed' });
    expect((await eventsOf(own)).slice(3)).toEqual(['story.created born-closed', 'story.closed born-closed']);
  });

  it.each([
    'a b',
    'ä/ö?#%',
    'https://news.example/a?b=c',
    'x'.repeat(255),
    '漢'.repeat(255),
    '😀'.repeat(255),
    ' ',
  ])('may have the key %j', async (key) => {
    const put = await site.publisher('PUT', `/stories/${encodeURIComponent(key)}`, STORY);
    expect([put.status, put.body.key]).toEqual([200, key]);
    expect((await resolve(site, key)).id).toBe(put.body.id);
  });

  it.each([['x'.repeat(256)], ['a\0b']])('may not have the key %j', async (key) => {
    expect((await site.publisher('PUT', `/stories/${encodeURIComponent(key)}`, STORY)).status).toBe(400);
    await expect(resolve(site, key, 'https://news.example/')).rejects.toMatchObject({ status: 400 });
  });

  it.each([
    [{}],
    [[]],
    [{ title: 'x' }],
    [{ url: 'https://news.example/' }],
    [{ url: 'javascript:alert(1)', title: 'x' }],
    [{ ...STORY, title: '' }],
    [{ ...STORY, title: ' ' }],
    [{ ...STORY, title: 'a\0' }],
    [{ ...STORY, title: 'x'.repeat(301) }],
    [{ ...STORY, state: 'ajar' }],
    [{ ...STORY, publishedAt: 'yesterday' }],
    [{ ...STORY, topics: 'markets' }],
    [{ ...STORY, topics: [{ type: 'x' }] }],
    [{ ...STORY, topics: [null] }],
    [{ ...STORY, policy: 'open' }],
    [{ ...STORY, policy: { gate: { comment: 'no-such-tier' } } }],
    [{ ...STORY, policy: { reactions: ['like'] } }],
    [{ ...STORY, policy: { moderation: { thresholds: { toxicity: { hold: 0.9, reject: 0.1 } } } } }],
    [{ ...STORY, policy: { body: { minChars: 1000, maxChars: 1 } } }],
    [{ ...STORY, other: 1 }],
  ])('cannot be created with %j', async (body) => {
    expect((await site.publisher('PUT', '/stories/bad', body)).status).toBe(400);
    expect((await site.publisher('GET', '/stories/bad')).status).toBe(404);
  });

  it('is listed page by page, newest first, and only on its site', async () => {
    const own = await createSite(server);
    for (const key of ['a', 'b', 'c']) await own.publisher('PUT', `/stories/${key}`, STORY);
    const first = (await own.publisher('GET', '/stories?limit=2')).body;
    const second = (await own.publisher('GET', `/stories?limit=2&cursor=${first.next}`)).body;
    expect([...first.items, ...second.items].map(({ key }: { key: string }) => key)).toEqual(['c', 'b', 'a']);
    expect(second.next).toBeNull();
    expect((await own.publisher('GET', '/stories?limit=x')).status).toBe(400);
    expect((await own.publisher('GET', '/stories?cursor=x')).status).toBe(400);
  });

  it('of another site is not found, and neither is another site’s key', async () => {
    const [own, other] = [await createSite(server), await createSite(server)];
    await own.publisher('PUT', '/stories/mine', STORY);
    expect((await other.publisher('GET', '/stories/mine')).status).toBe(404);
    await expect(resolve(other, 'mine')).rejects.toMatchObject({ status: 404 });
    const { body } = await server.call<Body>('POST', '/api/v1/keys', {
      token: server.adminKey,
      body: { name: 'other', scopes: ['publisher'], sites: [other.id] },
    });
    for (const [method, path] of [
      ['GET', '/stories'],
      ['GET', '/stories/mine'],
      ['PUT', '/stories/mine'],
    ] as const) {
      const answer = await server.call(method, `/api/v1/sites/${own.id}${path}`, {
        token: body.key,
        ...(method === 'PUT' ? { body: STORY } : {}),
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

describe('a story that nobody registered', () => {
  it('is created once, on first use by a page of the site', async () => {
    const own = await createSite(server, { origins: ['https://news.example', 'http://localhost:8080'] });
    const made = await Promise.all(
      Array.from({ length: 5 }, () =>
        resolve(own, 'first', 'https://news.example/first?utm=1#top', ' First  story '),
      ),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made[0]).toMatchObject({
      url: 'https://news.example/first?utm=1',
      title: '/first',
      state: 'open',
    });
    expect(await eventsOf(own)).toEqual(['story.created first']);
    expect((await resolve(own, 'local', 'http://localhost:8080/x', '')).title).toBe('/x');
    // The publisher sees the title that the page sent, and the source of the current title.
    expect((await own.publisher('GET', '/stories/first')).body).toMatchObject({
      title: '/first',
      titleSource: 'path',
      titleHint: 'First story',
    });
    const put = { url: 'https://news.example/first', title: 'The first story' };
    expect((await own.publisher('PUT', '/stories/first', put)).body).toMatchObject({
      title: 'The first story',
      titleSource: 'publisher',
      titleHint: null,
    });
    // Later readers do not have to send the URL and title again.
    expect((await resolve(own, 'first')).id).toBe(made[0].id);
  });

  it.each([
    undefined,
    '',
    'not a url',
    '/relative',
    'http://news.example/',
    'https://news.example:8443/',
    'https://news.example.evil.example/',
    'https://evil.example/https://news.example/',
    'https://news.example@evil.example/',
    'https://user@news.example/',
    'https://sub.news.example/',
    'javascript:alert(1)',
    `https://news.example/${'x'.repeat(3000)}`,
  ])('is not created for %j', async (url) => {
    await expect(resolve(site, 'nobody', url, 'Title')).rejects.toMatchObject({ status: 404 });
  });

  it('is limited in number per client address', async () => {
    const own = await createSite(server);
    const registry = server.app.get(StoryRegistry);
    const make = (index: number) =>
      registry.resolve(contextOf(own), `s${index}`, {
        url: 'https://news.example/',
        title: 'x',
        ip: '192.0.2.1',
      });
    let made = 0;
    await expect(
      (async () => {
        for (; made < 100; made++) await make(made);
      })(),
    ).rejects.toMatchObject({ status: 429, headers: { 'retry-after': expect.any(String) } });
    expect(made).toBe(60);
  });
});

describe('cached stories', () => {
  it('are updated before a change is acknowledged', async () => {
    const own = await createSite(server);
    await own.publisher('PUT', '/stories/s', STORY);
    expect((await resolve(own, 's')).state).toBe('open');
    await own.publisher('PUT', '/stories/s', { ...STORY, state: 'closed' });
    expect((await resolve(own, 's')).state).toBe('closed');
  });

  it('combine the story’s policy with the site’s, and follow changes to both', async () => {
    const own = await createSite(server);
    await own.publisher('PUT', '/stories/s', { ...STORY, policy: { gate: { comment: 'insider-gold' } } });
    const policy = async () =>
      resolveStoryPolicy(await server.app.get(SiteSettings).get(own.id), await resolve(own, 's'), new Date());
    expect((await policy()).gate).toMatchObject({ comment: 'insider-gold', reply: 'signed-in' });
    await own.publisher('PATCH', '/policy', { gate: { reply: 'insider' }, editWindowSeconds: 60 });
    expect(await policy()).toMatchObject({
      gate: { comment: 'insider-gold', reply: 'insider' },
      editWindowSeconds: 60,
    });
    await own.publisher('PUT', '/stories/s', STORY);
    expect((await policy()).gate).toMatchObject({ comment: 'signed-in' });
  });

  it('use the site’s policy if the two contradict each other', async () => {
    const own = await createSite(server);
    await own.publisher('PUT', '/stories/s', {
      ...STORY,
      policy: { moderation: { thresholds: { toxicity: { hold: 0.6 } } } },
    });
    await own.publisher('PATCH', '/policy', {
      moderation: { thresholds: { toxicity: { hold: 0.3, reject: 0.5 } } },
    });
    const facts = await server.app.get(SiteSettings).get(own.id);
    expect(resolveStoryPolicy(facts, await resolve(own, 's'), new Date())).toBe(facts.policy);
  });
});
