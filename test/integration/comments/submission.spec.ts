import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import pg from 'pg';

let database: FreshDatabase;
let app: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await app.close();
  await database.drop();
});

describe('submitting a comment', () => {
  it('stores it as pending, with its first revision and its event, and shows it to its author', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna', { name: 'Anna' });
    const { status, body } = await conversation.post(token, 'I call BS — *observe* the dates.');
    expect(status).toBe(202);
    expect(body).toMatchObject({
      parentId: null,
      status: 'pending',
      revision: 1,
      body: 'I call BS — *observe* the dates.',
      publishedAt: null,
      replyCount: 0,
      reactions: {},
      author: { name: 'Anna', tier: null, role: 'reader' },
      viewer: { reactions: [], flagged: false, mine: true, canEdit: true, canDelete: true },
    });
    expect(body.html).toContain('<em>observe</em>');
    const { rows } = await owner.query(
      `SELECT o.type, o.subject, o.payload, r.number FROM outbox o
       JOIN revision r ON r.comment_id = (o.payload ->> 'commentId')::uuid WHERE o.site_id = $1`,
      [conversation.siteId],
    );
    expect(rows.filter(({ type }) => type === 'comment.submitted')).toMatchObject([
      {
        subject: `comment:${body.id}`,
        number: 1,
        payload: { commentId: body.id, status: 'pending', readerKey: 'anna' },
      },
    ]);
  });

  it('lists replies under their parent, and refuses replies to comments that cannot have any', async () => {
    const conversation = await Conversation.open(app);
    const [anna, ben] = [await conversation.token('anna'), await conversation.token('ben')];
    const parent = await conversation.published(anna);
    const reply = await conversation.post(ben, 'So do I.', parent);
    expect(reply).toMatchObject({ status: 202, body: { parentId: parent } });

    // Another reader's pending comment is not found. One's own is found but accepts no replies yet.
    expect((await conversation.post(anna, 'And I.', reply.body.id)).status).toBe(404);
    expect(await conversation.post(ben, 'And I.', reply.body.id)).toMatchObject({
      status: 409,
      body: { code: 'parent-not-published' },
    });
    expect((await conversation.post(ben, 'And I.', '018f0000-0000-7000-8000-000000000000')).status).toBe(404);
    const other = await Conversation.open(app);
    expect((await other.post(await other.token('anna'), 'Hello?', parent)).status).toBe(404);
  });

  it('refuses replies to a removed comment that still has visible replies', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna');
    const parent = await conversation.published(token);
    await conversation.published(token, 'A reply', parent);
    await conversation.move(parent, 'published', 'removed');
    expect((await conversation.post(token, 'Too late', parent)).status).toBe(409);
  });

  it('refuses signed-out readers with the gate’s code, as problem details', async () => {
    const conversation = await Conversation.open(app);
    const answer = await app.call('POST', conversation.threadPath, { body: { body: 'Hello' } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'signed-out', status: 401 } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('uses the committed settings, even if no change notification arrived', async () => {
    const conversation = await Conversation.open(app);
    await conversation.publisher('PUT', '/tiers', [{ key: 'gold', name: 'Gold', rank: 10 }]);
    await conversation.setPolicy({ gate: { comment: 'gold' } });
    const token = await conversation.token('anna');
    const setStanding = (standing: string) =>
      owner.query('UPDATE reader SET standing = $2 WHERE site_id = $1', [conversation.siteId, standing]);
    const setEntitlementStatus = (status: string) =>
      owner.query(
        'UPDATE entitlement SET status = $2, ended_at = now(), reported_at = now() WHERE site_id = $1',
        [conversation.siteId, status],
      );
    await conversation.publisher('PUT', '/readers/anna/entitlement', { tier: 'gold', status: 'active' });
    expect((await conversation.post(token, 'One of the subscribers')).body.author.tier.key).toBe('gold');

    await setStanding('banned');
    expect(await conversation.post(token, 'Not banned yet?')).toMatchObject({
      status: 403,
      body: { code: 'banned' },
    });
    await setStanding('normal');
    expect((await conversation.post(token, 'Here again')).status).toBe(202);

    await setEntitlementStatus('cancelled');
    const refused = { status: 403, body: { code: 'entitlement-ended', requiredTier: { key: 'gold' } } };
    expect(await conversation.post(token, 'Still a subscriber?')).toMatchObject(refused);
    await setEntitlementStatus('active');
    expect((await conversation.post(token, 'A subscriber again')).status).toBe(202);

    const { rows } = await owner.query('SELECT count(*)::int AS stored FROM comment WHERE site_id = $1', [
      conversation.siteId,
    ]);
    expect(rows).toEqual([{ stored: 3 }]);
  });

  it.each([
    [{ body: '' }, '/body'],
    [{ body: '   \n ' }, '/body'],
    [{ body: 'x'.repeat(5001) }, '/body'],
    [{ body: 'nul \0' }, '/body'],
    [{ body: 7 }, '/body'],
    [{}, '/body'],
    [{ body: 'ok', parentId: 'nope' }, '/parentId'],
    [{ body: 'ok', status: 'published' }, '/status'],
  ])('refuses %j and stores nothing', async (body, pointer) => {
    const conversation = await Conversation.open(app);
    const answer = await app.call('POST', conversation.threadPath, {
      token: await conversation.token('anna'),
      body,
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    });
    expect(
      (await owner.query('SELECT 1 FROM comment WHERE site_id = $1', [conversation.siteId])).rowCount,
    ).toBe(0);
  });

  it('posts once for a repeated Idempotency-Key', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna');
    const postOnce = () =>
      app.call('POST', conversation.threadPath, {
        token,
        body: { body: 'Once' },
        headers: { 'idempotency-key': 'k1' },
      });
    const [first, second] = [await postOnce(), await postOnce()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body['id']).toBe(first.body['id']);
    expect(
      (await owner.query('SELECT 1 FROM comment WHERE site_id = $1', [conversation.siteId])).rowCount,
    ).toBe(1);
  });

  it('creates a story with its first comment, but only for a URL on an origin of the site', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna');
    const submitAt = (key: string, url: string) =>
      app.call(
        'POST',
        `/api/v1/sites/${conversation.siteId}/stories/${key}/comments?url=${encodeURIComponent(url)}`,
        {
          token,
          body: { body: 'First!' },
        },
      );
    expect((await submitAt('new-1', 'https://paper.example/new')).status).toBe(202);
    expect((await submitAt('new-2', 'https://elsewhere.example/new')).status).toBe(404);
  });

  it('rate-limits a reader who posts without a pause', async () => {
    const strict = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: true } });
    try {
      const conversation = await Conversation.open(strict);
      const token = await conversation.token('fast');
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, n) => conversation.post(token, `Comment ${n}`)),
      );
      const refused = answers.filter(({ status }) => status === 429);
      expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
      expect(refused[0]).toMatchObject({ body: { code: 'rate-limited' } });
      expect(Number(refused[0].headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await conversation.post(await conversation.token('slow'), 'I may')).status).toBe(202);
    } finally {
      await strict.close();
    }
  });
});
