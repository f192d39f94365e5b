import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/platform/ids.js';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import { EventStream } from '../../support/event-stream.js';
import { openEventStream } from '../../support/http-event-stream.js';
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
let viewer: ModeratorSession;
let commentId: string;
let readerId: string;

beforeAll(async () => {
  moderationFixture = await openModerationFixture({ moderation: { mode: 'hold-all' } });
  ({ app, db, fixture } = moderationFixture);
  viewer = await signInModerator(app, db, 'Vi', fixture.site, 'viewer');
  ({ id: commentId } = await fixture.submit('ann', 'Something to read.'));
  await until(async () => (await fixture.readOwnComment('ann', commentId))['status'] === 'held');
  readerId = (await fixture.readOwnComment('ann', commentId))['author'].id;
});
afterAll(() => moderationFixture?.close());

describe('a viewer', () => {
  it('can read the queue, its counts, a comment with all details, and the reasons', async () => {
    const { body } = await viewer.call<Json>('GET', `/moderation/queue?site=${fixture.site}`);
    expect(body.items.map(({ comment }: Json) => comment.id)).toEqual([commentId]);
    expect((await viewer.call<Json>('GET', '/moderation/queue')).body.items).toHaveLength(1);
    for (const path of [
      `/moderation/queue/counts?site=${fixture.site}`,
      `/moderation/reasons?site=${fixture.site}`,
      `/moderation/comments/${commentId}`,
    ]) {
      expect([path, (await viewer.call('GET', path)).status]).toEqual([path, 200]);
    }
  });

  it('receives the counts on the event stream', async () => {
    const events = await openEventStream(`${app.url}/api/v1/moderation/events?site=${fixture.site}`, {
      cookie: viewer.cookie,
    });
    expect((await events.next('queue')).counts.held.count).toBe(1);
    events.close();
  });

  it('cannot decide, and gets the reason', async () => {
    const decision = { commentId, revision: 1, action: 'approve' };
    for (const [method, path, body] of [
      ['POST', '/moderation/decisions', { decisions: [decision] }],
      ['POST', `/moderation/decisions/${newId<'decision'>()}/undo`, undefined],
      ['POST', `/moderation/readers/${readerId}/standing`, { standing: 'banned', reason: 'x' }],
      ['PUT', `/moderation/comments/${commentId}/claims`, undefined],
      ['DELETE', `/moderation/comments/${commentId}/claims`, undefined],
    ] as const) {
      const answer = await viewer.call(method, path, body);
      expect([method, path, answer.status, answer.body['code']]).toEqual([
        method,
        path,
        403,
        'role-required',
      ]);
      expect(answer.body['detail']).toBe('Viewers can read everything here but cannot make decisions.');
    }
    expect((await fixture.readOwnComment('ann', commentId))['status']).toBe('held');
  });

  it('gets a separate refusal for each comment, even if they are a moderator of another site', async () => {
    const other = await createSiteFixture(app);
    const moderator = await signInModerator(app, db, 'Two', fixture.site, 'viewer');
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'moderator')`, [
      other.site,
      moderator.id,
    ]);
    const answer = await moderator.call<Json>('POST', '/moderation/decisions', {
      decisions: [{ commentId, revision: 1, action: 'approve' }],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.results[0].error).toMatchObject({ status: 403, code: 'role-required' });
  });

  it('finds nothing on another site', async () => {
    const other = await createSiteFixture(app);
    expect((await viewer.call('GET', `/moderation/queue?site=${other.site}`)).status).toBe(404);
  });

  it('is shown with the higher of two roles', async () => {
    const owner = await signInModerator(app, db, 'Olga', null, 'owner');
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'viewer')`, [
      fixture.site,
      owner.id,
    ]);
    const { body } = await owner.call<Json>('GET', '/console/session');
    expect(body.sites.find(({ id }: Json) => id === fixture.site).role).toBe('owner');
  });
});

