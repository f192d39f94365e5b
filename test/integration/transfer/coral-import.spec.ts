import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountDeletionService } from '../../../src/features/readers/account-deletion.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  action,
  at,
  comment,
  coralImports,
  decision,
  iso,
  START,
  story,
  user,
} from '../../support/coral-documents.js';
import { generateCoral, linesOf, packCoral, type CoralDocument } from '../../support/coral-export.js';
import {
  listAllEvents,
  connectAsOwner,
  type Json,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { createSite, type TestSite } from '../../support/sites.js';
import { tempFolder } from '../../support/temp-folder.js';
import { findInconsistencies } from '../../support/find-inconsistencies.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const { upload, finished, imported } = coralImports(() => app);

const SITES = [{ id: 'site-1', name: 'News', allowedOrigins: ['https://news.example'] }];

describe('a Coral export', () => {
  let site: TestSite;
  let first: Json;
  let file: Buffer;

  const readComment = async (external: string): Promise<Json> => {
    const [row] = await db.rows(
      `SELECT c.*, r.key AS reader_key, p.external_id AS parent FROM external_id e JOIN comment c ON c.id = e.id JOIN reader r ON r.id = c.author_id
       LEFT JOIN external_id p ON p.id = c.parent_id AND p.kind = 'comment'
       WHERE e.kind = 'comment' AND e.site_id = $1 AND e.external_id = $2`,
      [site.id, external],
    );
    return row;
  };
  const decisionsOf = (external: string): Promise<Json[]> =>
    db.rows(
      `SELECT d.* FROM external_id e JOIN decision d ON d.comment_id = e.id
       WHERE e.site_id = $1 AND e.external_id = $2 ORDER BY d.id`,
      [site.id, external],
    );

  beforeAll(async () => {
    site = await createSite(app);
    file = await packCoral({
      'sites.json': JSON.stringify(SITES),
      'comments.json':
        linesOf([
          // A reply may come before its parent.
          comment('reply', 10, { parentID: 'top', authorID: 'bob' }),
          comment('deep', 20, { parentID: 'reply', authorID: 'ann' }),
          comment('top', 0),
          comment('orphan', 5, { parentID: 'nowhere' }),
          comment('tombstone', 6, { authorID: null, revisions: [], deletedAt: at(50), status: 'APPROVED' }),
          comment('below-tombstone', 7, { parentID: 'tombstone', authorID: 'mod' }),
          comment('edited', 8, {
            revisions: [
              { id: 'edited-1', body: 'First', createdAt: at(8) },
              { id: 'edited-2', body: '<div><b>Second</b> &amp; last</div>', createdAt: at(9) },
            ],
          }),
          comment('held', 30, { status: 'PREMOD' }),
          comment('withheld', 31, { status: 'SYSTEM_WITHHELD' }),
          comment('removed', 32, { status: 'REJECTED' }),
          comment('rejected', 33, { status: 'REJECTED' }),
          comment('restored', 34, { status: 'APPROVED' }),
          comment('featured', 35, { tags: [{ type: 'FEATURED', createdAt: at(36) }] }),
          comment('by-nobody', 37, { authorID: 'not-in-the-file' }),
          comment('odd', 38, { status: 'SOMETHING' }),
          comment('elsewhere', 39, { storyID: 'not-in-the-file' }),
        ]) + '{"id": "broken"\n',
      'archivedComments.json': linesOf([comment('archived', 3, { storyID: 'story-2' })]),
      'stories.json': linesOf([story('story-1'), story('story-2', { closedAt: at(100) })]),
      'users.json': linesOf([
        user('ann'),
        user('bob', { profiles: [{ type: 'local', id: 'bob@news.example' }] }),
        user('mod', { role: 'MODERATOR' }),
        user('cut', {
          status: {
            ban: {
              active: true,
              history: [{ id: 'b', active: true, createdBy: 'mod', createdAt: at(60), message: 'Enough.' }],
            },
          },
        }),
        user('idle'),
      ]),
      'commentActions.json': linesOf([
        action('top', 'bob', 'REACTION'),
        action('top', 'mod', 'REACTION'),
        action('top', 'bob', 'FLAG', { reason: 'COMMENT_REPORTED_SPAM', additionalDetails: 'Look.' }),
        action('reply', 'ann', 'DONT_AGREE'),
        action('held', null, 'FLAG', { reason: 'COMMENT_DETECTED_TOXIC' }),
        action('withheld', null, 'FLAG', { reason: 'COMMENT_DETECTED_SPAM' }),
        action('rejected', null, 'FLAG', { reason: 'COMMENT_DETECTED_BANNED_WORD' }),
        action('restored', 'bob', 'FLAG', { reason: 'COMMENT_REPORTED_OFFENSIVE', createdAt: at(35) }),
      ]),
      'commentModerationActions.json': linesOf([
        decision('d1', 'removed', 'REJECTED', 60, {
          rejectionReason: { code: 'HATE_SPEECH', detailedExplanation: 'Not like this.' },
        }),
        decision('d2', 'rejected', 'REJECTED', 61, { rejectionReason: { code: 'SPAM' } }),
        decision('d3', 'restored', 'REJECTED', 62),
        decision('d4', 'restored', 'APPROVED', 63),
      ]),
    });
    first = await imported(site, file);
  });

  it('is read completely, and each line that cannot be imported is reported', () => {
    expect(first).toMatchObject({ state: 'done', failure: null, dryRun: false, format: 'coral' });
    expect(first.counts).toMatchObject({
      stories: { read: 2, created: 2, unchanged: 0 },
      // The placeholder author of deleted comments is not counted.
      readers: { read: 5, created: 5, unchanged: 0 },
      comments: { read: 16, created: 15, unchanged: 0 },
      reactions: { read: 2, created: 2 },
      flags: { read: 3, created: 3 },
      decisions: { read: 4, created: 4 },
    });
    const faults = Object.fromEntries(
      first.faults.items.map((fault: Json) => [`${fault.file}:${fault.line}`, fault.code]),
    );
    expect(faults).toEqual({
      'comments:4': 'parent-missing',
      'comments:14': 'author-missing',
      'comments:15': 'bad-status',
      'comments:16': 'story-missing',
      'comments:17': 'bad-json',
    });
    expect(first.faults.total).toBe(5);
  });

  it('keeps threads, times, authors and texts', async () => {
    const { body } = await site.reader(
      null,
      'GET',
      `/sites/${site.id}/stories/story-1/comments?sort=oldest&limit=100`,
    );
    expect(body.story).toMatchObject({ title: 'About story-1', state: 'open' });
    const top = body.items.find((item: Json) => item.body === 'Text of top');
    expect(top).toMatchObject({
      createdAt: iso(0),
      replyCount: 2,
      reactions: { like: 2 },
      author: { name: 'Name of ann' },
    });
    expect(top.replies.items.map((reply: Json) => [reply.body, reply.createdAt])).toEqual([
      ['Text of reply', iso(10)],
      ['Text of deep', iso(20)],
    ]);
    const tombstone = body.items.find((item: Json) => item.status === 'deleted');
    expect(tombstone).toMatchObject({ body: null, author: null, replyCount: 1 });
    expect(tombstone.replies.items[0].author.role).toBe('staff');
    const edited = body.items.find((item: Json) => item.revision === 2);
    expect(edited).toMatchObject({
      body: '**Second** & last',
      editedAt: iso(9),
      html: '<p><strong>Second</strong> &amp; last</p>',
    });
    expect(await readComment('top')).toMatchObject({ reader_key: 'sub-ann' });
    expect(await readComment('reply')).toMatchObject({ reader_key: 'coral:bob', parent: 'top' });
    expect(await readComment('deep')).toMatchObject({ parent: 'reply' });
    const closed = await site.reader(null, 'GET', `/sites/${site.id}/stories/story-2/comments`);
    expect(closed.body.story.state).toBe('closed');
  });

  it('keeps decisions with moderator and reason, which determine the status', async () => {
    const states = Object.fromEntries(
      await Promise.all(
        ['held', 'withheld', 'removed', 'rejected', 'restored'].map(async (id) => [
          id,
          (await readComment(id)).status,
        ]),
      ),
    );
    expect(states).toEqual({
      held: 'held',
      withheld: 'held',
      removed: 'removed',
      rejected: 'rejected',
      restored: 'published',
    });
    expect((await decisionsOf('held'))[0]).toMatchObject({
      rule_key: 'imported',
      rule_text: 'COMMENT_DETECTED_TOXIC',
    });
    expect((await decisionsOf('withheld'))[0].rule_key).toBe('imported-spam');
    expect(await readComment('removed')).toMatchObject({ reason: 'hate', reason_text: 'Not like this.' });
    const [rule, removal] = await decisionsOf('removed');
    expect(rule).toMatchObject({
      decided_by: 'rule',
      rule_key: 'imported',
      from_status: 'pending',
      to_status: 'published',
    });
    expect(removal).toMatchObject({
      decided_by: 'moderator',
      action: 'remove',
      from_status: 'published',
      to_status: 'removed',
      reason: 'hate',
      imported_from: 'coral',
      imported_by: 'Name of mod',
      created_at: new Date(START + 60 * 60_000),
    });
    const { id } = await readComment('removed');
    const detail = await app.call<Json>('GET', `/api/v1/moderation/comments/${id}`, { token: app.adminKey });
    const importedModerator = { id: null, name: 'Name of mod (Coral)' };
    expect(detail.body.decisions.map(({ moderator }: Json) => moderator)).toEqual([null, importedModerator]);
    expect(detail.body.lastDecision.moderator).toEqual(importedModerator);
    expect(detail.body.authorDecisions[0].moderator).toEqual(importedModerator);
    const author = await app.call<Json>('GET', `/api/v1/moderation/readers/${detail.body.author.id}`, {
      token: app.adminKey,
    });
    expect(author.body.decisions[0].moderator).toEqual(importedModerator);
    expect((await decisionsOf('rejected')).map(({ action: what, to_status: to }) => [what, to])).toEqual([
      ['hold', 'held'],
      ['reject', 'rejected'],
    ]);
    expect((await decisionsOf('restored')).map(({ action: what }) => what)).toEqual([
      'publish',
      'remove',
      'restore',
    ]);
    const { body } = await app.call<Json>(
      'GET',
      `/api/v1/moderation/queue?site=${site.id}&state=held&limit=10`,
      {
        token: app.adminKey,
      },
    );
    expect(body.items.map((item: Json) => item.comment.body).sort()).toEqual([
      'Text of held',
      'Text of withheld',
    ]);
  });

  it('keeps reactions, flags, featured comments and sanctions', async () => {
    const { body } = await app.call<Json>(
      'GET',
      `/api/v1/moderation/queue?site=${site.id}&state=flagged&limit=10`,
      {
        token: app.adminKey,
      },
    );
    expect(body.items.map((item: Json) => item.comment.body)).toEqual(['Text of top']);
    expect((await readComment('featured')).picked_at).toEqual(new Date(START + 36 * 60_000));
    const token = await site.token('sub-cut');
    const refused = await site.reader(token, 'POST', `/sites/${site.id}/stories/story-1/comments`, {
      body: 'Hello',
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'banned' } });
    const changes = await db.rows(
      'SELECT standing, reason, imported_by FROM reader_sanction WHERE site_id = $1',
      [site.id],
    );
    expect(changes).toEqual([{ standing: 'banned', reason: 'Enough.', imported_by: 'Name of mod' }]);
    // Users who never wrote, reacted or flagged are not imported.
    expect(await db.rows(`SELECT 1 FROM reader WHERE site_id = $1 AND key = 'sub-idle'`, [site.id])).toEqual(
      [],
    );
  });

  it('gives its readers access to their imported comments', async () => {
    const token = await site.token('sub-ann');
    const { body } = await site.reader(
      token,
      'GET',
      `/sites/${site.id}/stories/story-1/comments?sort=oldest&limit=100`,
    );
    expect(body.items.find((item: Json) => item.body === 'Text of top').viewer.mine).toBe(true);
  });

  it('emits no events', async () => {
    expect(
      await listAllEvents({
        site: site.id,
        admin: (method, path) => app.call(method, `/api/v1${path}`, { token: app.adminKey }),
      }),
    ).toEqual([]);
    expect(await db.rows('SELECT 1 FROM outbox WHERE site_id = $1', [site.id])).toEqual([]);
  });

  it('changes nothing the second time', async () => {
    const snapshot = async (): Promise<string> =>
      JSON.stringify(
        await Promise.all(
          [
            'comment',
            'revision',
            'decision',
            'reaction',
            'flag',
            'reader',
            'story',
            'reader_sanction',
            'external_id',
          ].map((table) =>
            db.rows(`SELECT * FROM ${table} t WHERE site_id = $1 ORDER BY t::text`, [site.id]),
          ),
        ),
      );
    const before = await snapshot();
    const again = await imported(site, gzipSync(file));
    expect(again.counts.comments).toMatchObject({ created: 0, unchanged: 15 });
    expect(again.counts.stories).toMatchObject({ created: 0, unchanged: 2 });
    expect(await snapshot()).toBe(before);
    expect(await findInconsistencies(db, site.id)).toEqual([]);
    await until(async () => (await db.rows('SELECT 1 FROM import_record LIMIT 1')).length === 0);
  });

  it('adds the new data of a later export', async () => {
    const later = await packCoral({
      'sites.json': JSON.stringify(SITES),
      'stories.json': linesOf([story('story-1')]),
      'users.json': linesOf([user('ann')]),
      'comments.json': linesOf([comment('top', 0), comment('later', 400, { parentID: 'top' })]),
    });
    const { counts } = await imported(site, later);
    expect(counts.comments).toMatchObject({ created: 1, unchanged: 1 });
    expect((await readComment('top')).reply_count).toBe(3);
    expect(await findInconsistencies(db, site.id)).toEqual([]);
  });

  it('is recorded in the audit log, whose chain stays valid', async () => {
    const { body } = await site.publisher('GET', '/audit/verification');
    expect(body).toMatchObject({ intact: true });
    const entries = (await site.publisher('GET', '/audit?limit=100')).body.items as Json[];
    expect(entries.some(({ action: what }) => what === 'import.started')).toBe(true);
    expect(entries.find(({ action: what }) => what === 'comment.remove')).toMatchObject({
      actor: { kind: 'admin' },
      details: { importedFrom: 'coral', importedBy: 'Name of mod' },
    });
  });

  it('belongs to one site', async () => {
    const other = await createSite(app);
    const { status } = await other.publisher('GET', `/imports/${first.id}`);
    expect(status).toBe(404);
    const otherImport = await imported(other, file);
    expect(otherImport.counts.comments).toMatchObject({ created: 15 });
    const [{ shared }] = await db.rows<{ shared: number }>(
      'SELECT count(*)::int AS shared FROM comment a JOIN comment b ON a.id = b.id AND a.site_id <> b.site_id',
    );
    expect(shared).toBe(0);
  });
});

