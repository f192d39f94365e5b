import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import type { Json } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function setUp(policy: Record<string, unknown> = {}) {
  const conversation = await Conversation.open(app, policy);
  const id = await conversation.published(await conversation.token('anna'));
  const react = (method: 'PUT' | 'DELETE' | 'GET', kind: string, token?: string) =>
    conversation.comment(method, id, {
      path: `/reactions/${kind}`,
      ...(token === undefined ? {} : { token }),
    });
  return { conversation, id, react };
}

describe('reacting to a comment', () => {
  it('counts each reader once per kind, and can be repeated and undone', async () => {
    const { conversation, react } = await setUp({ reactions: ['like', 'wow'] });
    const [ben, cleo] = [await conversation.token('ben'), await conversation.token('cleo')];
    expect(await react('PUT', 'like', ben)).toMatchObject({ status: 200, body: { reactions: { like: 1 } } });
    expect((await react('PUT', 'like', ben)).body).toEqual({ reactions: { like: 1 } });
    await react('PUT', 'wow', ben);
    expect((await react('PUT', 'like', cleo)).body).toEqual({ reactions: { like: 2, wow: 1 } });
    expect((await react('GET', 'wow', cleo)).body).toEqual({ reactions: { like: 2, wow: 1 }, mine: false });
    expect((await react('GET', 'wow', ben)).body.mine).toBe(true);
    const [item] = (await conversation.thread('', ben)).body.items;
    expect(item).toMatchObject({
      reactions: { like: 2, wow: 1 },
      viewer: { reactions: ['like', 'wow'], mine: false },
    });
    expect((await conversation.thread()).body.items[0].reactions).toEqual({ like: 2, wow: 1 });

    expect((await react('DELETE', 'wow', cleo)).body).toEqual({ reactions: { like: 2, wow: 1 } });
    expect((await react('DELETE', 'wow', ben)).body).toEqual({ reactions: { like: 2 } });
    expect((await react('DELETE', 'wow', ben)).body).toEqual({ reactions: { like: 2 } });
    expect((await conversation.thread()).body.items[0].reactions).toEqual({ like: 2 });
  });

  it('keeps exact counts when a hundred reactions are added and removed at once', async () => {
    const { conversation, id, react } = await setUp();
    const tokens = await Promise.all(
      Array.from({ length: 100 }, (_, n) => conversation.token(`reader-${n}`)),
    );
    const responses = await Promise.all(tokens.map((token) => react('PUT', 'like', token)));
    expect(responses.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect((await conversation.comment('GET', id)).body.reactions).toEqual({ like: 100 });
    await Promise.all(
      tokens.flatMap((token, n) =>
        n % 2
          ? [react('DELETE', 'like', token), react('DELETE', 'like', token)]
          : [react('PUT', 'like', token)],
      ),
    );
    expect((await conversation.comment('GET', id)).body.reactions).toEqual({ like: 50 });
    expect((await react('DELETE', 'like', tokens[0])).body).toEqual({ reactions: { like: 49 } });
  });

  it('requires a kind that the site has, a published comment, and a reader who may react', async () => {
    const { conversation, id, react } = await setUp();
    const ben = await conversation.token('ben');
    expect(await react('PUT', 'boo', ben)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'unknown-reaction' }] },
    });
    expect(await react('PUT', 'like')).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    await conversation.publisher('PUT', '/tiers', [{ key: 'gold', name: 'Insider Gold', rank: 30 }]);
    await conversation.setPolicy({ gate: { react: 'gold' } });
    expect(await react('PUT', 'like', ben)).toMatchObject({ status: 403, body: { code: 'tier-required' } });
    await conversation.move(id, 'published', 'removed');
    expect((await react('PUT', 'like', await conversation.token('gina', { tier: 'gold' }))).status).toBe(404);
    expect(
      (await conversation.comment('PUT', 'nonsense', { path: '/reactions/like', token: ben })).status,
    ).toBe(404);
  });
});

describe('the reactions of a reader', () => {
  const listReactions = (token?: string, query = '') =>
    app.call<Json>('GET', `/api/v1/me/reactions${query}`, token === undefined ? {} : { token });

  it('are visible to that reader only, newest first, page by page', async () => {
    const { conversation, id, react } = await setUp({ reactions: ['like', 'wow'] });
    const [ben, cleo] = [await conversation.token('ben'), await conversation.token('cleo')];
    await react('PUT', 'like', ben);
    await react('PUT', 'wow', ben);
    await react('PUT', 'like', cleo);

    const { body: first } = await listReactions(ben, '?limit=1');
    expect(first.items).toMatchObject([
      { kind: 'wow', comment: { id }, story: { key: conversation.storyKey } },
    ]);
    const marked = await conversation.published(
      await conversation.token('anna'),
      '> what **they** said\n\n[no](https://a.example)',
    );
    await conversation.comment('PUT', marked, { path: '/reactions/like', token: ben });
    expect((await listReactions(ben, '?limit=1')).body.items[0].comment.excerpt).toBe('what they said no');
    await conversation.comment('DELETE', marked, { path: '/reactions/like', token: ben });
    const { body: rest } = await listReactions(ben, `?limit=1&cursor=${encodeURIComponent(first.next)}`);
    expect(rest.items.map(({ kind }: Json) => kind)).toEqual(['like']);
    expect(rest.next).toBeNull();
    // A cursor from another reader's list is refused.
    expect((await listReactions(cleo, `?cursor=${encodeURIComponent(first.next)}`)).status).toBe(400);
  });

  it('omit hidden comments, undone reactions, and other sites', async () => {
    const { conversation, id, react } = await setUp();
    const ben = await conversation.token('ben');
    await react('PUT', 'like', ben);
    const otherSite = await setUp();
    const namesake = await otherSite.conversation.token('ben');
    expect((await listReactions(namesake)).body).toEqual({ items: [], next: null });
    await conversation.move(id, 'published', 'removed');
    expect((await listReactions(ben)).body.items).toEqual([]);
    await conversation.move(id, 'removed', 'published');
    expect((await listReactions(ben)).body.items).toHaveLength(1);
    await react('DELETE', 'like', ben);
    expect((await listReactions(ben)).body.items).toEqual([]);
    expect((await listReactions()).status).toBe(401);
  });
});
