import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RevisionScoringService } from '../../../src/features/scoring/revision-scoring.service.js';
import { UNDO_MS } from '../../../src/features/moderation/decision.service.js';
import { Clock } from '../../../src/platform/clock.js';
import type { CommentId, SiteId } from '../../../src/platform/ids.js';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import {
  createSiteFixture,
  expectStatus,
  type SiteFixture,
  type OwnerConnection,
  type Json,
} from '../../support/site-fixture.js';

const UNKNOWN = '018f3a2b-0000-7000-8000-000000000000';

let moderationFixture: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let vera: ModeratorSession;
let omar: ModeratorSession;

// No worker runs, so only the specs make decisions.
beforeAll(async () => {
  moderationFixture = await openModerationFixture(
    { moderation: { wordLists: { suspect: ['quibbleton'] }, flagsToHold: 2 } },
    { role: 'api' },
  );
  ({ app, db, fixture } = moderationFixture);
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  omar = await signInModerator(app, db, 'Omar', fixture.site);
});
afterAll(() => moderationFixture?.close());

const score = (id: string): Promise<void> =>
  app.app
    .get(RevisionScoringService, { strict: false })
    .score({ siteId: fixture.site as SiteId, commentId: id as CommentId, revision: 1 });

async function createComment(
  body: string,
  sub = 'ann',
  more: { language?: string } = {},
): Promise<{ id: string }> {
  const { id } = await fixture.submit(sub, body, more);
  await score(id);
  return { id };
}
const createHeldComment = (sub = 'ann', more: { language?: string } = {}) =>
  createComment(`Well, quibbleton ${Math.random()}.`, sub, more);
const createPublishedComment = (sub = 'ann') => createComment(`A calm remark ${Math.random()}.`, sub);

const decide = async (
  moderator: ModeratorSession,
  id: string,
  action: string,
  more: Record<string, unknown> = {},
) => {
  const { body } = await expectStatus(
    200,
    moderator.call<Json>('POST', '/moderation/decisions', {
      decisions: [{ commentId: id, revision: 1, action, ...more }],
    }),
  );
  return body.results[0];
};
const statusOf = async (id: string, sub = 'ann') => (await fixture.readOwnComment(sub, id))['status'];
const eventsOf = async (id: string) =>
  (await db.rows('SELECT type FROM outbox WHERE subject = $1 ORDER BY id', [`comment:${id}`])).map(
    (row) => row['type'],
  );

async function withClockAdvanced<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const clock = app.app.get(Clock, { strict: false });
  const realNow = clock.now.bind(clock);
  clock.now = () => new Date(realNow().getTime() + ms);
  try {
    return await work();
  } finally {
    clock.now = realNow;
  }
}

