import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import {
  openPerspective,
  PERSPECTIVE_KEY,
  type PerspectiveServer,
} from '../../support/perspective-server.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let server: PerspectiveServer;
let realNow: () => Date;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  const clock = app.app.get(Clock, { strict: false });
  realNow = clock.now.bind(clock);
});
beforeEach(async () => {
  server = await openPerspective();
  fixture = await createSiteFixture(app);
});
afterEach(async () => {
  app.app.get(Clock, { strict: false }).now = realNow;
  await server.close();
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

const calibrations = (more = '') => `/sites/${fixture.site}/calibrations${more}`;
const configurePerspective = (more: object = {}) =>
  expectStatus(
    200,
    fixture.admin('PUT', `/sites/${fixture.site}/scorers/perspective`, {
      kind: 'perspective',
      name: 'Perspective API',
      url: server.url,
      secret: PERSPECTIVE_KEY,
      enabled: false,
      ...more,
    }),
  );
const start = async (more: object = {}): Promise<Json> =>
  (
    await expectStatus(
      201,
      fixture.admin('POST', calibrations(), {
        from: 'external:perspective',
        to: 'local',
        thresholds: { toxicity: 0.8 },
        ...more,
      }),
    )
  ).body;
const read = async (id: string): Promise<Json> =>
  (await expectStatus(200, fixture.admin('GET', calibrations(`/${id}`)))).body;
const differences = async (id: string, more = ''): Promise<Json> =>
  (await expectStatus(200, fixture.admin('GET', calibrations(`/${id}/differences?label=toxicity${more}`))))
    .body;
const policy = async (): Promise<Json> =>
  (await expectStatus(200, fixture.admin('GET', `/sites/${fixture.site}/policy`))).body;
const submitAndDecide = async (body: string): Promise<Json> => {
  const { id } = await fixture.submit('ann', body);
  await until(async () => (await fixture.readOwnComment('ann', id))['status'] !== 'pending');
  return (await expectStatus(200, fixture.admin('GET', `/moderation/comments/${id}`))).body;
};
const post = async (bodies: readonly string[]): Promise<void> => {
  for (const body of bodies) await submitAndDecide(body);
};
const waitForAbsences = (id: string, comments: number) =>
  until(async () => (await read(id)).fromAbsent === comments);
const waitForComparisons = (id: string, comments: number) =>
  until(async () => (await read(id)).comments === comments);

describe('a calibration of two scorers', () => {
  it('finds the threshold that holds the same share, and changes no decisions', async () => {
    await configurePerspective();
    const { id } = await start({ comments: 12 });
    const calm = ['budget', 'bridge', 'harbour', 'library', 'school', 'tram', 'market'].map(
      (subject) => `The ${subject} was discussed by the council on Tuesday.`,
    );
    await post(calm);
    // The first scorer holds four comments: three that the local model also scores high, and one that it scores low. Only
    // the local model holds the comment about a fraud.
    await post(['You are a fraud.']);
    const held = await submitAndDecide('You are an idiot and a disgrace. ~0.95');
    await post(['You stupid, worthless moron. ~0.9', 'Shut up, you pathetic loser. ~0.85']);
    const harmless = await submitAndDecide('A calm remark about the weather in spring. ~0.82');
    await waitForComparisons(id, 12);

    // The comparison does not appear in the decisions.
    expect(held.comment.status).toBe('held');
    expect(harmless).toMatchObject({ comment: { status: 'published' }, externalAnswers: [] });
    expect(Object.keys(harmless.scores).filter((label) => label.includes(':'))).toEqual([]);

    const found = await read(id);
    expect(found).toMatchObject({
      from: { id: 'external:perspective', name: 'Perspective API' },
      to: { id: 'local' },
      state: 'ended',
      comments: 12,
      fromAbsent: 0,
      toAbsent: 0,
      absences: [],
      adoptedVersion: null,
    });
    const [toxicity] = found.labels;
    expect(toxicity).toMatchObject({
      label: 'toxicity',
      heldFrom: 0.8,
      comments: 12,
      held: 4,
      bothHold: 3,
      onlyFromHolds: 1,
      onlyToHolds: 1,
      neitherHolds: 7,
      isUncertain: true,
    });
    expect(toxicity.range[0]).toBeLessThanOrEqual(toxicity.threshold);
    expect(toxicity.range[1]).toBeGreaterThanOrEqual(toxicity.threshold);

    const { items } = await differences(id);
    expect(items.map(({ fromHolds, toHolds }: Json) => [fromHolds, toHolds])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(items[0]).toMatchObject({
      commentId: harmless.comment.id,
      from: 0.82,
      status: 'published',
      people: null,
    });
    const first = await differences(id, '&limit=1');
    const second = await differences(id, `&limit=1&cursor=${encodeURIComponent(first.next)}`);
    expect([...first.items, ...second.items, second.next]).toEqual([...items, null]);

    // Twelve comments are too few to adopt a threshold unless the request names it.
    const unconfirmed = await fixture.admin('POST', calibrations(`/${id}/adopt`));
    expect([unconfirmed.status, unconfirmed.body.code]).toEqual([409, 'nothing-to-adopt']);
    expect(unconfirmed.body.detail).toContain('uncertain');
    // One request adopts it as a new version of the policy.
    const before = await policy();
    const versions = async () =>
      (await expectStatus(200, fixture.admin('GET', `/sites/${fixture.site}/policy/versions`))).body.items;
    const [{ version }] = await versions();
    const adopted = await expectStatus(
      200,
      fixture.admin('POST', calibrations(`/${id}/adopt`), { labels: ['toxicity'] }),
    );
    expect(adopted.body).toMatchObject({ adoptedVersion: version + 1, adoptedAt: expect.any(String) });
    expect((await versions())[0]).toMatchObject({
      version: version + 1,
      note: 'Thresholds for The local model, calibrated against Perspective API',
    });
    expect((await policy()).moderation.thresholds).toEqual({
      ...before.moderation.thresholds,
      toxicity: { ...before.moderation.thresholds.toxicity, hold: toxicity.threshold },
    });
  });

  it('counts the comments that the other scorer does not score, by reason', async () => {
    await configurePerspective();
    const { id } = await start({ comments: 20 });
    await submitAndDecide('A calm remark about the talks.');
    await submitAndDecide('A remark on Suomi, in English all the same.');
    await waitForAbsences(id, 1);
    server.behaviour = 'returns-500';
    expect((await submitAndDecide('Another calm remark about the talks.')).comment.status).toBe('published');
    await waitForAbsences(id, 2);
    expect(await read(id)).toMatchObject({
      state: 'running',
      comments: 1,
      fromAbsent: 2,
      toAbsent: 0,
      absences: [
        { side: 'from', why: 'bad-answer', comments: 1 },
        { side: 'from', why: 'failed', comments: 1 },
      ],
      labels: [{ comments: 1, held: 0, threshold: null, range: null, isUncertain: true }],
    });
    const refused = await fixture.admin('POST', calibrations(`/${id}/adopt`), {});
    expect([refused.status, refused.body.code]).toEqual([409, 'nothing-to-adopt']);
  });

  it('continues until enough comments have been compared, regardless of how many have no score', async () => {
    await configurePerspective();
    const { id } = await start({ comments: 10, thresholds: { toxicity: 0.8, threat: 0.8 } });
    server.answer = { attributeScores: { THREAT: { summaryScore: { value: 0.1 } } }, languages: ['en'] };
    await post(['A remark that is scored by half.']);
    await waitForAbsences(id, 1);
    server.answer = undefined;
    server.behaviour = 'returns-500';
    const commentsAbout = (what: string, count: number) =>
      Array.from({ length: count }, (_, n) => `A calm remark about ${what}, number ${n} of them.`);
    // Post one comment at a time, because several concurrent calls could fail before the circuit opens.
    for (const [n, body] of commentsAbout('the talks', 4).entries()) {
      await post([body]);
      await waitForAbsences(id, n + 2);
    }
    await post(commentsAbout('the vote', 6));
    await waitForAbsences(id, 11);
    const waiting = await read(id);
    expect(waiting).toMatchObject({
      state: 'running',
      comments: 0,
      labels: [{ comments: 0 }, { comments: 0 }],
    });
    expect(waiting.absences).toContainEqual({ side: 'from', why: 'circuit-open', comments: 6 });
    server.behaviour = 'normal';
    // End the pause in the database. Advancing the clock instead would delay the jobs, which use the database's clock.
    await db.rows(`UPDATE external_scorer SET open_until = now() - interval '1 second' WHERE site_id = $1`, [
      fixture.site,
    ]);
    // Again, post one comment at a time: the first call is the probe, and no other call is made until it has closed the
    // circuit. On a busy machine, a call may still time out, so that one more comment is needed.
    for (let posted = 12; (await read(id)).state === 'running'; posted++) {
      await post([`A calm remark about the weather, number ${posted} of them.`]);
      await until(async () => {
        const { comments, fromAbsent } = await read(id);
        return comments + fromAbsent === posted;
      });
    }
    const ended = await read(id);
    expect(ended).toMatchObject({ state: 'ended', comments: 10, labels: [{ comments: 10 }, {}] });
    expect(ended.fromAbsent).toBeGreaterThanOrEqual(11);
  });

  it('delays no decision while one scorer hangs', async () => {
    await configurePerspective({ timeoutMs: 5_000 });
    await start();
    server.behaviour = 'hangs';
    expect((await submitAndDecide('A calm remark about the talks.')).comment.status).toBe('published');
    await until(async () => server.requests.length > 0);
    expect((await submitAndDecide('One more calm remark.')).comment.status).toBe('published');
  });

  it('calls a scorer that takes part in decisions only once', async () => {
    await configurePerspective({ enabled: true });
    const { id } = await start();
    const held = await submitAndDecide('A remark. ~0.97');
    await submitAndDecide('Another remark. ~0.1');
    await waitForComparisons(id, 2);
    expect(held).toMatchObject({
      comment: { status: 'held' },
      scores: { 'perspective:TOXICITY': { value: 0.97 }, toxicity: { value: 0.97 } },
    });
    expect(server.requests.map(({ comment }) => comment.text)).toEqual([
      'A remark. ~0.97',
      'Another remark. ~0.1',
    ]);
    expect((await read(id)).labels[0]).toMatchObject({ comments: 2, held: 1 });
  });

  it('can compare two local scorers, and uses the policy’s thresholds', async () => {
    const { id } = await start({ from: 'shipped', to: 'local', thresholds: undefined });
    const { moderation } = await policy();
    await submitAndDecide('You are an idiot.');
    await waitForComparisons(id, 1);
    const found = await read(id);
    expect(found.absences).toEqual([]);
    expect(Object.fromEntries(found.labels.map(({ label, heldFrom }: Json) => [label, heldFrom]))).toEqual(
      Object.fromEntries(found.labels.map(({ label }: Json) => [label, moderation.thresholds[label].hold])),
    );
    expect(found.labels.map(({ label }: Json) => label)).toEqual(['refusal', 'spam']);
  });
});

describe('a calibration', () => {
  it('runs one at a time, until it is stopped or its time is up', async () => {
    const { id } = await start({ from: 'shipped', days: 1 });
    const second = await fixture.admin('POST', calibrations(), { from: 'shipped', to: 'local' });
    expect([second.status, second.body.code]).toEqual([409, 'calibration-running']);
    const stopped = await expectStatus(200, fixture.admin('POST', calibrations(`/${id}/stop`)));
    expect(stopped.body).toMatchObject({ state: 'ended', endedAt: expect.any(String) });
    await submitAndDecide('A comment after the end.');
    const next = await start({ from: 'shipped', days: 1 });
    app.app.get(Clock, { strict: false }).now = () => new Date(realNow().getTime() + 25 * 60 * 60 * 1000);
    expect((await read(next.id)).state).toBe('ended');
    expect((await start({ from: 'shipped' })).state).toBe('running');
    expect((await read(id)).comments).toBe(0);
    const { body } = await expectStatus(200, fixture.admin('GET', calibrations()));
    expect(body.items.map(({ state }: Json) => state)).toEqual(['running', 'ended', 'ended']);
  });

  it('removes a reject threshold that would be below the hold threshold', async () => {
    await configurePerspective();
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
        moderation: { thresholds: { toxicity: { hold: 0, reject: 0.001 } } },
      }),
    );
    const { id } = await start();
    await submitAndDecide('You are an idiot and a disgrace. ~0.95');
    await waitForComparisons(id, 1);
    const [{ threshold }] = (await read(id)).labels;
    // Based on one comment: any threshold holds it.
    expect(threshold).toBeGreaterThan(0.001);
    await expectStatus(200, fixture.admin('POST', calibrations(`/${id}/adopt`), { labels: ['toxicity'] }));
    expect((await policy()).moderation.thresholds.toxicity).toEqual({ hold: threshold, reject: null });
  });

  it.each([
    ['an unknown scorer', { from: 'external:nobody', to: 'local' }, '/from'],
    ['a custom model that is not configured', { from: 'local', to: 'custom-model' }, '/to'],
    ['a site’s own model where none was trained', { from: 'shipped', to: 'site-model' }, '/to'],
    ['one scorer twice', { from: 'local', to: 'local' }, '/to'],
    [
      'a label that one of the scorers lacks',
      { from: 'external:perspective', to: 'local', thresholds: { spam: 0.5 } },
      '/thresholds/spam',
    ],
    ['an unknown label', { from: 'shipped', to: 'local', thresholds: { love: 0.5 } }, '/thresholds'],
    ['a threshold above 1', { from: 'shipped', to: 'local', thresholds: { insult: 2 } }, '/thresholds'],
    ['too many comments', { from: 'shipped', to: 'local', comments: 1_000_000 }, '/comments'],
  ])('refuses %s', async (_, body, pointer) => {
    await configurePerspective();
    const { status, body: problem } = await fixture.admin('POST', calibrations(), body);
    expect([status, problem.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('of another site is not found', async () => {
    const { id } = await start({ from: 'shipped' });
    const other = await createSiteFixture(app);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/differences?label=toxicity'],
      ['POST', '/stop'],
      ['POST', '/adopt'],
    ] as const) {
      const answer = await other.admin(
        method,
        `/sites/${other.site}/calibrations/${id}${path}`,
        method === 'POST' ? {} : undefined,
      );
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await read(id)).state).toBe('running');
    await db.rows('SET ROLE postbag_app');
    try {
      await db.rows(`SELECT set_config('app.site_id', $1, false)`, [other.site]);
      expect(await db.rows('SELECT id FROM calibration')).toEqual([]);
    } finally {
      await db.rows('RESET ROLE');
      await db.rows(`SELECT set_config('app.site_id', '', false)`);
    }
  });

  it('is deleted with its comparisons after 90 days', async () => {
    const { id } = await start({ from: 'shipped' });
    await submitAndDecide('A comment that is compared.');
    await waitForComparisons(id, 1);
    await expectStatus(200, fixture.admin('POST', calibrations(`/${id}/stop`)));
    const purge = async (before: string) =>
      Number((await db.rows<Json>('SELECT purge_calibrations($1) AS purged', [before]))[0].purged);
    expect(await purge(new Date(realNow().getTime() - 90 * 86_400_000).toISOString())).toBe(0);
    expect(await purge(new Date(realNow().getTime() + 60_000).toISOString())).toBeGreaterThan(0);
    expect(await db.rows('SELECT 1 FROM calibration_score WHERE calibration_id = $1', [id])).toEqual([]);
  });
});