describe('an import file', () => {
  it('can be checked in a dry run that writes nothing', async () => {
    const site = await createSite(app);
    const file = await packCoral({
      'stories.json': linesOf([story('story-1')]),
      'users.json': linesOf([user('ann')]),
      'comments.json': linesOf([comment('one', 0), comment('two', 1, { parentID: 'gone' })]),
    });
    const dryRun = await imported(site, file, 'format=coral&dryRun');
    expect(dryRun).toMatchObject({
      state: 'done',
      dryRun: true,
      counts: { comments: { created: 2 } },
      faults: { total: 1 },
    });
    const [{ rows }] = await db.rows<{ rows: number }>(
      `SELECT (SELECT count(*) FROM comment WHERE site_id = $1) + (SELECT count(*) FROM story WHERE site_id = $1)
         + (SELECT count(*) FROM reader WHERE site_id = $1) AS rows`,
      [site.id],
    );
    expect(Number(rows)).toBe(0);
  });

  it.each([true, false])(
    'with bad lines is imported without them, and each is reported (dry run: %s)',
    async (dryRun) => {
      const site = await createSite(app);
      const oddName = { toString: 1 };
      const farDate = { $date: 1e300 };
      const nested = '['.repeat(50_000) + ']'.repeat(50_000);
      const shared = [{ id: 'shared', body: 'Shared', createdAt: at(5) }];
      const suspended = (id: string, finish: CoralDocument): CoralDocument =>
        user(id, {
          status: { suspension: { history: [{ createdAt: at(1), from: { start: at(1), finish } }] } },
        });
      const bannedAt = (id: string, createdAt: CoralDocument): CoralDocument =>
        user(id, { status: { ban: { active: true, history: [{ active: true, createdAt }] } } });
      const publishedAt = (id: string, $numberLong: string): CoralDocument =>
        story(id, { metadata: { title: id, publishedAt: { $date: { $numberLong } } } });
      const file = await packCoral({
        'stories.json': linesOf([
          story('story-1'),
          publishedAt('late', '9e300'),
          publishedAt('early', '-300000000000000'),
        ]),
        'users.json': linesOf([
          user('ann', { role: oddName }),
          suspended('for-ever', farDate),
          suspended('for-ages', { $date: '+200000-01-01T00:00:00Z' }),
          suspended('for-long', { $date: '9999-01-01T00:00:00Z' }),
          bannedAt('banned', farDate),
        ]),
        'comments.json':
          linesOf([
            comment('good', 0),
            comment('inherited', 1, { status: 'constructor' }),
            comment('prototype', 1, { status: '__proto__' }),
            comment('object', 1, { status: oddName }),
            comment('revision', 1, { revisions: [{ id: 'r', body: 'Text', createdAt: farDate }] }),
            comment('featured', 1, { tags: [{ type: 'FEATURED', createdAt: farDate }] }),
            comment('gone', 1, { deletedAt: farDate }),
            comment('c\ud800', 1),
            comment('c\0', 1),
            comment('same-1', 5, { revisions: shared }),
            comment('same-2', 5, { revisions: shared }),
            comment('odd-revision', 6, { revisions: [{ id: 'r\0\ud800', body: 'Text\0\ud800' }] }),
          ]) + JSON.stringify(comment('nested', 1, { status: 'NEST' })).replace('"NEST"', nested),
        'commentActions.json': linesOf([
          action('good', 'ann', 'FLAG', { reason: 'constructor' }),
          // The length limit falls inside a surrogate pair.
          action('same-1', 'ann', 'FLAG', { additionalDetails: `${'x'.repeat(999)}😀` }),
          action('good', 'ann', 'constructor'),
          action('good', null, 'FLAG', { commentRevisionID: 'r\0', reason: '\ud800' }),
        ]),
        'commentModerationActions.json': linesOf([
          decision('d\0', 'good', 'REJECTED', 60),
          decision('d1', 'same-1', 'REJECTED', 60, { moderatorID: 'm\0' }),
          decision('d1', 'same-2', 'REJECTED', 60, { commentRevisionID: 'r\ud800' }),
          decision('d2', 'good', 'constructor', 60),
          decision('d3', 'good', 'REJECTED', 61, { rejectionReason: { code: 'constructor' } }),
        ]),
      });
      const result = await imported(site, file, `format=coral${dryRun ? '&dryRun' : ''}`);
      expect(result).toMatchObject({ state: 'done', failure: null });
      const faults = Object.fromEntries(
        result.faults.items.map((fault: Json) => [`${fault.file}:${fault.line}`, fault.code]),
      );
      expect(faults).toEqual({
        'stories:2': 'bad-time',
        'stories:3': 'bad-time',
        'users:1': 'bad-role',
        'users:2': 'bad-time',
        'users:3': 'bad-time',
        'users:5': 'bad-time',
        'comments:2': 'bad-status',
        'comments:3': 'bad-status',
        'comments:4': 'bad-status',
        'comments:5': 'bad-time',
        'comments:6': 'bad-time',
        'comments:7': 'bad-time',
        'comments:8': 'bad-id',
        'comments:9': 'bad-id',
        'comments:13': 'bad-status',
        'commentActions:3': 'bad-action',
        'commentModerationActions:1': 'bad-id',
        'commentModerationActions:4': 'bad-status',
      });
      expect(result.counts).toMatchObject({ stories: { created: 3 }, comments: { created: 7 } });
      if (dryRun) return;
      expect(await findInconsistencies(db, site.id)).toEqual([]);
      const readerRows = await db.rows(
        `SELECT key, standing FROM reader WHERE site_id = $1 AND standing <> 'normal' ORDER BY key`,
        [site.id],
      );
      expect(readerRows).toEqual([
        { key: 'sub-banned', standing: 'banned' },
        { key: 'sub-for-long', standing: 'suspended' },
      ]);
      const flags = await db.rows('SELECT reason FROM flag WHERE site_id = $1', [site.id]);
      expect(flags).toEqual([{ reason: 'other' }, { reason: 'other' }]);
      const [removed] = await db.rows(
        `SELECT count(*)::int AS number FROM decision WHERE site_id = $1 AND action = 'remove'`,
        [site.id],
      );
      expect(removed.number).toBe(3);
    },
  );

  it('with a chain of thousands of replies keeps them all, except replies in a cycle', async () => {
    const site = await createSite(app);
    const depth = 3_000;
    const chain = Array.from({ length: depth }, (_, n) =>
      comment(`c${n}`, n, n === 0 ? {} : { parentID: `c${n - 1}` }),
    );
    const file = await packCoral({
      'stories.json': linesOf([story('story-1')]),
      'users.json': linesOf([user('ann')]),
      'comments.json': linesOf([
        // Replies come before their parents.
        ...chain.reverse(),
        comment('aside', depth, { parentID: 'c2000' }),
        comment('held', depth, { parentID: 'c2000', status: 'PREMOD' }),
        comment('round-1', 0, { parentID: 'round-3' }),
        comment('round-2', 1, { parentID: 'round-1' }),
        comment('round-3', 2, { parentID: 'round-2' }),
        comment('of-round', 3, { parentID: 'round-2' }),
        comment('itself', 4, { parentID: 'itself' }),
      ]),
    });
    const done = await imported(site, file);
    expect(done).toMatchObject({ state: 'done', counts: { comments: { created: depth + 2, skipped: 5 } } });
    expect(done.faults.items.map(({ code, line }: Json) => [code, line])).toEqual(
      [3, 4, 5, 6, 7].map((line) => ['parent-cycle', depth + line]),
    );
    const counts = await db.rows<{ n: number; replies: number }>(
      `SELECT substr(e.external_id, 2)::int AS n, c.reply_count AS replies FROM comment c
       JOIN external_id e ON e.site_id = $1 AND e.id = c.id
       WHERE c.site_id = $1 AND e.external_id ~ '^c[0-9]+$' ORDER BY 1`,
      [site.id],
    );
    expect(counts).toEqual(chain.map((_, n) => ({ n, replies: depth - 1 - n + (n <= 2_000 ? 1 : 0) })));
    expect((await site.publisher('DELETE', '')).status).toBe(204);
  });

  it('with data that the database rejects fails with an explanation', async () => {
    const site = await createSite(app);
    await db.rows(
      `ALTER TABLE import_record ADD CONSTRAINT no_such_comment CHECK (doc ->> 'ext' IS DISTINCT FROM 'refused')`,
    );
    try {
      const file = await packCoral({
        'stories.json': linesOf([story('story-1')]),
        'users.json': linesOf([user('ann')]),
        'comments.json': linesOf([comment('refused', 0)]),
      });
      const failed = await imported(site, file);
      expect(failed).toMatchObject({ state: 'failed', failure: { code: 'bad-data' } });
      expect(failed.failure.message).toContain('23514');
    } finally {
      await db.rows('ALTER TABLE import_record DROP CONSTRAINT no_such_comment');
    }
    const next = await imported(site, await packCoral({ 'stories.json': linesOf([story('story-1')]) }));
    expect(next.state).toBe('done');
  });

  it('of several sites imports the chosen one', async () => {
    const site = await createSite(app, { origins: ['https://elsewhere.example'] });
    const file = await packCoral({
      'sites.json': linesOf([
        { id: 'a', name: 'A', allowedOrigins: ['https://a.example'] },
        { id: 'b', name: 'B', allowedOrigins: ['https://b.example'] },
      ]),
      'stories.json': linesOf([story('in-a', { siteID: 'a' }), story('in-b', { siteID: 'b' })]),
      'users.json': linesOf([user('ann')]),
      'comments.json': linesOf([
        comment('of-a', 0, { storyID: 'in-a' }),
        comment('of-b', 0, { storyID: 'in-b' }),
      ]),
    });
    const withoutChoice = await imported(site, file);
    expect(withoutChoice).toMatchObject({ state: 'failed', failure: { code: 'no-matching-site' } });
    expect(withoutChoice.failure.message).toContain('a (A: https://a.example)');
    const withChoice = await imported(site, file, 'format=coral&coralSite=b');
    expect(withChoice).toMatchObject({ state: 'done', counts: { comments: { created: 1, skipped: 1 } } });
    const wrong = await imported(site, file, 'format=coral&coralSite=c');
    expect(wrong).toMatchObject({ state: 'failed', failure: { code: 'no-such-site' } });
  });

  it('merges with a registered story that has the same URL', async () => {
    const site = await createSite(app);
    await site.publisher('PUT', '/stories/our-key', { url: 'https://news.example/story-1', title: 'Ours' });
    const file = await packCoral({
      'stories.json': linesOf([story('story-1')]),
      'users.json': linesOf([user('ann')]),
      'comments.json': linesOf([comment('one', 0)]),
    });
    await imported(site, file);
    const { body } = await site.reader(null, 'GET', `/sites/${site.id}/stories/our-key/comments`);
    expect(body).toMatchObject({ total: 1, story: { title: 'Ours' } });
  });

  it.each([
    ['not an archive', Buffer.from('hello'.repeat(200)), 'bad-file'],
    ['empty', Buffer.alloc(0), 'bad-file'],
    ['a compressed file that is not an archive', gzipSync(Buffer.from('{"a": 1}')), 'bad-file'],
  ])('that is %s is rejected at once', async (_what, file, code) => {
    const site = await createSite(app);
    const { status, body } = await upload(site, file);
    expect(status).toBe(400);
    expect(body.errors[0].code).toBe(code);
  });

  it('that is truncated, or contains nothing to import, fails with the reason', async () => {
    const site = await createSite(app);
    const whole = gzipSync(
      await packCoral({
        'comments.json': linesOf(Array.from({ length: 2_000 }, (_, n) => comment(`c${n}`, n))),
      }),
    );
    expect(await imported(site, whole.subarray(0, whole.length - 400))).toMatchObject({
      state: 'failed',
      failure: { code: 'bad-archive' },
    });
    expect(await imported(site, await packCoral({ 'notes.txt': 'x'.repeat(600) }))).toMatchObject({
      state: 'failed',
      failure: { code: 'no-collections' },
    });
  });

  it.each([
    ['users', ['comments', 'stories']],
    ['stories', ['comments', 'users']],
    ['users', ['archivedComments', 'stories', 'an empty one']],
  ])(
    'with comments but without %s is refused, and nothing is written (%j)',
    async (missing, [name, other, empty]) => {
      const site = await createSite(app);
      const documents: Record<string, CoralDocument[]> = {
        stories: [story('story-1')],
        users: [user('ann')],
      };
      const file = await packCoral({
        [`${name}.json`]: linesOf([comment('one', 0)]),
        [`${other}.json`]: linesOf(documents[other]),
        // mongoexport writes an empty file for a collection that does not exist.
        ...(empty ? { [`${missing}.json`]: '' } : {}),
      });
      for (const query of ['format=coral&dryRun', 'format=coral']) {
        const failed = await imported(site, file, query);
        expect(failed).toMatchObject({ state: 'failed', failure: { code: 'missing-collections' } });
        expect(failed.failure.message).toContain(`${missing}.json is missing or empty`);
      }
      expect(await db.rows('SELECT FROM comment WHERE site_id = $1', [site.id])).toEqual([]);
    },
  );

  it.each([
    ['dry-run=true', '/query/dry-run'],
    ['dry-run', '/query/dry-run'],
    ['dryrun=1', '/query/dryrun'],
    ['coral-site=a', '/query/coral-site'],
  ])('is rejected with the unknown parameter %s, and no import starts', async (parameter, pointer) => {
    const site = await createSite(app);
    const file = await packCoral({ 'stories.json': linesOf([story('story-1')]) });
    const { status, body } = await upload(site, file, `format=coral&${parameter}`);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ pointer, code: 'unknown-parameter' }]);
    expect(body.errors[0].message).toContain('format, dryRun, coralSite');
    expect((await site.publisher('GET', '/imports')).body.items).toEqual([]);
    const { id } = await imported(site, file);
    const response = await site.publisher('GET', `/imports/${id}?faults-after=5`);
    expect([response.status, response.body.errors[0].code]).toEqual([400, 'unknown-parameter']);
  });

  it('reports each unknown role, each repeated comment ID and each unknown author', async () => {
    const site = await createSite(app);
    const file = await packCoral({
      'stories.json': linesOf([story('story-1')]),
      'users.json': linesOf([user('ann', { role: 'EMPEROR' }), user('bob', { role: 'MEMBER' })]),
      'comments.json': linesOf([
        comment('one', 0),
        comment('one', 1, { authorID: 'bob' }),
        comment('two', 2, { authorID: 'who' }),
        comment('three', 3, { authorID: 'who', deletedAt: at(4) }),
        comment('four', 5),
      ]),
      // A comment that was archived and has been restored since.
      'archivedComments.json': linesOf([comment('four', 5)]),
    });
    const { counts, faults } = await imported(site, file);
    expect(faults.items.map((fault: Json) => [fault.file, fault.line, fault.code])).toEqual([
      ['users', 1, 'bad-role'],
      ['comments', 2, 'duplicate-id'],
      ['comments', 3, 'author-missing'],
    ]);
    expect(counts.comments).toEqual({ read: 6, created: 4, unchanged: 0, notUpdated: 0, skipped: 2 });
  });

  it('accepts a story that was reopened, and reports invalid times', async () => {
    const site = await createSite(app);
    const file = await packCoral({
      'stories.json': linesOf([
        story('reopened', { closedAt: false }),
        story('odd', { closedAt: 'March 7' }),
      ]),
      'users.json': linesOf([user('ann')]),
      'comments.json': linesOf([
        comment('one', 0, { storyID: 'reopened' }),
        comment('odd', 1, { storyID: 'reopened', createdAt: { $date: 'not-a-date.000Z' } }),
      ]),
    });
    const { counts, faults } = await imported(site, file);
    expect(faults.items.map((fault: Json) => [fault.file, fault.line, fault.code])).toEqual([
      ['stories', 2, 'bad-time'],
      ['comments', 2, 'bad-time'],
    ]);
    expect(counts).toMatchObject({ stories: { created: 2 }, comments: { created: 1 } });
  });

  it('needs a format and the right to import, and is accepted by no other route', async () => {
    const site = await createSite(app);
    const file = await packCoral({ 'stories.json': linesOf([story('story-1')]) });
    expect((await upload(site, file, '')).status).toBe(400);
    expect((await upload(site, file, 'format=other')).status).toBe(400);
    expect((await upload(site, file, 'format=coral', { authorization: 'Bearer nonsense' })).status).toBe(401);
    const keyFor = async (scope: string, sites: string[]): Promise<string> => {
      const made = await app.call<Json>('POST', '/api/v1/keys', {
        token: app.adminKey,
        body: { name: scope, scopes: [scope], sites },
      });
      return made.body.key as string;
    };
    const other = await createSite(app);
    for (const [scope, sites, status] of [
      ['moderation', [site.id], 403],
      ['score', [site.id], 403],
      ['publisher', [other.id], 404],
      ['publisher', [site.id], 202],
    ] as const) {
      const authorization = `Bearer ${await keyFor(scope, [...sites])}`;
      const sent = await upload(site, file, 'format=coral', { authorization });
      expect([scope, sites, sent.status]).toEqual([scope, sites, status]);
      if (status === 202) expect((await finished(site, sent.body.id)).state).toBe('done');
    }
    const otherRoute = await fetch(`${app.url}/api/v1/sites`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(file),
    });
    expect(otherRoute.status).toBe(415);
  });
});

