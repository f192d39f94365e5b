import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BulkDecisionsService } from '../../../src/features/moderation/bulk-decisions.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { EventStream } from '../../support/event-stream.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import { freshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { addRegularReaders } from '../../support/regular-readers.js';
import {
  connectAsOwner,
  createSiteFixture,
  expectStatus,
  listAllEvents,
  type Json,
  type OwnerConnection,
  type SiteFixture,
} from '../../support/site-fixture.js';

const CALM_TEXTS = [
  'The new tram line will help the whole east side.',
  'I walked past the building site this morning.',
  'How much does the council expect to save?',
  'My grandmother remembers the old station well.',
  'The second map is easier to read than the first.',
  'Has anybody asked the shop owners about this?',
  'A longer article about the costs would be welcome.',
  'The bridge was closed for most of last winter.',
  'Good reporting, thank you for the details.',
  'I would like to see the figures for March.',
  'They promised this before the last election too.',
  'Cycling there takes me about twenty minutes.',
];
const SLOGAN = 'Do not let them sell our water works to strangers, sign the petition of the citizens today';

let moderationFixture: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let other: SiteFixture;
let vera: ModeratorSession;
let viewer: ModeratorSession;
let stranger: ModeratorSession;
let storyCount = 0;
let readerCount = 0;
let textCount = 0;

beforeAll(async () => {
  moderationFixture = await openModerationFixture({}, { limits: true });
  ({ app, db, fixture } = moderationFixture);
  other = await createSiteFixture(app);
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  viewer = await signInModerator(app, db, 'Vic', fixture.site, 'viewer');
  stranger = await signInModerator(app, db, 'Sten', other.site);
  // The usual number of new readers is known only if there are enough other readers.
  await addRegularReaders(db, fixture.site, 60);
});
afterEach(() => moderationFixture.resetClock());
afterAll(() => moderationFixture?.close());

interface Posted {
  readonly id: string;
  readonly sub: string;
}

async function createStory(on = fixture): Promise<string> {
  const key = `brigade-${++storyCount}`;
  await expectStatus(
    200,
    on.admin('PUT', `/sites/${on.site}/stories/${key}`, {
      url: `http://localhost/${key}`,
      title: `Story ${key}`,
    }),
  );
  return key;
}
const newSub = (): string => `new-${++readerCount}`;
/** Unless a text is given, the texts of different comments have nothing in common. */
async function post(
  story: string,
  sub = newSub(),
  text = `${CALM_TEXTS[textCount % CALM_TEXTS.length]} ${++textCount}`,
  on = fixture,
  via = app,
): Promise<Posted> {
  const { body: comment } = await expectStatus(
    202,
    via.call<{ id: string }>('POST', `/api/v1/sites/${on.site}/stories/${story}/comments`, {
      token: await on.token(sub),
      body: { body: text },
    }),
  );
  return { id: comment.id, sub };
}
const statusOf = async ({ id, sub }: Posted, on = fixture): Promise<string> =>
  (await on.readOwnComment(sub, id))['status'];
async function waitForDecision(posted: Posted, on = fixture): Promise<string> {
  await until(async () => (await statusOf(posted, on)) !== 'pending');
  return statusOf(posted, on);
}
/** Posts comments one after the other, each when the previous one has been decided. */
async function postInTurn(story: string, count: number): Promise<{ posted: Posted[]; statuses: string[] }> {
  const posted: Posted[] = [];
  const statuses: string[] = [];
  for (let n = 0; n < count; n++) {
    posted.push(await post(story));
    statuses.push(await waitForDecision(posted[n]));
  }
  return { posted, statuses };
}
/** Creates established readers. */
async function createRegulars(story: string, count: number, standing = 'normal'): Promise<string[]> {
  const subs = Array.from({ length: count }, () => newSub());
  for (const sub of subs) await waitForDecision(await post(story, sub));
  await db.rows(
    `UPDATE reader SET published_count = 40, created_at = now() - interval '300 days', standing = $2 WHERE key = ANY ($1)`,
    [subs, standing],
  );
  return subs;
}
const brigades = async (moderator = viewer, site = fixture.site): Promise<Json[]> =>
  (await expectStatus(200, moderator.call<Json>('GET', `/moderation/brigades?site=${site}`))).body.items;
const brigadeOf = async (story: string): Promise<Json> =>
  (await brigades()).find((each) => each.story?.key === story);
const listQueue = async (query: string): Promise<Json[]> =>
  (
    await expectStatus(
      200,
      vera.call<Json>('GET', `/moderation/queue?site=${fixture.site}&limit=100&${query}`),
    )
  ).body.items;
const ids = (posted: readonly Posted[]): string[] => posted.map(({ id }) => id).sort();
const idsOf = (items: Json[]): string[] => items.map(({ comment }) => comment.id).sort();
const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('many new accounts on one story', () => {
  it('have their comments held from the eighth on, and listed together with those published before', async () => {
    const story = await createStory();
    const stream = await EventStream.open(`${app.url}/api/v1/moderation/events?site=${fixture.site}`, {
      cookie: vera.cookie,
    });
    const { posted, statuses } = await postInTurn(story, 9);
    expect(statuses).toEqual([...repeat(7, 'published'), 'held', 'held']);
    await stream.next('brigades');
    stream.close();

    const brigade = await brigadeOf(story);
    expect(brigade).toMatchObject({
      site: fixture.site,
      kind: 'story',
      stories: 1,
      readers: 9,
      comments: 9,
      held: 2,
      published: 7,
      minutes: 10,
      strict: null,
      dismissedUntil: null,
    });
    const held = await listQueue(`brigade=${brigade.id}`);
    expect(idsOf(held)).toEqual(ids(posted.slice(7)));
    expect(idsOf(await listQueue(`brigade=${brigade.id}&state=published`))).toEqual(ids(posted.slice(0, 7)));
    expect(held.map(({ rule }) => rule).sort((a, b) => (a.text < b.text ? -1 : 1))).toEqual([
      { key: 'brigading', text: 'held: 8 new accounts commented on this story within 10 minutes' },
      { key: 'brigading', text: 'held: 9 new accounts commented on this story within 10 minutes' },
    ]);
    expect(idsOf(await listQueue('rule=brigading'))).toEqual(ids(posted.slice(7)));
    const own = await fixture.readOwnComment(posted[8].sub, posted[8].id);
    expect(JSON.stringify(own)).toContain('Comments are read here before they are published.');
  });

  it('are reported once, as an event', async () => {
    const story = await createStory();
    await postInTurn(story, 10);
    const brigadingEvents = async () =>
      (await listAllEvents(fixture)).filter(
        ({ type, data }) => type === 'story.brigading_detected' && data.story.key === story,
      );
    await until(async () => (await brigadingEvents()).length > 0);
    expect(await brigadingEvents()).toMatchObject([
      {
        sequence: 1,
        data: {
          story: { key: story, title: `Story ${story}` },
          brigade: { kind: 'story', readers: 8, minutes: 10 },
        },
      },
    ]);
  });

  it('do not affect known and trusted readers, other stories and other sites', async () => {
    const [story, elsewhere, onOtherSite] = [
      await createStory(),
      await createStory(),
      await createStory(other),
    ];
    const regulars = await createRegulars(elsewhere, 2);
    const [trusted] = await createRegulars(elsewhere, 1, 'trusted');
    await db.rows(`UPDATE reader SET published_count = 0, created_at = now() WHERE key = $1`, [trusted]);
    await postInTurn(story, 8);
    expect((await brigadeOf(story)).readers).toBe(8);
    for (const sub of [...regulars, trusted])
      expect(await waitForDecision(await post(story, sub))).toBe('published');
    expect(await waitForDecision(await post(elsewhere))).toBe('published');
    expect(await waitForDecision(await post(onOtherSite, newSub(), undefined, other), other)).toBe(
      'published',
    );
    expect(await waitForDecision(await post(story))).toBe('held');
  });

  it('are not detected if a few readers write many comments', async () => {
    const story = await createStory();
    const subs = repeat(4, '').map(() => newSub());
    for (const sub of [...subs, ...subs, ...subs]) {
      expect(await waitForDecision(await post(story, sub))).toBe('published');
    }
    expect(await brigadeOf(story)).toBeUndefined();
  });

  it('are not detected if the story or the site usually has as many', async () => {
    // All readers of these stories are new, as after a launch.
    const stories = [];
    for (let n = 0; n < 9; n++) stories.push(await createStory(other));
    await Promise.all(
      stories.flatMap((story) =>
        repeat(6, story).map(async (key) =>
          waitForDecision(await post(key, newSub(), undefined, other), other),
        ),
      ),
    );
    const story = await createStory(other);
    for (let n = 0; n < 10; n++)
      expect(await waitForDecision(await post(story, newSub(), undefined, other), other)).toBe('published');
  });

  it('are detected with the limits in the policy, or not at all if the policy turns it off', async () => {
    const story = await createStory();
    const set = (brigading: object) =>
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { moderation: { brigading } });
    expect((await expectStatus(200, set({ newReaders: 3, minutes: 5 }))).body.moderation.brigading).toEqual({
      mode: 'hold',
      newReaders: 3,
      minutes: 5,
      sameText: 4,
    });
    expect((await postInTurn(story, 4)).statuses).toEqual(['published', 'published', 'held', 'held']);
    await expectStatus(200, set({ mode: 'off' }));
    expect((await postInTurn(story, 2)).statuses).toEqual(['published', 'published']);
    for (const wrong of [{ mode: 'maybe' }, { newReaders: 2 }, { minutes: 61 }, { sameText: 1.5 }]) {
      const { status, body } = await set(wrong);
      expect([status, body.errors[0].pointer]).toEqual([
        400,
        `/moderation/brigading/${Object.keys(wrong)[0]}`,
      ]);
    }
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { moderation: { brigading: null } }),
    );
  });

  it('can be decided on together in one bulk decision, which can be undone', async () => {
    const story = await createStory();
    const { posted } = await postInTurn(story, 10);
    const { id } = await brigadeOf(story);
    const decide = async (): Promise<Json> =>
      (
        await expectStatus(
          202,
          vera.call<Json>('POST', '/moderation/bulk-decisions', {
            site: fixture.site,
            action: 'reject',
            reason: 'spam',
            list: { state: 'held', filter: { brigade: id } },
          }),
        )
      ).body;
    const undone = await decide();
    expect(undone.total).toBe(3);
    await expectStatus(200, vera.call('POST', `/moderation/bulk-decisions/${undone.id}/undo`));
    await decide();
    moderationFixture.advanceClock(31_000);
    await app.app.get(BulkDecisionsService, { strict: false }).applyDue();
    moderationFixture.resetClock();
    await until(async () => (await brigadeOf(story))?.held === 0);
    expect(await Promise.all(posted.slice(7).map((each) => statusOf(each)))).toEqual(repeat(3, 'rejected'));
    expect(await statusOf(posted[0])).toBe('published');
  });
});

