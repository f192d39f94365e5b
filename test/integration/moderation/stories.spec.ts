import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { StoryStateService } from '../../../src/features/stories/story-state.service.js';
import type { TestApp } from '../../support/app.js';
import { avoidPeriodEnd } from '../../support/avoid-period-end.js';
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
let id: string;

const advanceClock = (ms: number): void => moderationFixture.advanceClock(ms);

beforeAll(async () => {
  moderationFixture = await openModerationFixture();
  ({ app, db, fixture } = moderationFixture);
  other = await createSiteFixture(app);
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  omar = await signInModerator(app, db, 'Omar', fixture.site);
  viewer = await signInModerator(app, db, 'Vic', fixture.site, 'viewer');
  id = (await fixture.admin('GET', `/sites/${fixture.site}/stories/${fixture.story}`)).body.id;
});
afterEach(() => {
  moderationFixture.resetClock();
});
afterAll(() => moderationFixture?.close());

const createDecided = async (
  sub: string,
  status: string,
  body = `Words of some length. ${Math.random()}`,
) => {
  const comment = await fixture.submit(sub, body);
  await until(async () => (await fixture.readOwnComment(sub, comment.id))['status'] === status);
  return comment.id;
};
const read = async (moderator = viewer): Promise<Json> =>
  (await expectStatus(200, moderator.call<Json>('GET', `/moderation/stories/${id}`))).body;
const list = async (query: string): Promise<string[]> =>
  (
    await expectStatus(200, viewer.call<Json>('GET', `/moderation/stories?site=${fixture.site}&${query}`))
  ).body.items.map(({ title }: Json) => title);