describe('a later export', () => {
  const before = {
    'sites.json': linesOf(SITES),
    'stories.json': linesOf([story('story-1'), story('story-2')]),
    'users.json': linesOf([
      user('ann'),
      user('bob'),
      user('mod', { role: 'MODERATOR' }),
      user('warned', {
        status: {
          ban: {
            active: false,
            history: [
              { active: true, createdAt: at(1) },
              { active: false, createdAt: at(2) },
            ],
          },
        },
      }),
    ]),
    'comments.json': linesOf([
      comment('kept', 0),
      comment('rejected', 1),
      comment('edited', 2),
      comment('featured', 3),
      comment('twice', 4, { status: 'REJECTED' }),
    ]),
    'commentActions.json': linesOf([action('kept', 'bob', 'REACTION'), action('kept', 'bob', 'FLAG')]),
    'commentModerationActions.json': linesOf([
      decision('d1', 'twice', 'REJECTED', 60),
      // It changes nothing and is not imported as a decision.
      decision('d2', 'twice', 'REJECTED', 61),
    ]),
  };
  const after = {
    ...before,
    'stories.json': linesOf([story('story-1'), story('story-2', { closedAt: at(100) })]),
    'users.json': linesOf([
      user('ann'),
      user('bob'),
      user('mod', { role: 'MODERATOR' }),
      user('warned', { status: { ban: { active: true, history: [{ active: true, createdAt: at(200) }] } } }),
    ]),
    'comments.json': linesOf([
      comment('kept', 0),
      comment('rejected', 1, { status: 'REJECTED' }),
      comment('edited', 2, {
        revisions: [
          { id: 'edited-1', body: 'First', createdAt: at(2) },
          { id: 'edited-2', body: 'Second', createdAt: at(9) },
        ],
      }),
      comment('featured', 3, { tags: [{ type: 'FEATURED', createdAt: at(36) }] }),
      comment('twice', 4, { status: 'REJECTED' }),
      comment('new', 300),
    ]),
    'commentActions.json': linesOf([
      action('kept', 'bob', 'REACTION'),
      action('kept', 'ann', 'REACTION'),
      action('kept', 'bob', 'FLAG'),
      action('kept', 'bob', 'ILLEGAL'),
      action('rejected', 'bob', 'FLAG'),
    ]),
    'commentModerationActions.json': linesOf([
      decision('d1', 'twice', 'REJECTED', 60),
      decision('d2', 'twice', 'REJECTED', 61),
      decision('d3', 'rejected', 'REJECTED', 90),
    ]),
  };

  it('reports differences that it does not apply', async () => {
    const site = await createSite(app);
    await imported(site, await packCoral(before));
    const same = await imported(site, await packCoral(before));
    for (const [kind, counts] of Object.entries<Json>(same.counts))
      expect([kind, counts]).toMatchObject([kind, { created: 0, notUpdated: 0 }]);
    const rows = () =>
      db.rows('SELECT id, status, revision FROM comment WHERE site_id = $1 ORDER BY id', [site.id]);
    const rowsBefore = await rows();
    for (const query of ['format=coral&dryRun', 'format=coral']) {
      const { counts } = await imported(site, await packCoral(after), query);
      expect(counts).toEqual({
        stories: { read: 2, created: 0, unchanged: 1, notUpdated: 1, skipped: 0 },
        readers: { read: 4, created: 0, unchanged: 3, notUpdated: 1, skipped: 0 },
        comments: { read: 6, created: 1, unchanged: 2, notUpdated: 3, skipped: 0 },
        reactions: { read: 2, created: 0, unchanged: 1, notUpdated: 1, skipped: 0 },
        flags: { read: 3, created: 0, unchanged: 0, notUpdated: 2, skipped: 1 },
        decisions: { read: 3, created: 0, unchanged: 2, notUpdated: 1, skipped: 0 },
        entitlements: { read: 0, created: 0, unchanged: 0, notUpdated: 0, skipped: 0 },
      });
    }
    expect((await rows()).slice(0, rowsBefore.length)).toEqual(rowsBefore);
  });
});

