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
let moderator: ModeratorSession;

beforeAll(async () => {
  moderationFixture = await openModerationFixture({ moderation: { mode: 'hold-all' } });
  ({ app, db, fixture } = moderationFixture);
  moderator = await signInModerator(app, db, 'Mo', fixture.site);
});
afterAll(() => moderationFixture?.close());

const read = async (): Promise<Json> =>
  (await expectStatus(200, moderator.call<Json>('GET', `/sites/${fixture.site}/overview`))).body;

describe('the overview', () => {
  it('shows an hour without comments and no usual rate for a site without activity', async () => {
    const overview = await read();
    expect(overview).toMatchObject({
      comments: 0,
      perMinute: 0,
      usual: null,
      isSpike: false,
      stories: [],
      held: 0,
    });
    expect(overview.minutes).toHaveLength(60);
    expect(overview.waiting).toEqual(
      ['held', 'flagged', 'appealed', 'escalated'].map((state) => ({
        state,
        count: 0,
        oldest: null,
        median: null,
      })),
    );
  });

  it('does not delay other events because of one that it cannot count', async () => {
    const id = '0190d5a0-0000-7000-8000-00000000c0de';
    await db.rows(
      `INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
       VALUES ($1, 'comment.submitted', 'comment:' || $2, jsonb_build_object('commentId', $2::text), now())`,
      [fixture.site, id],
    );
    const listEvents = async (): Promise<Json[]> =>
      (await expectStatus(200, fixture.admin('GET', `/sites/${fixture.site}/events`))).body.items;
    await until(async () => (await listEvents()).some(({ data }) => data.comment?.id === id));
  });

  it('counts each comment once, and shows the waiting comments with their age', async () => {
    const ids: string[] = [];
    for (const sub of ['ann', 'bob', 'cem']) ids.push((await fixture.submit(sub, `Something by ${sub}.`)).id);
    await until(async () => (await read()).waiting[0].count === 3 && (await read()).comments === 3);
    await db.rows(
      `UPDATE comment SET waiting_since = waiting_since - interval '2 hours' WHERE id = ANY ($1::uuid[])`,
      [ids.slice(0, 2)],
    );
    await expectStatus(200, moderator.call('PUT', `/moderation/comments/${ids[2]}/claims`));
    const overview = await read();
    expect(overview).toMatchObject({
      held: 3,
      decided: 0,
      present: [{ name: 'Mo' }],
      stories: [{ title: 'Talks', comments: 3, waiting: 3, isSpike: false }],
    });
    expect(overview.minutes.reduce((sum: number, { comments }: Json) => sum + comments, 0)).toBe(3);
    const [held] = overview.waiting;
    const hours = (at: string) => (Date.parse(overview.at) - Date.parse(at)) / 3_600_000;
    expect(hours(held.oldest)).toBeGreaterThan(1.9);
    expect(hours(held.median)).toBeGreaterThan(1.9);

    const decisions = [{ commentId: ids[0], revision: 1, action: 'approve' }];
    await expectStatus(200, moderator.call('POST', '/moderation/decisions', { decisions }));
    expect(await read()).toMatchObject({ decided: 1 });
  });

  it('detects a site and a story with far more comments than usual', async () => {
    const [story] = await db.rows<{ id: string }>(`SELECT id FROM story WHERE site_id = $1`, [fixture.site]);
    // Four comments in this hour on each of the last ten days, and 20 other stories with two comments each.
    await db.rows(
      `INSERT INTO decision_hour (site_id, hour, rule_key, published, held, rejected, held_published, held_refused,
         appeals_upheld, appeals_overturned)
       SELECT $1, date_trunc('hour', now() - interval '30 minutes') - n * interval '1 day', 'all-clear', 4, 0, 0, 0, 0, 0, 0
       FROM generate_series(1, 10) n`,
      [fixture.site],
    );
    await db.rows(
      `INSERT INTO comment_minute (site_id, minute, story_id, comments)
       SELECT $1, date_trunc('minute', now()) - interval '3 minutes', gen_random_uuid(), 2 FROM generate_series(1, 20)`,
      [fixture.site],
    );
    expect(await read()).toMatchObject({
      comments: 43,
      usual: 4,
      isSpike: true,
      stories: [{ isSpike: false }],
    });
    await db.rows(
      `INSERT INTO comment_minute (site_id, minute, story_id, comments)
       VALUES ($1, date_trunc('minute', now()) - interval '2 minutes', $2, 60)`,
      [fixture.site, story.id],
    );
    const busy = await read();
    expect(busy.stories[0]).toMatchObject({ id: story.id, comments: 63, isSpike: true });
    expect(busy.perMinute).toBeGreaterThan(10);
    // The story had as many comments throughout the previous day, so this is not unusual.
    await db.rows(`UPDATE story SET created_at = now() - interval '3 days' WHERE id = $1`, [story.id]);
    await db.rows(
      `INSERT INTO comment_minute (site_id, minute, story_id, comments)
       SELECT $1, date_trunc('minute', now()) - n * interval '1 hour' - interval '30 minutes', $2, 60
       FROM generate_series(1, 23) n`,
      [fixture.site, story.id],
    );
    expect((await read()).stories[0]).toMatchObject({ usual: 57.5, isSpike: false });
  });

  it('is limited to one site', async () => {
    const other = await createSiteFixture(app);
    expect((await moderator.call('GET', `/sites/${other.site}/overview`)).status).toBe(404);
    expect((await other.admin('GET', `/sites/${other.site}/overview`)).body).toMatchObject({ comments: 0 });
  });
});
