import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountDeletionService } from '../../../src/features/readers/account-deletion.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  createSiteFixture,
  listAllEvents,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const callAs = async (sub: string, method: string, path: string, body?: unknown) =>
  app.call<Json>(method, `/api/v1${path}`, {
    token: await fixture.token(sub),
    ...(body === undefined ? {} : { body }),
  });
const thread = async (sub: string): Promise<Json[]> =>
  (await callAs(sub, 'GET', `/sites/${fixture.site}/stories/${fixture.story}/comments`)).body.items;

async function publishComment(sub: string, body: string): Promise<Json> {
  const { id } = await fixture.submit(sub, body);
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'published');
  return fixture.readOwnComment(sub, id);
}

describe('ignoring an author', () => {
  it('marks their comments for this reader only, until it is undone', async () => {
    const { id, author } = await publishComment('ann', 'Ann writes.');
    const added = await expectStatus(201, callAs('ben', 'POST', '/me/ignored', { readerId: author.id }));
    expect(added.body).toMatchObject({ id: author.id, name: 'Reader ann' });
    expect(
      await expectStatus(201, callAs('ben', 'POST', '/me/ignored', { readerId: author.id })),
    ).toMatchObject({
      body: added.body,
    });
    const isIgnored = async (sub: string) =>
      (await thread(sub)).find((each) => each.id === id).viewer.ignored;
    expect([await isIgnored('ben'), await isIgnored('cleo'), await isIgnored('ann')]).toEqual([
      true,
      undefined,
      undefined,
    ]);
    expect((await callAs('ben', 'GET', '/me/ignored')).body).toEqual({ items: [added.body], next: null });
    expect((await callAs('ben', 'DELETE', `/me/ignored/${author.id}`)).status).toBe(204);
    expect(await isIgnored('ben')).toBeUndefined();
  });

  it('is refused for the caller, for an unknown reader and for another site’s reader', async () => {
    const { author } = await publishComment('dora', 'Dora writes.');
    expect((await callAs('dora', 'POST', '/me/ignored', { readerId: author.id })).status).toBe(400);
    const other = await createSiteFixture(app);
    const answer = await app.call('POST', '/api/v1/me/ignored', {
      token: await other.token('ben'),
      body: { readerId: author.id },
    });
    expect(answer.status).toBe(400);
  });
});

describe('exporting one’s own data', () => {
  it('returns texts, reactions, flags and everything stored about the reader', async () => {
    const mine = await publishComment('emil', 'Words of mine.');
    const theirs = await publishComment('fay', 'Words of theirs.');
    await expectStatus(200, callAs('emil', 'PUT', `/comments/${theirs.id}/reactions/like`));
    await expectStatus(
      202,
      callAs('emil', 'POST', `/comments/${theirs.id}/flags`, { reason: 'spam', detail: 'x' }),
    );
    const { headers, body } = await expectStatus(200, callAs('emil', 'GET', '/me/export'));
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(body).toMatchObject({
      site: fixture.site,
      reader: { key: 'emil', name: 'Reader emil' },
      comments: [
        { id: mine.id, storyKey: fixture.story, revisions: [{ number: 1, body: 'Words of mine.' }] },
      ],
      reactions: [{ commentId: theirs.id, kind: 'like' }],
      flags: [{ commentId: theirs.id, reason: 'spam', detail: 'x' }],
    });
    expect(JSON.stringify(body)).not.toContain('Words of theirs');
  });
});

/** Requests the erasure and carries it out at once, instead of a day later. */
async function erase(sub: string, readerId: string): Promise<void> {
  await expectStatus(202, callAs(sub, 'POST', '/me/deletion'));
  await db.rows(`UPDATE reader_deletion SET due_at = now() - interval '1 second' WHERE reader_id = $1`, [
    readerId,
  ]);
  await app.app.get(AccountDeletionService, { strict: false }).sweep();
}