describe('a reader who was erased on the site', () => {
  it('is not restored from an old export', async () => {
    const site = await createSite(app);
    await site.publisher('PUT', '/stories/story-1', { url: 'https://news.example/story-1', title: 'One' });
    const written = await site.reader(
      await site.token('sub-ann'),
      'POST',
      `/sites/${site.id}/stories/story-1/comments`,
      {
        body: 'Written here before.',
      },
    );
    expect(written.status).toBe(202);
    const response = await site.reader(await site.token('sub-ann'), 'POST', '/me/deletion');
    expect(response.status).toBe(202);
    await db.rows('UPDATE reader_deletion SET due_at = now() WHERE site_id = $1', [site.id]);
    await app.app.get(AccountDeletionService, { strict: false }).sweep();
    await until(
      async () =>
        (await db.rows(`SELECT 1 FROM reader WHERE site_id = $1 AND key = 'sub-ann'`, [site.id])).length ===
        0,
    );
    const done = await imported(
      site,
      await packCoral({
        'stories.json': linesOf([story('story-1')]),
        'users.json': linesOf([
          user('ann', { role: 'MODERATOR', email: 'ann@private.example' }),
          user('bob', {
            status: {
              ban: {
                active: true,
                history: [{ active: true, createdBy: 'ann', createdAt: at(1), message: 'Enough.' }],
              },
            },
          }),
        ]),
        'comments.json': linesOf([
          comment('by-ann', 0),
          comment('by-bob', 1, { authorID: 'bob', parentID: 'by-ann', status: 'APPROVED' }),
        ]),
        'commentActions.json': linesOf([action('by-bob', 'ann', 'REACTION')]),
        'commentModerationActions.json': linesOf([
          decision('d1', 'by-bob', 'APPROVED', 3, { moderatorID: 'ann' }),
        ]),
      }),
    );
    expect(done.counts.comments).toMatchObject({ created: 2 });
    const { body } = await site.reader(null, 'GET', `/sites/${site.id}/stories/story-1/comments`);
    const [tombstone] = body.items;
    expect(tombstone).toMatchObject({ status: 'deleted', author: null, body: null });
    expect(tombstone.replies.items).toMatchObject([{ body: 'Text of by-bob', reactions: {} }]);
    const remainingRows = await db.rows(
      `SELECT 'reader' FROM reader t WHERE site_id = $1 AND (key ILIKE '%ann%' OR t::text LIKE '%Name of ann%' OR t::text LIKE '%ann@private%')
       UNION ALL SELECT 'revision' FROM revision WHERE site_id = $1 AND body LIKE '%by-ann%'
       UNION ALL SELECT 'decision' FROM decision t WHERE site_id = $1 AND imported_by IN ('Name of ann', 'ann')
       UNION ALL SELECT 'standing' FROM reader_sanction WHERE site_id = $1 AND imported_by IN ('Name of ann', 'ann')
       UNION ALL SELECT 'audit' FROM audit_entry WHERE site_id = $1 AND body LIKE '%Name of ann%'`,
      [site.id],
    );
    expect(remainingRows).toEqual([]);
    expect(await findInconsistencies(db, site.id)).toEqual([]);
  });
});