const setOpening = (body: object) => vera.call<Json>('POST', `/moderation/stories/${id}/opening`, body);
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('stories', () => {
  it('are found by words in their titles, by key and by state, page by page', async () => {
    await fixture.admin('PUT', `/sites/${fixture.site}/stories/budget`, {
      url: 'http://localhost/budget',
      title: 'The Budget, line by line',
      state: 'closed',
    });
    expect(await list('q=BUDGET')).toEqual(['The Budget, line by line']);
    expect(await list(`q=${fixture.story}`)).toEqual(['Talks']);
    expect(await list('q=%25')).toEqual([]);
    expect(await list('state=closed')).toEqual(['The Budget, line by line']);
    expect(await list('state=open')).toEqual(['Talks']);
    const { body } = await viewer.call<Json>('GET', `/moderation/stories?site=${fixture.site}&limit=1`);
    expect(await list(`limit=1&cursor=${body.next}`)).toEqual(['Talks']);
  });

  it('show their counts, with picked and pinned comments first', async () => {
    await avoidPeriodEnd('day', 20_000);
    const [one, two] = [await createDecided('n-1', 'published'), await createDecided('n-1', 'published')];
    await createDecided('n-2', 'published');
    await expectStatus(
      200,
      vera.call('PUT', `/moderation/comments/${one}/featured`, { picked: false, pinned: true }),
    );
    const { statistics, comments, story } = await read();
    expect(statistics).toMatchObject({ published: 3, readers: 2, today: 3, held: 0 });
    expect(story).toMatchObject({ comments: 3, waiting: 0, strict: false, closesAt: null });
    expect(comments[0]).toMatchObject({ id: one, pinned: true, author: 'Reader n-1' });
    expect(comments.map((each: Json) => each.id)).toContain(two);
  });

  it('can be closed and reopened, and close automatically at their closing time', async () => {
    expect((await expectStatus(200, setOpening({ state: 'closed' }))).body.story.state).toBe('closed');
    await expectStatus(200, setOpening({ state: 'open', closesAt: inMs(60_000) }));
    const storyStates = app.app.get(StoryStateService, { strict: false });
    await storyStates.closeDue();
    expect((await read()).story.state).toBe('open');
    advanceClock(61_000);
    await storyStates.closeDue();
    expect((await read()).story).toMatchObject({ state: 'closed', closesAt: null });
    moderationFixture.resetClock();
    const events = async (): Promise<string[]> =>
      (await fixture.admin('GET', `/sites/${fixture.site}/events?limit=100`)).body.items
        .filter(({ type, data }: Json) => type.startsWith('story.') && data.story?.key === fixture.story)
        .map(({ type }: Json) => type);
    await until(async () => (await events()).length >= 4);
    expect(await events()).toEqual(['story.created', 'story.closed', 'story.reopened', 'story.closed']);
    const refused = await app.call<Json>(
      'POST',
      `/api/v1/sites/${fixture.site}/stories/${fixture.story}/comments`,
      {
        token: await fixture.token('late'),
        body: { body: 'Too late?' },
      },
    );
    expect([refused.status, refused.body.code]).toEqual([403, 'story-closed']);
    const closed = await setOpening({ state: 'open', closesAt: '2020-01-01T00:00:00Z' });
    expect([closed.status, closed.body.errors[0].pointer]).toEqual([400, '/closesAt']);
    await expectStatus(200, setOpening({ state: 'open' }));
  });

  it('close at the age that the policy sets, and stay open if a moderator reopened them', async () => {
    const DAY_MS = 86_400_000;
    const storyStates = app.app.get(StoryStateService, { strict: false });
    const put = async (key: string, more: object = {}): Promise<Json> =>
      (
        await fixture.admin('PUT', `/sites/${fixture.site}/stories/${key}`, {
          url: `http://localhost/${key}`,
          title: key,
          ...more,
        })
      ).body;
    const [old, young, reopened] = [
      await put('old', { publishedAt: inMs(-8 * DAY_MS) }),
      await put('young', { publishedAt: inMs(-6 * DAY_MS) }),
      await put('reopened', { publishedAt: inMs(-30 * DAY_MS) }),
    ];
    const readStory = async (story: Json): Promise<Json> =>
      (await expectStatus(200, vera.call<Json>('GET', `/moderation/stories/${story.id}`))).body.story;
    const setStoryOpening = (story: Json, body: object) =>
      expectStatus(200, vera.call<Json>('POST', `/moderation/stories/${story.id}/opening`, body));
    await storyStates.closeDue();
    expect(await readStory(old)).toMatchObject({ state: 'open', closesAt: null, closesByAge: false });

    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { closeStoriesAfterDays: 7 }),
    );
    const closesAt = new Date(Date.parse(young.publishedAt) + 7 * DAY_MS).toISOString();
    expect(await readStory(young)).toMatchObject({ state: 'open', closesAt, closesByAge: true });
    // An explicit closing time takes precedence over closing by age.
    const closingTime = inMs(90 * DAY_MS);
    await setStoryOpening(reopened, { state: 'open', closesAt: closingTime });
    await storyStates.closeDue();
    expect((await readStory(old)).state).toBe('closed');
    expect((await readStory(young)).state).toBe('open');
    expect(await readStory(reopened)).toMatchObject({
      state: 'open',
      closesAt: closingTime,
      closesByAge: false,
    });
    const thread = await app.call<Json>('GET', `/api/v1/sites/${fixture.site}/stories/old/comments`);
    expect(thread.body.story.state).toBe('closed');
    expect((await list('state=closed')).includes('old')).toBe(true);

    await setStoryOpening(old, { state: 'open' });
    advanceClock(5 * DAY_MS);
    await storyStates.closeDue();
    // Reset the clock before calling the API, because sessions do not last that long.
    moderationFixture.resetClock();
    expect(await readStory(old)).toMatchObject({ state: 'open', closesAt: null });
    expect((await readStory(young)).state).toBe('closed');
    // A story that its publisher opens also stays open.
    expect((await put('young', { state: 'open', publishedAt: young.publishedAt })).state).toBe('open');
    advanceClock(5 * DAY_MS);
    await storyStates.closeDue();
    moderationFixture.resetClock();
    expect((await readStory(young)).state).toBe('open');
    const wrong = await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
      closeStoriesAfterDays: -1,
    });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([400, '/closeStoriesAfterDays']);
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { closeStoriesAfterDays: null }),
    );
  });

  it('are not found from another site', async () => {
    const theirs = (await fixture.admin('GET', `/sites/${other.site}/stories/${other.story}`)).body.id;
    expect((await vera.call('GET', `/moderation/stories/${theirs}`)).status).toBe(404);
    expect(
      (await vera.call('POST', `/moderation/stories/${theirs}/opening`, { state: 'closed' })).status,
    ).toBe(404);
    expect((await vera.call('DELETE', `/moderation/stories/${theirs}/strict`)).status).toBe(404);
  });
});

