import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BulkDecisionsService } from '../../../src/features/moderation/bulk-decisions.service.js';
import { UNDO_MS } from '../../../src/features/moderation/decision.service.js';
import { FlaggedComments } from '../../../src/features/moderation/flagged-comments.js';
import { RevisionScoringService } from '../../../src/features/scoring/revision-scoring.service.js';
import type { CommentId, SiteId } from '../../../src/platform/ids.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import { expectStatus, type Json } from '../../support/site-fixture.js';

/** Pairs of requests sent at the same time. */
const PAIRS = 12;

let moderationFixture: ModerationFixture;
let vera: ModeratorSession;
let omar: ModeratorSession;

// No worker runs, so only the specs make decisions.
beforeAll(async () => {
  moderationFixture = await openModerationFixture({ moderation: { flagsToHold: 0 } }, { role: 'api' });
  vera = await signInModerator(
    moderationFixture.app,
    moderationFixture.db,
    'Vera',
    moderationFixture.fixture.site,
  );
  omar = await signInModerator(
    moderationFixture.app,
    moderationFixture.db,
    'Omar',
    moderationFixture.fixture.site,
  );
});
afterAll(() => moderationFixture?.close());

const scoring = () => moderationFixture.app.app.get(RevisionScoringService, { strict: false });
const siteId = () => moderationFixture.fixture.site as SiteId;

async function createPublishedComment(): Promise<string> {
  const { id } = await moderationFixture.fixture.submit(
    `author-${Math.random()}`,
    `A calm remark ${Math.random()}.`,
  );
  await scoring().score({ siteId: siteId(), commentId: id as CommentId, revision: 1 });
  return id;
}

async function createFlaggedComment(): Promise<string> {
  const id = await createPublishedComment();
  await expectStatus(
    202,
    moderationFixture.app.call('POST', `/api/v1/comments/${id}/flags`, {
      token: await moderationFixture.fixture.token(`flagger-${Math.random()}`),
      body: { reason: 'abuse' },
    }),
  );
  return id;
}

async function createAppealedComment(): Promise<string> {
  const sub = `author-${Math.random()}`;
  const { id } = await moderationFixture.fixture.submit(sub, `A calm remark ${Math.random()}.`);
  await scoring().score({ siteId: siteId(), commentId: id as CommentId, revision: 1 });
  // Remove it with an API key, because moderators may not decide appeals against their own decisions.
  await expectStatus(
    200,
    moderationFixture.fixture.admin('POST', '/moderation/decisions', decisionRequest(id, 'remove')),
  );
  await expectStatus(
    202,
    moderationFixture.app.call('POST', `/api/v1/comments/${id}/appeal`, {
      token: await moderationFixture.fixture.token(sub),
      body: { text: 'Please read it again.' },
    }),
  );
  return id;
}

const decisionRequest = (commentId: string, action: string) => ({
  decisions: [{ commentId, revision: 1, action }],
});
const decide = async (moderator: ModeratorSession, id: string, action: string): Promise<Json> => {
  const { body } = await expectStatus(
    200,
    moderator.call<Json>('POST', '/moderation/decisions', decisionRequest(id, action)),
  );
  return body.results[0];
};
const humanDecisions = (id: string) =>
  moderationFixture.db.rows(
    `SELECT action, to_status FROM decision WHERE comment_id = $1 AND decided_by = 'moderator' ORDER BY id`,
    [id],
  );
const statusOf = async (id: string): Promise<string> =>
  (await moderationFixture.db.rows('SELECT status FROM comment WHERE id = $1', [id]))[0]['status'];
const eventsOf = async (id: string, ...types: string[]) =>
  moderationFixture.db.rows(
    'SELECT type, payload FROM outbox WHERE subject = $1 AND type = ANY ($2) ORDER BY id',
    [`comment:${id}`, types],
  );

/** Sends all pairs at once. In each pair, exactly one decision must be made and the other one be refused with 409. */
async function expectOneDecisionPerPair(
  ids: readonly string[],
  first: string,
  second: string,
): Promise<Json[]> {
  const pairs = await Promise.all(
    ids.map((id, index) => {
      const pair = [() => decide(vera, id, first), () => decide(omar, id, second)];
      // Each of the two is sent first in half of the pairs.
      return Promise.all((index % 2 === 0 ? pair : pair.reverse()).map((call) => call()));
    }),
  );
  return pairs.map((pair) => {
    expect(pair.filter(({ error }) => !error)).toHaveLength(1);
    expect(pair.find(({ error }) => error)?.error).toMatchObject({ status: 409, code: 'already-decided' });
    return pair.find(({ error }) => !error);
  });
}