describe('a wave of comments that are scored at the same time', () => {
  it('is held completely and is one group, regardless of the number of workers', async () => {
    const database = await freshDatabase();
    const owner = await connectAsOwner(database.url);
    const start = (role: 'api' | 'worker') =>
      startApp({ databaseUrl: database.url, settings: { role, limits: true } });
    const apps = [await start('api')];
    try {
      const site = await createSiteFixture(apps[0]);
      const [story, quiet] = [await createStory(site), await createStory(site)];
      const posted = await Promise.all(
        repeat(30, story).map((key) => post(key, newSub(), undefined, site, apps[0])),
      );
      const calm = await post(quiet, newSub(), undefined, site, apps[0]);
      await addRegularReaders(owner, site.site, 60);
      apps.push(...(await Promise.all([start('worker'), start('worker'), start('worker')])));
      for (const each of posted) expect(await waitForDecision(each, site)).toBe('held');
      expect(await waitForDecision(calm, site)).toBe('published');
      const groups = await owner.rows<{ comments: number }>(
        `SELECT (SELECT count(*)::int FROM brigade_comment m WHERE m.brigade_id = b.id) AS comments FROM brigade b`,
      );
      expect(groups).toEqual([{ comments: 30 }]);
      expect(
        await owner.rows(
          `SELECT DISTINCT rule_key, to_status FROM decision WHERE comment_id = ANY ($1::uuid[])`,
          [ids(posted)],
        ),
      ).toEqual([{ rule_key: 'brigading', to_status: 'held' }]);
    } finally {
      for (const each of apps.reverse()) await each.close();
      await owner.end();
      await database.drop();
    }
  });
});

