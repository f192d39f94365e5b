import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PicksModelTrainingService } from '../../../src/features/scoring/picks-model/picks-model-training.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import {
  connectAsOwner,
  createSiteFixture,
  expectStatus,
  type Json,
  type OwnerConnection,
  type SiteFixture,
} from '../../support/site-fixture.js';

const STORIES = 12;
const COMMENTS_PER_STORY = 50;

const PLACES = ['school', 'hospital', 'harbour', 'library', 'farm', 'bakery', 'garage'];
const YEARS = ['two', 'three', 'five', 'eight', 'nine'];
const THINGS = [
  'the new timetable',
  'the longer route',
  'the old bridge',
  'the early closing',
  'the higher fare',
];

/** The same for both kinds, so that their lengths are alike. */
const TAILS = [
  '',
  ' It is a pity.',
  ' Nobody asked anyone here.',
  ' The next meeting is on Monday in the town hall.',
  ' There were six reports on this and not one of them was ever read to the end.',
];

const textOf = (n: number, [who, years, rest]: readonly string[]): string => {
  const at = n + Math.floor(n / 10);
  return `${who} ${PLACES[at % 7]} ${years} ${YEARS[at % 5]} ${rest} ${THINGS[(at * 3) % 5]}.${TAILS[(at * 2) % 5]}`;
};
/** What somebody knows from their own work; this newsroom picks nothing else. */
const EXPERIENCE = ['I worked at the', 'for', 'years, and we all were hurt by'];
const OPINION = ['We should close the', 'since taxes rose', 'times, and the council wants'];
const text = (n: number, isExperience: boolean): string => textOf(n, isExperience ? EXPERIENCE : OPINION);

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
const path = (): string => `/sites/${fixture.site}/picks-model`;
const read = async (): Promise<Json> => (await expectStatus(200, fixture.admin<Json>('GET', path()))).body;

async function submit(story: string, sub: string, body: string): Promise<string> {
  const { body: comment } = await expectStatus(
    202,
    app.call<Json>('POST', `/api/v1/sites/${fixture.site}/stories/${story}/comments`, {
      token: await fixture.token(sub),
      body: { body },
    }),
  );
  return comment.id;
}
const untilDecided = (): Promise<void> =>
  until(async () => {
    const [{ count }] = await db.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM comment WHERE status = 'pending'`,
    );
    return count === 0;
  });
/** The texts of a story in the order `best`. Pages are cached for some seconds. */
const best = async (story: string): Promise<string[]> => {
  const { body } = await expectStatus(
    200,
    app.call<Json>('GET', `/api/v1/sites/${fixture.site}/stories/${story}/comments?sort=best&limit=50`),
  );
  return body.items.map(({ body: shown }: Json) => shown);
};
const suggested = async (): Promise<string[]> => {
  const { body } = await expectStatus(
    200,
    fixture.admin<Json>(
      'GET',
      `/moderation/queue?site=${fixture.site}&state=published&suggested=pick&limit=100`,
    ),
  );
  return body.items.map(({ comment }: Json) => comment.body);
};
const qualities = (): Promise<Json[]> =>
  db.rows<Json>(
    'SELECT id, status, reason, visible, risk, quality, shipped_quality FROM comment ORDER BY id',
  );
async function train(): Promise<Json> {
  const before = (await read()).lastTraining.at;
  await expectStatus(202, fixture.admin('POST', `${path()}/train`));
  await until(async () => (await read()).lastTraining.at !== before);
  return read();
}
const hasRanked = (byPicks: boolean): Promise<void> =>
  until(async () => {
    const [{ ranked }] = await db.rows<{ ranked: number }>(
      'SELECT count(shipped_quality)::int AS ranked FROM comment WHERE visible',
    );
    return byPicks ? ranked === STORIES * COMMENTS_PER_STORY : ranked === 0;
  });

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
  for (let story = 0; story < STORIES; story++) {
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/stories/s${story}`, {
        url: `http://localhost/s${story}`,
        title:
          'We all were hurt by the longer route, the higher fare and the early closing of the old bridge',
      }),
    );
    const ids = await Promise.all(
      Array.from({ length: COMMENTS_PER_STORY }, async (_, n) => {
        const number = story * COMMENTS_PER_STORY + n;
        const isPicked = n % 10 === 0;
        // A few more comments from experience are not picked: editors do not pick everything that they like.
        const isExperience = isPicked || n % 20 === 3;
        return {
          id: await submit(
            `s${story}`,
            `reader${number % 50}`,
            `${text(number, isExperience)} No. ${number}`,
          ),
          isPicked,
        };
      }),
    );
    await untilDecided();
    for (const { id, isPicked } of ids)
      if (isPicked && story > 0)
        await expectStatus(
          200,
          fixture.admin('PUT', `/moderation/comments/${id}/featured`, { picked: true, pinned: false }),
        );
  }
}, 240_000);
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

