import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BulkDecisionsService } from '../../../src/features/moderation/bulk-decisions.service.js';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import {
  createSiteFixture,
  expectStatus,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

let moderationFixture: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let other: SiteFixture;
let vera: ModeratorSession;
let omar: ModeratorSession;
let viewer: ModeratorSession;
let stranger: ModeratorSession;

const advanceClock = (ms: number): void => moderationFixture.advanceClock(ms);

beforeAll(async () => {
  moderationFixture = await openModerationFixture({ moderation: { mode: 'hold-all' } });
  ({ app, db, fixture } = moderationFixture);
  other = await createSiteFixture(app, { moderation: { mode: 'hold-all' } });
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  omar = await signInModerator(app, db, 'Omar', fixture.site);
  viewer = await signInModerator(app, db, 'Vic', fixture.site, 'viewer');
  stranger = await signInModerator(app, db, 'Sten', other.site);
});
afterEach(() => {
  moderationFixture.resetClock();
});
afterAll(() => moderationFixture?.close());

const submitHeld = async (sub: string, body = `Something to read. ${Math.random()}`, more = {}) => {
  const { id } = await fixture.submit(sub, body, more);
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'held');
  return id;
};
const list = async (query: string): Promise<string[]> =>
  (
    await expectStatus(200, vera.call<Json>('GET', `/moderation/queue?site=${fixture.site}&${query}`))
  ).body.items.map(({ comment }: Json) => comment.id);
const decideMany = (moderator: ModeratorSession, body: object) =>
  moderator.call<Json>('POST', '/moderation/bulk-decisions', { site: fixture.site, ...body });
const applyDue = () => app.app.get(BulkDecisionsService, { strict: false }).applyDue();
const statuses = (ids: string[]) =>
  Promise.all(
    ids.map(async (id) => (await vera.call<Json>('GET', `/moderation/comments/${id}`)).body.comment.status),
  );

