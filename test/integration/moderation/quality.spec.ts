import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RollUpService } from '../../../src/features/moderation/quality/roll-up.service.js';
import { SamplingService } from '../../../src/features/moderation/quality/sampling.service.js';
import { binOf, BIN_EDGES, COMBINED_EDGES } from '../../../src/features/moderation/quality/score-bins.js';
import { weekStart } from '../../../src/features/moderation/quality/weeks.js';
import { newId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { avoidPeriodEnd } from '../../support/avoid-period-end.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

const WORDS = { moderation: { wordLists: { banned: ['gadget'], suspect: ['widget'] } } };
const PUBLISHED = ['A quiet evening.', 'Rain tomorrow, they say.', 'The bridge opens in May.'];
const HELD = ['A widget for you.', 'Which widget was it?', 'My widget broke.'];
const REJECTED = ['Buy my gadget.'];

describeOnBothBackends('quality', (backend) => {
  let app: TestApp;
  let db: OwnerConnection;
  let fixture: SiteFixture;
  let owner: ModeratorSession;
  let mo: ModeratorSession;
  let nell: ModeratorSession;
  const ids = new Map<string, string>();

  const decide = async (
    session: ModeratorSession,
    text: string,
    action: string,
    reason?: string,
  ): Promise<string> => {
    const decision = { commentId: ids.get(text), revision: 1, action, ...(reason ? { reason } : {}) };
    const { body } = await expectStatus(
      200,
      session.call<Json>('POST', '/moderation/decisions', { decisions: [decision] }),
    );
    expect(body.results[0].error).toBeUndefined();
    return body.results[0].decisionId;
  };
  const path = (rest: string) => `/sites/${fixture.site}/${rest}`;
  const rollUpAndRead = async (): Promise<Json> => {
    const [{ last }] = await db.rows<{ last: string }>(
      `SELECT id AS last FROM decision WHERE site_id = $1 ORDER BY id DESC LIMIT 1`,
      [fixture.site],
    );
    await until(async () => {
      await app.app.get(RollUpService).beginDue();
      const [row] = await db.rows<{ reached: string }>(`SELECT reached FROM roll_up WHERE site_id = $1`, [
        fixture.site,
      ]);
      return row?.reached === last;
    });
    return (await expectStatus(200, owner.call<Json>('GET', path('quality?days=1')))).body;
  };

  beforeAll(async () => {
    // The decisions made here are evaluated by hour and day.
    await avoidPeriodEnd('hour', 30_000);
    app = await startApp({
      databaseUrl: backend.databaseUrl,
      redisUrl: backend.redisUrl,
      settings: { limits: false },
    });
    db = await connectAsOwner(backend.databaseUrl);
    fixture = await createSiteFixture(app, WORDS);
    owner = await signInModerator(app, db, 'Olga', fixture.site, 'owner');
    mo = await signInModerator(app, db, 'Mo', fixture.site);
    nell = await signInModerator(app, db, 'Nell', fixture.site);
    for (const text of [...PUBLISHED, ...HELD, ...REJECTED]) {
      const { id } = await fixture.submit('ann', text);
      ids.set(text, id);
      await until(async () => (await fixture.readOwnComment('ann', id))['status'] !== 'pending');
    }
  });
  afterAll(async () => {
    await db?.end();
    await app?.close();
  });

  it('counts decisions by rules and how moderators changed them, without decisions that were undone', async () => {
    await decide(mo, HELD[0], 'approve');
    await decide(mo, HELD[1], 'reject', 'spam');
    const undone = await decide(mo, HELD[2], 'approve');
    await expectStatus(200, mo.call('POST', `/moderation/decisions/${undone}/undo`));

    const quality = await rollUpAndRead();
    expect(quality.automatic).toMatchObject({ count: 4, of: 7 });
    expect(quality.falseHolds).toMatchObject({ count: 1, of: 2, value: 0.5 });
    expect(quality.falseHolds.low).toBeLessThan(0.15);
    expect(
      quality.rules.map(({ rule, label, published, held, rejected }: Json) => [
        rule,
        label,
        published,
        held,
        rejected,
      ]),
    ).toEqual([
      ['all-clear', null, 3, 0, 0],
      ['suspect-word', 'suspectWords', 0, 3, 0],
      ['banned-word', 'bannedWords', 0, 0, 1],
    ]);
    expect(quality.waited).toMatchObject({ decisions: 2 });
    expect(quality.waited.p50).toBeGreaterThanOrEqual(1);
    expect(quality.hours.reduce((sum: number, { decisions }: Json) => sum + decisions, 0)).toBe(2);
    expect(quality.perDay.at(-1)).toMatchObject({ published: 3, held: 3, rejected: 1 });
    // Counting again gives the same result.
    await db.rows(`UPDATE roll_up SET reached = '00000000-0000-7000-8000-000000000000' WHERE site_id = $1`, [
      fixture.site,
    ]);
    const { until: _, countedUntil: __, ...again } = await rollUpAndRead();
    expect(quality).toMatchObject(again);
  });

  it('waits between two counts of a site for twenty times the duration of the last one', async () => {
    await rollUpAndRead();
    await db.rows(
      `UPDATE roll_up SET took_ms = 15000, reached = '00000000-0000-7000-8000-000000000000' WHERE site_id = $1`,
      [fixture.site],
    );
    const isDue = async (afterSeconds: number): Promise<boolean> => {
      const due = await db.rows<{ site: string }>(
        `SELECT sites_to_roll_up(r.rolled_at + $2 * interval '1 second', 1000) AS site FROM roll_up r WHERE r.site_id = $1`,
        [fixture.site, afterSeconds],
      );
      return due.some(({ site }) => site === fixture.site);
    };
    expect([await isDue(299), await isDue(300)]).toEqual([false, true]);
    // The interval is never longer than ten minutes.
    await db.rows(`UPDATE roll_up SET took_ms = 3600000 WHERE site_id = $1`, [fixture.site]);
    expect([await isDue(599), await isDue(600)]).toEqual([false, true]);
    await db.rows(`UPDATE roll_up SET took_ms = 0 WHERE site_id = $1`, [fixture.site]);
  });

  it('counts an overturned appeal against the rule that rejected the comment', async () => {
    const id = ids.get(REJECTED[0])!;
    await expectStatus(
      202,
      app.call('POST', `/api/v1/comments/${id}/appeal`, {
        token: await fixture.token('ann'),
        body: { text: 'It was about the news.' },
      }),
    );
    await decide(mo, REJECTED[0], 'restore');
    const { rules, appeals } = await rollUpAndRead();
    expect(rules.find(({ rule }: Json) => rule === 'banned-word').overturned).toMatchObject({
      count: 1,
      of: 1,
    });
    expect(appeals).toMatchObject({
      ofRules: { count: 1, of: 1 },
      ofPeople: { count: 0, of: 0, value: null },
    });
  });

  describe('a sample', () => {
    let items: Json[];

    it('is drawn by a job, and at most once a day on request', async () => {
      await expectStatus(
        200,
        owner.call('PUT', path('sampling'), { published: 2, rejected: 5, twicePercent: 100 }),
      );
      const { body: draw } = await expectStatus(202, owner.call<Json>('POST', path('sampling/draws')));
      expect(draw).toMatchObject({ isWeekly: false });
      await until(async () => {
        const { body } = await owner.call<Json>('GET', path('sampling/draws'));
        return body.items[0].doneAt !== null;
      });
      const { body } = await owner.call<Json>('GET', path('sampling/draws'));
      expect(body.items).toMatchObject([
        { id: draw.id, publishedOf: 3, published: 2, rejectedOf: 1, rejected: 1 },
      ]);
      const again = await owner.call('POST', path('sampling/draws'));
      expect([again.status, again.body['code']]).toEqual([409, 'sample-drawn-recently']);
    });

    it('is shown to moderators without the decision', async () => {
      const { body } = await expectStatus(200, nell.call<Json>('GET', path('samples')));
      expect(body).toMatchObject({ waiting: 3, next: null });
      ({ items } = body);
      expect(items.map(({ body: text }: Json) => text)).toContain(REJECTED[0]);
      for (const item of items)
        expect(Object.keys(item).sort()).toEqual([
          'author',
          'body',
          'createdAt',
          'hidden',
          'id',
          'language',
          'parent',
          'story',
        ]);
      const { body: page } = await nell.call<Json>('GET', path('samples?limit=2'));
      const { body: rest } = await nell.call<Json>('GET', path(`samples?limit=2&cursor=${page.next}`));
      expect([...page.items, ...rest.items]).toEqual(items);
    });

    it('is not shown to a moderator who has decided on the comment', async () => {
      const { body } = await mo.call<Json>('GET', path('samples'));
      expect(body.waiting).toBe(2);
      const decided = items.find((item) => item.body === REJECTED[0]);
      const answer = await mo.call('POST', path(`samples/${decided.id}/review`), { answer: 'publish' });
      expect([answer.status, answer.body['code']]).toEqual([403, 'touched']);
    });

    it('changes no status when it is reviewed, and then shows what was decided', async () => {
      for (const item of items) {
        const wrong = item.body === REJECTED[0];
        const { body } = await expectStatus(
          200,
          nell.call<Json>('POST', path(`samples/${item.id}/review`), { answer: 'publish' }),
        );
        expect(body).toMatchObject({
          answer: 'publish',
          machine: {
            action: wrong ? 'reject' : 'publish',
            rule: { key: wrong ? 'banned-word' : 'all-clear' },
          },
          commentId: ids.get(item.body),
          status: 'published',
        });
      }
      const [{ changed }] = await db.rows<{ changed: number }>(
        `SELECT count(*)::int AS changed FROM decision d JOIN moderator m ON m.id = d.moderator_id WHERE m.name = 'Nell'`,
      );
      expect(changed).toBe(0);
      const again = await nell.call('POST', path(`samples/${items[0].id}/review`), { answer: 'refuse' });
      expect([again.status, again.body['code']]).toEqual([409, 'already-judged']);
    });

    it('shows how often automatic decisions were wrong, and how often moderators agree', async () => {
      const { body: mine } = await mo.call<Json>('GET', path('samples'));
      const [first, second] = mine.items;
      await expectStatus(200, mo.call('POST', path(`samples/${first.id}/review`), { answer: 'publish' }));
      await expectStatus(200, mo.call('POST', path(`samples/${second.id}/review`), { answer: 'refuse' }));
      const { body } = await owner.call<Json>('GET', path('quality?days=1'));
      expect(body.sample).toMatchObject({
        published: { population: 3, drawn: 2, wrong: { count: 0, of: 2 } },
        rejected: { population: 1, drawn: 1, wrong: { count: 1, of: 1, value: 1 } },
        waiting: 0,
      });
      expect(body.sample.rejected.wrong.low).toBeLessThan(0.3);
      expect(body.agreement.samples).toMatchObject({
        pairs: 2,
        agreementRate: { count: 1, of: 2 },
        kappa: null,
      });
      expect(body.rules[0].falsePasses).toMatchObject({ count: 0, of: 2 });
    });

    it('can be reviewed only by a person who is a moderator of that site', async () => {
      const viewer = await signInModerator(app, db, 'Vi', fixture.site, 'viewer');
      const review = (session: ModeratorSession, sitePath: string) =>
        session.call('POST', `${sitePath}/samples/${items[0].id}/review`, { answer: 'publish' });
      expect((await review(viewer, `/sites/${fixture.site}`)).status).toBe(403);
      const key = await fixture.admin('POST', path(`samples/${items[0].id}/review`), { answer: 'publish' });
      expect([key.status, key.body.code]).toEqual([403, 'moderators-only']);
      const other = await createSiteFixture(app);
      const moderatorOfAllSites = await signInModerator(app, db, 'Eve', null);
      expect((await review(moderatorOfAllSites, `/sites/${other.site}`)).status).toBe(404);
      expect((await review(mo, `/sites/${other.site}`)).status).toBe(404);
    });

    it('is drawn once for each week that has ended, even if two workers start at the same time', async () => {
      const other = await createSiteFixture(app);
      for (const text of PUBLISHED) {
        const { id } = await other.submit('bob', text);
        await until(async () => (await other.readOwnComment('bob', id))['status'] === 'published');
      }
      const end = weekStart(new Date());
      // Move the decisions to the previous week.
      for (const { id } of await db.rows<{ id: string }>(`SELECT id FROM decision WHERE site_id = $1`, [
        other.site,
      ]))
        await db.rows(`UPDATE decision SET id = $2 WHERE site_id = $1 AND id = $3`, [
          other.site,
          newId<'decision'>(end.getTime() - 60_000),
          id,
        ]);
      await db.rows(`UPDATE site SET created_at = $2 WHERE id = $1`, [
        other.site,
        new Date(end.getTime() - 120_000),
      ]);
      const draws = app.app.get(SamplingService);
      await Promise.all([draws.beginDue(), draws.beginDue()]);
      await draws.beginDue();
      const list = async (): Promise<Json[]> =>
        (await other.admin<Json>('GET', `/sites/${other.site}/sampling/draws`)).body.items;
      await until(async () => (await list())[0]?.doneAt != null);
      expect(await list()).toMatchObject([
        { isWeekly: true, until: end.toISOString(), publishedOf: 3, published: 3, rejected: 0 },
      ]);
    });
  });

  it('counts scores in the same bins as the server', async () => {
    const scores = [...BIN_EDGES, 0.0049, 0.0799, 0.0801, 0.5001, 0.9949, 1];
    const rows = await db.rows<{ bin: number }>(
      `SELECT score_bin(value) AS bin FROM unnest($1::float8[]) WITH ORDINALITY AS s (value, n) ORDER BY n`,
      [scores],
    );
    expect(rows.map(({ bin }) => bin)).toEqual(scores.map(binOf));
  });

  it('reports for a label that there is not enough data yet', async () => {
    const { body } = await expectStatus(
      200,
      owner.call<Json>('GET', path('quality/labels/insult?errorPerMille=20')),
    );
    expect(body).toMatchObject({ label: 'insult', held: 2, sampled: 3 });
    expect(body.bins).toHaveLength(COMBINED_EDGES.length);
    expect(body.bins.reduce((sum: number, { refused }: Json) => sum + refused.of, 0)).toBe(5);
    expect(body.suggestions).toMatchObject([
      { kind: 'hold', wantedError: 0.02, state: 'not-enough', threshold: null },
      { kind: 'reject', state: 'not-enough', threshold: null },
    ]);
    expect((await owner.call('GET', path('quality/labels/charm'))).status).toBe(404);
  });

  it('reports what thresholds would have done with the latest comments', async () => {
    const { latestComments, effects } = (
      await expectStatus(200, owner.call<Json>('GET', path('quality/labels/refusal')))
    ).body;
    const scores = await db.rows<{ value: number }>(
      `SELECT s.value FROM comment c JOIN revision v ON v.comment_id = c.id AND v.number = c.revision
       JOIN score s ON s.revision_id = v.id AND s.label = 'refusal' WHERE c.site_id = $1`,
      [fixture.site],
    );
    expect(latestComments).toBe(scores.length);
    expect(effects.map(({ hold }: Json) => hold)).toEqual(expect.arrayContaining([0.075, 0.08, 0.085]));
    const sumOf = (values: number[]): number => values.reduce((all, value) => all + value, 0);
    for (const { hold, held, missed } of effects) {
      const below = scores.map(({ value }) => value).filter((value) => value < hold);
      expect(held).toBeCloseTo(1 - below.length / scores.length, 6);
      expect(missed).toBeCloseTo(sumOf(below) / sumOf(scores.map(({ value }) => value)), 6);
    }
  });

  it('can be downloaded as CSV and JSON', async () => {
    const csv = await app.call<string>('GET', `/api/v1${path('quality/export?days=1')}`, {
      headers: { cookie: owner.cookie },
    });
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="quality-.*\.csv"$/);
    const lines = csv.body.trim().split('\r\n');
    expect(lines[0]).toBe('part,key,figure,value,low,high,count,of');
    expect(lines).toContain('rule,suspect-word,held,3,,,,');
    expect(lines.every((line) => line.split(',').length === 8)).toBe(true);
    const json = await owner.call<Json>('GET', path('quality/export?days=1&format=json'));
    expect(json.body.quality.automatic).toMatchObject({ count: 4, of: 7 });
    expect(json.body.labels.map(({ label }: Json) => label)).toContain('refusal');
  });

  it('accepts time zones and rejects unknown ones', async () => {
    const { body } = await owner.call<Json>('GET', path('quality?days=3&zone=Pacific/Auckland'));
    expect(body.zone).toBe('Pacific/Auckland');
    expect(body.perDay.at(-1).day).toBe(
      new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Auckland' }).format(new Date(body.until)),
    );
    const { status, body: problem } = await owner.call<Json>('GET', path('quality?zone=Middle/Earth'));
    expect([status, problem.errors[0].pointer]).toEqual([400, '/query/zone']);
  });
});
