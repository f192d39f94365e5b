import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ScoringPipelineService } from '../../../src/features/scoring/scoring-pipeline.service.js';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  sendAsCoral,
  coralRequest,
  signaturesOf,
  type CoralComment,
  type CoralOutcome,
  type CoralSecret,
} from '../../support/coral-phase.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { openExternalScorers, type ExternalScorerServers } from '../../support/external-scorer-servers.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct } from '../../support/product.js';
import { openTcpProxy } from '../../support/tcp-proxy.js';

/* Builds and signs requests like Coral, and interprets the responses like Coral. */

// Long enough for a busy machine. Specs of the time limit set another one.
const TIMEOUT_MS = 10_000;
const FIRST: CoralSecret = { secret: `empsec_${'1a'.repeat(32)}` };
const SECOND: CoralSecret = { secret: `empsec_${'2b'.repeat(34)}` };
const GERMAN = 'Das ist eine ruhige Bemerkung über die Verhandlungen im Rathaus von gestern Abend.';
const TOXIC = { actionType: 'FLAG', reason: 'COMMENT_DETECTED_TOXIC' };
const SPAM = { actionType: 'FLAG', reason: 'COMMENT_DETECTED_SPAM' };

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let realNow: () => Date;
const cleanups: (() => Promise<unknown> | void)[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url });
  // A server process does the same before it listens.
  await app.app.get(ScoringPipelineService, { strict: false }).warmUp();
  db = await connectAsOwner(database.url);
  const clock = app.app.get(Clock, { strict: false });
  realNow = clock.now.bind(clock);
});
beforeEach(async () => {
  fixture = await createSiteFixture(app);
});
afterEach(async () => {
  app.app.get(Clock, { strict: false }).now = realNow;
  for (const undo of cleanups.splice(0).reverse()) await undo();
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

const PATH = '/coral/moderation-phase';
const urlOf = (site = fixture.site): string => `${app.url}/api/v1/sites/${site}${PATH}`;
const put = (body: object, site = fixture.site) => fixture.admin('PUT', `/sites/${site}${PATH}`, body);
const setUp = async (timeoutMs = TIMEOUT_MS, site = fixture.site): Promise<Json> =>
  (await expectStatus(200, put({ secret: FIRST.secret, timeoutMs }, site))).body;
const readState = async (): Promise<Json> =>
  (await expectStatus(200, fixture.admin('GET', `/sites/${fixture.site}${PATH}`))).body;
const moderate = (
  comment: string | CoralComment,
  { secrets = [FIRST], timeoutMs = TIMEOUT_MS, site = fixture.site } = {},
): Promise<CoralOutcome> =>
  sendAsCoral(
    urlOf(site),
    secrets,
    coralRequest(typeof comment === 'string' ? { body: comment } : comment),
    timeoutMs,
  );
const ruleOf = ({ text }: CoralOutcome): string => JSON.parse(text).reason.rule;
const statusAndRule = (outcome: CoralOutcome): [string | undefined, string] => [
  outcome.result.status,
  ruleOf(outcome),
];
const setPolicy = (policy: object) =>
  expectStatus(200, fixture.admin('PATCH', `/sites/${fixture.site}/policy`, policy));

describe('decisions for Coral', () => {
  beforeEach(() => setUp());

  it('a calm comment gets no status, and Coral knows that it was checked', async () => {
    expect(await moderate('A calm remark about the talks in the town hall.')).toMatchObject({
      kind: 'answered',
      result: { actions: [] },
    });
    expect((await moderate('Another calm remark about the talks.')).result).toEqual({ actions: [] });
  });

  it('an insult is held and flagged as toxic, also in a reply', async () => {
    const insult = { body: 'You are a pathetic idiot and everybody knows it.', parentID: 'd79b787f' };
    const outcome = await moderate(insult);
    expect(outcome.result).toEqual({ status: 'SYSTEM_WITHHELD', actions: [TOXIC] });
    expect(ruleOf(outcome)).toBe('score-insult');
  });

  it('advertising is held and flagged as spam', async () => {
    const advert =
      'Earn $5000 a week from home! https://one.example/x https://two.example/x https://three.example/x https://four.example/x';
    const { status, actions } = (await moderate(advert)).result;
    expect(status).toBe('SYSTEM_WITHHELD');
    expect(actions).toContainEqual(SPAM);
  });

  it('personal data is held', async () => {
    const outcome = await moderate(
      'Write to the mayor at jane.doe@gmail.com, or call 020 7946 0958 at night.',
    );
    expect(statusAndRule(outcome)).toEqual(['SYSTEM_WITHHELD', 'personal-data']);
  });

  it('only a word that the editors banned rejects a comment, and no score does', async () => {
    await setPolicy({ moderation: { wordLists: { banned: ['quibbletwit'] } } });
    expect((await moderate('What a quibbletwit.')).result).toEqual({ status: 'REJECTED', actions: [TOXIC] });
    const worst = await moderate('You fucking piece of shit, I will kill you and your whole family.');
    expect(worst.result.status).toBe('SYSTEM_WITHHELD');
  });

  it.each(['hold', 'hold-new'])('a language that is not scored is held under "%s"', async (unscored) => {
    await setPolicy({ moderation: { unscored } });
    const outcome = await moderate(GERMAN);
    expect(ruleOf(outcome)).toBe('unscored-language');
    // Coral has no flag for this reason.
    expect(outcome.result).toEqual({ status: 'SYSTEM_WITHHELD', actions: [] });
  });

  it('the site’s policy applies, with its temporary overrides', async () => {
    const threshold = { moderation: { thresholds: { refusal: { hold: 0.99 } } } };
    const mild = 'That was a silly and rather stupid thing to say.';
    await setPolicy({ moderation: { mode: 'hold-all' } });
    expect(statusAndRule(await moderate(mild))).toEqual(['SYSTEM_WITHHELD', 'hold-all']);
    await setPolicy({ moderation: { ...threshold.moderation, mode: 'score' } });
    expect((await moderate(mild)).result.status).toBeUndefined();
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/overrides/tonight`, {
        policy: { moderation: { mode: 'hold-all' } },
      }),
    );
    expect(statusAndRule(await moderate(mild))).toEqual(['SYSTEM_WITHHELD', 'hold-all']);
  });

  it('a first comment is not held for that reason, because Coral has a rule for it and knows its authors', async () => {
    await setPolicy({ moderation: { newReaderHoldsFirst: 3 } });
    expect((await moderate('A first remark about the talks.')).result.status).toBeUndefined();
  });

  it.each([
    ['HTML', '<div>You <b>pathetic</b> idiot, everybody knows it.</div>'],
    ['plain text in something like a tag', 'Well. <you pathetic idiot, everybody knows it>'],
    ['HTML with entities', '<div>You &#112;athetic idiot, everybody knows it.</div>'],
  ])('%s is scored as readers see it', async (_format, body) => {
    expect(statusAndRule(await moderate(body))).toEqual(['SYSTEM_WITHHELD', 'score-insult']);
  });

  it('a link in HTML counts as a link', async () => {
    await setPolicy({ moderation: { links: { block: ['evil.example'] } } });
    const link =
      '<div>Read <a href="https://evil.example/x" target="_blank" rel="noopener noreferrer ugc">https://evil.example/x</a></div>';
    expect((await moderate(link)).result).toEqual({ status: 'SYSTEM_WITHHELD', actions: [SPAM] });
  });

  it('a comment without text is left to Coral', async () => {
    for (const body of ['', '<div><br></div>', ' \n '])
      expect(statusAndRule(await moderate(body))).toEqual([undefined, 'no-text']);
  });

  it('a comment that is too long to score is held', async () => {
    for (const body of ['calm words '.repeat(2_000), 'calm words '.repeat(8_000)])
      expect(statusAndRule(await moderate(body))).toEqual(['SYSTEM_WITHHELD', 'too-long']);
  });

  it('a signed request of an unknown shape is held and reported', async () => {
    for (const request of [{}, [], { action: 'NEW' }, { ...coralRequest({ body: 'x' }), action: 'MOVE' }]) {
      const outcome = await sendAsCoral(urlOf(), [FIRST], request, TIMEOUT_MS);
      expect(statusAndRule(outcome)).toEqual(['SYSTEM_WITHHELD', 'unreadable']);
    }
    await until(async () => /shape/.test((await readState()).lastFailure ?? ''));
  });
});

describe('a signed request that a proxy changed or that cannot be read', () => {
  const CALM = JSON.stringify(coralRequest({ body: 'A calm remark about the talks in the town hall.' }));
  const withMember = (member: string): string => CALM.replace('{', `{${member},`);
  const JSON_TYPE = { 'content-type': 'application/json' };
  const send = async (
    body: string | Buffer,
    headers: Record<string, string> = JSON_TYPE,
    { query = '', secrets = [FIRST] } = {},
  ): Promise<[number, string | undefined, string]> => {
    const answer = await fetch(`${urlOf()}${query}`, {
      method: 'POST',
      headers: { 'x-coral-signature': signaturesOf(secrets, body), ...headers },
      body,
    });
    const { status, reason, code } = (await answer.json()) as Json;
    return answer.ok ? [answer.status, status, reason.rule] : [answer.status, undefined, code];
  };
  const ALL_CLEAR = [200, undefined, 'all-clear'];
  const HELD = [200, 'SYSTEM_WITHHELD', 'unreadable'];
  const TOO_LONG = [200, 'SYSTEM_WITHHELD', 'too-long'];
  beforeEach(() => setUp());

  it.each<[string, string | Buffer, Record<string, string>, query?: string]>([
    ['no content type', Buffer.from(CALM), {}],
    ['another content type', CALM, { 'content-type': 'text/plain' }],
    ['an invalid content type', CALM, { 'content-type': 'x' }],
    ['a content coding that the body does not have', CALM, { ...JSON_TYPE, 'content-encoding': 'br' }],
    ['an Idempotency-Key outside ASCII', CALM, { ...JSON_TYPE, 'idempotency-key': '\u00e9' }],
    ['an Idempotency-Key that is too long', CALM, { ...JSON_TYPE, 'idempotency-key': 'x'.repeat(300) }],
    ['a query', CALM, JSON_TYPE, '?a[b]=c&__proto__=x&%zz'],
    [
      'a member that is nested deeply',
      withMember(`"more":${'['.repeat(2_000)}${']'.repeat(2_000)}`),
      JSON_TYPE,
    ],
    ['a member named __proto__', withMember('"__proto__":{"action":"MOVE"}'), JSON_TYPE],
    ['a byte order mark', `\ufeff${CALM}`, JSON_TYPE],
  ])('is decided with %s', async (...[_what, body, headers, query]) => {
    expect(await send(body, headers, { query })).toEqual(ALL_CLEAR);
  });

  it.each<[string, string | Buffer, Record<string, string>?]>([
    ['compressed', gzipSync(CALM), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    [
      'not UTF-8',
      Buffer.concat([Buffer.from(CALM.slice(0, 40)), Buffer.from([0xff]), Buffer.from(CALM.slice(40))]),
    ],
    ['not JSON', 'action=NEW'],
    ['cut off', CALM.slice(0, -1)],
    ['nested without closing brackets', '['.repeat(100_000)],
    ['empty', ''],
  ])('is held if its body is %s, and the failure is shown', async (...[_what, body, headers]) => {
    expect(await send(body, headers)).toEqual(HELD);
    await until(async () => /held: .*read/.test((await readState()).lastFailure ?? ''));
  });

  it('is held if it is large, and the connection stays in use', async () => {
    expect(await send(JSON.stringify(coralRequest({ body: 'calm '.repeat(500_000) })))).toEqual(TOO_LONG);
    expect(await send('{'.padEnd(6 * 1024 * 1024))).toEqual(TOO_LONG);
    expect(await send(CALM)).toEqual(ALL_CLEAR);
  });

  it('is rejected with a wrong signature', async () => {
    for (const body of [CALM, 'action=NEW', '['.repeat(100_000), gzipSync(CALM), 'calm '.repeat(500_000)])
      expect(await send(body, {}, { secrets: [SECOND] })).toEqual([401, undefined, 'unauthorized']);
  });
});

describe('repetition', () => {
  const speech =
    'The council has hidden the report on the bridge for three whole months, and nobody asks why.';
  beforeEach(() => setUp());

  it('of a text by its author is held, and an edit does not repeat the text it replaces', async () => {
    expect((await moderate({ body: speech, author: 'ann' })).result.status).toBeUndefined();
    expect((await moderate({ body: speech, author: 'ann', action: 'EDIT' })).result.status).toBeUndefined();
    expect(
      (await moderate({ body: `${speech} Why?`, author: 'ann', action: 'EDIT' })).result.status,
    ).toBeUndefined();
    const outcome = await moderate({ body: `${speech.toUpperCase()}!`, author: 'ann' });
    expect(statusAndRule(outcome)).toEqual(['SYSTEM_WITHHELD', 'repeat']);
    expect(outcome.result.actions).toEqual([SPAM]);
  });

  it('of one text by many authors is held', async () => {
    const outcomes: CoralOutcome[] = [];
    for (const author of ['ann', 'ben', 'cem', 'dan', 'eve'])
      outcomes.push(await moderate({ body: speech, author }));
    expect(outcomes.map(ruleOf)).toEqual(['all-clear', 'all-clear', 'all-clear', 'repeat', 'repeat']);
  });

  it('on another site is not counted', async () => {
    const other = await createSiteFixture(app);
    await setUp(TIMEOUT_MS, other.site);
    expect((await moderate({ body: speech, author: 'ann' })).result.status).toBeUndefined();
    expect(
      (await moderate({ body: speech, author: 'ann' }, { site: other.site })).result.status,
    ).toBeUndefined();
  });

  it('in quick succession is held', async () => {
    const rules: string[] = [];
    for (let n = 0; n < 10; n++)
      rules.push(ruleOf(await moderate({ body: `Remark ${n} about the talks: word${n}.`, author: 'ann' })));
    expect(rules.at(0)).toBe('all-clear');
    expect(rules.at(-1)).toBe('flood');
    expect(ruleOf(await moderate({ body: 'A remark about the talks.', author: 'ben' }))).toBe('all-clear');
  });

  it('stores no text and no author', async () => {
    await moderate({ body: speech, author: 'author-of-coral' });
    const counters = await db.rows<{ key: string }>('SELECT key FROM limit_counter');
    const storedRows = JSON.stringify([counters, await db.rows('SELECT * FROM coral_phase')]);
    expect(storedRows).toContain(`coral-text:${fixture.site}`);
    for (const word of ['author-of-coral', 'council', 'bridge']) expect(storedRows).not.toContain(word);
  });
});

describe('authorization', () => {
  const calm = 'A calm remark about the talks in the town hall.';

  it('refuses every request before a secret is set and after it is deleted', async () => {
    expect((await moderate(calm)).httpStatus).toBe(404);
    await setUp();
    expect((await moderate(calm)).httpStatus).toBe(200);
    await expectStatus(204, fixture.admin('DELETE', `/sites/${fixture.site}${PATH}`));
    expect((await moderate(calm)).httpStatus).toBe(404);
    expect((await moderate(calm, { site: '0190d5a0-0000-7000-8000-000000000000' })).httpStatus).toBe(404);
  });

  it('rejects a request signed with another secret, and shows the failure to the publisher', async () => {
    await setUp();
    const other = await createSiteFixture(app);
    await expectStatus(200, put({ secret: SECOND.secret }, other.site));
    expect((await moderate(calm, { secrets: [SECOND] })).httpStatus).toBe(401);
    expect((await moderate(calm, { site: other.site })).httpStatus).toBe(401);
    expect((await moderate(calm, { secrets: [] })).httpStatus).toBe(401);
    await until(async () => /signature/.test((await readState()).lastFailure ?? ''));
  });

  it('rejects a body other than the signed one', async () => {
    await setUp();
    const body = JSON.stringify(coralRequest({ body: calm }), null, 2);
    const signature = signaturesOf([FIRST], body);
    const send = (sent: string): Promise<Response> =>
      fetch(urlOf(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-coral-signature': signature },
        body: sent,
      });
    expect((await send(body)).status).toBe(200);
    expect((await send(`${body} `)).status).toBe(401);
    expect((await send(body.replace('calm', 'vile'))).status).toBe(401);
    // The same JSON in different bytes.
    const refused = await send(JSON.stringify(coralRequest({ body: calm })));
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      401,
      expect.stringContaining('application/problem+json'),
    ]);
  });

  it('accepts Coral before, during and after a change of its secret', async () => {
    await setUp();
    // Coral signs with both secrets until the old one expires.
    const both = [{ ...FIRST, inactiveAt: new Date(Date.now() + 3_600_000) }, SECOND];
    expect((await moderate(calm, { secrets: both })).kind).toBe('answered');
    expect((await moderate(calm, { secrets: [SECOND] })).httpStatus).toBe(401);
    const { body } = await expectStatus(200, put({ secret: SECOND.secret }));
    expect(body).toMatchObject({ timeoutMs: TIMEOUT_MS });
    expect(Date.parse(body.previousSecretValidUntil)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect((await moderate(calm, { secrets: [SECOND] })).kind).toBe('answered');
    expect((await moderate(calm, { secrets: [FIRST] })).kind).toBe('answered');
    app.app.get(Clock, { strict: false }).now = () => new Date(realNow().getTime() + 25 * 3_600_000);
    expect((await moderate(calm, { secrets: [FIRST] })).httpStatus).toBe(401);
    expect((await moderate(calm, { secrets: [SECOND] })).kind).toBe('answered');
  });
});

describe('the time limit', () => {
  const calm = 'A calm remark about the talks in the town hall.';
  let scorers: ExternalScorerServers;
  const configureNewsroom = async (more: object): Promise<void> => {
    scorers = await openExternalScorers();
    cleanups.push(() => scorers.close());
    const { body } = await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/scorers/newsroom`, {
        kind: 'signed-http',
        url: `${scorers.url}/newsroom`,
        labels: { 'off-brand': { hold: 0.8 } },
        timeoutMs: 5_000,
        ...more,
      }),
    );
    scorers.secret = body.secret;
  };

  it('allows an external scorer to be called and to decide', async () => {
    await setUp();
    await configureNewsroom({});
    const reply = { body: 'This is offbrand.', parentID: 'd79b787f', author: 'ann' };
    expect(statusAndRule(await moderate(reply))).toEqual(['SYSTEM_WITHHELD', 'external-score']);
    expect(scorers.requests[0].body.data).toMatchObject({
      comment: { body: 'This is offbrand.', isReply: true, language: 'en' },
      author: { id: 'ann', isNew: true },
      story: { url: 'http://localhost:1313/posts/a-story-url/' },
    });
  });

  it.each([
    ['hold', 'SYSTEM_WITHHELD', 'external-unavailable'],
    ['go-on', undefined, 'all-clear'],
  ])(
    'lets Coral wait no longer than its timeout for a scorer that never responds (%s)',
    async (whenAbsent, status, rule) => {
      await setUp(1_500);
      await configureNewsroom({ whenAbsent });
      await moderate(calm);
      scorers.behaviour = 'hangs';
      const outcome = await moderate(`${calm} So.`, { timeoutMs: 1_500 });
      expect(statusAndRule(outcome)).toEqual([status, rule]);
      expect(outcome.tookMs).toBeGreaterThan(900);
    },
  );

  it('holds a comment that cannot be scored in time', async () => {
    await setUp(1_000);
    // Scoring has to read the site's external scorers, and the lock blocks that query.
    await db.rows('BEGIN');
    cleanups.push(() => db.rows('ROLLBACK'));
    await db.rows('LOCK TABLE external_scorer IN ACCESS EXCLUSIVE MODE');
    const outcome = await moderate(calm, { timeoutMs: 1_000 });
    expect(statusAndRule(outcome)).toEqual(['SYSTEM_WITHHELD', 'too-late']);
    await until(async () => /within 700 ms/.test((await readState()).lastFailure ?? ''));
  });

  it('holds a comment whose time limit passes while it waits, without scoring it', async () => {
    await setUp(200);
    await moderate(calm);
    const run = jest.spyOn(app.app.get(ScoringPipelineService, { strict: false }), 'run');
    cleanups.push(() => run.mockRestore());
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        moderate({ body: `${n} ${'1 '.repeat(9_900)}`, author: `ann-${n}` }, { timeoutMs: 60_000 }),
      ),
    );
    const late = outcomes.filter((outcome) => ruleOf(outcome) === 'too-late');
    expect(late.length).toBeGreaterThan(0);
    expect(late.every(({ result }) => result.status === 'SYSTEM_WITHHELD')).toBe(true);
    expect(run.mock.calls.length).toBeLessThan(outcomes.length);
  });

  it('holds comments of known sites while the database is unavailable, and returns errors for other sites', async () => {
    const proxy = await openTcpProxy(Number(new URL(database.url).port));
    const proxiedUrl = new URL(database.url);
    proxiedUrl.hostname = '127.0.0.1';
    proxiedUrl.port = String(proxy.port);
    const product = await startProduct({ databaseUrl: proxiedUrl.href, role: 'api' });
    cleanups.push(() => product.process.kill());
    const productCaller = { ...product, adminKey: PRODUCT_ADMIN_KEY };
    const moderateOn = (site: string, secret = FIRST): Promise<CoralOutcome> =>
      sendAsCoral(
        `${product.url}/api/v1/sites/${site}${PATH}`,
        [secret],
        coralRequest({ body: calm }),
        TIMEOUT_MS,
      );
    const known = await createSiteFixture(productCaller);
    const unknown = await createSiteFixture(productCaller);
    for (const { site, admin } of [known, unknown])
      await expectStatus(
        200,
        admin('PUT', `/sites/${site}${PATH}`, { secret: FIRST.secret, timeoutMs: 3_000 }),
      );
    expect((await moderateOn(known.site)).kind).toBe('answered');

    await proxy.close();
    await until(async () => (await moderateOn(unknown.site)).httpStatus === 503);
    for (let n = 0; n < 3; n++) {
      const outcome = await moderateOn(known.site);
      expect([outcome.kind, outcome.result.status]).toEqual(['answered', 'SYSTEM_WITHHELD']);
      expect((await moderateOn(known.site, SECOND)).httpStatus).toBe(401);
    }
    const { status, headers } = await product.call('POST', `/api/v1/sites/${unknown.site}${PATH}`, {
      body: {},
    });
    expect([status, Number(headers.get('retry-after')) > 0]).toEqual([503, true]);
  });
});

