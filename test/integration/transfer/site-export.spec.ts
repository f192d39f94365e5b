import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { coralImports } from '../../support/coral-documents.js';

import { findInconsistencies } from '../../support/find-inconsistencies.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { connectAsOwner, type Json, type OwnerConnection } from '../../support/site-fixture.js';
import { createSite, type TestSite } from '../../support/sites.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let site: TestSite;
let exported: Json[];

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  site = await createSite(app, { policy: { reactions: ['like', 'insightful'] } });
  await fill(site);
  exported = linesOf(await download(site));
}, 120_000);
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const { upload, imported } = coralImports(() => app);

const linesOf = (text: string): Json[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const fileOf = (lines: readonly Json[]): Buffer =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

async function download({ id }: TestSite, query = ''): Promise<string> {
  const answer = await fetch(`${app.url}/api/v1/sites/${id}/export${query}`, {
    headers: { authorization: `Bearer ${app.adminKey}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
  return answer.text();
}

/** Uses the site as people do, so that it has every kind of record. */
async function fill(filled: TestSite): Promise<void> {
  const ann = await filled.token('ann', { name: 'Ann' });
  const bob = await filled.token('bob', { name: 'Bob', email: 'bob@news.example' });
  for (const key of ['one', 'two/2']) {
    const { status, body } = await filled.publisher('PUT', `/stories/${encodeURIComponent(key)}`, {
      url: `https://news.example/${key}`,
      title: `Story ${key}`,
      section: 'politics',
      topics: [{ type: 'tag', key: 't', name: 'Topic' }],
      ...(key === 'one' ? {} : { state: 'closed' }),
    });
    expect({ status, body }).toMatchObject({ status: 200 });
  }
  await filled.publisher('PUT', '/readers/ann/entitlement', {
    tier: 'insider-gold',
    status: 'active',
    validUntil: '2099-01-01T00:00:00.000Z',
  });
  await filled.publisher('PUT', '/readers/never-seen/entitlement', { tier: 'insider', status: 'cancelled' });
  const post = async (token: string, body: string, parentId?: string): Promise<string> => {
    const { status, body: answer } = await filled.reader(
      token,
      'POST',
      `/sites/${filled.id}/stories/one/comments`,
      { body, ...(parentId ? { parentId } : {}) },
    );
    expect({ status, answer }).toMatchObject({ status: 202 });
    return answer.id as string;
  };
  const decide = async (commentId: string, action: string, more: object = {}): Promise<void> => {
    const { body } = await app.call<Json>('POST', '/api/v1/moderation/decisions', {
      token: app.adminKey,
      body: { decisions: [{ commentId, revision: 1, action, ...more }] },
    });
    expect(body.results[0]).not.toHaveProperty('error');
  };
  const publish = async (token: string, body: string, parentId?: string): Promise<string> => {
    const id = await post(token, body, parentId);
    const statusOf = async (): Promise<string> =>
      (await db.rows<{ status: string }>('SELECT status FROM comment WHERE id = $1', [id]))[0].status;
    await until(async () => (await statusOf()) !== 'pending', 60_000);
    if ((await statusOf()) === 'held') await decide(id, 'approve');
    return id;
  };
  const top = await publish(ann, 'The council **approved** the new bridge this morning.');
  const reply = await publish(bob, 'Work on it should begin in the spring, I hear.', top);
  const removed = await publish(bob, 'The old bridge was closed to traffic last year.');
  const deleted = await publish(ann, 'I crossed it every day on my way to school.', reply);
  await filled.publisher('PATCH', '/policy', { moderation: { mode: 'hold-all' } });
  const held = await post(bob, 'Will the ferry stop when the bridge opens?');
  await until(async () => {
    const [{ status }] = await db.rows('SELECT status FROM comment WHERE id = $1', [held]);
    return status === 'held';
  }, 60_000);
  await filled.reader(bob, 'PUT', `/comments/${top}/reactions/like`);
  await filled.reader(bob, 'PUT', `/comments/${top}/reactions/insightful`);
  await filled.reader(ann, 'PUT', `/comments/${reply}/reactions/insightful`);
  await filled.reader(ann, 'POST', `/comments/${reply}/flags`, { reason: 'off-topic', detail: 'Not here.' });
  await filled.reader(ann, 'POST', `/comments/${removed}/flags`, { reason: 'abuse' });
  await decide(removed, 'remove', { reason: 'off-topic', note: 'For colleagues.' });
  await filled.reader(ann, 'DELETE', `/comments/${deleted}`);
  const [{ id: bobId }] = await db.rows(`SELECT id FROM reader WHERE site_id = $1 AND key = 'bob'`, [
    filled.id,
  ]);
  await app.call('POST', `/api/v1/moderation/readers/${bobId}/standing`, {
    token: app.adminKey,
    body: { standing: 'warned', reason: 'Keep to the subject.' },
  });
}

describe('the export of a site', () => {
  it('has each kind of record and ends with a line that says so', () => {
    const counts: Record<string, number> = {};
    for (const { type } of exported) counts[type] = (counts[type] ?? 0) + 1;
    expect(counts).toMatchObject({
      site: 1,
      story: 2,
      reader: 2,
      entitlement: 2,
      comment: 5,
      reaction: 3,
      flag: 2,
      event: expect.any(Number),
      audit: expect.any(Number),
    });
    expect(counts.decision).toBeGreaterThanOrEqual(5);
    expect(exported[0]).toMatchObject({ type: 'site', version: 1, id: site.id });
    expect(exported.at(-1)).toEqual({ type: 'end' });
  });

  it('resumes behind each cursor line', async () => {
    const text = await download(site);
    const withoutCursors = (part: string): Json[] =>
      linesOf(part).filter(({ type }) => !['cursor', 'event', 'audit'].includes(type));
    for (const { 0: line, index, 1: after } of text.matchAll(/\{"type":"cursor","after":"([^"]+)"\}\n/g)) {
      const rest = await download(site, `?after=${after}`);
      expect(withoutCursors(text.slice(0, index + line.length) + rest)).toEqual(withoutCursors(text));
    }
  });

  it('is refused with a cursor of another list, and to other sites’ keys', async () => {
    expect(await site.publisher('GET', '/export?after=abc')).toMatchObject({ status: 400 });
    const other = await createSite(app);
    const { body: key } = await app.call<Json>('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: { name: 'Other', scopes: ['publisher'], sites: [other.id] },
    });
    const answer = await app.call('GET', `/api/v1/sites/${site.id}/export`, { token: key.key });
    expect(answer.status).toBe(404);
  });
});