describe('only one of two opposite concurrent decisions is made', () => {
  it('about a flagged comment', async () => {
    const ids = await Promise.all(Array.from({ length: PAIRS }, createFlaggedComment));
    const made = await expectOneDecisionPerPair(ids, 'approve', 'remove');
    for (const [index, id] of ids.entries()) {
      expect(await humanDecisions(id)).toHaveLength(1);
      expect(await statusOf(id)).toBe(made[index].status);
      const removals = await eventsOf(id, 'comment.removed');
      expect(removals).toHaveLength(made[index].status === 'removed' ? 1 : 0);
    }
  });

  it.each([
    ['restore', 'reject'],
    ['approve', 'remove'],
  ])('about an appeal: %s and %s', async (first, second) => {
    const ids = await Promise.all(Array.from({ length: PAIRS }, createAppealedComment));
    const made = await expectOneDecisionPerPair(ids, first, second);
    for (const [index, id] of ids.entries()) {
      expect(await humanDecisions(id)).toHaveLength(2); // The removal, and the decision on the appeal.
      const [event, ...more] = await eventsOf(id, 'appeal.decided');
      expect(more).toEqual([]);
      const state = made[index].status === 'published' ? 'overturned' : 'upheld';
      expect(event.payload.appeal.state).toBe(state);
      expect(await eventsOf(id, 'comment.restored')).toHaveLength(state === 'overturned' ? 1 : 0);
      const rows = await moderationFixture.db.rows('SELECT state FROM appeal WHERE comment_id = $1', [id]);
      expect(rows).toEqual([{ state }]);
    }
  });

  it('if both come from one API key, or are in one list', async () => {
    const ids = await Promise.all(Array.from({ length: PAIRS }, createFlaggedComment));
    const answers = await Promise.all(
      ids.flatMap((id) =>
        ['approve', 'remove'].map((action) =>
          expectStatus(
            200,
            moderationFixture.fixture.admin<Json>(
              'POST',
              '/moderation/decisions',
              decisionRequest(id, action),
            ),
          ),
        ),
      ),
    );
    const made = answers.filter(({ body }) => !body.results[0].error);
    expect(made).toHaveLength(PAIRS);

    const id = await createFlaggedComment();
    const { body } = await vera.call<Json>('POST', '/moderation/decisions', {
      decisions: [...decisionRequest(id, 'approve').decisions, ...decisionRequest(id, 'remove').decisions],
    });
    expect(body.results.map(({ error }: Json) => error?.status)).toEqual([undefined, 409]);
    expect(await humanDecisions(id)).toHaveLength(1);
  });

  it('but both are made if they are sent one after the other', async () => {
    const id = await createFlaggedComment();
    expect((await decide(vera, id, 'approve')).status).toBe('published');
    expect((await decide(omar, id, 'remove')).status).toBe('removed');
    expect((await decide(vera, id, 'restore')).status).toBe('published');
    expect(await humanDecisions(id)).toHaveLength(3);
  });

  it('if one of them undoes an earlier decision', async () => {
    const ids = await Promise.all(Array.from({ length: PAIRS }, createFlaggedComment));
    const approved = await Promise.all(ids.map((id) => decide(vera, id, 'approve')));
    const pairs = await Promise.all(
      ids.map((id, index) =>
        Promise.all([
          vera
            .call('POST', `/moderation/decisions/${approved[index].decisionId}/undo`)
            .then(({ status }) => status),
          decide(omar, id, 'remove').then(({ error }) => error?.status ?? 200),
        ]),
      ),
    );
    for (const pair of pairs) expect([...pair].sort()).toEqual([200, 409]);
    for (const id of ids) expect(await humanDecisions(id)).toHaveLength(2);
  });
});

describe('a bulk decision', () => {
  it('and a decision made while it waits never both apply to one comment', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, createFlaggedComment));
    const { body: bulk } = await vera.call<Json>('POST', '/moderation/bulk-decisions', {
      site: moderationFixture.fixture.site,
      comments: ids.map((commentId) => ({ commentId, revision: 1 })),
      action: 'remove',
    });
    const approved = await Promise.all(ids.map((id) => decide(omar, id, 'approve')));
    moderationFixture.advanceClock(UNDO_MS + 1_000);
    try {
      await moderationFixture.app.app.get(BulkDecisionsService, { strict: false }).applyDue();
    } finally {
      moderationFixture.resetClock();
    }
    const acceptedApprovals = approved.filter(({ error }) => !error);
    const answer = await vera.call<Json>('GET', `/moderation/bulk-decisions/${bulk.id}`);
    expect(answer.body.decided).toBe(ids.length - acceptedApprovals.length);
    for (const id of ids) expect(await humanDecisions(id)).toHaveLength(1);
  });
});

