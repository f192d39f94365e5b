import pg from 'pg';
import { startApp, type TestApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { FlaggedComments } from '../../../src/features/moderation/flagged-comments.js';
import { newId, type CommentId } from '../../../src/platform/ids.js';

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

async function setUp() {
  const conversation = await Conversation.open(app);
  const id = await conversation.published(await conversation.token('anna'));
  const flag = (token: string | undefined, body: unknown) =>
    conversation.comment('POST', id, { path: '/flags', body, ...(token === undefined ? {} : { token }) });
  const openFlags = async () =>
    (await owner.query('SELECT flag_count FROM comment WHERE id = $1', [id])).rows[0].flag_count as number;
  return { conversation, id, flag, openFlags };
}

describe('flagging a comment', () => {
  it('counts each reader once, emits an event, and shows the flag to that reader', async () => {
    const { conversation, id, flag, openFlags } = await setUp();
    const [ben, cleo] = [await conversation.token('ben'), await conversation.token('cleo')];
    expect(await flag(ben, { reason: 'spam', detail: 'Bought followers' })).toMatchObject({ status: 202 });
    expect(await flag(ben, { reason: 'hate' })).toMatchObject({ status: 202, body: { flagged: true } });
    await flag(cleo, { reason: 'off-topic' });
    expect(await openFlags()).toBe(2);
    const { rows } = await owner.query(
      `SELECT payload FROM outbox WHERE type = 'comment.flagged' AND site_id = $1 ORDER BY id`,
      [conversation.siteId],
    );
    expect(rows.map(({ payload }) => [payload.commentId, payload.openFlags, payload.flagReason])).toEqual([
      [id, 1, 'spam'],
      [id, 2, 'off-topic'],
    ]);
    expect((await conversation.thread('', ben)).body.items[0].viewer.flagged).toBe(true);
    expect(
      (await conversation.thread('', await conversation.token('dora'))).body.items[0].viewer.flagged,
    ).toBe(false);
    expect((await conversation.thread()).body.total).toBe(1);
  });

  it('counts every one of many concurrent flags', async () => {
    const { conversation, flag, openFlags } = await setUp();
    const tokens = await Promise.all(Array.from({ length: 30 }, (_, n) => conversation.token(`reader-${n}`)));
    await Promise.all([...tokens, ...tokens].map((token) => flag(token, { reason: 'abuse' })));
    expect(await openFlags()).toBe(30);
  });

  it('opens a flag that a moderator’s decision resolves and its undo reopens', async () => {
    const { conversation, id, flag, openFlags } = await setUp();
    await flag(await conversation.token('ben'), { reason: 'spam' });
    const decision = newId<'decision'>();
    await conversation.move(id, 'published', 'published', { decision: { id: decision, by: 'moderator' } });
    expect(await openFlags()).toBe(0);
    await conversation.move(id, 'published', 'published', { cause: 'undone', undoes: decision });
    expect(await openFlags()).toBe(1);
    // Each reader can flag once, also after a decision on the flag.
    await flag(await conversation.token('ben'), { reason: 'spam' });
    expect(await openFlags()).toBe(1);
  });

  it.each([
    [{ reason: 'boring' }, '/reason'],
    [{}, '/reason'],
    [{ reason: 'spam', detail: 'x'.repeat(1001) }, '/detail'],
    [{ reason: 'spam', extra: 1 }, '/extra'],
  ])('refuses %j', async (body, pointer) => {
    const { conversation, flag } = await setUp();
    const answer = await flag(await conversation.token('ben'), body);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('requires a reader whom the gate allows to flag', async () => {
    const { conversation, flag } = await setUp();
    expect(await flag(undefined, { reason: 'spam' })).toMatchObject({
      status: 401,
      body: { code: 'signed-out' },
    });
    await conversation.publisher('PUT', '/tiers', [{ key: 'gold', name: 'Insider Gold', rank: 30 }]);
    await conversation.setPolicy({ gate: { flag: 'gold' } });
    expect(await flag(await conversation.token('ben'), { reason: 'spam' })).toMatchObject({
      status: 403,
      body: { code: 'tier-required' },
    });
  });

  it('accepts signed-out visitors if anyone may flag, once per address and browser', async () => {
    const { conversation, id, openFlags } = await setUp();
    await conversation.setPolicy({ gate: { flag: 'anyone' } });
    expect((await conversation.thread()).body.gate).toMatchObject({
      read: { allowed: true },
      flag: { allowed: true },
      react: { allowed: false, code: 'signed-out' },
    });
    const flagAs = (browser: string, body: unknown = { reason: 'hate', detail: 'Look at this.' }) =>
      app.call('POST', `/api/v1/comments/${id}/flags`, { headers: { 'user-agent': browser }, body });
    expect(await flagAs('one')).toMatchObject({ status: 202, body: { flagged: true } });
    expect(await flagAs('one')).toMatchObject({ status: 202, body: { flagged: true } });
    expect(await openFlags()).toBe(1);
    await flagAs('two');
    expect(await openFlags()).toBe(2);
    const { rows } = await owner.query(
      'SELECT reader_id, visitor, reason, detail FROM flag WHERE comment_id = $1',
      [id],
    );
    for (const row of rows) {
      expect(row).toMatchObject({ reader_id: null, reason: 'hate', detail: 'Look at this.' });
      expect(row.visitor).toMatch(/^[\w-]{43}$/);
    }
    const answer = await app.call<{ flagItems: unknown[]; flags: unknown }>(
      'GET',
      `/api/v1/moderation/comments/${id}`,
      { token: app.adminKey },
    );
    expect(answer.body.flags).toMatchObject({ count: 2, reasons: { hate: 2 } });
    expect(answer.body.flagItems).toMatchObject([{ reader: null }, { reader: null }]);
  });

  it('gives all visitors together the weight of one reader', async () => {
    const { conversation, id, flag, openFlags } = await setUp();
    await conversation.setPolicy({ gate: { flag: 'anyone' }, moderation: { flagsToHold: 2 } });
    const applyThreshold = () =>
      app.app
        .get(FlaggedComments, { strict: false })
        .applyThreshold({ siteId: conversation.siteId, commentId: id as CommentId });
    const statusOf = async () =>
      (await owner.query('SELECT status FROM comment WHERE id = $1', [id])).rows[0].status as string;
    for (const browser of ['one', 'two', 'three'])
      await app.call('POST', `/api/v1/comments/${id}/flags`, {
        headers: { 'user-agent': browser },
        body: { reason: 'hate' },
      });
    await applyThreshold();
    expect([await openFlags(), await statusOf()]).toEqual([3, 'published']);
    await flag(await conversation.token('ben'), { reason: 'hate' });
    await applyThreshold();
    expect(await statusOf()).toBe('held');
  });
});

describe('visitors who flag', () => {
  it('are rate-limited by their address', async () => {
    const limited = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: true } });
    try {
      const conversation = await Conversation.open(limited);
      await conversation.setPolicy({ gate: { flag: 'anyone' } });
      const id = await conversation.published(await conversation.token('anna'));
      const statuses: number[] = [];
      for (let n = 0; n < 7; n++) {
        const answer = await limited.call('POST', `/api/v1/comments/${id}/flags`, {
          headers: { 'user-agent': `browser ${n}` },
          body: { reason: 'spam' },
        });
        statuses.push(answer.status);
        if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429]);
    } finally {
      await limited.close();
    }
  });
});
