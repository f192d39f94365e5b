import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import {
  connectAsOwner,
  createSiteFixture,
  expectStatus,
  type Json,
  type SiteFixture,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

const ACME = { type: 'company', key: 'ACME', name: 'Acme Corporation' };
const GAS = { type: 'instrument', key: 'GAS/1', name: 'Natural gas' };

describeOnBothBackends('followed stories and topics', (backend) => {
  let app: TestApp;
  let fixture: SiteFixture;

  beforeAll(async () => {
    app = await startApp({ ...backend, settings: { limits: false } });
    fixture = await createSiteFixture(app);
    await putStory('about-acme', [ACME, GAS], { section: 'Companies' });
  });
  afterAll(() => app?.close());

  const putStory = (key: string, topics: object[], more: object = {}) =>
    expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/stories/${key}`, {
        url: `http://localhost/${key}`,
        title: `Shaft closed at ${key}`,
        topics,
        ...more,
      }),
    );
  const callAs = async (sub: string, method: string, path: string, body?: unknown) =>
    app.call<Json>(method, `/api/v1${path}`, {
      token: await fixture.token(sub),
      ...(body === undefined ? {} : { body }),
    });
  const waitForNotifications = async (sub: string, count: number): Promise<Json[]> => {
    const read = async (): Promise<Json[]> => (await callAs(sub, 'GET', '/me/notifications')).body.items;
    await until(async () => (await read()).length >= count);
    return read();
  };
  const onStory = (key: string, rest = ''): string => `/sites/${fixture.site}/stories/${key}${rest}`;
  const publishComment = async (sub: string, key: string, body: string): Promise<string> => {
    const { id } = (await expectStatus(202, callAs(sub, 'POST', onStory(key, '/comments'), { body }))).body;
    await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'published');
    return id;
  };

  it('notify of new comments once until they are read, and never of the reader’s own comments', async () => {
    expect((await callAs('ann', 'PUT', onStory(fixture.story, '/follow'))).body).toEqual({ following: true });
    await expectStatus(200, callAs('ann', 'PUT', onStory(fixture.story, '/follow')));
    expect((await callAs('ann', 'GET', onStory(fixture.story, '/follow'))).body).toEqual({ following: true });
    expect((await callAs('ann', 'GET', '/me/following')).body.items).toMatchObject([
      { story: { key: fixture.story } },
    ]);
    await publishComment('ann', fixture.story, 'My own words.');
    const first = await publishComment('ben', fixture.story, 'A first thought.');
    expect(await waitForNotifications('ann', 1)).toMatchObject([
      { kind: 'story', count: 1, comment: { id: first }, topic: null },
    ]);
    await publishComment('cleo', fixture.story, 'A second one.');
    await until(async () => (await waitForNotifications('ann', 1))[0].count === 2);
    expect(await waitForNotifications('ann', 1)).toHaveLength(1);

    await expectStatus(200, callAs('ann', 'POST', '/me/notifications/read', {}));
    const third = await publishComment('ben', fixture.story, 'A third.');
    expect((await waitForNotifications('ann', 2)).map(({ count, comment }) => [count, comment.id])).toEqual([
      [1, third],
      [2, first],
    ]);
    expect((await callAs('ann', 'DELETE', onStory(fixture.story, '/follow'))).status).toBe(204);
    expect((await callAs('ann', 'GET', onStory(fixture.story, '/follow'))).body).toEqual({
      following: false,
    });
  });

  it('are at most 500 per reader, and following one of them again succeeds', async () => {
    const db = await connectAsOwner(backend.databaseUrl);
    try {
      await db.rows(
        `WITH added AS (
           INSERT INTO story (site_id, id, key, url, title, created_at, updated_at)
           SELECT $1, gen_random_uuid(), 'many-' || n, 'http://localhost/' || n, 'Many', now(), now()
           FROM generate_series(1, 500) n RETURNING id)
         INSERT INTO followed_story (site_id, story_id, reader_id, since)
         SELECT $1, added.id, $2, now() FROM added`,
        [fixture.site, (await callAs('max', 'GET', '/me')).body.reader.id],
      );
    } finally {
      await db.end();
    }
    await expectStatus(200, callAs('max', 'PUT', onStory('many-7', '/follow')));
    const refusal = await callAs('max', 'PUT', onStory(fixture.story, '/follow'));
    expect([refusal.status, refusal.body.code]).toEqual([409, 'too-many']);
  });

  it('notify of comments and new stories when a topic is in the alert portfolio', async () => {
    const made = await expectStatus(
      201,
      callAs('dora', 'POST', '/me/portfolios', {
        name: 'Alerts',
        alerts: true,
        topics: [ACME].map(({ type, key }) => ({ type, key })),
      }),
    );
    expect(made.body).toMatchObject({ name: 'Alerts', alerts: true, topics: [ACME] });
    expect((await callAs('dora', 'POST', '/me/portfolios', { name: 'More', alerts: true })).body.code).toBe(
      'alerts-exist',
    );
    const gasPath = `/me/portfolios/${made.body.id}/topics/instrument/${encodeURIComponent(GAS.key)}`;
    expect((await expectStatus(200, callAs('dora', 'PUT', gasPath))).body.topics).toEqual([ACME, GAS]);
    expect((await callAs('dora', 'DELETE', gasPath)).status).toBe(204);

    const comment = await publishComment('ben', 'about-acme', 'What of the **shares**?');
    expect(await waitForNotifications('dora', 1)).toMatchObject([
      { kind: 'topic', topic: ACME, comment: { id: comment }, story: { key: 'about-acme' } },
    ]);
    await putStory('old-news', [ACME], { publishedAt: '2020-01-01T00:00:00Z' });
    await putStory('news', [ACME]);
    expect((await waitForNotifications('dora', 2))[0]).toMatchObject({
      kind: 'new-story',
      topic: ACME,
      comment: null,
      story: { key: 'news' },
    });
    await expectStatus(
      200,
      callAs('dora', 'PUT', '/me/notifications/settings', {
        replies: true,
        mentions: true,
        decisions: true,
        following: false,
      }),
    );
    await putStory('more-news', [ACME]);
    await expectStatus(200, callAs('dora', 'PUT', onStory(fixture.story, '/follow')));
    await publishComment('ben', fixture.story, 'Nobody is notified of this.');
    expect(await waitForNotifications('dora', 2)).toHaveLength(2);
  });

  it('are kept in private portfolios', async () => {
    const { id } = (await expectStatus(201, callAs('emil', 'POST', '/me/portfolios', { name: ' Miners ' })))
      .body;
    expect((await callAs('emil', 'PATCH', `/me/portfolios/${id}`, { name: 'Mines' })).body.name).toBe(
      'Mines',
    );
    await expectStatus(200, callAs('emil', 'PUT', `/me/portfolios/${id}/topics/company/ACME`));
    const topic = (key: string) => callAs('emil', 'GET', `/me/portfolios/${id}/topics/company/${key}`);
    expect((await topic('ACME')).body).toMatchObject({ type: 'company', key: 'ACME' });
    expect((await topic('NONE')).status).toBe(404);
    expect((await callAs('emil', 'GET', '/me/portfolios')).body.items).toMatchObject([
      { id, name: 'Mines', alerts: false, topics: [ACME] },
    ]);
    expect((await callAs('emil', 'PUT', `/me/portfolios/${id}/topics/company/NONE`)).status).toBe(404);
    const unknown = { name: 'x', topics: [{ type: 'company', key: 'NONE' }] };
    expect((await callAs('emil', 'POST', '/me/portfolios', unknown)).body.errors[0].pointer).toBe(
      '/topics/0',
    );
    for (const method of ['GET', 'DELETE']) {
      expect((await callAs('fay', method, `/me/portfolios/${id}`)).status).toBe(404);
    }
    expect((await app.call('GET', '/api/v1/me/portfolios')).status).toBe(401);
    const other = await createSiteFixture(app);
    const theirs = { token: await other.token('emil') };
    expect((await app.call('GET', `/api/v1/me/portfolios/${id}`, theirs)).status).toBe(404);
    expect((await callAs('emil', 'GET', '/me/export')).body).toMatchObject({
      portfolios: [{ name: 'Mines', topics: [{ type: 'company', key: 'ACME' }] }],
      following: [],
      email: null,
    });
    expect((await callAs('emil', 'DELETE', `/me/portfolios/${id}`)).status).toBe(204);
    expect((await callAs('emil', 'GET', '/me/portfolios')).body.items).toEqual([]);
  });

  it('can be found by words and by topic, with the publisher’s details', async () => {
    const find = async (path: string): Promise<Json> =>
      (await expectStatus(200, app.call<Json>('GET', `/api/v1/sites/${fixture.site}${path}`))).body;
    const keys = async (query: string) => (await find(`/search?${query}`)).items.map(({ key }: Json) => key);
    expect(await keys('q=shaf+about')).toEqual(['about-acme']);
    expect(await keys('q=acme+corp+companies')).toEqual(['about-acme']);
    expect(await keys('q=%26%7C!')).toEqual([]);
    const topicQuery = 'topicType=company&topicKey=ACME';
    expect(await keys(topicQuery)).toEqual(['more-news', 'news', 'old-news', 'about-acme']);
    const page = await find(`/search?${topicQuery}&limit=3`);
    expect((await find(`/search?${topicQuery}&limit=3&cursor=${page.next}`)).items).toHaveLength(1);
    expect((await app.call('GET', `/api/v1/sites/${fixture.site}/search?topicType=company`)).status).toBe(
      400,
    );
    expect((await find('/topics?q=ac')).items).toEqual([{ ...ACME, stories: 4 }]);
    expect((await find('/topics?q=gas')).items).toEqual([{ ...GAS, stories: 1 }]);

    const facts = [{ label: 'Last price', value: '182.40' }];
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/topics/company/ACME`, { name: ACME.name, facts }),
    );
    expect(await find('/topics/company/ACME')).toMatchObject({
      ...ACME,
      facts,
      storyCount: 4,
      stories: [{ key: 'more-news' }, { key: 'news' }, { key: 'old-news' }, { key: 'about-acme', total: 1 }],
      comments: [{ excerpt: 'What of the shares?', story: { key: 'about-acme' } }],
    });
    await putStory('about-acme', [GAS], { policy: { gate: { read: 'signed-in' } } });
    expect((await find('/topics/company/ACME')).storyCount).toBe(3);
    expect((await find(`/topics/instrument/${encodeURIComponent(GAS.key)}`)).comments).toEqual([]);
    expect(
      (await callAs('ann', 'GET', `/sites/${fixture.site}/topics/instrument/GAS%2F1`)).body.comments,
    ).toHaveLength(1);
    const other = await createSiteFixture(app);
    expect((await app.call('GET', `/api/v1/sites/${other.site}/topics/company/ACME`)).status).toBe(404);
  });
});
