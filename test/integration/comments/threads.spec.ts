import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
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

const ids = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id);

async function allPages(
  conversation: Conversation,
  query: string,
  betweenPages: () => Promise<unknown> = async () => {},
) {
  const collected: string[] = [];
  let cursor = '';
  for (;;) {
    const page = await conversation.thread(`?${query}&limit=2${cursor}`);
    expect(page.status).toBe(200);
    collected.push(...ids(page));
    if (page.body.next === null) return collected;
    cursor = `&cursor=${encodeURIComponent(page.body.next)}`;
    await betweenPages();
  }
}

describe('a thread', () => {
  it('is empty before its first comment, and includes the story, the gate and the total', async () => {
    const conversation = await Conversation.open(app);
    const { status, body } = await conversation.thread();
    expect(status).toBe(200);
    expect(body).toEqual({
      story: {
        id: expect.any(String),
        key: 'story-1',
        title: 'A story',
        url: 'https://paper.example/story-1',
        state: 'open',
        topics: [],
      },
      gate: expect.objectContaining({
        read: { allowed: true },
        comment: expect.objectContaining({ code: 'signed-out' }),
      }),
      limits: { bodyChars: 5000, editSeconds: 300, notice: true },
      reactions: ['like'],
      total: 0,
      picks: 0,
      pinned: null,
      items: [],
      next: null,
    });
  });

  it('returns a published comment in its documented shape', async () => {
    const conversation = await Conversation.open(app);
    const id = await conversation.published(
      await conversation.token('anna', { name: 'Anna' }),
      'Hello “world”',
    );
    const { body } = await conversation.thread();
    expect(body.total).toBe(1);
    expect(body.items).toEqual([
      {
        id,
        storyId: body.story.id,
        parentId: null,
        author: { id: expect.any(String), name: 'Anna', picture: null, tier: null, role: 'reader' },
        body: 'Hello “world”',
        html: expect.stringContaining('Hello'),
        status: 'published',
        revision: 1,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        publishedAt: expect.stringMatching(/Z$/),
        editedAt: null,
        replyCount: 0,
        picked: false,
        pinned: false,
        reactions: {},
        replies: { items: [], next: null },
      },
    ]);
    expect((await conversation.comment('GET', id)).body).toEqual({ ...body.items[0], replies: undefined });
  });

  it('sorts comments, and lists each one exactly once across pages while others arrive', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna');
    const posted: string[] = [];
    for (let n = 0; n < 5; n++) posted.push(await conversation.published(token, `Comment ${n}`));
    const likers = await Promise.all(['b', 'c', 'd'].map((sub) => conversation.token(sub)));
    for (const [index, likes] of [1, 3, 0, 2, 3].entries()) {
      for (const liker of likers.slice(0, likes)) {
        await conversation.comment('PUT', posted[index], { path: '/reactions/like', token: liker });
      }
    }
    await conversation.published(token, 'A reply', posted[2]);
    const idsInOrder = (...order: number[]) => order.map((n) => posted[n]);
    expect(await allPages(conversation, 'sort=newest')).toEqual(idsInOrder(4, 3, 2, 1, 0));
    expect(await allPages(conversation, 'sort=oldest')).toEqual(idsInOrder(0, 1, 2, 3, 4));
    expect(await allPages(conversation, 'sort=top')).toEqual(idsInOrder(4, 1, 3, 0, 2));
    expect(await allPages(conversation, 'sort=replies')).toEqual(idsInOrder(2, 4, 3, 1, 0));

    const more = await allPages(conversation, 'sort=newest', () =>
      conversation.published(token, 'Meanwhile'),
    );
    expect(more).toEqual(idsInOrder(4, 3, 2, 1, 0));
  });

  it('includes the first three replies, oldest first, and the rest by cursor, at any depth', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna');
    const root = await conversation.published(token, 'Root');
    const replies: string[] = [];
    let parent = root;
    for (let n = 0; n < 5; n++) {
      parent = await conversation.published(token, `Reply ${n}`, parent);
      replies.push(parent);
    }
    const [item] = (await conversation.thread()).body.items;
    expect(item.replyCount).toBe(5);
    expect(item.replies.items.map(({ id }: { id: string }) => id)).toEqual(replies.slice(0, 3));
    expect(item.replies.items[2]).toMatchObject({ parentId: replies[1], replyCount: 2 });

    const rest = await conversation.comment('GET', root, {
      path: `/replies?cursor=${encodeURIComponent(item.replies.next)}`,
    });
    expect(ids(rest)).toEqual(replies.slice(3));
    expect(rest.body.next).toBeNull();
    const all = await conversation.comment('GET', root, { path: '/replies?limit=2' });
    expect(ids(all)).toEqual(replies.slice(0, 2));
    expect(ids(await conversation.comment('GET', replies[1], { path: '/replies' }))).toEqual(
      replies.slice(2),
    );
  });

  it('refuses cursors of other lists, and clamps the limit', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna');
    for (let n = 0; n < 3; n++) await conversation.published(token, `Comment ${n}`);
    const { next } = (await conversation.thread('?limit=1')).body;
    for (const query of [
      'cursor=nonsense',
      'cursor=',
      `sort=top&cursor=${next}`,
      'limit=x',
      'sort=loudest',
    ]) {
      expect(await conversation.thread(`?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid' },
      });
    }
    expect((await conversation.thread('?limit=0')).body.items).toHaveLength(1);
    expect((await conversation.thread('?limit=1000')).body.items).toHaveLength(3);
    expect((await conversation.thread('?sort=newest&utm_source=mail')).status).toBe(200);
  });

  it('has the same bytes for all signed-out readers, with an ETag that is valid until something changes', async () => {
    const conversation = await Conversation.open(app);
    const token = await conversation.token('anna');
    await conversation.published(token, 'One');
    const raw = async (headers: Record<string, string> = {}) => {
      const answer = await fetch(app.url + conversation.threadPath, { headers });
      return { answer, text: await answer.text() };
    };
    const [cold, warm] = [await raw(), await raw()];
    expect(warm.text).toBe(cold.text);
    for (const { answer } of [cold, warm]) {
      expect(answer.headers.get('etag')).toMatch(/^"[^"]+"$/);
      expect(answer.headers.get('cache-control')).toMatch(/^public/);
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    const etag = warm.answer.headers.get('etag')!;
    for (const sent of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const { answer, text } = await raw({ 'if-none-match': sent });
      expect(answer.status).toBe(304);
      expect(text).toBe('');
      expect(answer.headers.get('etag')).toBe(etag);
    }
    await conversation.published(token, 'Two');
    const after = await raw({ 'if-none-match': etag });
    expect(after.answer.status).toBe(200);
    expect(JSON.parse(after.text).items).toHaveLength(2);
    expect((await conversation.thread('', token)).headers.get('cache-control')).toBe('private, no-store');
  });

  it('reflects changes of its story, policy and tiers at once', async () => {
    const conversation = await Conversation.open(app);
    expect((await conversation.thread()).body.story.state).toBe('open');
    await conversation.setStory({ state: 'closed' });
    const closed = (await conversation.thread()).body;
    expect(closed.story.state).toBe('closed');
    expect(closed.gate.comment.code).toBe('story-closed');
    await conversation.setPolicy({ gate: { read: 'signed-in' } });
    expect(await conversation.thread()).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    expect((await conversation.thread('', await conversation.token('anna'))).status).toBe(200);
  });

  it('names the required tier to a reader below it', async () => {
    const conversation = await Conversation.open(app);
    await conversation.publisher('PUT', '/tiers', [{ key: 'gold', name: 'Insider Gold', rank: 30 }]);
    await conversation.setPolicy({ gate: { read: 'gold' } });
    const refused = await conversation.thread('', await conversation.token('anna'));
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'tier-required', requiredTier: { key: 'gold' } },
    });
    const gold = await conversation.token('gina', { tier: 'gold' });
    const id = await conversation.published(gold);
    expect((await conversation.thread('', gold)).body.items[0].author.tier).toEqual({
      key: 'gold',
      name: 'Insider Gold',
    });
    expect((await conversation.comment('GET', id)).status).toBe(401);
  });

  it('is not found for an unknown story or site', async () => {
    const conversation = await Conversation.open(app);
    for (const path of [
      `/api/v1/sites/${conversation.siteId}/stories/unknown/comments`,
      `/api/v1/sites/018f0000-0000-7000-8000-000000000000/stories/story-1/comments`,
      `/api/v1/sites/nonsense/stories/story-1/comments`,
    ]) {
      expect(await app.call('GET', path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
  });
});

describe('a comment before its decision', () => {
  it('is visible only to its author, everywhere', async () => {
    const conversation = await Conversation.open(app);
    const [anna, ben] = [await conversation.token('anna'), await conversation.token('ben')];
    const root = await conversation.published(ben, 'Root');
    const { body: comment } = await conversation.post(anna, 'A secret so far', root);
    const { body: top } = await conversation.post(anna, 'A secret at the top');
    for (const [to, from] of [
      ['pending', 'pending'],
      ['held', 'pending'],
      ['rejected', 'held'],
    ] as const) {
      if (to !== from) {
        await conversation.move(comment.id, from, to);
        await conversation.move(top.id, from, to);
      }
      for (const token of [undefined, ben]) {
        const thread = await conversation.thread('', token);
        expect(JSON.stringify(thread.body)).not.toContain('secret');
        expect(thread.body.total).toBe(1);
        expect(ids(thread)).toEqual([root]);
        expect(thread.body.items[0].replyCount).toBe(0);
        const options = token === undefined ? {} : { token };
        expect((await conversation.comment('GET', comment.id, options)).status).toBe(404);
        expect((await conversation.comment('GET', comment.id, { ...options, path: '/replies' })).status).toBe(
          404,
        );
        expect(
          JSON.stringify((await conversation.comment('GET', root, { ...options, path: '/replies' })).body),
        ).not.toContain('secret');
      }
      expect(
        (await conversation.comment('PUT', comment.id, { path: '/reactions/like', token: ben })).status,
      ).toBe(404);
      expect(
        (
          await conversation.comment('POST', comment.id, {
            path: '/flags',
            token: ben,
            body: { reason: 'spam' },
          })
        ).status,
      ).toBe(404);
      expect(
        (await conversation.comment('PATCH', comment.id, { token: ben, body: { body: 'mine now' } })).status,
      ).toBe(404);
      expect((await conversation.comment('DELETE', comment.id, { token: ben })).status).toBe(404);
      const counts = await app.call('GET', `/api/v1/sites/${conversation.siteId}/counts?story=story-1`);
      expect(counts.body).toEqual({ counts: { 'story-1': 1 } });

      const own = (await conversation.thread('', anna)).body;
      expect(own.items.map((item: { id: string; status: string }) => [item.id, item.status])).toEqual([
        [top.id, to],
        [root, 'published'],
      ]);
      expect(own.items[0]).toMatchObject({
        body: 'A secret at the top',
        viewer: { mine: true },
        replies: { items: [] },
      });
      expect(own.items[1].replies.items).toMatchObject([
        { id: comment.id, status: to, viewer: { mine: true } },
      ]);
      expect(own.items[1].viewer).toEqual({
        reactions: [],
        flagged: false,
        mine: false,
        canEdit: false,
        canDelete: false,
      });
      expect(own.total).toBe(1);
      expect((await conversation.comment('GET', comment.id, { token: anna })).body).toMatchObject({
        status: to,
      });
      expect(
        (await conversation.comment('GET', root, { path: '/replies', token: anna })).body.items,
      ).toHaveLength(1);
    }
  });

  it('shows its author why it was rejected', async () => {
    const conversation = await Conversation.open(app);
    const anna = await conversation.token('anna');
    const { body: comment } = await conversation.post(anna, 'Rude');
    await conversation.move(comment.id, 'pending', 'rejected', {
      decision: { id: comment.id, by: 'moderator', reason: 'spam' } as never,
    });
    expect((await conversation.comment('GET', comment.id, { token: anna })).body.reason).toMatch(
      /advertising/,
    );
    expect((await conversation.thread('', anna)).body.items[0]).toMatchObject({
      status: 'rejected',
      reason: expect.any(String),
    });
  });
});

describe('a hidden comment', () => {
  it('leaves a placeholder if it has visible replies, and nothing otherwise', async () => {
    const conversation = await Conversation.open(app);
    const [anna, ben] = [await conversation.token('anna'), await conversation.token('ben')];
    const root = await conversation.published(anna, 'The root of it');
    const middle = await conversation.published(ben, 'The middle of it', root);
    const leaf = await conversation.published(anna, 'The leaf', middle);
    await conversation.move(root, 'published', 'removed');
    await conversation.move(middle, 'published', 'held', { cause: 'flagged' });

    const thread = (await conversation.thread()).body;
    expect(thread.total).toBe(1);
    expect(thread.items).toMatchObject([
      {
        id: root,
        status: 'removed',
        author: null,
        body: null,
        html: null,
        replyCount: 1,
        reactions: {},
        // Other readers cannot see that the comment is held.
        replies: {
          items: [
            { id: middle, status: 'removed', author: null, body: null },
            { id: leaf, body: 'The leaf' },
          ],
        },
      },
    ]);
    expect((await conversation.comment('GET', root)).body).toMatchObject({ status: 'removed', body: null });
    expect((await conversation.comment('GET', middle)).status).toBe(404);
    const own = (await conversation.thread('', anna)).body.items;
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({
      id: root,
      status: 'removed',
      body: 'The root of it',
      viewer: { mine: true, canEdit: false },
    });

    await conversation.comment('DELETE', leaf, { token: anna });
    expect((await conversation.thread()).body).toMatchObject({ total: 0, items: [] });
    expect((await conversation.comment('GET', root)).status).toBe(404);

    await conversation.move(middle, 'held', 'published');
    expect((await conversation.thread()).body).toMatchObject({
      total: 1,
      items: [{ id: root, replies: { items: [{ id: middle }] } }],
    });
    await conversation.move(root, 'removed', 'published');
    expect((await conversation.thread()).body).toMatchObject({
      total: 2,
      items: [{ body: 'The root of it', replyCount: 1 }],
    });
  });
});

describe('comment counts', () => {
  it('are returned for each key in one request, with 0 for unknown keys', async () => {
    const conversation = await Conversation.open(app);
    const counts = async (query: string) =>
      (await app.call('GET', `/api/v1/sites/${conversation.siteId}/counts${query}`)).body;
    expect(await counts('?story=story-1&story=nobody%2Fknows')).toEqual({
      counts: { 'story-1': 0, 'nobody/knows': 0 },
    });
    const id = await conversation.published(await conversation.token('anna'));
    expect(await counts('?story=story-1')).toEqual({ counts: { 'story-1': 1 } });
    await conversation.move(id, 'published', 'removed');
    expect(await counts('?story=story-1')).toEqual({ counts: { 'story-1': 0 } });
    expect(await counts('')).toEqual({ counts: {} });
    const many = Array.from({ length: 101 }, (_, n) => `story=${n}`).join('&');
    expect(await counts(`?${many}`)).toMatchObject({ status: 400, code: 'invalid' });
    expect(await counts('?story=%00')).toMatchObject({ status: 400 });
    expect(await counts('?story[a]=b')).toEqual({ counts: {} });
  });
});

describe('a comment of another site', () => {
  it('is not found', async () => {
    const [one, other] = [await Conversation.open(app), await Conversation.open(app)];
    const id = await one.published(await one.token('anna'));
    const stranger = await other.token('anna');
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/replies'],
      ['PATCH', '', { body: 'Mine' }],
      ['DELETE', ''],
      ['PUT', '/reactions/like'],
      ['POST', '/flags', { reason: 'spam' }],
    ] as const) {
      const { status } = await other.comment(method, id, { path, token: stranger, body });
      // The token belongs to another site, so the caller is signed out on the comment's site.
      expect([401, 404]).toContain(status);
    }
    expect((await other.thread('', stranger)).body.items).toEqual([]);
  });
});