describe('a change that is not a moderator’s decision', () => {
  it('does not hold a comment because of its flags if it was approved in the meantime', async () => {
    await expectStatus(
      200,
      moderationFixture.fixture.admin('PATCH', `/sites/${moderationFixture.fixture.site}/policy`, {
        moderation: { flagsToHold: 1 },
      }),
    );
    try {
      const ids = await Promise.all(Array.from({ length: PAIRS }, createFlaggedComment));
      const flagged = moderationFixture.app.app.get(FlaggedComments, { strict: false });
      const answers = await Promise.all(
        ids.flatMap((id) => [
          decide(vera, id, 'approve'),
          flagged.applyThreshold({ siteId: siteId(), commentId: id as CommentId }),
        ]),
      );
      expect(answers.filter((answer) => answer?.error)).toEqual([]);
      // Either the approval came last, or it came first and resolved the flag.
      for (const id of ids) expect(await statusOf(id)).toBe('published');
    } finally {
      await moderationFixture.fixture.admin('PATCH', `/sites/${moderationFixture.fixture.site}/policy`, {
        moderation: { flagsToHold: 0 },
      });
    }
  });

  it('cannot contradict a decision: an author’s deletion and a removal at once lead to one status, with one event for each that succeeded', async () => {
    const subs = Array.from({ length: PAIRS }, () => `author-${Math.random()}`);
    const made = await Promise.all(
      subs.map(async (sub) => {
        const { id } = await moderationFixture.fixture.submit(sub, `A calm remark ${Math.random()}.`);
        await scoring().score({ siteId: siteId(), commentId: id as CommentId, revision: 1 });
        return { sub, id, token: await moderationFixture.fixture.token(sub) };
      }),
    );
    await Promise.all(
      made.map(async ({ id, token }) => {
        const [removal, deletion] = await Promise.all([
          decide(vera, id, 'remove'),
          moderationFixture.app.call('DELETE', `/api/v1/comments/${id}`, { token }),
        ]);
        expect([204, 409]).toContain(deletion.status);
        if (removal.error) expect(removal.error.status).toBe(409);
        expect(deletion.status === 204 || !removal.error).toBe(true);
        expect(await statusOf(id)).toBe(deletion.status === 204 ? 'deleted' : 'removed');
        expect(await eventsOf(id, 'comment.removed')).toHaveLength(removal.error ? 0 : 1);
        expect(await eventsOf(id, 'comment.deleted')).toHaveLength(deletion.status === 204 ? 1 : 0);
      }),
    );
  });
});

describe('of two sanctions set at once', () => {
  it('one takes effect, and the other gets a 409', async () => {
    const readers = await Promise.all(
      Array.from({ length: PAIRS }, async () => {
        const id = await createPublishedComment();
        const [row] = await moderationFixture.db.rows('SELECT author_id FROM comment WHERE id = $1', [id]);
        return row['author_id'] as string;
      }),
    );
    const setStanding = (moderator: ModeratorSession, reader: string, standing: string) =>
      moderator.call<Json>('POST', `/moderation/readers/${reader}/standing`, { standing, reason: 'Seen.' });
    const pairs = await Promise.all(
      readers.map((reader) =>
        Promise.all([setStanding(vera, reader, 'banned'), setStanding(omar, reader, 'trusted')]),
      ),
    );
    for (const [index, pair] of pairs.entries()) {
      expect(pair.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(pair.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'already-changed' });
      const rows = await moderationFixture.db.rows(
        'SELECT standing FROM reader_sanction WHERE reader_id = $1',
        [readers[index]],
      );
      expect(rows).toEqual([{ standing: pair.find(({ status }) => status === 200)?.body.standing }]);
    }
    expect((await setStanding(vera, readers[0], 'suspended')).status).toBe(200);
    expect((await setStanding(omar, readers[0], 'normal')).status).toBe(200);
  });
});

describe('of two comments pinned at once', () => {
  it('one stays pinned and no request fails', async () => {
    for (let round = 0; round < 4; round++) {
      const ids = await Promise.all(Array.from({ length: 4 }, createPublishedComment));
      const answers = await Promise.all(
        ids.map((id) =>
          vera.call('PUT', `/moderation/comments/${id}/featured`, { picked: false, pinned: true }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
      const pinned = await moderationFixture.db.rows('SELECT id FROM comment WHERE pinned_at IS NOT NULL');
      expect(pinned).toHaveLength(1);
    }
  });
});