describe('a decision', () => {
  it('approves and rejects held comments, with a reason that is shown to the author', async () => {
    const approved = await createHeldComment();
    expect(await decide(vera, approved.id, 'approve')).toEqual({
      commentId: approved.id,
      status: 'published',
      decisionId: expect.any(String),
    });
    expect(await statusOf(approved.id)).toBe('published');
    expect(await eventsOf(approved.id)).toEqual(['comment.submitted', 'comment.held', 'comment.published']);

    const rejected = await createHeldComment();
    expect((await decide(vera, rejected.id, 'reject', { reason: 'abuse', note: 'again' })).status).toBe(
      'rejected',
    );
    expect((await fixture.readOwnComment('ann', rejected.id))['reason']).toBeTruthy();
    const rows = await db.rows('SELECT * FROM decision WHERE comment_id = $1 ORDER BY id', [rejected.id]);
    expect(rows[1]).toMatchObject({
      action: 'reject',
      decided_by: 'moderator',
      reason: 'abuse',
      note: 'again',
      from_status: 'held',
      to_status: 'rejected',
      policy_version: expect.any(Number),
    });
  });

  it('gives its reason in the language of the page, and keeps that text later', async () => {
    const { id } = await createHeldComment('ann', { language: 'de-AT, en;q=0.5' });
    expect((await vera.call<Json>('GET', `/moderation/comments/${id}`)).body.pageLanguage).toBe('de');
    await decide(vera, id, 'reject', { reason: 'abuse' });
    const germanText =
      'Ihr Kommentar greift einen Menschen an statt das, was er sagt. Ohne das sind Ihre Argumente willkommen.';
    const shownReason = async () => (await fixture.readOwnComment('ann', id))['reason'];
    expect(await shownReason()).toBe(germanText);
    const policy = (reasons: Json) =>
      expectStatus(200, fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { reasons }));
    await policy([{ code: 'abuse', label: 'Abuse', text: 'Be nice.', texts: { de: 'Seien Sie nett.' } }]);
    try {
      expect(await shownReason()).toBe(germanText);
      // Rejecting again without a new message keeps the message that was sent.
      await expectStatus(
        202,
        app.call('POST', `/api/v1/comments/${id}/appeal`, {
          token: await fixture.token('ann'),
          body: { text: 'No.' },
        }),
      );
      expect((await decide(omar, id, 'reject')).status).toBe('rejected');
      expect(await shownReason()).toBe(germanText);
      const { body } = await vera.call<Json>('GET', `/moderation/comments/${id}`);
      expect(body.decisions.map(({ reasonText }: Json) => reasonText)).toEqual([null, germanText, null]);
      const rejectInLanguage = async (language?: string) => {
        const made = await createHeldComment('ann', language === undefined ? {} : { language });
        await decide(vera, made.id, 'reject', { reason: 'abuse' });
        return (await fixture.readOwnComment('ann', made.id))['reason'];
      };
      expect([await rejectInLanguage('de'), await rejectInLanguage('fr'), await rejectInLanguage()]).toEqual([
        'Seien Sie nett.',
        'Be nice.',
        'Be nice.',
      ]);
    } finally {
      await policy(null);
    }
  });

  it('removes a published comment and restores it', async () => {
    const { id } = await createPublishedComment();
    expect((await decide(vera, id, 'remove', { reason: 'abuse' })).status).toBe('removed');
    expect((await decide(vera, id, 'remove')).error).toMatchObject({ status: 409, code: 'already-decided' });
    expect((await decide(omar, id, 'restore')).status).toBe('published');
    expect(await eventsOf(id)).toEqual([
      'comment.submitted',
      'comment.published',
      'comment.removed',
      'comment.restored',
    ]);
  });

  it('is made once if two moderators decide at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await createHeldComment();
      const answers = await Promise.all([decide(vera, id, 'approve'), decide(omar, id, 'reject')]);
      const [accepted] = answers.filter((answer) => !answer.error);
      const [refused] = answers.filter((answer) => answer.error);
      expect(accepted).toBeDefined();
      expect(refused.error).toMatchObject({
        status: 409,
        code: 'already-decided',
        currentStatus: accepted.status,
        decidedBy: { name: accepted.status === 'published' ? 'Vera' : 'Omar' },
        decidedAt: expect.any(String),
      });
      const rows = await db.rows(
        `SELECT 1 FROM decision WHERE comment_id = $1 AND decided_by = 'moderator'`,
        [id],
      );
      expect(rows).toHaveLength(1);
    }
  });

  it('reports a result for each comment of a list, in order', async () => {
    const [a, b] = [await createHeldComment(), await createHeldComment()];
    const { body } = await vera.call<Json>('POST', '/moderation/decisions', {
      decisions: [
        { commentId: a.id, revision: 1, action: 'approve' },
        { commentId: UNKNOWN, revision: 1, action: 'approve' },
        { commentId: b.id, revision: 7, action: 'approve' },
        { commentId: a.id, revision: 1, action: 'reject' },
        { commentId: b.id, revision: 1, action: 'remove' },
        { commentId: b.id, revision: 1, action: 'reject' },
      ],
    });
    expect(body.results.map((result: Json) => result.error?.code ?? result.status)).toEqual([
      'published',
      'not-found',
      'old-revision',
      'already-decided',
      'wrong-status',
      'rejected',
    ]);
  });

  it('with an idempotency key is made once and gets the same response twice', async () => {
    const { id } = await createHeldComment();
    const body = { decisions: [{ commentId: id, revision: 1, action: 'approve' }] };
    const headers = { 'idempotency-key': 'a-click' };
    const first = await vera.call<Json>('POST', '/moderation/decisions', body, headers);
    const second = await vera.call<Json>('POST', '/moderation/decisions', body, headers);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
  });

  it('is made once per comment when two lists overlap in opposite order under one parent', async () => {
    const parent = await createPublishedComment();
    const ids: string[] = [];
    for (let index = 0; index < 6; index++) {
      const { id } = await fixture.submit(`x${index}`, `Well, quibbleton ${index}.`, { parentId: parent.id });
      await score(id);
      ids.push(id);
    }
    const decideAll = (moderator: ModeratorSession, order: string[], action: string) =>
      expectStatus(
        200,
        moderator.call<Json>(
          'POST',
          '/moderation/decisions',
          { decisions: order.map((commentId) => ({ commentId, revision: 1, action })) },
          { 'idempotency-key': `list-${action}` },
        ),
      );
    const [a, b] = await Promise.all([
      decideAll(vera, ids, 'approve'),
      decideAll(omar, [...ids].reverse(), 'reject'),
    ]);
    const made = [...a.body.results, ...b.body.results].filter((result: Json) => !result.error);
    expect(made.map((result: Json) => result.commentId).sort()).toEqual([...ids].sort());
    const [row] = await db.rows('SELECT reply_count FROM comment WHERE id = $1', [parent.id]);
    expect(row['reply_count']).toBe(made.filter((result: Json) => result.status === 'published').length);
  });

  it('is refused for viewers, readers, other sites’ moderators, and pages without the console’s header', async () => {
    const { id } = await createHeldComment();
    const request = { decisions: [{ commentId: id, revision: 1, action: 'approve' }] };
    const other = await createSiteFixture(app);
    const stranger = await signInModerator(app, db, 'Stranger', other.site);
    expect((await decide(stranger, id, 'approve')).error).toMatchObject({ status: 404 });
    const viewer = await signInModerator(app, db, 'Viewer', fixture.site, 'viewer');
    expect((await viewer.call('POST', '/moderation/decisions', request)).status).toBe(403);
    const asReader = { token: await fixture.token('ann'), body: request };
    expect((await app.call('POST', '/api/v1/moderation/decisions', asReader)).status).toBe(401);
    const forged = await app.call('POST', '/api/v1/moderation/decisions', {
      headers: { cookie: vera.cookie },
      body: request,
    });
    expect([forged.status, forged.body['code']]).toEqual([403, 'csrf']);
    expect(await statusOf(id)).toBe('held');
  });

  it('can be made with an API key that has the scope, and is recorded with the key’s name', async () => {
    const { body: key } = await fixture.admin('POST', '/keys', {
      name: 'bot',
      scopes: ['moderation'],
      sites: [fixture.site],
    });
    const { id } = await createHeldComment();
    const answer = await app.call<Json>('POST', '/api/v1/moderation/decisions', {
      token: key.key,
      body: { decisions: [{ commentId: id, revision: 1, action: 'approve' }] },
    });
    expect(answer.body.results[0].status).toBe('published');
    const [row] = await db.rows(
      `SELECT api_caller FROM decision WHERE comment_id = $1 AND decided_by = 'moderator'`,
      [id],
    );
    expect(row['api_caller']).toBe(`key:${key.id}`);
  });

  it.each([
    [{ decisions: [] }],
    [{ decisions: 'all' }],
    [{ decisions: [{ commentId: 'x', revision: 1, action: 'approve' }] }],
    [{ decisions: [{ commentId: UNKNOWN, revision: 0, action: 'approve' }] }],
    [{ decisions: [{ commentId: UNKNOWN, revision: 1, action: 'delete' }] }],
    [{ decisions: [{ commentId: UNKNOWN, revision: 1, action: 'approve', force: true }] }],
  ])('is refused when malformed: %j', async (body) => {
    expect((await vera.call('POST', '/moderation/decisions', body)).status).toBe(400);
  });
});

