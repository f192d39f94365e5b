import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import {
  createSiteFixture,
  listAllEvents,
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
let vera: ModeratorSession;
let omar: ModeratorSession;
let viewer: ModeratorSession;
let stranger: ModeratorSession;
let storyId: string;

beforeAll(async () => {
  moderationFixture = await openModerationFixture();
  ({ app, db, fixture } = moderationFixture);
  await fixture.admin('PUT', `/sites/${fixture.site}/tiers`, [{ key: 'gold', name: 'Gold', rank: 10 }]);
  const other = await createSiteFixture(app);
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  omar = await signInModerator(app, db, 'Omar', fixture.site, 'admin');
  viewer = await signInModerator(app, db, 'Vic', fixture.site, 'viewer');
  stranger = await signInModerator(app, db, 'Sten', other.site);
  storyId = (await fixture.admin('GET', `/sites/${fixture.site}/stories/${fixture.story}`)).body.id;
});
afterAll(() => moderationFixture?.close());

const answer = (moderator: ModeratorSession, body: string, parentId: string | null = null) =>
  moderator.call<Json>('POST', `/moderation/stories/${storyId}/answers`, { body, parentId });
const readPublic = async (id: string): Promise<Json> =>
  (await app.call<Json>('GET', `/api/v1/comments/${id}`)).body;
const readDetail = async (id: string): Promise<Json> =>
  (await expectStatus(200, vera.call<Json>('GET', `/moderation/comments/${id}`))).body;

describe('a reply as the publication', () => {
  it('appears under the comment with the site’s name, marked as staff, regardless of tiers or a closed story', async () => {
    const { id: parent } = await fixture.submit('ann', 'Was the ministry asked about this at all?');
    await until(async () => (await fixture.readOwnComment('ann', parent))['status'] === 'published');
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { gate: { reply: 'gold' } }),
    );
    await expectStatus(200, vera.call('POST', `/moderation/stories/${storyId}/opening`, { state: 'closed' }));

    const { body: made } = await expectStatus(
      202,
      answer(vera, 'It was, and it *declined* to answer.', parent),
    );
    expect(made).toMatchObject({
      status: 'pending',
      parentId: parent,
      author: { name: 'The Ledger', role: 'staff' },
    });
    await until(async () => (await readPublic(made.id)).status === 'published');
    expect(await readPublic(made.id)).toMatchObject({
      author: { name: 'The Ledger', role: 'staff', tier: null },
      html: expect.stringContaining('<em>declined</em>'),
    });
    // Published by a rule, like any other comment.
    expect((await readDetail(made.id)).decisions).toMatchObject([{ by: 'rule', to: 'published' }]);
    const eventsOfReply = async () =>
      (await listAllEvents(fixture)).filter(({ data }) => data.comment?.id === made.id);
    // An event is listed once it has a sequence number, which it gets shortly after the decision.
    await until(async () => (await eventsOfReply()).length === 2);
    expect((await eventsOfReply()).map(({ type, data }) => [type, data.comment.readerKey])).toEqual([
      ['comment.submitted', 'postbag:publication'],
      ['comment.published', 'postbag:publication'],
    ]);

    // Staff can see who wrote it, and the audit log names them.
    const { items } = (await viewer.call<Json>('GET', `/moderation/comments/${made.id}/conversation`)).body;
    expect(items.map(({ writtenBy }: Json) => writtenBy)).toEqual([null, { id: vera.id, name: 'Vera' }]);
    await until(async () => {
      const { body } = await expectStatus(
        200,
        omar.call<Json>('GET', `/sites/${fixture.site}/audit?action=staff-answer.made`),
      );
      return body.items.some(({ actor, subject }: Json) => subject.id === made.id && actor.id === vera.id);
    });
    await expectStatus(200, vera.call('POST', `/moderation/stories/${storyId}/opening`, { state: 'open' }));
  });

  it('always has the same author, named after the site', async () => {
    const [one, two] = [await answer(vera, 'A first word.'), await answer(omar, 'A second word.')];
    expect(one.body.author.id).toBe(two.body.author.id);
    await expectStatus(200, fixture.admin('PATCH', `/sites/${fixture.site}`, { name: 'The Evening Ledger' }));
    await until(async () => (await answer(vera, 'A third word.')).body.author.name === 'The Evening Ledger');
    const token = await fixture.token('postbag:publication');
    const impersonated = await app.call(
      'POST',
      `/api/v1/sites/${fixture.site}/stories/${fixture.story}/comments`,
      {
        token,
        body: { body: 'I am the paper.' },
      },
    );
    expect(impersonated.status).toBe(401);
  });

  it('is held by the same word lists as any comment, and its writer cannot decide on it', async () => {
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
        moderation: { wordLists: { suspect: ['frobnitz'] } },
      }),
    );
    const { body: made } = await expectStatus(202, answer(vera, 'Nobody may say frobnitz, not even we.'));
    await until(async () => (await readDetail(made.id)).comment.status === 'held');
    const approve = async (moderator: ModeratorSession): Promise<Json> =>
      (
        await moderator.call<Json>('POST', '/moderation/decisions', {
          decisions: [{ commentId: made.id, revision: 1, action: 'approve' }],
        })
      ).body.results[0];
    expect((await approve(vera)).error.code).toBe('own-comment');
    expect(await approve(omar)).toMatchObject({ status: 'published' });
  });

  it('can be written only by a moderator of that site, and only to comments that readers can see', async () => {
    expect((await answer(viewer, 'May I?')).status).toBe(403);
    expect((await answer(stranger, 'May I?')).status).toBe(404);
    expect((await answer(vera, '   ')).status).toBe(400);
    expect((await answer(vera, 'To nobody.', storyId)).status).toBe(404);
    const { id: held } = await fixture.submit('bob', 'A frobnitz of mine.', {
      token: await fixture.token('bob', { tier: 'gold' }),
    });
    await until(async () => (await readDetail(held)).comment.status === 'held');
    expect((await answer(vera, 'To what nobody sees.', held)).status).toBe(404);
    await expectStatus(
      200,
      omar.call('POST', `/moderation/stories/${storyId}/strict`, {
        moderators: [omar.id],
        reason: 'In court.',
      }),
    );
    expect((await answer(vera, 'In between.')).body.code).toBe('strict-story');
    expect((await answer(omar, 'As the one who may.')).status).toBe(202);
  });

  it('can be written by every moderator if strict mode names none or has ended', async () => {
    const strict = (body: Json) =>
      expectStatus(
        200,
        omar.call('POST', `/moderation/stories/${storyId}/strict`, { reason: 'In court.', ...body }),
      );
    await expectStatus(204, omar.call('DELETE', `/moderation/stories/${storyId}/strict`));
    await strict({ hours: 1 });
    expect((await answer(vera, 'Every moderator may reply.')).status).toBe(202);
    await strict({ moderators: [omar.id], hours: 1 });
    expect((await answer(vera, 'Only named moderators may reply.')).body.code).toBe('strict-story');
    await db.rows(
      `UPDATE strict_story SET ends_at = now() - interval '1 second' WHERE site_id = $1 AND story_id = $2`,
      [fixture.site, storyId],
    );
    expect((await answer(vera, 'Strict mode has ended.')).status).toBe(202);
  });
});