describe('strict mode', () => {
  const strict = (moderator: ModeratorSession, moderators: string[], more: object = {}) =>
    moderator.call<Json>('POST', `/moderation/stories/${id}/strict`, {
      moderators,
      reason: 'Before the court.',
      ...more,
    });
  const approve = async (moderator: ModeratorSession, commentId: string): Promise<Json> =>
    (
      await moderator.call<Json>('POST', '/moderation/decisions', {
        decisions: [{ commentId, revision: 1, action: 'approve' }],
      })
    ).body.results[0];

  it('holds everything, lets only the named moderators decide, is recorded, and ends', async () => {
    await fixture.admin('PUT', `/sites/${fixture.site}/tiers`, [{ key: 'gold', name: 'Gold', rank: 10 }]);
    await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
      tiers: { gold: { preModerated: false } },
    });
    const set = await expectStatus(200, strict(vera, [vera.id]));
    expect(set.body.strict).toMatchObject({
      moderators: [{ id: vera.id, name: 'Vera' }],
      reason: 'Before the court.',
      by: { name: 'Vera' },
    });
    expect(await list('state=strict')).toEqual(['Talks']);
    const comment = await createDecided('x-1', 'held');
    const { id: heldGold } = await fixture.submit('x-2', 'From a tier that is spared elsewhere.', {
      token: await fixture.token('x-2', { tier: 'gold' }),
    });
    await until(async () => (await fixture.readOwnComment('x-2', heldGold))['status'] === 'held');
    expect((await approve(omar, comment)).error).toMatchObject({ status: 403, code: 'strict-story' });
    expect((await approve(vera, comment)).status).toBe('published');
    const entries = await db.rows<{ body: Json }>(
      `SELECT body::jsonb AS body FROM audit_entry WHERE site_id = $1 AND body::jsonb ->> 'action' = 'strict-story.made'`,
      [fixture.site],
    );
    expect(entries).toMatchObject([
      { body: { actor: { id: vera.id }, details: { reason: 'Before the court.' } } },
    ]);
    await expectStatus(204, vera.call('DELETE', `/moderation/stories/${id}/strict`));
    await expectStatus(204, vera.call('DELETE', `/moderation/stories/${id}/strict`));
    expect((await read()).strict).toBeNull();
    expect((await approve(omar, heldGold)).status).toBe('published');
    await createDecided('x-3', 'published');
  });

  it('holds everything even if another override for the story is already in effect', async () => {
    const path = `/sites/${fixture.site}/overrides/live-debate`;
    await expectStatus(
      200,
      fixture.admin('PUT', path, {
        storyKey: fixture.story,
        from: inMs(-60_000),
        policy: { moderation: { mode: 'score' } },
      }),
    );
    await expectStatus(200, strict(vera, [vera.id]));
    await createDecided('x-4', 'held');
    await expectStatus(204, vera.call('DELETE', `/moderation/stories/${id}/strict`));
    await expectStatus(204, fixture.admin('DELETE', path));
  });

  it('with a closing time leaves a closed story closed', async () => {
    await expectStatus(200, setOpening({ state: 'closed' }));
    await expectStatus(200, strict(vera, [vera.id], { closesAt: inMs(3_600_000) }));
    expect(await read()).toMatchObject({ story: { state: 'closed' } });
    await expectStatus(204, vera.call('DELETE', `/moderation/stories/${id}/strict`));
    await expectStatus(200, setOpening({ state: 'open' }));
  });

  it('accepts only moderators of the site', async () => {
    for (const wrong of [viewer.id, other.site, 'nobody']) {
      const { status, body } = await strict(vera, [vera.id, wrong]);
      expect([status, body.errors[0].pointer]).toEqual([400, '/moderators']);
    }
    expect((await read()).strict).toBeNull();
  });
});