describe('deleting one’s own account', () => {
  const setStanding = (readerId: string, standing: object) =>
    expectStatus(200, fixture.admin('POST', `/moderation/readers/${readerId}/standing`, standing));
  const meOf = async (sub: string) => (await callAs(sub, 'GET', '/me')).body;
  /** Reads the account, which does not store the reader. */
  const gateOf = async (sub: string) =>
    (await fixture.admin('POST', `/sites/${fixture.site}/gate`, { token: await fixture.token(sub) })).body
      .gate;
  const tombstones = () => db.rows('SELECT * FROM sanction_tombstone WHERE site_id = $1', [fixture.site]);

  it('does not end a ban, which applies again to the same key without storing the key', async () => {
    const { author } = await publishComment('jon', 'Words that had me banned.');
    await setStanding(author.id, { standing: 'banned', reason: 'Insults' });
    await erase('jon', author.id);
    expect(JSON.stringify(await tombstones())).not.toContain('jon');
    expect((await gateOf('jon')).reply).toMatchObject({ allowed: false, code: 'banned' });
    const returned = await meOf('jon');
    expect(returned.reader.id).not.toBe(author.id);
    expect(returned.gate.comment).toMatchObject({ allowed: false, code: 'banned' });
    expect((await meOf('joe')).gate.comment).toEqual({ allowed: true });
    const refused = await callAs('jon', 'POST', `/sites/${fixture.site}/stories/${fixture.story}/comments`, {
      body: 'Here I am again.',
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'banned']);
    const { id } = (await meOf('jon')).reader;
    // Moderators see the reason, publishers are notified, and moderators can lift the ban.
    const readSanctions = async () =>
      (await fixture.admin('GET', `/moderation/readers/${id}`)).body.sanctions;
    await until(async () => (await readSanctions()).length > 0);
    expect(await readSanctions()).toMatchObject([
      { standing: 'banned', until: null, reason: 'Insults', note: expect.stringContaining('deleted') },
    ]);
    const listReaderEvents = async () =>
      (await listAllEvents(fixture)).filter(
        ({ type, data }) => type === 'reader.banned' && data.reader.id === id,
      );
    await until(async () => (await listReaderEvents()).length === 1);
    expect((await listReaderEvents())[0].data.reader).toMatchObject({ readerKey: 'jon', standing: 'banned' });
    expect(await tombstones()).toEqual([]);
    await setStanding(id, { standing: 'normal', reason: 'Apologised' });
    expect((await meOf('jon')).gate.comment).toEqual({ allowed: true });
    await erase('jon', id);
    expect((await meOf('jon')).gate.comment).toEqual({ allowed: true });
  });

  it('keeps a suspension until its end, and drops warnings and trust', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    for (const [sub, standing] of [
      ['kim', { standing: 'suspended', until: soon, reason: 'Heat' }],
      ['lou', { standing: 'warned', reason: 'Heat' }],
      ['mia', { standing: 'trusted', reason: 'Known' }],
      ['ned', { standing: 'pre-moderated', reason: 'Links' }],
    ] as const) {
      const { author } = await publishComment(sub, `${sub} writes.`);
      await setStanding(author.id, standing);
      await erase(sub, author.id);
    }
    expect((await tombstones()).map(({ standing }) => standing).sort()).toEqual([
      'pre-moderated',
      'suspended',
    ]);
    expect((await gateOf('kim')).comment).toMatchObject({ code: 'suspended' });
    const held = await fixture.submit('ned', 'A fine day for a walk.');
    await until(async () => (await fixture.readOwnComment('ned', held.id))['status'] === 'held');
    await db.rows(
      `UPDATE sanction_tombstone SET until = now() - interval '1 minute' WHERE standing = 'suspended'`,
    );
    expect((await gateOf('kim')).comment).toEqual({ allowed: true });
    expect((await fixture.submit('kim', 'Back at last.')).status).toBe('pending');
    expect(await tombstones()).toEqual([]);
  });

  it('can be undone for a day', async () => {
    expect((await callAs('gus', 'GET', '/me/deletion')).body).toEqual({ dueAt: null });
    const { body } = await expectStatus(202, callAs('gus', 'POST', '/me/deletion'));
    expect(Date.parse(body.dueAt) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect((await callAs('gus', 'POST', '/me/deletion')).body).toEqual(body);
    await app.app.get(AccountDeletionService, { strict: false }).sweep();
    expect((await callAs('gus', 'GET', '/me/deletion')).body).toEqual(body);
    expect((await callAs('gus', 'DELETE', '/me/deletion')).status).toBe(204);
    expect((await callAs('gus', 'GET', '/me/deletion')).body).toEqual({ dueAt: null });
  });

  it('then erases the name, key and every text, and sends an event', async () => {
    const { id, author } = await publishComment('hal', 'Forget that I said this.');
    const reply = await fixture.submit('ida', 'I shall not.', { parentId: id });
    await until(async () => (await fixture.readOwnComment('ida', reply.id))['status'] === 'published');
    await erase('hal', author.id);
    await until(
      async () => (await app.call<Json>('GET', `/api/v1/comments/${id}`)).body.status === 'deleted',
    );
    await until(
      async () =>
        (await db.rows(`SELECT 1 FROM revision WHERE comment_id = $1 AND body <> ''`, [id])).length === 0,
    );
    const [row] = await db.rows('SELECT * FROM reader WHERE id = $1', [author.id]);
    expect(row).toMatchObject({
      key: `erased:${author.id}`,
      name_from_publisher: '',
      email: null,
      picture: null,
    });
    expect(row['name']).not.toContain('hal');
    const isHals = ({ type, data }: Json) => type === 'reader.erased' && data.reader.readerKey === 'hal';
    const listReaderEvents = async () => (await listAllEvents(fixture)).filter(isHals);
    await until(async () => (await listReaderEvents()).length > 0);
    expect(await listReaderEvents()).toMatchObject([{ data: { reader: { id: author.id } } }]);
    // A reader who returns is a new reader.
    expect((await callAs('hal', 'GET', '/me')).body.reader.id).not.toBe(author.id);
    expect((await callAs('hal', 'GET', '/me/comments')).body.items).toEqual([]);
  });
});