describe('undoing a decision', () => {
  it('restores the comment’s previous status and queue entry, and adds a decision that reverses the first one', async () => {
    const { id } = await createHeldComment();
    const [before] = await db.rows(
      'SELECT status, waiting_since, escalated, risk FROM comment WHERE id = $1',
      [id],
    );
    const { decisionId } = await decide(vera, id, 'approve');
    const undone = await vera.call<Json>('POST', `/moderation/decisions/${decisionId}/undo`);
    expect([undone.status, undone.body]).toEqual([
      200,
      { commentId: id, status: 'held', decisionId: expect.any(String) },
    ]);
    const [after] = await db.rows(
      'SELECT status, waiting_since, escalated, risk FROM comment WHERE id = $1',
      [id],
    );
    expect(after).toEqual(before);
    const [row] = await db.rows('SELECT * FROM decision WHERE reverses = $1', [decisionId]);
    expect(row).toMatchObject({ action: 'undo', from_status: 'published', to_status: 'held' });
    // The comment can be decided again.
    expect((await decide(omar, id, 'reject')).status).toBe('rejected');
  });

  it('is possible once, for the moderator’s own decision, within 30 seconds, while nothing else has changed', async () => {
    const { id } = await createHeldComment();
    const { decisionId } = await decide(vera, id, 'approve');
    const undo = (moderator: ModeratorSession, decision = decisionId) =>
      moderator.call<Json>('POST', `/moderation/decisions/${decision}/undo`);
    expect((await undo(omar)).body.code).toBe('not-your-decision');
    expect((await withClockAdvanced(UNDO_MS + 1, () => undo(vera))).body).toMatchObject({
      status: 409,
      code: 'undo-expired',
    });

    const removed = await decide(omar, id, 'remove');
    expect((await undo(vera)).body).toMatchObject({ status: 409, code: 'moved-on' });
    const both = await Promise.all([undo(omar, removed.decisionId), undo(omar, removed.decisionId)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await statusOf(id)).toBe('published');
    expect((await undo(vera, UNKNOWN)).status).toBe(404);
  });

  it('holds a comment that was decided before it was scored, and emits an event because it was public', async () => {
    const { id } = await fixture.submit('ann', `A calm remark ${Math.random()}.`);
    const { decisionId } = await decide(vera, id, 'approve');
    const { body } = await expectStatus(
      200,
      vera.call<Json>('POST', `/moderation/decisions/${decisionId}/undo`),
    );
    expect([body.status, await statusOf(id)]).toEqual(['held', 'held']);
    expect(await eventsOf(id)).toEqual(['comment.submitted', 'comment.published', 'comment.held']);
    const queue = await vera.call<Json>(
      'GET',
      `/moderation/queue?site=${fixture.site}&sort=newest&limit=100`,
    );
    const item = queue.body.items.find((found: Json) => found.comment.id === id);
    expect(item).toMatchObject({ scores: {}, rule: null, waitingSince: expect.any(String) });
    expect((await decide(omar, id, 'approve')).status).toBe('published');
  });

  it('reopens flags that the decision had resolved', async () => {
    const { id } = await createPublishedComment();
    await expectStatus(
      202,
      app.call('POST', `/api/v1/comments/${id}/flags`, {
        token: await fixture.token('flo'),
        body: { reason: 'spam' },
      }),
    );
    const { decisionId } = await decide(vera, id, 'approve');
    expect((await db.rows('SELECT flag_count FROM comment WHERE id = $1', [id]))[0]).toEqual({
      flag_count: 0,
    });
    await expectStatus(200, vera.call('POST', `/moderation/decisions/${decisionId}/undo`));
    expect((await db.rows('SELECT flag_count, status FROM comment WHERE id = $1', [id]))[0]).toEqual({
      flag_count: 1,
      status: 'published',
    });
  });

  it('restores the previous reason of a rejected comment', async () => {
    const { id } = await createHeldComment('ann', { language: 'nl' });
    await decide(vera, id, 'reject', { reason: 'hate' });
    const { decisionId } = await decide(vera, id, 'restore');
    await expectStatus(200, vera.call('POST', `/moderation/decisions/${decisionId}/undo`));
    expect((await db.rows('SELECT status, reason, reason_text FROM comment WHERE id = $1', [id]))[0]).toEqual(
      {
        status: 'rejected',
        reason: 'hate',
        reason_text: 'Uw reactie haalt mensen omlaag om wie ze zijn. Dat plaatsen wij niet.',
      },
    );
  });
});

describe('an appeal', () => {
  const appeal = async (id: string, sub = 'ann', text = 'It is an opinion.') =>
    app.call<Json>('POST', `/api/v1/comments/${id}/appeal`, {
      token: await fixture.token(sub),
      body: { text },
    });

  it('can be opened once by the author of a rejected comment, and is decided by a moderator', async () => {
    const { id } = await createHeldComment();
    expect((await appeal(id)).body).toMatchObject({ status: 409, code: 'not-refused' });
    await decide(vera, id, 'reject', { reason: 'abuse' });
    expect((await appeal(id, 'ben')).status).toBe(404);
    expect((await appeal(id)).body).toMatchObject({ commentId: id, state: 'open' });
    expect((await appeal(id)).body).toMatchObject({ status: 409, code: 'already-appealed' });

    const queue = await omar.call<Json>('GET', `/moderation/queue?site=${fixture.site}&state=appealed`);
    expect(queue.body.items).toMatchObject([{ comment: { id }, appeal: { text: 'It is an opinion.' } }]);
    expect((await decide(omar, id, 'reject')).status).toBe('rejected');
    expect((await decide(omar, id, 'reject')).error).toMatchObject({ code: 'already-decided' });
    expect((await eventsOf(id)).slice(-2)).toEqual(['appeal.opened', 'appeal.decided']);
    const [row] = await db.rows('SELECT state FROM appeal WHERE comment_id = $1', [id]);
    expect(row['state']).toBe('upheld');
  });

  it('must be decided by a moderator other than the one who rejected the comment, and says so', async () => {
    const { id } = await createHeldComment();
    const { decisionId } = await decide(vera, id, 'reject', { reason: 'abuse' });
    await expectStatus(202, appeal(id));
    for (const action of ['reject', 'restore'] as const) {
      const { error } = await decide(vera, id, action);
      expect(error).toMatchObject({ status: 403, code: 'own-decision', decisionId });
      expect(error['detail']).toContain('somebody else');
    }
    expect(await statusOf(id)).toBe('rejected');
    // The comment shows this before they try, and opening it does not claim it for them.
    const barredFor = async (moderator: ModeratorSession): Promise<string | null> =>
      (await moderator.call<Json>('GET', `/moderation/comments/${id}`)).body.barred;
    expect([await barredFor(vera), await barredFor(omar)]).toEqual(['own-decision', null]);
    const queue = await vera.call<Json>('GET', `/moderation/queue?site=${fixture.site}&state=appealed`);
    expect(queue.body.items).toMatchObject([{ comment: { id }, barred: 'own-decision' }]);
    const claim = await vera.call<Json>('PUT', `/moderation/comments/${id}/claims`);
    expect(claim.body).toEqual({ claimants: [] });
    // Escalating does not decide the appeal.
    expect((await decide(vera, id, 'escalate')).status).toBe('rejected');
    expect((await decide(omar, id, 'restore')).status).toBe('published');
    // An overturned rejection counts as published, in the author's history and in training.
    const { body } = await omar.call<Json>('GET', `/moderation/comments/${id}`);
    expect(body.appeals).toMatchObject([{ state: 'overturned' }]);
    const [{ outcome }] = await db.rows<{ outcome: string }>(
      `SELECT last_human_outcome($1, $2, 1) AS outcome`,
      [fixture.site, id],
    );
    expect(outcome).toBe('publish');
  });

  it('publishes the comment when it is granted, and is open again if that is undone', async () => {
    const { id } = await createPublishedComment();
    await decide(vera, id, 'remove');
    await expectStatus(202, appeal(id));
    const { decisionId } = await decide(omar, id, 'restore');
    expect(await statusOf(id)).toBe('published');
    await expectStatus(200, omar.call('POST', `/moderation/decisions/${decisionId}/undo`));
    const [row] = await db.rows('SELECT state, decided_at FROM appeal WHERE comment_id = $1', [id]);
    expect(row).toEqual({ state: 'open', decided_at: null });
  });
});

describe('a sanction', () => {
  it('suspends a reader, emits events, and can be lifted', async () => {
    const { id } = await createPublishedComment('max');
    const { author } = (await vera.call<Json>('GET', `/moderation/comments/${id}`)).body;
    const set = (body: Record<string, unknown>) =>
      vera.call<Json>('POST', `/moderation/readers/${author.id}/standing`, body);
    const until = new Date(Date.now() + 60_000).toISOString();
    expect((await set({ standing: 'suspended', until, reason: 'abuse', note: 'third time' })).body).toEqual({
      id: author.id,
      name: 'Reader max',
      standing: 'suspended',
      until,
      reason: 'abuse',
    });
    const refused = await app.call<Json>(
      'POST',
      `/api/v1/sites/${fixture.site}/stories/${fixture.story}/comments`,
      {
        token: await fixture.token('max'),
        body: { body: 'Me again.' },
      },
    );
    expect([refused.status, refused.body.code]).toEqual([403, 'suspended']);
    await set({ standing: 'normal', reason: 'talked it over' });
    const events = await db.rows('SELECT type FROM outbox WHERE subject = $1 ORDER BY id', [
      `reader:${author.id}`,
    ]);
    expect(events.map((row) => row['type'])).toEqual(['reader.suspended', 'reader.reinstated']);
    expect(
      await db.rows('SELECT standing, note FROM reader_sanction WHERE reader_id = $1 ORDER BY id', [
        author.id,
      ]),
    ).toEqual([
      { standing: 'suspended', note: 'third time' },
      { standing: 'normal', note: null },
    ]);
    expect((await set({ standing: 'banned', reason: 'x', until: '2020-01-01T00:00:00Z' })).status).toBe(400);
    expect((await set({ standing: 'king', reason: 'x' })).status).toBe(400);
  });

  it('cannot be set for another site’s reader', async () => {
    const { id } = await createPublishedComment('nia');
    const { author } = (await vera.call<Json>('GET', `/moderation/comments/${id}`)).body;
    const other = await createSiteFixture(app);
    const stranger = await signInModerator(app, db, 'Stranger', other.site);
    const answer = await stranger.call('POST', `/moderation/readers/${author.id}/standing`, {
      standing: 'banned',
      reason: 'x',
    });
    expect(answer.status).toBe(404);
  });
});
