import pg from 'pg';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

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

interface OutboxRow {
  type: string;
  payload: Record<string, unknown>;
}
const listEvents = async (id: string): Promise<OutboxRow[]> =>
  (await owner.query('SELECT type, payload FROM outbox WHERE subject = $1 ORDER BY id', [`comment:${id}`]))
    .rows;

/** The story's stored count, the same count computed from its comments, and how many rows have a wrong flag or counter. */
async function counts(conversation: Conversation) {
  const { rows } = await owner.query(
    `SELECT
       (SELECT comment_count FROM story WHERE site_id = $1) AS stored,
       (SELECT count(*)::int FROM comment WHERE site_id = $1 AND visible) AS computed,
       (SELECT count(*)::int FROM comment WHERE site_id = $1 AND visible <> (status = 'published')) AS "wrongVisibility",
       (SELECT count(*)::int FROM comment p WHERE p.site_id = $1 AND p.reply_count <> (
          WITH RECURSIVE below AS (
            SELECT c.id, c.visible FROM comment c WHERE c.site_id = $1 AND c.parent_id = p.id
            UNION ALL SELECT c.id, c.visible FROM below JOIN comment c ON c.site_id = $1 AND c.parent_id = below.id
          ) SELECT count(*) FROM below WHERE visible)) AS "wrongReplyCounts",
       (SELECT count(*)::int FROM reader r WHERE r.site_id = $1 AND r.published_count <> (
          SELECT count(*) FROM comment c WHERE c.site_id = $1 AND c.author_id = r.id AND c.status = 'published')) AS "wrongReaders"`,
    [conversation.siteId],
  );
  return rows[0] as Record<string, number>;
}

describe('changing the status of a comment', () => {
  it('emits each change with its actor and with what other readers saw before and after', async () => {
    const conversation = await Conversation.open(app);
    const id = await conversation.published(await conversation.token('anna'));
    await conversation.move(id, 'published', 'removed');
    await conversation.move(id, 'removed', 'published');
    await conversation.move(id, 'published', 'held', { cause: 'flagged' });
    await conversation.move(id, 'held', 'rejected');
    const events = await listEvents(id);
    expect(
      events.map(({ type, payload }) => [type, payload['from'], payload['wasVisible'], payload['isVisible']]),
    ).toEqual([
      ['comment.submitted', null, false, false],
      ['comment.published', 'pending', false, true],
      ['comment.removed', 'published', true, false],
      ['comment.restored', 'removed', false, true],
      ['comment.held', 'published', true, false],
      ['comment.rejected', 'held', false, false],
    ]);
    expect(events[2].payload).toMatchObject({
      readerKey: 'anna',
      storyKey: 'story-1',
      decision: { by: 'moderator' },
    });
  });

  it('does nothing for an outdated status or revision, or for a transition that is not allowed', async () => {
    const conversation = await Conversation.open(app);
    const { body } = await conversation.post(await conversation.token('anna'), 'Hello');
    expect(await conversation.move(body.id, 'held', 'published')).toEqual({
      ok: false,
      current: { status: 'pending', revision: 1 },
    });
    expect(await conversation.move(body.id, 'pending', 'published', { revision: 2 })).toMatchObject({
      ok: false,
    });
    expect(await conversation.move(body.id, 'pending', 'removed')).toMatchObject({ ok: false });
    expect(await conversation.move('018f0000-0000-7000-8000-000000000000', 'pending', 'held')).toEqual({
      ok: false,
      current: null,
    });
    expect(await listEvents(body.id)).toHaveLength(1);
  });

  it('finds no comment of another site', async () => {
    const [one, other] = [await Conversation.open(app), await Conversation.open(app)];
    const { body } = await one.post(await one.token('anna'), 'Hello');
    expect(await other.move(body.id, 'pending', 'published')).toEqual({ ok: false, current: null });
  });

  it('happens once, even if several callers decide at the same time', async () => {
    const conversation = await Conversation.open(app);
    const { body } = await conversation.post(await conversation.token('anna'), 'Hello');
    const moves = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        conversation.move(body.id, 'pending', n % 2 ? 'published' : 'held'),
      ),
    );
    expect(moves.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listEvents(body.id)).toHaveLength(2);
  });

  it('keeps every count exact while deep replies are added and removed concurrently', async () => {
    const conversation = await Conversation.open(app);
    const tokens = await Promise.all(['a', 'b', 'c', 'd'].map((sub) => conversation.token(sub)));
    const root = await conversation.published(tokens[0], 'Root');
    const all = [root];
    for (let n = 0; n < 15; n++)
      all.push(await conversation.published(tokens[n % 4], `Reply ${n}`, all[Math.floor(n / 2)]));
    await Promise.all(
      all.flatMap((id, n) => [
        conversation.move(id, 'published', 'removed'),
        conversation.move(id, 'published', n % 2 ? 'held' : 'removed', n % 2 ? { cause: 'flagged' } : {}),
      ]),
    );
    expect(await counts(conversation)).toMatchObject({
      stored: 0,
      computed: 0,
      wrongVisibility: 0,
      wrongReplyCounts: 0,
      wrongReaders: 0,
    });
    await Promise.all(
      all.flatMap((id) => [
        conversation.move(id, 'removed', 'published'),
        conversation.move(id, 'held', 'published'),
      ]),
    );
    expect(await counts(conversation)).toMatchObject({
      stored: 16,
      computed: 16,
      wrongVisibility: 0,
      wrongReplyCounts: 0,
      wrongReaders: 0,
    });
    await Promise.all([
      ...all.slice(0, 8).map((id) => conversation.move(id, 'published', 'removed')),
      ...Array.from({ length: 8 }, (_, n) => conversation.published(tokens[n % 4], `More ${n}`, all[15])),
    ]);
    expect(await counts(conversation)).toMatchObject({
      stored: 16,
      computed: 16,
      wrongReplyCounts: 0,
      wrongReaders: 0,
    });
  });
});