describe('a queue filter', () => {
  it('limits a list and its count to the comments that match each field', async () => {
    const mine = await submitHeld(
      'flo',
      'Sehr geehrte Damen und Herren, das ist doch wirklich nicht wahr, oder?',
    );
    await submitHeld('gus');
    await db.rows(
      `UPDATE story SET section = 'Sport', topics = '[{"type": "ticker", "key": "ACME", "name": "Acme"}]' WHERE site_id = $1`,
      [fixture.site],
    );
    await db.rows(`UPDATE reader SET standing = 'trusted' WHERE site_id = $1 AND key = 'flo'`, [
      fixture.site,
    ]);
    for (const [query, isFound] of [
      ['section=Sport', true],
      ['section=Politics', false],
      [`story=${fixture.story}`, true],
      ['story=nowhere', false],
      ['topic=ACME', true],
      ['topic=OTHER', false],
      ['tier=gold', false],
      ['language=de', true],
      ['language=fr', false],
      ['rule=hold-all', true],
      ['rule=flags', false],
      ['readers=new', true],
      ['readers=known', false],
      ['standing=trusted', true],
      ['standing=banned', false],
      ['younger=1h', true],
      ['older=1h', false],
      ['opinion=requested', false],
      ['section=Sport&language=de&standing=trusted&sort=oldest', true],
    ] as const) {
      const found = await list(query);
      expect([query, found.includes(mine)]).toEqual([query, isFound]);
      const { body } = await vera.call<Json>(
        'GET',
        `/moderation/queue/count?site=${fixture.site}&${query.replace(/&sort.*/, '')}`,
      );
      expect([query, body.count]).toEqual([query, found.length]);
    }
    expect((await list('standing=trusted')).length).toBe(1);
    // Filters also apply to decided comments.
    expect(await list('state=published&section=Sport')).toEqual([]);
    for (const bad of ['older=soon', 'readers=old', 'language=German', 'standing=normal']) {
      const { status, body } = await vera.call<Json>('GET', `/moderation/queue?${bad}`);
      expect([bad, status, body.errors[0].pointer]).toEqual([bad, 400, `/query/${bad.split('=')[0]}`]);
    }
  });

  it('must be the same when a cursor is used', async () => {
    for (const sub of ['pa', 'pb', 'pc']) await submitHeld(sub);
    const { body } = await vera.call<Json>(
      'GET',
      `/moderation/queue?site=${fixture.site}&rule=hold-all&limit=2`,
    );
    const next = await vera.call<Json>(
      'GET',
      `/moderation/queue?site=${fixture.site}&rule=hold-all&limit=100&cursor=${body.next}`,
    );
    const ids = [...body.items, ...next.body.items].map(({ comment }: Json) => comment.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual((await list('rule=hold-all&limit=100')).sort());
    const wrong = await vera.call('GET', `/moderation/queue?site=${fixture.site}&cursor=${body.next}`);
    expect(wrong.status).toBe(400);
  });
});

it('sorting by risk also considers reactions and the waiting time', async () => {
  const [fresh, popular, old] = [await submitHeld('ra'), await submitHeld('rb'), await submitHeld('rc')];
  await db.rows(`UPDATE comment SET reaction_count = 200, risk = 0.3 WHERE id = $1`, [popular]);
  await db.rows(`UPDATE comment SET waiting_since = now() - interval '3 days' WHERE id = $1`, [old]);
  const order = (await list('limit=100')).filter((id) => [fresh, popular, old].includes(id));
  expect(order).toEqual([old, popular, fresh]);
});

describe('a saved queue', () => {
  it('stores a filter by name, and shows its count, its oldest comment and its target', async () => {
    await submitHeld('sam');
    const made = await expectStatus(
      201,
      vera.call<Json>('POST', '/moderation/saved-queues', {
        site: fixture.site,
        name: 'New readers',
        state: 'held',
        filter: { readers: 'new', older: '2d' },
        targetMinutes: 30,
      }),
    );
    expect(made.body).toMatchObject({ count: expect.any(Number), sort: 'risk', by: { name: 'Vera' } });
    const changed = await expectStatus(
      200,
      vera.call<Json>('PATCH', `/moderation/saved-queues/${made.body.id}`, { filter: { readers: 'new' } }),
    );
    expect(changed.body).toMatchObject({
      name: 'New readers',
      targetMinutes: 30,
      filter: { readers: 'new' },
    });
    const listed = await viewer.call<Json>('GET', `/moderation/saved-queues?site=${fixture.site}`);
    expect(listed.body.items).toEqual([changed.body]);
    expect(changed.body).toMatchObject({ oldest: expect.any(String) });
    expect(changed.body.count).toBe((await list('readers=new&limit=100')).length);

    const duplicate = { site: fixture.site, name: 'New readers', state: 'flagged' };
    expect((await omar.call<Json>('POST', '/moderation/saved-queues', duplicate)).body.code).toBe(
      'name-taken',
    );
    const path = `/moderation/saved-queues/${made.body.id}`;
    expect((await omar.call('PATCH', path, { name: 'Mine' })).status).toBe(403);
    expect((await omar.call('DELETE', path)).status).toBe(403);
    expect((await viewer.call('DELETE', path)).status).toBe(403);
    expect((await stranger.call('PATCH', path, { name: 'Mine' })).status).toBe(404);
    expect((await stranger.call('POST', '/moderation/saved-queues', duplicate)).status).toBe(404);
    expect((await vera.call('DELETE', path)).status).toBe(204);
    expect((await vera.call('DELETE', path)).status).toBe(404);
  });

  it('has the same count as its list, for every state and filter', async () => {
    await submitHeld('tom');
    const queues: [state: string, filter: Record<string, string>][] = [
      ['held', {}],
      ['held', { readers: 'new' }],
      ['held', { readers: 'known' }],
      ['held', { story: fixture.story }],
      ['held', { section: 'World' }],
      ['held', { topic: 'ACME' }],
      ['held', { tier: 'gold' }],
      ['held', { language: 'en' }],
      ['held', { rule: 'hold-all' }],
      ['held', { standing: 'banned' }],
      ['held', { older: '2d' }],
      ['held', { younger: '1h', readers: 'new' }],
      ['held', { opinion: 'requested' }],
      ['flagged', {}],
      ['published', { language: 'en' }],
    ];
    for (const [index, [state, filter]] of queues.entries()) {
      const body = { site: fixture.site, name: `Queue ${String(index).padStart(2, '0')}`, state, filter };
      await expectStatus(201, vera.call('POST', '/moderation/saved-queues', body));
    }
    const { items } = (await vera.call<Json>('GET', `/moderation/saved-queues?site=${fixture.site}`)).body;
    const counts = [];
    for (const [state, filter] of queues) {
      const query = new URLSearchParams({ site: fixture.site, state, ...filter }).toString();
      counts.push((await vera.call<Json>('GET', `/moderation/queue/count?${query}`)).body);
    }
    expect(items.map(({ count, oldest }: Json) => ({ count, oldest }))).toEqual(counts);
    expect(counts[0].count).toBeGreaterThan(0);
    for (const { id } of items) await vera.call('DELETE', `/moderation/saved-queues/${id}`);
  });
});

describe('a bulk decision', () => {
  it('is not applied until it can no longer be undone', async () => {
    const ids = [await submitHeld('ba'), await submitHeld('bb'), await submitHeld('bc')];
    const made = await expectStatus(
      202,
      decideMany(vera, {
        action: 'reject',
        reason: 'spam',
        comments: ids.map((commentId) => ({ commentId, revision: 1 })),
      }),
    );
    expect(made.body).toMatchObject({ state: 'waiting', total: 3, decided: 0 });
    await applyDue();
    expect(await statuses(ids)).toEqual(['held', 'held', 'held']);
    // The comments are no longer in the lists, and nobody else can decide on them.
    expect((await list('limit=100')).some((id) => ids.includes(id))).toBe(false);
    const single = { decisions: [{ commentId: ids[0], revision: 1, action: 'approve' }] };
    const refused = await omar.call<Json>('POST', '/moderation/decisions', single);
    expect(refused.body.results[0].error).toMatchObject({ status: 409, code: 'in-bulk' });
    const again = await decideMany(omar, {
      action: 'approve',
      comments: [{ commentId: ids[1], revision: 1 }],
    });
    expect(again.body).toMatchObject({ status: 409, code: 'nothing-to-decide' });

    // The author edits one of them in the meantime, so its text is different.
    await expectStatus(
      200,
      app.call('PATCH', `/api/v1/comments/${ids[2]}`, {
        token: await fixture.token('bc'),
        body: { body: 'Another text.' },
      }),
    );
    await until(async () => (await fixture.readOwnComment('bc', ids[2]))['status'] === 'held');

    advanceClock(31_000);
    expect((await vera.call<Json>('POST', `/moderation/bulk-decisions/${made.body.id}/undo`)).body.code).toBe(
      'undo-expired',
    );
    await Promise.all([applyDue(), applyDue()]);
    await until(async () => {
      const { body } = await vera.call<Json>('GET', `/moderation/bulk-decisions/${made.body.id}`);
      return body.state === 'done';
    });
    expect(await statuses(ids)).toEqual(['rejected', 'rejected', 'held']);
    const { body } = await vera.call<Json>('GET', `/moderation/bulk-decisions/${made.body.id}`);
    expect(body).toMatchObject({ decided: 2, skipped: { 'old-revision': 1 } });
    const [decision] = (await vera.call<Json>('GET', `/moderation/comments/${ids[0]}`)).body.decisions.slice(
      -1,
    );
    expect(decision).toMatchObject({ action: 'reject', reason: 'spam', moderator: { name: 'Vera' } });
    expect((await list('limit=100')).includes(ids[2])).toBe(true);
  });

  it('applies to a whole list, can be undone within 30 s, and then leaves no decisions behind', async () => {
    const ids = [await submitHeld('ua'), await submitHeld('ub')];
    const { body } = await decideMany(vera, {
      action: 'approve',
      list: { state: 'held', filter: { readers: 'new' } },
    });
    expect(body.total).toBeGreaterThanOrEqual(2);
    expect((await vera.call<Json>('GET', `/moderation/queue/count?site=${fixture.site}`)).body.count).toBe(0);
    const path = `/moderation/bulk-decisions/${body.id}`;
    expect((await omar.call<Json>('POST', `${path}/undo`)).status).toBe(403);
    const undone = await expectStatus(200, vera.call<Json>('POST', `${path}/undo`));
    expect(undone.body).toMatchObject({ state: 'undone', decided: 0, skipped: {} });
    advanceClock(60_000);
    await applyDue();
    expect(await statuses(ids)).toEqual(['held', 'held']);
    expect((await list('limit=100')).filter((id) => ids.includes(id)).length).toBe(2);
  });

  it('skips comments claimed by a colleague', async () => {
    const [mine, theirs] = [await submitHeld('ca'), await submitHeld('cb')];
    await omar.call('PUT', `/moderation/comments/${theirs}/claims`);
    const { body } = await decideMany(vera, {
      action: 'approve',
      comments: [mine, theirs].map((commentId) => ({ commentId, revision: 1 })),
    });
    expect(body.total).toBe(1);
  });

  it('refuses viewers and moderators of another site, and finds no comments of another site', async () => {
    const id = await submitHeld('da');
    const comments = [{ commentId: id, revision: 1 }];
    expect((await decideMany(viewer, { action: 'approve', comments })).status).toBe(403);
    expect((await decideMany(stranger, { action: 'approve', comments })).status).toBe(404);
    const { body } = await decideMany(vera, { action: 'approve', comments });
    expect((await stranger.call('GET', `/moderation/bulk-decisions/${body.id}`)).status).toBe(404);
    // Another site's comment is not found by its ID.
    const onOtherSite = { site: other.site, action: 'approve', comments };
    expect((await stranger.call<Json>('POST', '/moderation/bulk-decisions', onOtherSite)).body.code).toBe(
      'nothing-to-decide',
    );
    const both = await decideMany(vera, { action: 'approve', comments, list: { state: 'held' } });
    expect(both.status).toBe(400);
  });
});

it('a comment for which a second opinion is requested stays in the queue and is marked for another moderator', async () => {
  const id = await submitHeld('oa');
  await vera.call('PUT', `/moderation/comments/${id}/claims`);
  const path = `/moderation/comments/${id}/opinions`;
  const input = { revision: 1, leaning: 'reject', note: 'Irony?' };
  const { body } = await expectStatus(200, vera.call<Json>('POST', path, input));
  expect(body).toMatchObject({
    comment: { status: 'held' },
    claimants: [],
    opinions: [{ moderator: { name: 'Vera' }, leaning: 'reject', note: 'Irony?' }],
  });
  expect(await list('opinion=requested')).toEqual([id]);
  await omar.call('POST', path, { revision: 1, leaning: 'approve' });
  const { opinions } = (await viewer.call<Json>('GET', `/moderation/comments/${id}`)).body;
  expect(opinions.map(({ leaning }: Json) => leaning)).toEqual(['reject', 'approve']);
  expect((await omar.call<Json>('POST', path, { ...input, revision: 2 })).body.code).toBe('old-revision');
  expect((await viewer.call('POST', path, input)).status).toBe(403);
  expect((await stranger.call('POST', path, input)).status).toBe(404);
  const single = { decisions: [{ commentId: id, revision: 1, action: 'approve' }] };
  await omar.call('POST', '/moderation/decisions', single);
  expect((await vera.call<Json>('POST', path, input)).body.code).toBe('not-waiting');
});

it('the conversation shows the comments around a comment, and the history shows earlier decisions about its author', async () => {
  const top = await submitHeld('ka', 'The first word.');
  const approve = (id: string) =>
    vera.call('POST', '/moderation/decisions', {
      decisions: [{ commentId: id, revision: 1, action: 'approve', note: 'Fine.' }],
    });
  await approve(top);
  const reply = await submitHeld('kb', 'An answer.', { parentId: top });
  await approve(reply);
  const last = await submitHeld('ka', 'An answer to that.', { parentId: reply });
  const { items } = (await viewer.call<Json>('GET', `/moderation/comments/${last}/conversation`)).body;
  expect(items.map(({ body, depth, status }: Json) => [body, depth, status])).toEqual([
    ['The first word.', 0, 'published'],
    ['An answer.', 1, 'published'],
    ['An answer to that.', 2, 'held'],
  ]);
  expect((await stranger.call('GET', `/moderation/comments/${last}/conversation`)).status).toBe(404);
  const { authorDecisions } = (await vera.call<Json>('GET', `/moderation/comments/${last}`)).body;
  expect(authorDecisions).toMatchObject([
    { commentId: top, action: 'approve', excerpt: 'The first word.', note: 'Fine.' },
  ]);
});

it('work preferences are private to each moderator', async () => {
  const settings = { blurSlurs: false, greyScale: true, pauseAfterMinutes: null, severeInARow: 3 };
  const { body: before } = await vera.call<Json>('GET', '/console/settings');
  expect(before).toMatchObject({ blurSlurs: true, greyScale: false });
  await expectStatus(200, vera.call('PUT', '/console/settings', settings));
  expect((await vera.call('GET', '/console/settings')).body).toEqual(settings);
  expect((await omar.call('GET', '/console/settings')).body).toEqual(before);
  expect((await app.call('GET', '/api/v1/console/settings')).status).toBe(401);
});
