import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { ScorerCorrectionsService } from '../../../src/features/scoring/external/scorer-corrections.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { avoidPeriodEnd } from '../../support/avoid-period-end.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import {
  openExternalScorers,
  type ScorerBehaviour,
  type ExternalScorerServers,
} from '../../support/external-scorer-servers.js';
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
let scorers: ExternalScorerServers;
let realNow: () => Date;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  const clock = app.app.get(Clock, { strict: false });
  realNow = clock.now.bind(clock);
});
beforeEach(async () => {
  scorers = await openExternalScorers();
  fixture = await createSiteFixture(app);
});
afterEach(async () => {
  app.app.get(Clock, { strict: false }).now = realNow;
  await scorers.close();
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

const advanceClock = (ms: number): void => {
  app.app.get(Clock, { strict: false }).now = () => new Date(realNow().getTime() + ms);
};
const path = (key = '') => `/sites/${fixture.site}/scorers${key && `/${key}`}`;
const put = async (key: string, body: object): Promise<Json> =>
  (await expectStatus(200, fixture.admin('PUT', path(key), body))).body;
const configureNewsroom = async (more: object = {}): Promise<Json> => {
  const answer = await put('newsroom', {
    kind: 'signed-http',
    name: 'The newsroom',
    url: `${scorers.url}/newsroom`,
    labels: { 'off-brand': { hold: 0.8 } },
    ...more,
  });
  if (answer.secret) scorers.secret = answer.secret;
  return answer;
};
const configureOpenAi = (more: object = {}) =>
  put('openai', {
    kind: 'openai-moderation',
    url: `${scorers.url}/v1/moderations`,
    secret: 'sk-test',
    ...more,
  });
const configureAkismet = (more: object = {}) =>
  put('akismet', { kind: 'akismet', url: `${scorers.url}/1.1/comment-check`, secret: 'aki-test', ...more });
const tryOut = async (key: string, text = 'A text.'): Promise<Json> =>
  (await expectStatus(200, fixture.admin('POST', `${path(key)}/test`, { text }))).body;
/** Posts a comment and returns it as a moderator sees it once it is decided. */
const submitAndDecide = async (body: string): Promise<Json> => {
  const { id } = await fixture.submit('ann', body);
  await until(async () => (await fixture.readOwnComment('ann', id))['status'] !== 'pending');
  return (await expectStatus(200, fixture.admin('GET', `/moderation/comments/${id}`))).body;
};

describe('a site with its own scorer', () => {
  it('calls it with a signed request, and uses and shows its scores', async () => {
    expect((await configureNewsroom()).secret).toMatch(/^whsec_/);
    const calm = await submitAndDecide('A calm remark about the talks.');
    expect(calm).toMatchObject({
      comment: { status: 'published' },
      scores: { 'newsroom:off-brand': { value: 0.02 }, 'newsroom:insult': { value: 0.02 } },
      externalAnswers: [{ scorer: 'newsroom', name: 'The newsroom', outcome: 'scored' }],
    });
    expect(scorers.requests[0]).toMatchObject({
      path: '/newsroom',
      body: {
        type: 'comment.score',
        site: fixture.site,
        data: { comment: { id: calm.comment.id, language: 'en' } },
      },
    });
    expect(await submitAndDecide('This is offbrand, friends.')).toMatchObject({
      comment: { status: 'held' },
      scores: { 'newsroom:off-brand': { value: 0.93, spans: [[8, 16]] } },
      rule: { key: 'external-score', text: 'held: The newsroom: off-brand 0.93 ≥ 0.80, new reader' },
    });
    expect(await submitAndDecide('Such a schlimmwort.')).toMatchObject({
      scores: { insult: { value: 0.93 } },
      rule: { key: 'score-insult' },
    });
  });

  it('works with the previous and the new secret during a rotation', async () => {
    await configureNewsroom();
    const { body } = await expectStatus(200, fixture.admin('POST', `${path('newsroom')}/rotate`));
    expect((await submitAndDecide('By the old secret.')).comment.status).toBe('published');
    scorers.secret = body.secret;
    expect((await submitAndDecide('By the new secret.')).comment.status).toBe('published');
    advanceClock(25 * 60 * 60 * 1000);
    await tryOut('newsroom');
    expect(scorers.requests.map(({ signatures }) => signatures)).toEqual([2, 2, 1]);
  });

  it('scores languages that the local model does not support', async () => {
    const german = 'Das ist eine ruhige Bemerkung über die Verhandlungen im Rathaus.';
    await configureNewsroom();
    expect((await submitAndDecide(german)).rule.key).toBe('unscored-language');
    await configureNewsroom({ languages: ['de'] });
    expect((await submitAndDecide(`${german} Mehr nicht.`)).comment.status).toBe('published');
    // Its labels are only shown and not used for decisions, so the text counts as unscored.
    await configureNewsroom({ languages: ['de'], labels: { 'off-brand': {}, insult: {} } });
    expect((await submitAndDecide(`${german} Und noch mehr.`)).rule.key).toBe('unscored-language');
    // The same applies if the policy ignores a scorer that returns nothing.
    await configureNewsroom({ languages: ['de'], whenAbsent: 'go-on' });
    scorers.behaviour = 'returns-no-scores';
    expect((await submitAndDecide(`${german} Das war es.`)).rule.key).toBe('unscored-language');
  });
});

it('calls a moderation endpoint according to its published protocol', async () => {
  await configureOpenAi();
  expect(await submitAndDecide('Some hatefulword here.')).toMatchObject({
    comment: { status: 'held' },
    scores: {
      identityAttack: { value: 0.93 },
      'openai:hate': { value: 0.93 },
      'openai:flagged': { value: 1 },
    },
    rule: { key: 'score-identity-attack' },
  });
  expect(scorers.requests[0].body).toEqual({
    model: 'omni-moderation-latest',
    input: 'Some hatefulword here.',
  });
  expect(await submitAndDecide('A remark on the warword.')).toMatchObject({
    comment: { status: 'published' },
    scores: { 'openai:violence': { value: 0.93 } },
  });
});

it('calls Akismet according to its published protocol', async () => {
  await configureAkismet();
  expect((await submitAndDecide('A calm remark.')).comment.status).toBe('published');
  expect(scorers.requests[0].body).toMatchObject({
    blog: 'http://localhost',
    permalink: 'http://localhost/talks',
    comment_author: 'Reader ann',
    comment_content: 'A calm remark.',
  });
  expect(await submitAndDecide('Buy my spam.')).toMatchObject({
    comment: { status: 'held' },
    rule: { key: 'score-spam' },
    scores: { 'akismet:spam': { value: 0.9 } },
  });
  expect((await submitAndDecide('Buy my blatantspam.')).comment.status).toBe('held');
});

describe('feedback to Akismet', () => {
  beforeEach(() => {
    app.app.get(ScorerCorrectionsService, { strict: false }).waitMs = 0;
  });
  const decide = async ({ comment }: Json, action: string, reason?: string): Promise<Json> => {
    const decision = { commentId: comment.id, revision: comment.revision, action, ...(reason && { reason }) };
    const { body } = await expectStatus(
      200,
      fixture.admin('POST', '/moderation/decisions', { decisions: [decision] }),
    );
    expect(body.results[0].error).toBeUndefined();
    return body.results[0];
  };
  const correctionRequests = () => scorers.requests.filter(({ path }) => path !== '/1.1/comment-check');

  it('is sent if a moderator disagrees, for comments that are not spam and for missed spam', async () => {
    await configureAkismet();
    await decide(await submitAndDecide('My spam filter is a fine thing.'), 'approve');
    await until(() => correctionRequests().length === 1);
    const [checkRequest] = scorers.requests;
    expect(correctionRequests()[0]).toMatchObject({ path: '/1.1/submit-ham', body: checkRequest.body });
    await decide(await submitAndDecide('A watch from us lasts a lifetime.'), 'remove', 'spam');
    await until(() => correctionRequests().length === 2);
    expect(correctionRequests()[1]).toMatchObject({
      path: '/1.1/submit-spam',
      body: {
        comment_content: 'A watch from us lasts a lifetime.',
        comment_author: 'Reader ann',
        api_key: 'aki-test',
      },
    });
  });

  it('is not sent if the moderator agrees or had another reason, or if the decision was undone', async () => {
    await configureAkismet();
    const corrections = app.app.get(ScorerCorrectionsService, { strict: false });
    await decide(await submitAndDecide('Buy my spam.'), 'reject', 'spam');
    await decide(await submitAndDecide('A remark about something else.'), 'remove', 'off-topic');
    // After the undo period.
    corrections.waitMs = 2_000;
    const { decisionId } = await decide(await submitAndDecide('Take my spam back.'), 'approve');
    await expectStatus(200, fixture.admin('POST', `/moderation/decisions/${decisionId}/undo`));
    corrections.waitMs = 0;
    // This one is sent after the others. When it has arrived, no other feedback is pending.
    await decide(await submitAndDecide('My last spam of the day.'), 'approve');
    await until(() =>
      correctionRequests().some(({ body }) => body.comment_content === 'My last spam of the day.'),
    );
    await until(async () => (await countPendingJobs()) === 0);
    expect(correctionRequests()).toHaveLength(1);
  });

  /** Number of jobs that are not done yet. */
  const countPendingJobs = async (): Promise<number> => {
    const [row] = await db.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM bullmq.job
       WHERE queue = 'correct-scorers' AND state IN ('waiting', 'delayed', 'active')`,
    );
    return row.count;
  };
});

describe('a scorer that returns nothing', () => {
  it.each<[ScorerBehaviour, string]>([
    ['hangs', 'timeout'],
    ['returns-500', 'failed'],
    ['returns-403', 'refused'],
    ['returns-html', 'bad-answer'],
    ['returns-no-scores', 'bad-answer'],
    ['redirects', 'refused'],
    ['resets', 'unreachable'],
  ])('holds the comment, or is ignored if the site is set to continue: %s', async (behaviour, outcome) => {
    // Use a short timeout only for the scorer that hangs.
    const timeoutSettings = behaviour === 'hangs' ? { timeoutMs: 400 } : {};
    await configureNewsroom(timeoutSettings);
    scorers.behaviour = behaviour;
    const held = await submitAndDecide('A calm remark about the talks.');
    expect(held).toMatchObject({
      comment: { status: 'held' },
      rule: { key: 'external-unavailable', text: expect.stringContaining('The newsroom gave no score') },
      externalAnswers: [{ outcome }],
    });
    await configureNewsroom({ ...timeoutSettings, whenAbsent: 'go-on' });
    expect(await submitAndDecide('Another calm remark about the talks.')).toMatchObject({
      comment: { status: 'published' },
      externalAnswers: [{ outcome }],
    });
    expect(scorers.requests.every(({ path: requestPath }) => requestPath === '/newsroom')).toBe(true);
  });

  it('leaves the decision to the local model if the site is set to continue without the scorer', async () => {
    await configureNewsroom({ whenAbsent: 'go-on' });
    scorers.behaviour = 'returns-500';
    expect((await submitAndDecide('You are an idiot.')).rule.key).toBe('score-insult');
  });

  it('is retried once if the connection broke', async () => {
    await configureNewsroom();
    scorers.behaviour = 'resets-once';
    expect((await submitAndDecide('A calm remark.')).comment.status).toBe('published');
    expect(scorers.requests).toHaveLength(2);
  });

  it('is skipped after five failures, tried with one comment, and then called again', async () => {
    await avoidPeriodEnd('day', 20_000);
    await configureNewsroom();
    scorers.behaviour = 'returns-500';
    for (let n = 0; n < 5; n++) await submitAndDecide(`Calm remark number ${n} of some.`);
    expect(scorers.requests).toHaveLength(5);
    expect((await submitAndDecide('One more calm remark.')).externalAnswers[0].outcome).toBe('circuit-open');
    expect(scorers.requests).toHaveLength(5);
    expect((await fixture.admin('GET', path('newsroom'))).body).toMatchObject({
      circuit: 'open',
      lastFailure: 'The scorer responded with status 500.',
      callsToday: 5,
    });
    advanceClock(31_000);
    expect((await fixture.admin('GET', path('newsroom'))).body.circuit).toBe('half-open');
    await submitAndDecide('It still breaks, calmly.');
    expect(scorers.requests).toHaveLength(6);
    expect((await submitAndDecide('And is left alone for longer.')).externalAnswers[0].outcome).toBe(
      'circuit-open',
    );
    scorers.behaviour = 'normal';
    advanceClock(31_000 + 61_000);
    expect((await submitAndDecide('It is back.')).comment.status).toBe('published');
    expect((await fixture.admin('GET', path('newsroom'))).body).toMatchObject({
      circuit: 'closed',
      openUntil: null,
    });
    expect((await submitAndDecide('It stays.')).comment.status).toBe('published');
  });

  it('is skipped for 30 seconds after a burst of failures, and twice as long after a failed probe', async () => {
    const openSeconds = async (): Promise<number> => {
      const { openUntil } = (await fixture.admin('GET', path('newsroom'))).body;
      return (Date.parse(openUntil) - app.app.get(Clock, { strict: false }).now().getTime()) / 1000;
    };
    await configureNewsroom({ timeoutMs: 5_000 });
    const opened = Date.now();
    scorers.behaviour = 'hangs';
    const trials = Array.from({ length: 20 }, () => tryOut('newsroom'));
    await until(() => scorers.requests.length === 20);
    scorers.behaviour = 'returns-500';
    for (const { outcome } of await Promise.all(trials)) expect(outcome).toBe('timeout');
    expect(Date.now() - opened).toBeLessThan(30_000);
    expect(await openSeconds()).toBeGreaterThan(20);
    expect(await openSeconds()).toBeLessThanOrEqual(30);
    // The owner's test requests do not extend an open circuit either.
    for (let n = 0; n < 3; n++) await tryOut('newsroom');
    expect(await openSeconds()).toBeLessThanOrEqual(30);
    advanceClock(31_000);
    await tryOut('newsroom');
    expect(await openSeconds()).toBeGreaterThan(50);
    expect(await openSeconds()).toBeLessThanOrEqual(60);
  });

  it('is skipped for 30 seconds if the first call after its Retry-After fails', async () => {
    await configureNewsroom();
    scorers.behaviour = 'returns-429';
    scorers.retryAfter = '60';
    await tryOut('newsroom');
    advanceClock(61_000);
    scorers.behaviour = 'returns-500';
    await tryOut('newsroom');
    expect((await fixture.admin('GET', path('newsroom'))).body.circuit).toBe('open');
  });

  it('is skipped for the time in Retry-After, which may be in seconds or a date', async () => {
    await configureNewsroom();
    scorers.behaviour = 'returns-429';
    const openFor = async (): Promise<number> =>
      Date.parse((await fixture.admin('GET', path('newsroom'))).body.openUntil) - realNow().getTime();
    scorers.retryAfter = '600';
    expect(await tryOut('newsroom')).toMatchObject({ outcome: 'failed', status: 429 });
    expect(await openFor()).toBeGreaterThan(540_000);
    scorers.retryAfter = new Date(realNow().getTime() + 1_800_000).toUTCString();
    await tryOut('newsroom');
    expect(await openFor()).toBeGreaterThan(1_740_000);
    expect(scorers.requests).toHaveLength(2);
  });

  it('is called no more often than the daily budget allows', async () => {
    await avoidPeriodEnd('day', 20_000);
    await configureNewsroom({ callsPerDay: 2 });
    for (const n of ['one', 'two'])
      expect((await submitAndDecide(`Remark ${n}.`)).comment.status).toBe('published');
    expect(await submitAndDecide('A third remark.')).toMatchObject({
      comment: { status: 'held' },
      externalAnswers: [{ outcome: 'budget-spent' }],
    });
    expect(await tryOut('newsroom')).toMatchObject({ outcome: 'budget-spent', scores: null });
    advanceClock(24 * 60 * 60 * 1000);
    await tryOut('newsroom');
    expect(scorers.requests).toHaveLength(3);
  });

  it('is not called after it is disabled or deleted', async () => {
    await configureNewsroom({ enabled: false });
    expect((await submitAndDecide('A calm remark.')).externalAnswers).toEqual([]);
    await configureNewsroom();
    expect((await submitAndDecide('Another calm remark.')).externalAnswers).toHaveLength(1);
    await expectStatus(204, fixture.admin('DELETE', path('newsroom')));
    expect((await submitAndDecide('A third calm remark.')).externalAnswers).toEqual([]);
    await expectStatus(404, fixture.admin('GET', path('newsroom')));
  });
});

describe('a response without a requested label', () => {
  let server: PerspectiveServer;
  beforeEach(async () => {
    server = await openPerspective();
  });
  afterEach(() => server.close());
  const configurePerspective = (more: object = {}) =>
    put('perspective', { kind: 'perspective', url: server.url, secret: PERSPECTIVE_KEY, ...more });
  const score = (value: number) => ({ summaryScore: { value, type: 'PROBABILITY' } });
  const attributes = ['TOXICITY', 'SEVERE_TOXICITY', 'INSULT', 'PROFANITY', 'THREAT', 'IDENTITY_ATTACK'];
  const absent = {
    comment: { status: 'held' },
    rule: { key: 'external-unavailable' },
    externalAnswers: [{ outcome: 'bad-answer' }],
  };

  it.each<[string, object]>([
    ['no member', {}],
    ['an error', { error: { code: 500, message: 'Backend error.' } }],
    ['no attribute', { attributeScores: {}, languages: ['en'] }],
    ['unknown attributes only', { attributeScores: { SPLEEN: score(0.1) }, languages: ['en'] }],
    ['one attribute of six', { attributeScores: { THREAT: score(0.01) }, languages: ['en'] }],
  ])('holds the comment: Perspective API returns %s', async (_, answer) => {
    await configurePerspective();
    server.answer = answer;
    expect(await submitAndDecide('A calm remark about the talks.')).toMatchObject(absent);
    const { body } = await fixture.admin('GET', path('perspective'));
    expect([body.lastSuccessAt, body.lastFailure]).toEqual([
      null,
      expect.stringMatching(/^The response has no score for .*TOXICITY/),
    ]);
  });

  it('still holds the comment because of its other scores', async () => {
    await configurePerspective({ whenAbsent: 'go-on' });
    server.answer = { attributeScores: { THREAT: score(0.97) } };
    expect(await submitAndDecide('A calm remark about the talks.')).toMatchObject({
      comment: { status: 'held' },
      rule: { key: 'score-threat' },
      externalAnswers: [{ outcome: 'bad-answer' }],
    });
  });

  it('may omit attributes that do not affect decisions', async () => {
    await configurePerspective({ labels: { SEXUALLY_EXPLICIT: {} } });
    server.answer = { attributeScores: Object.fromEntries(attributes.map((name) => [name, score(0.01)])) };
    expect((await submitAndDecide('A calm remark about the talks.')).comment.status).toBe('published');
    await configurePerspective({ labels: { SEXUALLY_EXPLICIT: { as: ['sexual'] } } });
    expect(await submitAndDecide('Another calm remark.')).toMatchObject(absent);
  });

  it('does not open the circuit if the attributes are missing because of the language', async () => {
    await configurePerspective();
    server.answer = { languages: ['fi'], detectedLanguages: ['fi'] };
    for (let n = 0; n < 5; n++)
      expect(await submitAndDecide(`Calm remark number ${n} on Suomi.`)).toMatchObject(absent);
    expect((await fixture.admin('GET', path('perspective'))).body).toMatchObject({
      circuit: 'closed',
      lastFailure: null,
    });
  });

  it('holds the comment: a moderation endpoint returns no category, or not one that the site lists', async () => {
    await configureOpenAi();
    scorers.answer = { results: [{ flagged: false, category_scores: {} }] };
    expect(await submitAndDecide('A calm remark about the talks.')).toMatchObject(absent);
    scorers.answer = { results: [{ flagged: false, category_scores: { hate: 0.01 } }] };
    expect((await submitAndDecide('A second calm remark.')).comment.status).toBe('published');
    await configureOpenAi({ labels: { 'self-harm': { hold: 0.5 } } });
    expect(await submitAndDecide('A third calm remark.')).toMatchObject(absent);
  });

  it('holds the comment: a custom service omits a label that the site lists', async () => {
    await configureNewsroom({ labels: { 'off-brand': { hold: 0.8 }, mood: {} } });
    scorers.answer = { scores: { toxicity: 0.01 } };
    expect(await submitAndDecide('A calm remark about the talks.')).toMatchObject(absent);
    scorers.answer = { scores: { 'off-brand': 0.01 } };
    expect((await submitAndDecide('Another calm remark.')).comment.status).toBe('published');
  });
});

describe('scorer settings', () => {
  it('are returned without the secret, which is kept if a change omits it', async () => {
    await configureOpenAi({ callsPerDay: 100, model: 'custom-model' });
    const { body } = await expectStatus(200, fixture.admin('GET', path()));
    expect(body.items).toEqual([
      expect.objectContaining({ key: 'openai', model: 'custom-model', callsPerDay: 100, whenAbsent: 'hold' }),
    ]);
    expect(JSON.stringify(body)).not.toContain('sk-test');
    const rows = await db.rows(`SELECT * FROM external_scorer WHERE site_id = $1`, [fixture.site]);
    expect(JSON.stringify(rows)).not.toContain('sk-test');
    await configureOpenAi({ secret: undefined });
    expect((await submitAndDecide('A calm remark.')).comment.status).toBe('published');
  });

  it('can be tried with any text', async () => {
    await configureOpenAi();
    expect(await tryOut('openai', 'Some hatefulword.')).toMatchObject({
      outcome: 'scored',
      status: 200,
      scores: { hate: { value: 0.93, spans: [] } },
      error: null,
    });
    await configureOpenAi({ secret: 'wrong' });
    expect(await tryOut('openai')).toMatchObject({ outcome: 'refused', status: 401, scores: null });
    await configureAkismet({ secret: 'wrong' });
    expect((await tryOut('akismet')).error).toContain('Bad or missing api_key');
  });

  it.each<[string, object, string]>([
    ['no URL', { kind: 'signed-http' }, '/url'],
    ['a private address', { kind: 'signed-http', url: 'https://10.0.0.1/' }, '/url'],
    ['plain http to an unknown host', { kind: 'signed-http', url: 'http://nowhere.invalid/' }, '/url'],
    ['no key', { kind: 'openai-moderation' }, '/secret'],
    [
      'an invalid signing secret',
      { kind: 'signed-http', url: 'https://a.example/', secret: 'abc' },
      '/secret',
    ],
    ['a key with a line break', { kind: 'akismet', secret: 'a\r\nb' }, '/secret'],
    ["another kind's option", { kind: 'akismet', secret: 'a', model: 'm' }, '/model'],
    ['an unknown label', { kind: 'akismet', secret: 'a', labels: { spam: { as: ['x'] } } }, '/labels'],
    [
      'a reject threshold below the hold threshold',
      { kind: 'akismet', secret: 'a', labels: { spam: { hold: 1, reject: 0.5 } } },
      '/labels',
    ],
  ])('are refused with %s', async (_, body, pointer) => {
    const answer = await fixture.admin('PUT', path('scorer'), body);
    expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([400, pointer]);
  });

  it('belong to one site: another site’s scorer is not found', async () => {
    await configureOpenAi();
    const other = await createSiteFixture(app);
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['POST', '/rotate', undefined],
      ['POST', '/test', { text: 'x' }],
    ] as const) {
      await expectStatus(404, other.admin(method, `/sites/${other.site}/scorers/openai${suffix}`, body));
    }
    const key = (
      await fixture.admin('POST', '/keys', { name: 'k', scopes: ['publisher'], sites: [other.site] })
    ).body.key as string;
    expect((await app.call('GET', `/api/v1${path('openai')}`, { token: key })).status).toBe(404);
    const moderation = (
      await fixture.admin('POST', '/keys', { name: 'm', scopes: ['moderation'], sites: [fixture.site] })
    ).body.key as string;
    expect((await app.call('GET', `/api/v1${path('openai')}`, { token: moderation })).status).toBe(403);
    await expectStatus(409, fixture.admin('POST', `${path('openai')}/rotate`));
  });

  it('are limited to five scorers per site', async () => {
    const body = { kind: 'akismet', secret: 'aki-test', enabled: false };
    for (const key of ['a', 'b', 'c', 'd', 'e']) await put(key, body);
    expect((await fixture.admin('PUT', path('f'), body)).body.code).toBe('too-many-scorers');
    await put('e', { ...body, name: 'Changed' });
  });
});