/** Replaces what must differ between two sites: the IDs of comments and decisions, and what only describes the export. */
function comparable(lines: readonly Json[]): Json[] {
  const names = new Map<string, string>();
  for (const { type, id } of lines)
    if (type === 'comment' || type === 'decision') names.set(id, `${type} ${names.size}`);
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? 'unknown'));
  return lines
    .filter(({ type }) => !['site', 'event', 'audit', 'cursor', 'end'].includes(type))
    .map((line) => ({
      ...line,
      ...('id' in line ? { id: nameOf(line.id) } : {}),
      ...('commentId' in line ? { commentId: nameOf(line.commentId) } : {}),
      ...('parentId' in line ? { parentId: nameOf(line.parentId) } : {}),
      ...('closedBy' in line ? { closedBy: nameOf(line.closedBy) } : {}),
    }))
    .map((line) => JSON.stringify(line))
    .sort()
    .map((line) => JSON.parse(line));
}

describe('the import of an export', () => {
  let copy: TestSite;
  const POLICY = { reactions: ['like', 'insightful'] };

  beforeAll(async () => {
    copy = await createSite(app, { policy: POLICY, origins: ['https://other.example'] });
  });

  it('changes nothing in a dry run', async () => {
    const result = await imported(copy, fileOf(exported), 'format=jsonl&dryRun=true');
    expect(result).toMatchObject({
      state: 'done',
      counts: { stories: { created: 2 }, comments: { created: 5 }, entitlements: { created: 2 } },
      faults: { total: 0 },
    });
    expect(linesOf(await download(copy)).filter(({ type }) => type === 'comment')).toEqual([]);
  });

  it('yields a site whose export is the same except for IDs', async () => {
    const result = await imported(copy, gzipSync(fileOf(exported)), 'format=jsonl');
    expect(result).toMatchObject({ state: 'done', failure: null, faults: { total: 0 } });
    expect(comparable(linesOf(await download(copy)))).toEqual(comparable(exported));
    expect(await findInconsistencies(db, copy.id)).toEqual([]);
  });

  it.each([
    ['again into the copy', () => copy],
    ['into the site that it came from', () => site],
  ])('changes nothing %s', async (_where, target) => {
    const before = comparable(linesOf(await download(target())));
    const { state, counts } = await imported(target(), fileOf(exported), 'format=jsonl');
    expect(state).toBe('done');
    for (const [kind, { created, notUpdated }] of Object.entries<Json>(counts))
      expect({ kind, created, notUpdated }).toEqual({ kind, created: 0, notUpdated: 0 });
    expect(comparable(linesOf(await download(target())))).toEqual(before);
  });

  it('reports each line that cannot be imported, and imports the others', async () => {
    const target = await createSite(app, { policy: POLICY });
    const [header, ...rest] = exported;
    const comment = exported.find(({ type }) => type === 'comment')!;
    const file = Buffer.concat([
      fileOf([header, { type: 'nonsense' }, { ...comment, id: 'x', status: 'fine' }]),
      Buffer.from('{"type": \n'),
      fileOf([{ ...comment, id: 'y', storyKey: 'nowhere' }, ...rest]),
    ]);
    const { state, counts, faults } = await imported(target, file, 'format=jsonl');
    expect({ state, created: counts.comments.created }).toEqual({ state: 'done', created: 5 });
    expect(faults.items.map(({ line, code }: Json) => [line, code])).toEqual([
      [2, 'unknown-type'],
      [3, 'bad-member'],
      [4, 'bad-json'],
      [5, 'story-missing'],
    ]);
  });

  it('pins the comment that was pinned first where a file has several in a story', async () => {
    const target = await createSite(app, { policy: POLICY });
    const pins = ['2026-01-02T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
    const file = exported.map((line) =>
      line.type === 'comment' && line.status === 'published'
        ? { ...line, pinnedAt: pins.pop() ?? null }
        : line,
    );
    expect(pins).toEqual([]);
    expect(await imported(target, fileOf(file), 'format=jsonl')).toMatchObject({
      state: 'done',
      counts: { comments: { created: 5 } },
    });
    const pinned = linesOf(await download(target)).filter(({ pinnedAt }) => pinnedAt);
    expect(pinned.map(({ pinnedAt }) => pinnedAt)).toEqual(['2026-01-01T00:00:00.000Z']);
  });

  it('fails at once for a compressed file that is cut off', async () => {
    const target = await createSite(app, { policy: POLICY });
    expect(await imported(target, gzipSync(fileOf(exported)).subarray(0, -20), 'format=jsonl')).toMatchObject(
      {
        state: 'failed',
        failure: { code: 'bad-file' },
      },
    );
  });

  it('is refused for a file that is no export', async () => {
    expect(await upload(copy, Buffer.from('no export'), 'format=jsonl')).toMatchObject({ status: 400 });
  });
});