describe('a moderator limited to one section', () => {
  const submitTo = async (story: string, sub: string, body: string): Promise<string> => {
    const { body: comment } = await expectStatus(
      202,
      app.call<Json>('POST', `/api/v1/sites/${fixture.site}/stories/${story}/comments`, {
        token: await fixture.token(sub),
        body: { body },
      }),
    );
    await until(async () => (await fixture.readOwnComment(sub, comment.id))['status'] === 'held');
    return comment.id;
  };
  const stories = { Politics: 'about-politics', 'Sport, "local"': 'about-sport' } as const;
  const ownSection = 'Sport, "local"';
  let moderator: ModeratorSession;
  let own: string;
  let other: string;

  beforeAll(async () => {
    for (const [section, key] of Object.entries(stories))
      await expectStatus(
        200,
        fixture.admin('PUT', `/sites/${fixture.site}/stories/${key}`, {
          url: `http://localhost/${key}`,
          title: key,
          section,
        }),
      );
    moderator = await signInModerator(app, db, 'Sam', fixture.site, 'moderator', [ownSection]);
    own = await submitTo(stories[ownSection], 'sue', 'Offside, surely.');
    other = await submitTo(stories.Politics, 'sue', 'A vote of no confidence.');
  });

  const queue = async (query = '') =>
    (await moderator.call<Json>('GET', `/moderation/queue?site=${fixture.site}${query}`)).body.items.map(
      ({ comment }: Json) => comment.id,
    );
  const counts = async () =>
    (await moderator.call<Json>('GET', `/moderation/queue/counts?site=${fixture.site}`)).body.counts;
  const decide = (session: ModeratorSession, ids: readonly string[], action: string) =>
    session.call<Json>('POST', '/moderation/decisions', {
      decisions: ids.map((commentId) => ({ commentId, revision: 1, action })),
    });

  it('gets the name of the section, and sees and counts only its comments', async () => {
    const { body: session } = await moderator.call<Json>('GET', '/console/session');
    expect(session.sites).toMatchObject([{ role: 'moderator', sections: [ownSection] }]);
    expect(await queue()).toEqual([own]);
    expect(await queue('&section=Politics')).toEqual([]);
    expect((await counts()).held.count).toBe(1);
    expect(
      (await moderator.call<Json>('GET', `/moderation/queue/count?site=${fixture.site}&state=held`)).body
        .count,
    ).toBe(1);
    const saved = { site: fixture.site, name: 'All that waits', state: 'held' };
    expect((await moderator.call<Json>('POST', '/moderation/saved-queues', saved)).body.count).toBe(1);
    const { body: found } = await moderator.call<Json>('GET', `/moderation/stories?site=${fixture.site}`);
    expect(found.items.map(({ key }: Json) => key)).toEqual([stories[ownSection]]);
  });

  it('sees only a reader’s comments in that section', async () => {
    const { id } = (await fixture.readOwnComment('sue', own))['author'];
    const { body } = await moderator.call<Json>('GET', `/moderation/readers/${id}/comments`);
    expect(body.items.map((each: Json) => each.id)).toEqual([own]);
    expect((await moderator.call<Json>('GET', `/moderation/readers/${id}`)).body.history.held).toBe(1);
  });

  it('sees the tier of a reader’s latest comment, also of one in another section', async () => {
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/tiers`, [{ key: 'gold', name: 'Insider Gold', rank: 30 }]),
    );
    const write = async (story: string, tier?: string) =>
      expectStatus(
        202,
        app.call<Json>('POST', `/api/v1/sites/${fixture.site}/stories/${story}/comments`, {
          token: await fixture.token('tess', tier === undefined ? {} : { tier }),
          body: { body: 'Upgraded in between.' },
        }),
      );
    const { body } = await write(stories[ownSection]);
    const { body: newer } = await write(stories.Politics, 'gold');
    const siteModerator = await signInModerator(app, db, 'Wes', fixture.site);
    const tierFor = async (session: ModeratorSession) =>
      (await expectStatus(200, session.call<Json>('GET', `/moderation/readers/${body.author.id}`))).body
        .reader.tier;
    expect(await tierFor(siteModerator)).toEqual({ key: 'gold', name: 'Insider Gold' });
    expect(await tierFor(moderator)).toEqual({ key: 'gold', name: 'Insider Gold' });
    await decide(siteModerator, [body.id, newer.id], 'approve');
  });

  it('can warn, add notes and send messages, but cannot take site-wide actions', async () => {
    const { id } = (await fixture.readOwnComment('sue', own))['author'];
    const setStanding = (session: ModeratorSession, standing: string) =>
      session.call<Json>('POST', `/moderation/readers/${id}/standing`, { standing, reason: 'Because.' });
    expect((await setStanding(moderator, 'warned')).status).toBe(200);
    const { status, body } = await setStanding(moderator, 'banned');
    expect([status, body.code, body.sections]).toEqual([403, 'whole-site-required', [ownSection]]);
    expect(body.detail).toMatch(/ask a colleague who moderates the whole site/);
    const siteModerator = await signInModerator(app, db, 'Wanda', fixture.site);
    await expectStatus(200, setStanding(siteModerator, 'pre-moderated'));
    // A warning would replace the pre-moderation.
    expect((await setStanding(moderator, 'warned')).body.code).toBe('whole-site-required');
    await expectStatus(200, setStanding(siteModerator, 'normal'));
    for (const [method, path, input] of [
      ['GET', `readers/${id}/removal`, undefined],
      ['POST', `readers/${id}/removal`, { reason: 'spam' }],
      ['POST', `readers/${id}/same-person`, { readerId }],
      ['DELETE', `readers/${id}/same-person`, undefined],
    ] as const)
      expect((await moderator.call(method, `/moderation/${path}`, input)).body['code']).toBe(
        'whole-site-required',
      );
    for (const path of ['quality', 'quality/export', 'samples', 'overview'])
      expect((await moderator.call('GET', `/sites/${fixture.site}/${path}`)).body['code']).toBe(
        'whole-site-required',
      );
  });

  it('decides about these comments, one at a time and in bulk, and receives no other events', async () => {
    const events = await openEventStream(`${app.url}/api/v1/moderation/events?site=${fixture.site}`, {
      cookie: moderator.cookie,
    });
    expect((await events.next('queue')).counts.held.count).toBe(1);
    const siteModerator = await signInModerator(app, db, 'Wim', fixture.site);
    await decide(siteModerator, [other], 'approve');
    const { body } = await decide(moderator, [own, other], 'approve');
    expect(body.results).toMatchObject([{ status: 'published' }, { error: { status: 404 } }]);
    const leftEvent = await events.next('left');
    expect(leftEvent).toMatchObject({ commentId: own, status: 'published' });
    // Counts that were computed before the decision may arrive first.
    while ((await events.next('queue')).counts.held.count !== 0);
    events.close();
    const undone = await moderator.call<Json>(
      'POST',
      `/moderation/decisions/${body.results[0].decisionId}/undo`,
    );
    expect(undone.body.status).toBe('held');

    const { body: removed } = await decide(siteModerator, [other], 'remove');
    expect(removed.results[0].status).toBe('removed');
    const many = { site: fixture.site, action: 'reject', reason: 'spam', list: { state: 'held' } };
    const { body: bulk } = await moderator.call<Json>('POST', '/moderation/bulk-decisions', many);
    expect(bulk.total).toBe(1);
    await expectStatus(200, moderator.call('POST', `/moderation/bulk-decisions/${bulk.id}/undo`));
    const theirs = await siteModerator.call<Json>('POST', '/moderation/bulk-decisions', many);
    expect((await moderator.call('GET', `/moderation/bulk-decisions/${theirs.body.id}`)).status).toBe(404);
    await expectStatus(200, siteModerator.call('POST', `/moderation/bulk-decisions/${theirs.body.id}/undo`));
  });

  it('receives nothing more on open streams when the sections change', async () => {
    const olga = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    const openStream = () =>
      EventStream.open(`${app.url}/api/v1/moderation/events?site=${fixture.site}`, {
        cookie: moderator.cookie,
      });
    const [before, ownerStream] = [
      await openStream(),
      await EventStream.open(`${app.url}/api/v1/moderation/events`, { cookie: olga.cookie }),
    ];
    for (const stream of [before, ownerStream]) await stream.next('queue');
    const limit = (sections: string[]) =>
      expectStatus(
        200,
        olga.call('PATCH', `/sites/${fixture.site}/moderators/${moderator.id}`, {
          role: 'moderator',
          sections,
        }),
      );
    await limit(['Politics']);
    await before.end();
    const after = await openStream();
    await after.next('queue');
    // Setting the same value again changes nothing.
    await limit(['Politics']);
    await limit([ownSection]);
    await after.end();
    expect(ownerStream.ended).toBe(false);
    ownerStream.close();
  });

  it('replies as the publication only under stories of that section', async () => {
    const ids = await db.rows<{ id: string; key: string }>(
      'SELECT id, key FROM story WHERE site_id = $1 AND section IS NOT NULL ORDER BY key',
      [fixture.site],
    );
    const statuses = [];
    // After another moderator's request the story is cached in the process.
    for (const { id } of ids) await viewer.call('GET', `/moderation/stories/${id}`);
    for (const { id } of ids)
      statuses.push(
        (await moderator.call('POST', `/moderation/stories/${id}/answers`, { body: 'We asked.' })).status,
      );
    expect(statuses).toEqual([404, 202]);
  });

  it('has access to a story only while it is in that section', async () => {
    const move = (section: string) =>
      fixture.admin('PUT', `/sites/${fixture.site}/stories/${stories.Politics}`, {
        url: 'http://localhost/about-politics',
        title: 'Politics',
        section,
      });
    await move(ownSection);
    expect((await moderator.call('GET', `/moderation/comments/${other}`)).status).toBe(200);
    await move('Politics');
    expect((await moderator.call('GET', `/moderation/comments/${other}`)).status).toBe(404);
  });
});
