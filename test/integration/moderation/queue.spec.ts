import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import { openEventStream, type OpenEvents } from '../../support/http-event-stream.js';
import {
  createSiteFixture,
  expectStatus,
  type SiteFixture,
  type OwnerConnection,
  type Json,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

let moderationFixture: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let vera: ModeratorSession;
let omar: ModeratorSession;

beforeAll(async () => {
  moderationFixture = await openModerationFixture({
    moderation: { wordLists: { suspect: ['quibbleton'] }, flagsToHold: 2 },
  });
  ({ app, db, fixture } = moderationFixture);
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  omar = await signInModerator(app, db, 'Omar', fixture.site);
});
afterAll(() => moderationFixture?.close());

const createDecided = async (from: SiteFixture, sub: string, body: string): Promise<string> => {
  const { id } = await from.submit(sub, body);
  await until(async () => (await from.readOwnComment(sub, id))['status'] !== 'pending');
  return id;
};
const submitHeld = (sub = 'ann', from = fixture) =>
  createDecided(from, sub, `Well, quibbleton ${Math.random()}.`);
const list = async (moderator: ModeratorSession, query: string) =>
  (await expectStatus(200, moderator.call<Json>('GET', `/moderation/queue?${query}`))).body;
const counts = async (moderator: ModeratorSession, query = `site=${fixture.site}`) =>
  (await expectStatus(200, moderator.call<Json>('GET', `/moderation/queue/counts?${query}`))).body.counts;

describe('the moderation queue', () => {
  it('shows a held comment with everything that a moderator needs', async () => {
    const parent = await createDecided(fixture, 'pam', 'A calm remark to begin with.');
    const { id } = await fixture.submit('ann', 'Well, quibbleton to you.', {
      parentId: parent,
      token: await fixture.token('ann', { name: 'Ann Lee' }),
    });
    await until(async () => (await fixture.readOwnComment('ann', id))['status'] === 'held');
    const { items } = await list(vera, `site=${fixture.site}`);
    const item = items.find((each: Json) => each.comment.id === id);
    expect(item).toMatchObject({
      comment: { id, status: 'held', body: 'Well, quibbleton to you.', revision: 1, parentId: parent },
      story: { key: fixture.story, title: 'Talks', section: null },
      parent: { id: parent, author: { name: 'Reader pam' }, body: 'A calm remark to begin with.' },
      author: {
        name: 'Ann Lee',
        tier: null,
        role: 'reader',
        standing: 'normal',
        history: { published: 0, held: 1, rejected: 0, removed: 0, flagged: 0 },
      },
      scores: { suspectWords: { value: expect.any(Number), spans: [[6, 16]] } },
      thresholds: { suspectWords: { hold: 0.5 }, bannedWords: { hold: 0.5, reject: 1 } },
      rule: { key: 'suspect-word', text: expect.stringMatching(/^held: /) },
      flags: { count: 0, reasons: {} },
      claimants: [],
      lastDecision: { action: 'hold', by: 'rule', moderator: null, undoableUntil: null },
    });
    expect(item.waitingSince).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('marks the slurs to blur in every text it shows', async () => {
    const parent = await createDecided(fixture, 'hugo', 'The referee was called a faggot by half of them.');
    const { id } = await fixture.submit('ann', 'Well, quibbleton, you cunt.');
    await until(async () => (await fixture.readOwnComment('ann', id))['status'] === 'held');
    const words = ({ body, hidden }: Json, text = body): string[] =>
      hidden.map(([start, end]: [number, number]) => text.slice(start, end));
    const detail = (await expectStatus(200, vera.call<Json>('GET', `/moderation/comments/${id}`))).body;
    expect(words(detail, detail.comment.body)).toEqual(['cunt']);
    expect(words(detail.revisions[0])).toEqual(['cunt']);
    const messages = (await vera.call<Json>('GET', `/moderation/comments/${parent}/conversation`)).body.items;
    expect(words(messages[0])).toEqual(['faggot']);
    const found = (await vera.call<Json>('GET', `/moderation/search?site=${fixture.site}&q=referee`)).body
      .items;
    expect(words(found[0], found[0].excerpt)).toEqual(['faggot']);
    const { items } = (
      await vera.call<Json>('GET', `/moderation/readers/${detail.author.id}/comments?status=held`)
    ).body;
    expect(words(items.find((each: Json) => each.id === id))).toEqual(['cunt']);
  });

  it('returns every comment once, page by page, in each order', async () => {
    const own = await createSiteFixture(app, { moderation: { wordLists: { suspect: ['quibbleton'] } } });
    const moderator = await signInModerator(app, db, 'Pia', own.site);
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.push(await submitHeld(`p${index}`, own));
    await db.rows(`UPDATE comment SET risk = 1 + (ascii(right(id::text, 1)) % 2) WHERE site_id = $1`, [
      own.site,
    ]);
    for (const sort of ['oldest', 'newest', 'risk']) {
      const collected: Json[] = [];
      let cursor = '';
      do {
        const page = await list(moderator, `site=${own.site}&sort=${sort}&limit=2${cursor}`);
        expect(page.items.length).toBeLessThanOrEqual(2);
        collected.push(...page.items);
        cursor = page.next === null ? '' : `&cursor=${page.next}`;
      } while (cursor !== '');
      expect(collected.map((item) => item.comment.id).sort()).toEqual([...ids].sort());
      const times = collected.map((item) => item.waitingSince);
      if (sort === 'oldest') expect(times).toEqual([...times].sort());
      if (sort === 'newest') expect(times).toEqual([...times].sort().reverse());
    }
    const page = await list(moderator, `site=${own.site}&sort=oldest&limit=2`);
    const wrong = await moderator.call(
      'GET',
      `/moderation/queue?site=${own.site}&sort=risk&cursor=${page.next}`,
    );
    expect(wrong.status).toBe(400);
  });

  it('returns the same lists, orders, pages and counts for a role limited to sections as for a filter by them', async () => {
    const own = await createSiteFixture(app, { moderation: { wordLists: { suspect: ['quibbleton'] } } });
    await own.admin('PUT', `/sites/${own.site}/stories/${own.story}`, {
      url: 'http://localhost/talks',
      title: 'Talks',
      section: 'World',
    });
    await own.admin('PUT', `/sites/${own.site}/stories/match`, {
      url: 'http://localhost/match',
      title: 'Match',
      section: 'Sport',
    });
    const siteModerator = await signInModerator(app, db, 'Wim', own.site);
    const limited = await signInModerator(app, db, 'Lars', own.site, 'moderator', ['World']);
    for (const n of [1, 2, 3]) {
      await submitHeld(`w${n}`, own);
      await createDecided(own, `w${n}`, `A calm remark about the talks, number ${n}.`);
      await expectStatus(
        202,
        app.call('POST', `/api/v1/sites/${own.site}/stories/match/comments`, {
          token: await own.token(`s${n}`),
          body: { body: `A calm remark about the match, number ${n}.` },
        }),
      );
    }
    await until(async () => (await counts(siteModerator, `site=${own.site}`)).published.count === 6);
    await db.rows(`UPDATE comment SET risk = (ascii(right(id::text, 1)) % 7) / 4.0 WHERE site_id = $1`, [
      own.site,
    ]);

    const listAllIds = async (moderator: ModeratorSession, query: string): Promise<string[]> => {
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Json = await list(moderator, `${query}&limit=2${cursor && `&cursor=${cursor}`}`);
        ids.push(...page.items.map((item: Json) => item.comment.id));
        cursor = page.next;
      }
      return ids;
    };
    for (const state of ['held', 'published'])
      for (const sort of ['risk', 'oldest', 'newest'])
        for (const filter of ['', '&readers=new']) {
          const query = `site=${own.site}&state=${state}&sort=${sort}${filter}`;
          const ids = await listAllIds(limited, query);
          expect(ids).toHaveLength(3);
          expect(ids).toEqual(await listAllIds(siteModerator, `${query}&section=World`));
          const countPath = `/moderation/queue/count?site=${own.site}&state=${state}${filter}`;
          expect((await limited.call<Json>('GET', countPath)).body).toEqual(
            (await siteModerator.call<Json>('GET', `${countPath}&section=World`)).body,
          );
        }
    expect(await counts(limited, `site=${own.site}`)).toMatchObject({
      held: { count: 3 },
      published: { count: 3 },
    });
    expect(await listAllIds(limited, `site=${own.site}&state=published&section=Sport`)).toEqual([]);
  });

  it('has a list and a count for each state', async () => {
    const own = await createSiteFixture(app, {
      moderation: { wordLists: { suspect: ['quibbleton'] }, flagsToHold: 2 },
    });
    const moderator = await signInModerator(app, db, 'Quinn', own.site);
    const flag = async (id: string, sub: string, reason: string) =>
      expectStatus(
        202,
        app.call('POST', `/api/v1/comments/${id}/flags`, { token: await own.token(sub), body: { reason } }),
      );
    const decide = async (id: string, action: string) =>
      (
        await moderator.call<Json>('POST', '/moderation/decisions', {
          decisions: [{ commentId: id, revision: 1, action }],
        })
      ).body.results[0];

    const [a, b] = [await submitHeld('a', own), await submitHeld('b', own)];
    const c = await createDecided(own, 'c', 'A calm remark.');
    const d = await createDecided(own, 'd', 'Another calm remark of theirs.');
    await decide(b, 'escalate');
    await flag(c, 'x', 'spam');
    await flag(d, 'x', 'abuse');
    await flag(d, 'y', 'spam');
    await until(async () => (await own.readOwnComment('d', d))['status'] === 'held');

    const idsIn = async (state: string) =>
      (await list(moderator, `site=${own.site}&state=${state}&sort=oldest`)).items.map(
        (item: Json) => item.comment.id,
      );
    expect(await idsIn('held')).toEqual([a, d]);
    expect(await idsIn('escalated')).toEqual([b]);
    expect(await idsIn('flagged')).toEqual([c]);
    expect(await idsIn('published')).toEqual([c]);
    await decide(a, 'reject');
    expect(await idsIn('rejected')).toEqual([a]);
    expect(await counts(moderator, `site=${own.site}`)).toMatchObject({
      held: { count: 1, oldest: expect.any(String) },
      flagged: { count: 1 },
      appealed: { count: 0, oldest: null },
      escalated: { count: 1 },
      rejected: { count: 1 },
    });

    const { items } = await list(moderator, `site=${own.site}`);
    expect(items[0]).toMatchObject({
      comment: { id: d },
      rule: { key: 'flags', text: 'held: 2 open flags (abuse 1, spam 1)' },
      flags: { count: 2, reasons: { abuse: 1, spam: 1 } },
    });
    expect((await decide(c, 'approve')).status).toBe('published');
    expect(await idsIn('flagged')).toEqual([]);
    expect((await decide(b, 'approve')).status).toBe('published');
    expect(await idsIn('escalated')).toEqual([]);
  });

  it('counts recent decisions as its lists show them, also after an undo and an edit', async () => {
    const own = await createSiteFixture(app, { moderation: { wordLists: { suspect: ['quibbleton'] } } });
    const moderator = await signInModerator(app, db, 'Uma', own.site);
    const decide = async (id: string, action: string) => {
      const { body } = await moderator.call<Json>('POST', '/moderation/decisions', {
        decisions: [{ commentId: id, revision: 1, action }],
      });
      return body.results[0].decisionId as string;
    };
    const undo = (id: string) =>
      expectStatus(200, moderator.call('POST', `/moderation/decisions/${id}/undo`));
    const [rejectedOnce, undone, restored, edited] = [
      await submitHeld('a', own),
      await submitHeld('b', own),
      await submitHeld('c', own),
      await createDecided(own, 'd', 'The first text.'),
    ];
    await decide(rejectedOnce, 'reject');
    await undo(await decide(undone, 'reject'));
    await decide(restored, 'reject');
    await undo(await decide(restored, 'restore'));
    await expectStatus(
      200,
      app.call('PATCH', `/api/v1/comments/${edited}`, {
        token: await own.token('d'),
        body: { body: 'The second text.' },
      }),
    );
    await until(async () => (await own.readOwnComment('d', edited))['status'] === 'published');
    const { rejected, published } = await counts(moderator, `site=${own.site}`);
    const ids = async (state: string) =>
      (await list(moderator, `site=${own.site}&state=${state}&sort=oldest`)).items.map(
        ({ comment }: Json) => comment.id,
      );
    expect([await ids('rejected'), rejected.count]).toEqual([[rejectedOnce, restored], 2]);
    expect([await ids('published'), published.count]).toEqual([[edited], 1]);
  });

  it('shows that a decision can be undone only to the person who made it', async () => {
    const id = await submitHeld('und');
    await vera.call('POST', '/moderation/decisions', {
      decisions: [{ commentId: id, revision: 1, action: 'approve' }],
    });
    const last = async (moderator: ModeratorSession) =>
      (await moderator.call<Json>('GET', `/moderation/comments/${id}`)).body.lastDecision;
    expect((await last(vera)).undoableUntil).toEqual(expect.any(String));
    expect(await last(omar)).toMatchObject({ moderator: { name: 'Vera' }, undoableUntil: null });
  });

  it('covers all of the caller’s sites when no site is given, and never other sites', async () => {
    const [one, two] = [
      await createSiteFixture(app, { moderation: { wordLists: { suspect: ['quibbleton'] } } }),
      await createSiteFixture(app, { moderation: { wordLists: { suspect: ['quibbleton'] } } }),
    ];
    const moderator = await signInModerator(app, db, 'Rae', one.site);
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'moderator')`, [
      two.site,
      moderator.id,
    ]);
    const ids = [await submitHeld('m', one), await submitHeld('m', two), await submitHeld('n', one)];
    const first = await list(moderator, 'sort=oldest&limit=2');
    const second = await list(moderator, `sort=oldest&limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map((item: Json) => item.comment.id)).toEqual(ids);
    expect((await counts(moderator, '')).held.count).toBe(3);
    expect((await moderator.call('GET', `/moderation/queue?site=${fixture.site}`)).status).toBe(404);
    expect((await moderator.call('GET', `/moderation/comments/${await submitHeld('far')}`)).status).toBe(404);
    expect((await app.call('GET', '/api/v1/moderation/queue')).status).toBe(401);
  });

  it('returns everything known about one comment', async () => {
    const id = await createDecided(fixture, 'all', 'The first text.');
    await expectStatus(
      200,
      app.call('PATCH', `/api/v1/comments/${id}`, {
        token: await fixture.token('all'),
        body: { body: 'The second text.' },
      }),
    );
    await until(async () => (await fixture.readOwnComment('all', id))['status'] === 'published');
    await until(async () => (await db.rows('SELECT 1 FROM outbox')).length === 0);
    const { body } = await vera.call<Json>('GET', `/moderation/comments/${id}`);
    expect(body.revisions.map((each: Json) => each.body)).toEqual(['The first text.', 'The second text.']);
    expect(body.decisions.map((each: Json) => [each.action, each.revision, each.rule.key])).toEqual([
      ['publish', 1, 'all-clear'],
      ['publish', 2, 'all-clear'],
    ]);
    expect(body.events.map((each: Json) => [each.type, each.sequence])).toEqual([
      ['comment.submitted', 1],
      ['comment.published', 2],
      ['comment.edited', 3],
      ['comment.published', 4],
    ]);
    expect(body.doubtfulHosts).toEqual([]);
    const { id: doubtful } = await fixture.submit('all', 'Cheap at amaz0n.co.uk/deal, no joke.');
    await until(async () => (await fixture.readOwnComment('all', doubtful))['status'] === 'held');
    expect((await vera.call<Json>('GET', `/moderation/comments/${doubtful}`)).body.doubtfulHosts).toEqual([
      { host: 'amaz0n.co.uk', shown: 'amaz0n.co.uk', doubt: 'look-alike', like: 'amazon' },
    ]);
  });

  it('lists the reasons with the texts that authors see', async () => {
    const { body } = await vera.call<Json>('GET', `/moderation/reasons?site=${fixture.site}`);
    expect(body.items[0]).toEqual({
      code: expect.any(String),
      label: expect.any(String),
      text: expect.any(String),
      texts: expect.objectContaining({ de: expect.any(String), pt: expect.any(String) }),
    });
    expect(body.builtIn).toEqual(body.items);
  });
});