describe('an import', () => {
  const folder = tempFolder();
  let large: Buffer;
  beforeAll(async () => {
    large = readFileSync(
      await generateCoral(folder.path, { comments: 4_000, origin: 'https://news.example' }),
    );
  });
  afterAll(() => folder.remove());

  const count = async (table: string, site: TestSite): Promise<number> =>
    Number((await db.rows(`SELECT count(*) AS n FROM ${table} WHERE site_id = $1`, [site.id]))[0]['n']);

  it('stops receiving its file when it is cancelled during the upload', async () => {
    const site = await createSite(app);
    const archiveStart = await packCoral({ 'comments.json': linesOf([comment('one', 0)]) });
    const target = new URL(`${app.url}/api/v1/sites/${site.id}/imports?format=coral`);
    const uploadRequest = request(target, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${app.adminKey}` },
    });
    const status = new Promise<number | undefined>((resolve, reject) => {
      uploadRequest.once('response', (answer) => resolve(answer.statusCode));
      uploadRequest.once('error', reject);
    });
    // Random bytes, which gzip cannot compress, so that the file has more than one chunk.
    uploadRequest.write(Buffer.concat([archiveStart.subarray(0, 4_096), randomBytes(4e6)]));
    let importState: Json;
    await until(async () => {
      [importState] = (await site.publisher('GET', '/imports')).body.items;
      return importState !== undefined;
    });
    expect(importState.state).toBe('receiving');
    expect((await site.publisher('DELETE', `/imports/${importState.id}`)).body.state).toBe('cancelled');
    uploadRequest.end(randomBytes(4e6));
    expect(await status).toBe(409);
    expect(await count('import_chunk', site)).toBe(0);
    expect((await site.publisher('GET', `/imports/${importState.id}`)).body.state).toBe('cancelled');
  });

  it('cannot be cancelled from another site', async () => {
    const site = await createSite(app);
    const { id } = await imported(site, await packCoral({ 'stories.json': linesOf([story('story-1')]) }));
    const other = await createSite(app);
    expect((await other.publisher('DELETE', `/imports/${id}`)).status).toBe(404);
    expect((await site.publisher('DELETE', '/imports/nonsense')).status).toBe(404);
  });

  it('is deleted with its site', async () => {
    const site = await createSite(app);
    await upload(site, large);
    await until(async () => (await count('import_record', site)) > 0, 60_000);
    // The deletion does not wait for a long batch: it gets a 503 and is retried.
    await until(async () => (await site.publisher('DELETE', '')).status === 204);
    for (const table of ['site_import', 'import_record', 'import_story', 'import_reader', 'import_comment'])
      expect([table, await count(table, site)]).toEqual([table, 0]);
  });
});