describe('nearly the same text from new accounts', () => {
  const variants = [
    SLOGAN,
    `${SLOGAN}!`,
    `${SLOGAN.toUpperCase()}.`,
    `Friends: ${SLOGAN}`,
    `${SLOGAN}, please`,
  ];

  it('is held from the fourth comment on, even if the comments are on different stories', async () => {
    // Turn off the threshold of the label `repeat`, which holds a repeated text of any reader.
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
        moderation: { thresholds: { repeat: { hold: null } } },
      }),
    );
    const posted: Posted[] = [];
    const statuses: string[] = [];
    for (const text of variants) {
      posted.push(await post(await createStory(), newSub(), text));
      statuses.push(await waitForDecision(posted.at(-1)!));
    }
    expect(statuses).toEqual([...repeat(3, 'published'), 'held', 'held']);
    const brigade = (await brigades()).find(({ kind }) => kind === 'text');
    expect(brigade).toMatchObject({ story: null, stories: 5, readers: 5, held: 2, published: 3 });
    expect((await listQueue(`brigade=${brigade.id}`)).map(({ rule }) => rule.text).sort()).toEqual([
      'held: 4 new accounts posted nearly the same text within 10 minutes',
      'held: 5 new accounts posted nearly the same text within 10 minutes',
    ]);
    const regular = (await createRegulars(await createStory(), 1))[0];
    expect(await waitForDecision(await post(await createStory(), regular, SLOGAN))).toBe('published');

    await expectStatus(200, vera.call('POST', `/moderation/brigades/${brigade.id}/dismissal`, {}));
    expect(await waitForDecision(await post(await createStory(), newSub(), SLOGAN))).toBe('published');
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { moderation: { thresholds: null } }),
    );
  });
});

