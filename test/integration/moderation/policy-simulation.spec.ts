import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
let owner: ModeratorSession;

const TEXTS = [
  'The gadget works.',
  'A quiet evening.',
  'Another gadget for sale here.',
  'Rain tomorrow, they say.',
];
const BAN = { moderation: { wordLists: { banned: ['gadget'] } } };

beforeAll(async () => {
  moderationFixture = await openModerationFixture();
  ({ app, db, fixture } = moderationFixture);
  owner = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
  for (const text of TEXTS) {
    const { id } = await fixture.submit('ann', text);
    await until(async () => (await fixture.readOwnComment('ann', id))['status'] === 'published');
  }
});
afterAll(() => moderationFixture?.close());

const policyPath = (path: string) => `/sites/${fixture.site}/policy/${path}`;
const waitForEnd = async (id: string): Promise<Json> => {
  let found: Json;
  await until(async () => {
    ({ body: found } = await owner.call<Json>('GET', policyPath(`replays/${id}`)));
    return found.endedAt !== null;
  });
  return found;
};

describe('policy replay', () => {
  it('compares a draft policy with past decisions and with what moderators decided', async () => {
    const [comment] = await db.rows<{ id: string }>(
      `SELECT c.id FROM comment c JOIN revision v ON v.comment_id = c.id WHERE v.body = $1`,
      [TEXTS[0]],
    );
    const decisions = [{ commentId: comment.id, revision: 1, action: 'remove', reason: 'spam' }];
    await expectStatus(200, owner.call('POST', '/moderation/decisions', { decisions }));

    const started = await expectStatus(
      202,
      owner.call<Json>('POST', policyPath('replays'), { policy: BAN, comments: 100 }),
    );
    const replay = await waitForEnd(started.body.id);
    expect(replay).toMatchObject({
      state: 'done',
      seen: TEXTS.length,
      policy: BAN,
      actor: { name: 'Olga' },
      score: {
        different: 2,
        live: { falsePasses: 1, falseHolds: 0 },
        draft: { falsePasses: 0, falseHolds: 0 },
      },
    });
    const { body } = await owner.call<Json>('GET', policyPath(`replays/${replay.id}/differences?limit=1`));
    expect(body.items).toMatchObject([{ live: 'publish', draft: 'reject', excerpt: TEXTS[2], people: null }]);
    expect(body.items[0].draftRule).toContain('banned word');
    const second = await owner.call<Json>(
      'GET',
      policyPath(`replays/${replay.id}/differences?limit=1&cursor=${body.next}`),
    );
    expect(second.body.items).toMatchObject([{ excerpt: TEXTS[0], people: 'refuse' }]);
  });

  it('finds no differences when the draft changes nothing', async () => {
    const { body } = await owner.call<Json>('POST', policyPath('replays'), { policy: {}, comments: 3 });
    expect(await waitForEnd(body.id)).toMatchObject({ seen: 3, score: { different: 0 } });
  });

  it('can be cancelled and resumes where it stopped', async () => {
    // Reset a finished replay to half-way, so that no job works on it.
    const { body } = await owner.call<Json>('POST', policyPath('replays'), { policy: BAN, comments: 4 });
    await waitForEnd(body.id);
    const [{ reached }] = await db.rows<{ reached: string }>(
      `SELECT id AS reached FROM comment WHERE site_id = $1 ORDER BY id DESC OFFSET 1 LIMIT 1`,
      [fixture.site],
    );
    await db.rows(
      `UPDATE policy_replay SET state = 'waiting', seen = 2, reached = $2, tally = '{"publish/publish/none": 2}', ended_at = NULL WHERE id = $1`,
      [body.id, reached],
    );
    const cancelled = await owner.call<Json>('POST', policyPath(`replays/${body.id}/cancel`));
    expect(cancelled.body).toMatchObject({ state: 'cancelled', seen: 2 });
    const again = await owner.call('POST', policyPath(`replays/${body.id}/cancel`));
    expect([again.status, again.body['code']]).toEqual([409, 'wrong-state']);
    await expectStatus(200, owner.call('POST', policyPath(`replays/${body.id}/resume`)));
    const done = await waitForEnd(body.id);
    expect(done).toMatchObject({ state: 'done', seen: 4 });
    const counted = done.score.cells.reduce((sum: number, { comments }: Json) => sum + comments, 0);
    expect(counted).toBe(4);
  });

  it('refuses an invalid draft, and is not found on another site', async () => {
    const wrong = { moderation: { thresholds: { insult: { hold: 0.9, reject: 0.5 } } } };
    const answer = await owner.call<Json>('POST', policyPath('replays'), { policy: wrong, comments: 5 });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([
      400,
      '/policy/moderation/thresholds/insult/hold',
    ]);
    const other = await createSiteFixture(app);
    const { body } = await owner.call<Json>('GET', policyPath('replays'));
    const id = body.items[0].id;
    expect((await fixture.admin('GET', `/sites/${other.site}/policy/replays/${id}`)).status).toBe(404);
  });
});

describe('a draft policy in shadow mode', () => {
  it('does not change decisions, and its results are counted next to the actual decisions', async () => {
    expect((await owner.call('GET', policyPath('shadow'))).status).toBe(404);
    await expectStatus(200, owner.call('PUT', policyPath('shadow'), { policy: BAN }));
    for (const text of ['One more gadget.', 'Nothing of the kind.']) {
      const { id } = await fixture.submit('bob', text);
      await until(async () => (await fixture.readOwnComment('bob', id))['status'] === 'published');
    }
    const { body } = await owner.call<Json>('GET', policyPath('shadow'));
    expect(body).toMatchObject({
      policy: BAN,
      score: {
        different: 1,
        cells: expect.arrayContaining([
          { live: 'publish', draft: 'reject', people: null, comments: 1 },
          { live: 'publish', draft: 'publish', people: null, comments: 1 },
        ]),
      },
      differences: [{ draft: 'reject', excerpt: 'One more gadget.' }],
    });
    await expectStatus(204, owner.call('DELETE', policyPath('shadow')));
    expect((await owner.call('GET', policyPath('shadow'))).status).toBe(404);
    expect(await db.rows('SELECT FROM policy_shadow_verdict')).toHaveLength(0);
  });
});

describe('word list entries', () => {
  it('can be tried on a text', async () => {
    const { body } = await owner.call('POST', policyPath('word-test'), {
      text: 'Buy g4dgets now',
      entries: ['gadget*', 'sold'],
    });
    expect(body).toEqual({ found: [{ entry: 'gadget*', spans: [[4, 11]] }] });
  });

  it('show what they would have matched last month', async () => {
    const { body } = await owner.call<Json>('POST', policyPath('word-list-preview'), {
      entries: ['gadget', 'tomorrow', 'never'],
    });
    expect(body.tried).toBeGreaterThanOrEqual(6);
    expect(body.entries).toMatchObject([
      { entry: 'gadget', comments: 3, published: 2 },
      { entry: 'tomorrow', comments: 1, published: 1, examples: [{ excerpt: TEXTS[3] }] },
      { entry: 'never', comments: 0, published: 0, examples: [] },
    ]);
  });
});