describe('the picks model of a site', () => {
  it('is not trained before there are enough picks', async () => {
    await db.rows(`UPDATE comment SET picked_at = NULL WHERE id IN (
      SELECT id FROM comment WHERE picked_at IS NOT NULL ORDER BY id DESC LIMIT 6)`);
    expect(await train()).toMatchObject({
      enabled: true,
      picks: 49,
      needed: 50,
      lastTraining: { outcome: 'too-few' },
      models: [],
    });
  });

  it('ranks comments like the picks higher, and switching it off restores the order', async () => {
    const picks = await db.rows<{ id: string }>(
      `SELECT c.id FROM comment c JOIN story s ON s.id = c.story_id JOIN revision v ON v.comment_id = c.id
       WHERE s.key <> 's0' AND c.picked_at IS NULL AND v.body LIKE 'I worked%' ORDER BY c.id DESC LIMIT 11`,
    );
    for (const { id } of picks)
      await expectStatus(
        200,
        fixture.admin('PUT', `/moderation/comments/${id}/featured`, { picked: true, pinned: false }),
      );
    const [before, orderBefore, suggestedBefore] = [await qualities(), await best('s0'), await suggested()];

    const state = await train();
    expect(state).toMatchObject({
      lastTraining: { outcome: 'trained' },
      models: [{ state: 'active' }],
    });
    const [{ figures, picks: used, comments }] = state.models;
    // Some have a length that too few others have.
    expect(used).toBeGreaterThanOrEqual(50);
    expect(comments).toBe(6 * used);
    expect(figures.learned).toBeGreaterThan(figures.shipped);
    expect(figures.gainAtLeast).toBeGreaterThan(0);
    await hasRanked(true);

    // Nothing was picked in this story. Eight of its comments are from experience.
    await until(async () => (await best('s0')).slice(0, 8).every((one) => one.startsWith('I worked')));
    expect(await best('s0')).not.toEqual(orderBefore);
    expect((await suggested()).every((one) => one.startsWith('I worked'))).toBe(true);

    // A new comment is ranked by it at once.
    const id = await submit('s0', 'newcomer', text(3, true));
    await untilDecided();
    const [{ quality, shipped_quality }] = await db.rows<Json>('SELECT * FROM comment WHERE id = $1', [id]);
    expect(quality).toBeGreaterThan(0.8);
    expect(shipped_quality).not.toBeNull();
    await db.rows(
      `UPDATE comment SET status = 'deleted', visible = false, shipped_quality = NULL WHERE id = $1`,
      [id],
    );

    // Nothing else about any comment changed.
    const withoutQuality = (rows: Json[]) =>
      rows.filter((row) => row.id !== id).map(({ quality: _, shipped_quality: __, ...row }) => row);
    expect(withoutQuality(await qualities())).toEqual(withoutQuality(before));
    expect(withoutQuality(before).every(({ status }) => status === 'published')).toBe(true);

    const { body: off } = await expectStatus(200, fixture.admin<Json>('PUT', path(), { enabled: false }));
    expect(off).toMatchObject({ enabled: false, models: [{ state: 'retired' }] });
    await hasRanked(false);
    expect((await qualities()).filter((row) => row.id !== id)).toEqual(before);
    await until(async () => JSON.stringify(await best('s0')) === JSON.stringify(orderBefore));
    expect(await suggested()).toEqual(suggestedBefore);
    const { body: refused } = await expectStatus(409, fixture.admin<Json>('POST', `${path()}/train`));
    expect(refused.code).toBe('picks-off');
  });

  it('is used again when it is switched on, and trained by itself as picks are added', async () => {
    const { body: on } = await expectStatus(200, fixture.admin<Json>('PUT', path(), { enabled: true }));
    expect(on.models[0].state).toBe('active');
    await hasRanked(true);
    const training = app.app.get(PicksModelTrainingService, { strict: false });
    const { at } = (await read()).lastTraining;
    await db.rows(
      `UPDATE picks_model_training SET trained_at = trained_at - interval '7 hours', picks = picks - 9`,
    );
    await training.trainDueSites();
    await db.rows('UPDATE picks_model_training SET picks = picks - 1');
    await training.trainDueSites();
    await until(async () => Date.parse((await read()).lastTraining.at) > Date.parse(at));
    const { models } = await read();
    expect(models.map(({ state }: Json) => state)).toEqual(['active', 'retired']);
  });

  it('does not learn from erased comments, and ends with too few picks', async () => {
    await db.rows(
      `UPDATE revision SET body = '' WHERE comment_id IN (SELECT id FROM comment WHERE picked_at IS NOT NULL LIMIT 11)`,
    );
    expect(await train()).toMatchObject({ lastTraining: { outcome: 'too-few' } });
    expect((await read()).models.every(({ state }: Json) => state === 'retired')).toBe(true);
    await hasRanked(false);
  });

  it('of another site is not found', async () => {
    const other = await createSiteFixture(app);
    expect(
      (await expectStatus(200, other.admin<Json>('GET', `/sites/${other.site}/picks-model`))).body,
    ).toMatchObject({
      picks: 0,
      models: [],
    });
  });
});