describe('the settings', () => {
  it('are empty at first, require a secret, and never contain it', async () => {
    await expectStatus(404, fixture.admin('GET', `/sites/${fixture.site}${PATH}`));
    await expectStatus(404, fixture.admin('DELETE', `/sites/${fixture.site}${PATH}`));
    const { body: refused } = await expectStatus(400, put({ timeoutMs: 500 }));
    expect(refused.errors).toMatchObject([{ pointer: '/secret', code: 'required' }]);
    for (const wrong of [
      { secret: 'short' },
      { secret: `${FIRST.secret} ` },
      { secret: FIRST.secret, timeoutMs: 99 },
    ])
      await expectStatus(400, put(wrong));
    const { body } = await expectStatus(200, put({ secret: FIRST.secret }));
    expect(body).toEqual({
      url: expect.stringMatching(`/api/v1/sites/${fixture.site}/coral/moderation-phase$`),
      timeoutMs: 200,
      answerWithinMs: 140,
      previousSecretValidUntil: null,
      lastAnswerAt: null,
      lastAnswer: null,
      lastRule: null,
      lastFailureAt: null,
      lastFailure: null,
      updatedAt: expect.any(String),
    });
    expect(await readState()).toEqual(body);
    expect((await expectStatus(200, put({ timeoutMs: 4_000 }))).body).toMatchObject({
      timeoutMs: 4_000,
      previousSecretValidUntil: null,
    });
    const [row] = await db.rows('SELECT * FROM coral_phase WHERE site_id = $1', [fixture.site]);
    expect(JSON.stringify(row)).not.toContain(FIRST.secret);
    expect((await moderate('A calm remark about the talks.')).kind).toBe('answered');
  });

  it('report the result of the last request', async () => {
    await setUp();
    await moderate('You are a pathetic idiot and everybody knows it.');
    await until(async () => (await readState()).lastAnswerAt !== null);
    expect(await readState()).toMatchObject({
      lastAnswer: 'hold',
      lastRule: 'score-insult',
      lastFailure: null,
    });
    const metrics = (await app.call<string>('GET', '/metrics')).body;
    expect(metrics).toMatch(/postbag_coral_answers_total\{action="hold",rule="score-insult"\} [1-9]/);
    expect(metrics).toMatch(/postbag_coral_answer_seconds_count [1-9]/);
  });

  it('are in the audit log, without the secret', async () => {
    await setUp();
    await expectStatus(200, put({ secret: SECOND.secret, timeoutMs: 500 }));
    await moderate('A calm remark about the talks.', { secrets: [SECOND] });
    await until(async () => (await readState()).lastAnswerAt !== null);
    await expectStatus(204, fixture.admin('DELETE', `/sites/${fixture.site}${PATH}`));
    const entries = await db.rows<{ action: string; body: string }>(
      `SELECT action, body FROM audit_entry WHERE site_id = $1 AND action LIKE 'coral-phase.%' ORDER BY position`,
      [fixture.site],
    );
    expect(entries.map(({ action }) => action)).toEqual([
      'coral-phase.made',
      'coral-phase.changed',
      'coral-phase.deleted',
    ]);
    expect(entries[1].body).toContain('replaced');
    expect(JSON.stringify(entries)).not.toMatch(/empsec/);
  });
});