describe('a group that is not a brigade', () => {
  it('can be dismissed for some hours: held comments stay held, and no more are held', async () => {
    const story = await createStory();
    const { posted } = await postInTurn(story, 8);
    const { id } = await brigadeOf(story);
    const dismissed = (
      await expectStatus(200, vera.call<Json>('POST', `/moderation/brigades/${id}/dismissal`, {}))
    ).body;
    const hours = (Date.parse(dismissed.dismissedUntil) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(5.9);
    expect(hours).toBeLessThan(6.1);
    expect(await brigadeOf(story)).toBeUndefined();
    expect(await statusOf(posted[7])).toBe('held');
    expect((await postInTurn(story, 2)).statuses).toEqual(['published', 'published']);

    await db.rows(`UPDATE brigade SET dismissed_until = now() WHERE id = $1`, [id]);
    expect(await waitForDecision(await post(story))).toBe('held');
    const again = await brigadeOf(story);
    expect(again.id).not.toBe(id);

    await expectStatus(200, vera.call('POST', `/moderation/brigades/${again.id}/dismissal`, { hours: 1 }));
    expect(await waitForDecision(await post(story))).toBe('published');
    await expectStatus(204, vera.call('DELETE', `/moderation/brigades/${again.id}/dismissal`));
    expect((await brigadeOf(story)).id).toBe(again.id);
    expect(await waitForDecision(await post(story))).toBe('held');

    const entries = await db.rows<{ body: Json }>(
      `SELECT body::jsonb AS body FROM audit_entry WHERE site_id = $1 AND body::jsonb ->> 'action' LIKE 'brigade.%'
         AND body::jsonb::text LIKE $2`,
      [fixture.site, `%${id}%`],
    );
    expect(entries[0].body.actor.id).toBe(vera.id);
  });

  it('can be dismissed only by moderators of its site', async () => {
    const story = await createStory();
    await postInTurn(story, 8);
    const { id } = await brigadeOf(story);
    expect((await viewer.call('POST', `/moderation/brigades/${id}/dismissal`, {})).status).toBe(403);
    expect((await stranger.call('POST', `/moderation/brigades/${id}/dismissal`, {})).status).toBe(404);
    expect((await stranger.call('DELETE', `/moderation/brigades/${id}/dismissal`)).status).toBe(404);
    expect((await stranger.call('GET', `/moderation/brigades?site=${fixture.site}`)).status).toBe(404);
    expect((await stranger.call<Json>('GET', `/moderation/brigades`)).body.items).toEqual([]);
    expect((await vera.call('POST', `/moderation/brigades/${id}/dismissal`, { hours: 0 })).status).toBe(400);
    expect((await vera.call('POST', `/moderation/brigades/nothing/dismissal`, {})).status).toBe(404);
    const sports = await signInModerator(app, db, 'Sue', fixture.site, 'moderator', ['Sport']);
    expect(await brigades(sports)).toEqual([]);
    expect((await sports.call('POST', `/moderation/brigades/${id}/dismissal`, {})).status).toBe(404);
  });
});

describe('strict mode for some hours', () => {
  const storyId = async (key: string): Promise<string> =>
    (await fixture.admin('GET', `/sites/${fixture.site}/stories/${key}`)).body.id;
  const setStrict = (id: string, body: object = { reason: 'A wave of new accounts.', hours: 6 }) =>
    vera.call<Json>('POST', `/moderation/stories/${id}/strict`, body);

  it('holds everything, lets every moderator decide, and ends automatically', async () => {
    const story = await createStory();
    const { posted } = await postInTurn(story, 8);
    const id = await storyId(story);
    const set = (await expectStatus(200, setStrict(id))).body;
    expect(set.strict).toMatchObject({
      moderators: [],
      reason: 'A wave of new accounts.',
      by: { name: 'Vera' },
    });
    const hours = (Date.parse(set.strict.until) - Date.now()) / 3_600_000;
    expect(Math.round(hours * 10) / 10).toBe(6);
    expect((await brigadeOf(story)).strict).toEqual({ until: set.strict.until });
    const [regular] = await createRegulars(await createStory(), 1);
    const held = await post(story, regular);
    expect(await waitForDecision(held)).toBe('held');
    expect(
      (await listQueue('rule=hold-all')).find(({ comment }) => comment.id === held.id).barred,
    ).toBeNull();
    const { results } = (
      await vera.call<Json>('POST', '/moderation/decisions', {
        decisions: [{ commentId: posted[7].id, revision: 1, action: 'approve' }],
      })
    ).body;
    expect(results[0].status).toBe('published');

    // End strict mode, as if its six hours had passed.
    await db.rows(`UPDATE strict_story SET ends_at = now() WHERE story_id = $1`, [id]);
    await db.rows(`UPDATE policy_override SET ends_at = now() WHERE key = $1`, [`strict:${id}`]);
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { editWindowSeconds: 299 }),
    );
    const record = (await expectStatus(200, viewer.call<Json>('GET', `/moderation/stories/${id}`))).body;
    expect([record.strict, record.story.strict]).toEqual([null, false]);
    expect(await waitForDecision(await post(story, regular))).toBe('published');
  });

  it('can be undone at once', async () => {
    const story = await createStory();
    const id = await storyId(story);
    await expectStatus(200, setStrict(id));
    expect(await waitForDecision(await post(story))).toBe('held');
    await expectStatus(204, vera.call('DELETE', `/moderation/stories/${id}/strict`));
    expect(await waitForDecision(await post(story))).toBe('published');
  });

  it('does not replace strict mode with named moderators', async () => {
    const id = await storyId(await createStory());
    await expectStatus(200, setStrict(id, { moderators: [vera.id], reason: 'Before the court.' }));
    const { status, body } = await setStrict(id);
    expect([status, body.code]).toEqual([409, 'already-strict']);
    const record = (await expectStatus(200, viewer.call<Json>('GET', `/moderation/stories/${id}`))).body;
    expect(record.strict).toMatchObject({ moderators: [{ name: 'Vera' }], until: null });
  });
});