describe('the console event stream', () => {
  const streams: OpenEvents[] = [];
  const watch = async (moderator: ModeratorSession, site = fixture.site) => {
    // Wait until earlier events have been delivered.
    await until(async () => (await db.rows('SELECT 1 FROM outbox')).length === 0);
    const stream = await openEventStream(`${app.url}/api/v1/moderation/events?site=${site}`, {
      cookie: moderator.cookie,
    });
    streams.push(stream);
    return stream;
  };
  afterAll(() => streams.forEach((stream) => stream.close()));

  it('reports new entries, who removed an entry from the queue, the counts, and who has claimed a comment', async () => {
    const stream = await watch(vera);
    const first = await stream.next('queue');
    expect(first.counts.held.count).toEqual(expect.any(Number));

    const id = await submitHeld('live');
    expect(await stream.next('arrived')).toEqual({ commentId: id, state: 'held' });
    expect((await stream.next('queue')).counts.held.count).toBe(first.counts.held.count + 1);

    const claim = await omar.call<Json>('PUT', `/moderation/comments/${id}/claims`);
    expect(claim.body).toEqual({ claimants: [{ id: omar.id, name: 'Omar' }] });
    expect(await stream.next('claims')).toEqual({
      commentId: id,
      claimants: [{ id: omar.id, name: 'Omar' }],
    });

    const { body } = await omar.call<Json>('POST', '/moderation/decisions', {
      decisions: [{ commentId: id, revision: 1, action: 'approve' }],
    });
    expect(await stream.next('left')).toEqual({
      commentId: id,
      status: 'published',
      by: { id: omar.id, name: 'Omar' },
    });
    await omar.call('POST', `/moderation/decisions/${body.results[0].decisionId}/undo`);
    expect(await stream.next('arrived')).toEqual({ commentId: id, state: 'held' });
  });

  it('reports when a moderator closes a comment', async () => {
    const id = await submitHeld('gaze');
    const stream = await watch(vera);
    await omar.call('PUT', `/moderation/comments/${id}/claims`);
    expect((await stream.next('claims')).claimants).toHaveLength(1);
    expect((await omar.call('DELETE', `/moderation/comments/${id}/claims`)).status).toBe(204);
    expect(await stream.next('claims')).toEqual({ commentId: id, claimants: [] });
  });

  it('is refused for a site where the moderator has no role and without a session', async () => {
    const other = await createSiteFixture(app);
    expect((await vera.call('GET', `/moderation/events?site=${other.site}`)).status).toBe(404);
    expect((await app.call('GET', `/api/v1/moderation/events?site=${fixture.site}`)).status).toBe(401);
  });
});
