import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { expectStatus, connectAsOwner, type Json, type OwnerConnection } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

const ANALYZE = '/v1alpha1/comments:analyze';
const SUGGEST = '/v1alpha1/comments:suggestscore';
const ALL = [
  'TOXICITY',
  'SEVERE_TOXICITY',
  'INSULT',
  'PROFANITY',
  'THREAT',
  'IDENTITY_ATTACK',
  'SEXUALLY_EXPLICIT',
  'SPAM',
];

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let key: string;

const issueKey = async (body: object): Promise<string> =>
  (
    await expectStatus(
      201,
      app.call<Json>('POST', '/api/v1/keys', { token: app.adminKey, body: { name: 'coral', ...body } }),
    )
  ).body.key;
const createSite = async (): Promise<string> =>
  (
    await expectStatus(
      201,
      app.call<Json>('POST', '/api/v1/sites', {
        token: app.adminKey,
        body: { name: 'Paper', origins: ['http://localhost'] },
      }),
    )
  ).body.id;
const call = (path: string, body: unknown, callerKey: string | null = key) =>
  app.call<Json>('POST', callerKey === null ? path : `${path}?key=${callerKey}`, { body });
const analyze = (text: string, more: object = {}) =>
  call(ANALYZE, { comment: { text }, requestedAttributes: { TOXICITY: {} }, ...more });

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  db = await connectAsOwner(database.url);
  key = await issueKey({ scopes: ['score'] });
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

describe('comments:analyze', () => {
  it('scores every requested attribute', async () => {
    const text = 'You are a f*cking 1d10t';
    const { status, body } = await analyze(text, {
      requestedAttributes: Object.fromEntries(ALL.map((name) => [name, {}])),
      languages: ['en'],
      clientToken: 'mine',
    });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'attributeScores',
      'clientToken',
      'detectedLanguages',
      'languages',
    ]);
    expect(body).toMatchObject({ languages: ['en'], detectedLanguages: ['en'], clientToken: 'mine' });
    expect(Object.keys(body.attributeScores)).toEqual(ALL);
    for (const name of ALL) {
      const { summaryScore, spanScores } = body.attributeScores[name];
      expect(summaryScore).toEqual({ value: expect.any(Number), type: 'PROBABILITY' });
      expect(spanScores).toEqual([{ begin: 0, end: text.length, score: summaryScore }]);
    }
    expect(body.attributeScores.INSULT.summaryScore.value).toBeGreaterThanOrEqual(0.9);
    expect(body.attributeScores.THREAT.summaryScore.value).toBeLessThan(0.5);
  });

  it('returns the words that led to a score, in UTF-16 units', async () => {
    const text = '🙂 Well, you are an idiot, 🙂 frankly.';
    const { body } = await analyze(text, { requestedAttributes: { INSULT: {} }, spanAnnotations: true });
    const spans = body.attributeScores.INSULT.spanScores.map(({ begin, end }: Json) =>
      text.slice(begin, end),
    );
    expect(spans).toEqual(['idiot']);
  });

  it('returns positions in the source of HTML', async () => {
    const text = '<p>Well, you are an <b>id</b>iot &amp; so on.</p>';
    const { body } = await analyze('', {
      comment: { text, type: 'HTML' },
      requestedAttributes: { INSULT: {} },
      spanAnnotations: true,
    });
    const [{ begin, end }] = body.attributeScores.INSULT.spanScores;
    expect(text.slice(begin, end)).toContain('id</b>iot');
  });

  it('reads text behind a bidirectional override as it is displayed', async () => {
    const attributesRequest = { requestedAttributes: { THREAT: {} } };
    const shown = await analyze('I will kill you tonight', attributesRequest);
    const { body } = await analyze('\u202ethginot uoy llik lliw I\u202c', attributesRequest);
    expect(body.attributeScores.THREAT.summaryScore.value).toBeGreaterThan(0.6);
    expect(body.attributeScores.THREAT.summaryScore).toEqual(shown.body.attributeScores.THREAT.summaryScore);
  });

  it('omits scores below the requested threshold', async () => {
    const { body } = await analyze('A calm remark about the talks.', {
      requestedAttributes: { TOXICITY: { scoreThreshold: 0.9, scoreType: 'PROBABILITY' }, INSULT: {} },
    });
    expect(Object.keys(body.attributeScores)).toEqual(['INSULT']);
  });

  it('accepts names as in the .proto file, numbers as strings, and null as a missing value', async () => {
    const { status, body } = await call(ANALYZE, {
      comment: { text: 'You are an idiot.', type: 1 },
      requested_attributes: { INSULT: { score_threshold: '0.2', scoreType: null } },
      span_annotations: true,
      do_not_store: true,
      context: null,
    });
    expect([status, body]).toEqual([200, expect.objectContaining({ languages: ['en'] })]);
    expect(body.attributeScores.INSULT.summaryScore.value).toBeGreaterThan(0.5);
  });

  it('accepts context, session and community, and stores nothing', async () => {
    const { status } = await analyze('Fair enough.', {
      context: { entries: [{ text: 'What do you think?' }] },
      sessionId: 's',
      communityId: 'c',
    });
    expect(status).toBe(200);
    expect(await db.rows('SELECT * FROM suggested_score')).toEqual([]);
  });

  it('returns an error for a language that it does not score, or omits the attribute', async () => {
    const dutch = 'Dat is toch complete onzin, en dat weten jullie ook wel.';
    const found = await analyze(dutch);
    expect([found.status, found.body]).toEqual([
      400,
      {
        error: {
          code: 400,
          message: 'Attribute TOXICITY does not support request languages: nl',
          status: 'INVALID_ARGUMENT',
          details: [
            {
              '@type': 'type.googleapis.com/google.commentanalyzer.v1alpha1.Error',
              errorType: 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE',
              languageNotSupportedByAttributeError: { detectedLanguages: ['nl'], attribute: 'TOXICITY' },
            },
          ],
        },
      },
    ]);
    const refused = await analyze('Yes.', { languages: ['en', 'xx'] });
    expect(refused.body.error.details[0].languageNotSupportedByAttributeError).toMatchObject({
      requestedLanguages: ['en', 'xx'],
    });
    const dropped = await analyze(dutch, {
      requestedAttributes: { TOXICITY: {}, PROFANITY: {} },
      dropUnsupportedAttributes: true,
    });
    expect(Object.keys(dropped.body.attributeScores)).toEqual(['PROFANITY']);
    expect((await analyze(dutch, { languages: ['en-GB'] })).status).toBe(200);
  });

  it('scores only toxicity in a language whose model only orders the queue', async () => {
    const german = { requestedAttributes: { TOXICITY: {} } };
    const value = async (text: string, more: object = german): Promise<number> =>
      (await analyze(text, more)).body.attributeScores.TOXICITY.summaryScore.value;
    const rude = await value('Halt die Fresse, du dummes Arschloch.');
    expect(rude).toBeGreaterThan(0.7);
    expect(await value('Vielen Dank für den guten und ausführlichen Artikel.')).toBeLessThan(rude);
    expect(await value('Moin.', { ...german, languages: ['de-AT'] })).toBeLessThan(rude);
    const insult = { requestedAttributes: { INSULT: {} }, languages: ['fr'] };
    expect((await analyze('Bonjour.', insult)).status).toBe(400);
    // Experimental models score only for a site that turned them on.
    expect((await analyze('Dzień dobry.', { languages: ['pl'] })).status).toBe(400);
  });

  it('returns the experimental version of each attribute under the requested name', async () => {
    const experimentalNames = ALL.map((name) => `${name}_EXPERIMENTAL`);
    const { status, body } = await analyze('You are an idiot.', {
      requestedAttributes: Object.fromEntries([...ALL, ...experimentalNames].map((name) => [name, {}])),
    });
    expect(status).toBe(200);
    expect(Object.keys(body.attributeScores)).toEqual([...ALL, ...experimentalNames]);
    for (const name of ALL)
      expect(body.attributeScores[`${name}_EXPERIMENTAL`]).toEqual(body.attributeScores[name]);
    const unknown = await analyze('x', { requestedAttributes: { LOVE_EXPERIMENTAL: {} } });
    expect(unknown.body.error.details[0].errorType).toBe('INVALID_REQUEST');
  });

  it('responds in time for any text', async () => {
    for (const text of [
      '<!--'.repeat(5_000),
      '&#'.repeat(10_000),
      'a'.repeat(20_480),
      '😡'.repeat(5_000),
      '$h1t '.repeat(4_000),
    ]) {
      // Use CPU time, which other load on the machine hardly affects.
      const startedAt = process.cpuUsage();
      const { status } = await analyze('', { comment: { text, type: 'HTML' }, languages: ['en'] });
      expect([200, 400]).toContain(status);
      expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(2_000);
    }
  });
});

describe('a text in a language that is not scored', () => {
  const german = 'Das ist doch totaler Unsinn, und ihr wisst das auch.';
  const values = ({ body }: Json): Record<string, number> =>
    Object.fromEntries(
      Object.entries<Json>(body.attributeScores).map(([name, { summaryScore }]) => [
        name,
        summaryScore.value,
      ]),
    );
  let keyWithScore: string;
  const analyzeText = (text: string, more: object = {}) =>
    call(
      ANALYZE,
      { comment: { text }, requestedAttributes: { TOXICITY: {}, PROFANITY: {} }, ...more },
      keyWithScore,
    );

  beforeAll(async () => {
    keyWithScore = await issueKey({ scopes: ['score'], unread: { mode: 'score', value: 0.95 } });
  });

  it('gets the score set for the key, for every attribute', async () => {
    const text = 'x';
    const { status, body } = await call(
      ANALYZE,
      {
        comment: { text },
        requestedAttributes: Object.fromEntries(ALL.map((name) => [name, {}])),
        languages: ['fi'],
        clientToken: 'mine',
      },
      keyWithScore,
    );
    const score = { value: 0.95, type: 'PROBABILITY' };
    expect([status, body]).toEqual([
      200,
      {
        attributeScores: Object.fromEntries(
          ALL.map((name) => [
            name,
            { summaryScore: score, spanScores: [{ begin: 0, end: text.length, score }] },
          ]),
        ),
        languages: ['fi'],
        detectedLanguages: expect.any(Array),
        clientToken: 'mine',
      },
    ]);
  });

  it.each([
    ['according to its text', german, {}],
    ['according to the client', 'Moin.', { languages: ['de'] }],
    ['in one of several languages', 'Yes, of course.', { languages: ['en', 'de-AT'] }],
    ['although the client names English', german, { languages: ['en'] }],
    ['although unsupported attributes are to be dropped', german, { dropUnsupportedAttributes: true }],
    ['in a script that no model supports', 'ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎤᏬᏂᏒ ᏓᏓᏚᎬᎢ', { languages: ['en'] }],
  ])('%s', async (_, text, more) => {
    const answer = await analyzeText(text, more);
    expect([answer.status, values(answer)]).toEqual([200, { TOXICITY: 0.95, PROFANITY: 0.95 }]);
  });

  it('does not change the scores of supported languages', async () => {
    const idiot = values(await analyzeText('You are an idiot.', { languages: ['en'] }));
    expect(idiot).toEqual(
      values(await analyze('You are an idiot.', { requestedAttributes: { TOXICITY: {}, PROFANITY: {} } })),
    );
    expect(values(await analyzeText('ok lol', { languages: ['en'] }))['TOXICITY']).toBeLessThan(0.5);
  });

  it('still returns errors for an invalid request', async () => {
    expect((await analyzeText('', { languages: ['fi'] })).status).toBe(400);
    expect((await analyzeText(german, { requestedAttributes: { LOVE: {} } })).status).toBe(400);
  });

  it('makes Coral hold the comment, which Coral would publish after an error', async () => {
    // Interpret the response like Coral's server: after an error, `data` is null, which throws, and the comment is
    // published without a score.
    const isHeld = async (callerKey: string): Promise<boolean> => {
      const { status, body } = await call(
        ANALYZE,
        {
          comment: { text: 'Jullie zijn toch allemaal idioten.' },
          doNotStore: true,
          requestedAttributes: { TOXICITY: {} },
          languages: ['nl'],
        },
        callerKey,
      );
      const data: Json = status === 200 ? body : null;
      try {
        return data.attributeScores.TOXICITY.summaryScore.value > 0.8;
      } catch {
        return false;
      }
    };
    expect([await isHeld(key), await isHeld(keyWithScore)]).toEqual([false, true]);
  });

  it('is a setting of each key, which lists show', async () => {
    const items: Json[] = (await app.call<Json>('GET', '/api/v1/keys?limit=100', { token: app.adminKey }))
      .body.items;
    const found = items.map(({ prefix, unread }) => [prefix, unread]);
    expect(found).toContainEqual([keyWithScore.slice(0, 12), { mode: 'score', value: 0.95 }]);
    expect(found).toContainEqual([key.slice(0, 12), { mode: 'error' }]);
    for (const [unread, pointer] of [
      [{ mode: 'score' }, '/unread/value'],
      [{ mode: 'score', value: 1.1 }, '/unread/value'],
      [{ mode: 'score', value: '0.9' }, '/unread/value'],
      [{ mode: 'error', value: 0.5 }, '/unread/value'],
      [{ mode: 'hold' }, '/unread/mode'],
      [{ value: 0.5 }, '/unread/mode'],
      ['score', '/unread'],
      [null, '/unread'],
    ] as const) {
      const { status, body } = await app.call<Json>('POST', '/api/v1/keys', {
        token: app.adminKey,
        body: { name: 'x', scopes: ['score'], unread },
      });
      expect([unread, status, body.errors[0].pointer]).toEqual([unread, 400, pointer]);
    }
    const withoutScope = await app.call<Json>('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: { name: 'x', scopes: ['publisher'], unread: { mode: 'score', value: 1 } },
    });
    expect([withoutScope.status, withoutScope.body.errors[0].pointer]).toEqual([400, '/unread']);
  });
});

describe('errors of the Analyze API', () => {
  const error = (code: number, status: string, errorType?: string) => ({
    error: expect.objectContaining({
      code,
      status,
      message: expect.any(String),
      ...(errorType ? { details: [expect.objectContaining({ errorType })] } : {}),
    }),
  });

  it.each([
    ['no comment', {}, 'COMMENT_EMPTY'],
    ['an empty comment', { comment: { text: ' ' } }, 'COMMENT_EMPTY'],
    ['markup alone', { comment: { text: '<p> <b></b></p>', type: 'HTML' } }, 'COMMENT_EMPTY'],
    ['a comment that is too long', { comment: { text: 'é'.repeat(10_241) } }, 'COMMENT_TOO_LONG'],
    ['no attributes', { comment: { text: 'x' } }, 'NO_REQUESTED_ATTRIBUTES'],
    [
      'an unknown attribute',
      { comment: { text: 'x' }, requestedAttributes: { LOVE: {} } },
      'INVALID_REQUEST',
    ],
    [
      'an attribute named like a method of objects',
      { comment: { text: 'x' }, requestedAttributes: { toString: {} } },
      'INVALID_REQUEST',
    ],
    [
      'an unknown score type',
      { comment: { text: 'x' }, requestedAttributes: { TOXICITY: { scoreType: 'RAW' } } },
      'INVALID_REQUEST',
    ],
    [
      'two contexts',
      {
        comment: { text: 'x' },
        requestedAttributes: { TOXICITY: {} },
        context: { entries: [{ text: 'a' }], articleAndParentComment: { article: { text: 'b' } } },
      },
      'INVALID_REQUEST',
    ],
  ])('%s', async (_, body, errorType) => {
    const answer = await call(ANALYZE, body);
    expect([answer.status, answer.body]).toEqual([400, error(400, 'INVALID_ARGUMENT', errorType)]);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('report every invalid field of a body that is not a valid message', async () => {
    const { status, body } = await call(ANALYZE, {
      comment: { text: 42, tpye: 'x' },
      requestedAttributes: { TOXICITY: { scoreThreshold: 'much' } },
      languages: 'en',
    });
    expect(status).toBe(400);
    expect(body.error.details).toEqual([
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [
          { field: 'comment.text', description: "Invalid value at 'comment.text' (TYPE_STRING), 42" },
          {
            field: 'comment',
            description:
              'Invalid JSON payload received. Unknown name "tpye" at \'comment\': Cannot find field.',
          },
          expect.objectContaining({ field: 'requestedAttributes[TOXICITY].scoreThreshold' }),
          expect.objectContaining({ field: 'languages' }),
        ],
      },
    ]);
  });

  it('are returned for a missing key, a wrong key, a key without the scope, and two keys', async () => {
    const other = await issueKey({ scopes: ['publisher', 'moderation'] });
    const body = { comment: { text: 'x' }, requestedAttributes: { TOXICITY: {} } };
    const cases: [string, number, string, string][] = [
      ['', 403, 'PERMISSION_DENIED', 'API_KEY_MISSING'],
      ['?key=', 403, 'PERMISSION_DENIED', 'API_KEY_MISSING'],
      ['?key=AIzaSomething', 400, 'INVALID_ARGUMENT', 'API_KEY_INVALID'],
      [`?key=${key}&key=${key}`, 400, 'INVALID_ARGUMENT', 'API_KEY_INVALID'],
      [`?key=${other}`, 403, 'PERMISSION_DENIED', 'API_KEY_SERVICE_BLOCKED'],
    ];
    for (const [query, code, status, reason] of cases) {
      const answer = await app.call<Json>('POST', ANALYZE + query, { body });
      expect([query, answer.status, answer.body.error.status]).toEqual([query, code, status]);
      expect(answer.body.error.details[0].reason).toBe(reason);
    }
  });

  it('are not returned for a key in a header, or for the admin key', async () => {
    const body = { comment: { text: 'x' }, requestedAttributes: { TOXICITY: {} } };
    const credentials: Record<string, string>[] = [
      { 'x-goog-api-key': key },
      { authorization: `Bearer ${key}` },
    ];
    for (const headers of credentials) {
      expect((await app.call('POST', ANALYZE, { body, headers })).status).toBe(200);
    }
    expect((await call(ANALYZE, body, app.adminKey)).status).toBe(200);
  });

  it('are returned for a revoked key at once', async () => {
    const made = await app.call<Json>('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: { name: 'gone', scopes: ['score'] },
    });
    const body = { comment: { text: 'x' }, requestedAttributes: { TOXICITY: {} } };
    expect((await call(ANALYZE, body, made.body.key)).status).toBe(200);
    await app.call('DELETE', `/api/v1/keys/${made.body.id}`, { token: app.adminKey });
    expect((await call(ANALYZE, body, made.body.key)).status).toBe(400);
  });

  it.each([
    ['invalid JSON', 'POST', ANALYZE, '{"comment":', 'application/json', 400, 'INVALID_ARGUMENT'],
    [
      'a body that is too large',
      'POST',
      ANALYZE,
      `{"a":"${'x'.repeat(300_000)}"}`,
      'application/json',
      413,
      'INVALID_ARGUMENT',
    ],
    [
      'another content type',
      'POST',
      ANALYZE,
      '{}',
      'application/x-www-form-urlencoded',
      415,
      'INVALID_ARGUMENT',
    ],
    ['another method', 'PUT', ANALYZE, '{}', 'application/json', 404, 'NOT_FOUND'],
    ['another verb', 'POST', '/v1alpha1/comments:love', '{}', 'application/json', 404, 'NOT_FOUND'],
    ['a plain path', 'POST', '/v1alpha1/comments/analyze', '{}', 'application/json', 404, 'NOT_FOUND'],
    ['no path', 'POST', '/v1alpha1', '{}', 'application/json', 404, 'NOT_FOUND'],
    ['a malformed path', 'POST', '/v1alpha1/%', '{}', 'application/json', 400, 'INVALID_ARGUMENT'],
    ['a path with a NUL', 'POST', `${ANALYZE}%00`, '{}', 'application/json', 400, 'INVALID_ARGUMENT'],
    [
      'very deep JSON',
      'POST',
      ANALYZE,
      `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
      'application/json',
      400,
      'INVALID_ARGUMENT',
    ],
  ])('%s', async (_, method, path, body, type, code, status) => {
    const answer = await app.call<Json>(method, `${path}?key=${key}`, {
      body,
      headers: { 'content-type': type },
    });
    expect([answer.status, answer.body]).toEqual([code, error(code, status)]);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('are problem+json on all other routes', async () => {
    const answer = await app.call('GET', '/v1alpha1x');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('can be read by pages of any origin, without credentials', async () => {
    const preflight = await app.call('OPTIONS', ANALYZE, {
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-goog-api-key',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-goog-api-key');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('are returned for a key that exceeds its quota, and only for that key', async () => {
    const [limitedKey, otherKey] = [
      await issueKey({ scopes: ['score'] }),
      await issueKey({ scopes: ['score'] }),
    ];
    const body = { comment: { text: 'x' }, requestedAttributes: { TOXICITY: {} } };
    await call(ANALYZE, body, limitedKey);
    await db.rows(`UPDATE limit_counter SET hits = 1000000 WHERE key LIKE 'analyze:key:%' AND hits = 1`);
    const refused = await call(ANALYZE, body, limitedKey);
    expect([refused.status, refused.body]).toEqual([429, error(429, 'RESOURCE_EXHAUSTED')]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call(ANALYZE, body, otherKey)).status).toBe(200);
  });
});

describe('comments:suggestscore', () => {
  const suggest = (more: object = {}, callerKey = key) =>
    call(
      SUGGEST,
      {
        comment: { text: 'A remark.' },
        attributeScores: { TOXICITY: { summaryScore: { value: 1 } } },
        ...more,
      },
      callerKey,
    );
  const listSuggestions = () =>
    db.rows<Json>('SELECT site_id, community, client_token, text, scores FROM suggested_score ORDER BY id');

  it('stores one suggestion per client token, the latest one', async () => {
    const suggestion = {
      communityId: 'Coral:https://paper.example',
      clientToken: 'comment:1',
      sessionId: '7',
    };
    const first = await suggest({ ...suggestion, languages: ['en'] });
    expect([first.status, first.body]).toEqual([
      200,
      { detectedLanguages: ['en'], requestedLanguages: ['en'], clientToken: 'comment:1' },
    ]);
    await suggest({
      ...suggestion,
      attributeScores: {
        SEXUALLY_EXPLICIT: { spanScores: [{ begin: 2, end: 8, score: { value: 1, type: 'PROBABILITY' } }] },
        INSULT: { summaryScore: { value: 0 } },
      },
    });
    expect(await listSuggestions()).toEqual([
      {
        site_id: null,
        community: suggestion.communityId,
        client_token: suggestion.clientToken,
        text: 'A remark.',
        scores: { sexual: { value: null, spans: [[2, 8, 1]] }, insult: { value: 0, spans: [] } },
      },
    ]);
  });

  it('stores nothing if the client sets doNotStore', async () => {
    const before = await listSuggestions();
    expect((await suggest({ doNotStore: true })).status).toBe(200);
    expect(await listSuggestions()).toEqual(before);
  });

  it('stores the suggestion for the site of the key, or for the site that communityId names', async () => {
    const [ours, theirs] = [await createSite(), await createSite()];
    const own = await issueKey({ scopes: ['score'], sites: [ours] });
    const sites = async (token: string) =>
      (await db.rows<Json>('SELECT site_id FROM suggested_score WHERE client_token = $1', [token]))[0]
        .site_id;
    await suggest({ clientToken: 'by key' }, own);
    await suggest({ clientToken: 'by name', communityId: theirs });
    await suggest({ clientToken: 'not theirs', communityId: theirs }, own);
    await suggest({ clientToken: 'nowhere', communityId: '0190d5a0-0000-7000-8000-000000000000' });
    expect([
      await sites('by key'),
      await sites('by name'),
      await sites('not theirs'),
      await sites('nowhere'),
    ]).toEqual([ours, theirs, ours, null]);
    await db.rows('SET ROLE postbag_app');
    try {
      await db.rows(`SELECT set_config('app.site_id', $1, false)`, [ours]);
      expect(await db.rows('SELECT DISTINCT site_id FROM suggested_score')).toEqual([{ site_id: ours }]);
    } finally {
      await db.rows('RESET ROLE');
      await db.rows(`SELECT set_config('app.site_id', '', false)`);
    }
  });

  it('accepts characters that PostgreSQL cannot store', async () => {
    const text = `half an emoji \ud83d and a NUL \0.`;
    expect((await suggest({ comment: { text }, clientToken: 'odd' })).status).toBe(200);
  });

  it.each([
    ['no scores', { attributeScores: {} }],
    ['an empty score', { attributeScores: { TOXICITY: {} } }],
    ['a score without a value', { attributeScores: { TOXICITY: { summaryScore: {} } } }],
    ['a score above 1', { attributeScores: { TOXICITY: { summaryScore: { value: 1.5 } } } }],
    [
      'a span outside the text',
      { attributeScores: { TOXICITY: { spanScores: [{ begin: 0, end: 99, score: { value: 1 } }] } } },
    ],
    ['a span without its ends', { attributeScores: { TOXICITY: { spanScores: [{ score: { value: 1 } }] } } }],
    ['a percentile', { attributeScores: { TOXICITY: { summaryScore: { value: 1, type: 'PERCENTILE' } } } }],
  ])('refuses %s', async (_, more) => {
    const before = await listSuggestions();
    const answer = await suggest(more);
    expect([answer.status, answer.body.error?.status]).toEqual([400, 'INVALID_ARGUMENT']);
    expect(await listSuggestions()).toEqual(before);
  });

  it('deletes suggestions after a year', async () => {
    await db.rows(
      `UPDATE suggested_score SET created_at = created_at - interval '366 days' WHERE client_token = 'odd'`,
    );
    const [{ purged }] = await db.rows<Json>(
      `SELECT purge_suggested_scores(now() - interval '365 days', 100) AS purged`,
    );
    expect(purged).toBe(1);
  });
});

/** `perspective-api-client` from npm, redirected with the lines in docs/migrating-from-perspective.md. */
function redirectedClient(sent: string[] = []): Json {
  const require = createRequire(import.meta.url);
  const page = readFileSync(new URL('../../../docs/migrating-from-perspective.md', import.meta.url), 'utf8');
  const [, lines] = /<!-- example: redirect -->\s+```js\n(.+?)```/s.exec(page)!;
  const redirect = `${lines.replaceAll('https://postbag.example', app.url)}\nreturn axios;`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code comes from the docs
  const axios: Json = new Function('require', redirect)(require);
  // Runs before the interceptor in the docs.
  axios.interceptors.request.use((config: Json) => {
    sent.push(config.url);
    return config;
  });
  return require('perspective-api-client');
}

/** Builds a client from the discovery document with Google's library. */
async function discoveredClient(): Promise<Json> {
  const { Discovery } = await import('googleapis-common');
  const url = `${app.url}/$discovery/rest?version=v1alpha1`;
  const endpoint = (await new Discovery({}).discoverAPI(url)) as unknown as (options: object) => Json;
  // The document contains PUBLIC_URL, which differs from the URL of the test server.
  return endpoint({ rootUrl: `${app.url}/` });
}

describe('clients of Perspective API', () => {
  it('perspective-api-client works with only its transport redirected', async () => {
    const sent: string[] = [];
    const Perspective = redirectedClient(sent);
    const client = new Perspective({ apiKey: key });
    const simple = await client.analyze('What <b>kind</b> of idiot name is foo?');
    expect(sent).toEqual(['https://commentanalyzer.googleapis.com/v1alpha1/comments:analyze']);
    expect(simple.attributeScores.TOXICITY.summaryScore).toEqual({
      value: expect.any(Number),
      type: 'PROBABILITY',
    });
    const withAttributes = await client.analyze('You are an idiot.', {
      attributes: ['toxicity', 'insult', 'spam'],
    });
    expect(Object.keys(withAttributes.attributeScores)).toEqual(['TOXICITY', 'INSULT', 'SPAM']);
    const fullRequest = await client.analyze({
      comment: { text: 'You are an idiot.' },
      languages: ['en'],
      requestedAttributes: { INSULT: { scoreThreshold: 0.5 } },
    });
    expect(fullRequest.attributeScores.INSULT.summaryScore.value).toBeGreaterThan(0.5);
    await expect(client.analyze('x', { attributes: ['love'] })).rejects.toThrow(
      'Unknown requested attribute: LOVE',
    );
    const unauthorized = new Perspective({ apiKey: 'none' });
    await expect(unauthorized.analyze('x')).rejects.toMatchObject({
      message: 'API key not valid. Please pass a valid API key.',
      response: { status: 400 },
    });
  });

  it('Google’s libraries work with the discovery document', async () => {
    const client = await discoveredClient();
    const resource = { comment: { text: 'You are an idiot.' }, requestedAttributes: { INSULT: {} } };
    const { data } = await client.comments.analyze({ key, resource });
    expect(data.attributeScores.INSULT.summaryScore.value).toBeGreaterThan(0.5);
    const suggested = await client.comments.suggestscore({
      key,
      resource: {
        comment: { text: 'You are an idiot.' },
        attributeScores: { INSULT: { summaryScore: { value: 1 } } },
        clientToken: 'discovered',
        doNotStore: true,
      },
    });
    expect(suggested.data.clientToken).toBe('discovered');
    await expect(client.comments.analyze({ key: 'none', resource })).rejects.toMatchObject({ status: 400 });
    const forged = await app.call<Json>('GET', '/$discovery/rest', { headers: { host: 'evil.example' } });
    expect(JSON.stringify(forged.body)).not.toContain('evil.example');
    const other = await app.call<Json>('GET', '/$discovery/rest?version=v2');
    expect([other.status, other.body.error.status]).toEqual([404, 'NOT_FOUND']);
  });

  it('the examples in Perspective’s docs, whose JSON keys are not quoted, work', async () => {
    const raw = (body: string) =>
      app.call<Json>('POST', `${ANALYZE}?key=${key}`, {
        body,
        headers: { 'content-type': 'application/json' },
      });
    const quickstart = await raw(`{comment: {text: "what kind of idiot name is foo?"},
      languages: ["en"],
      requestedAttributes: {TOXICITY:{}} }`);
    expect([quickstart.status, Object.keys(quickstart.body.attributeScores)]).toEqual([200, ['TOXICITY']]);
    const quotes = await raw(`{'comment': {'text': 'fools!',}, 'requestedAttributes': {'INSULT': {}},}`);
    expect(quotes.status).toBe(200);
    for (const [body, status] of [
      ['{comment: {text: "x"}, requestedAttributes: {TOXICITY: {scoreThreshold: Infinity}}}', 400],
      ['{comment: {text: "x"}, __proto__: {languages: ["xx"]}, requestedAttributes: {TOXICITY: {}}}', 400],
      [`{comment: ${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400],
      [`{a: "${'x'.repeat(70_000)}"}`, 400],
      ['{comment:', 400],
      ['', 400],
    ] as const) {
      const answer = await raw(body);
      expect([body.slice(0, 60), answer.status, answer.body.error.status]).toEqual([
        body.slice(0, 60),
        status,
        'INVALID_ARGUMENT',
      ]);
    }
    const otherRoute = await app.call('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: '{name: "x", scopes: ["score"]}',
    });
    expect(otherRoute.status).toBe(400);
    const lenientType = await app.call('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: '{}',
      headers: { 'content-type': 'application/x-lenient-json' },
    });
    expect(lenientType.status).toBe(415);
  });

  it('Discourse’s request works', async () => {
    const answer = await app.call<Json>('POST', `${ANALYZE}?key=${key}`, {
      headers: { accept: '*/*', 'user-agent': 'Discourse/3.6' },
      body: {
        comment: { text: 'You are an idiot.' },
        doNotStore: true,
        sessionId: 'https://forum.example_anonymous',
        requestedAttributes: { TOXICITY: { scoreType: 'PROBABILITY' } },
      },
    });
    expect(answer.body.attributeScores.TOXICITY.summaryScore.value).toBeGreaterThan(0.5);
  });

  it('the request of the official client for Node works', async () => {
    const { status, body } = await call(ANALYZE, {
      comment: { text: 'You are an idiot.' },
      context: undefined,
      doNotStore: true,
      languages: ['en'],
      requestedAttributes: { SPAM: {}, TOXICITY: {} },
    });
    expect([status, Object.keys(body.attributeScores)]).toEqual([200, ['SPAM', 'TOXICITY']]);
  });

  it('Coral’s requests work with a configured endpoint', async () => {
    const endpoint = `${app.url}/v1alpha1`;
    // Send requests like Coral's server: the operation is appended to the endpoint's path, and the key is in the query.
    const send = async (operation: string, body: object): Promise<Json> => {
      const url = new URL(`${endpoint}/${operation}`);
      url.searchParams.set('key', key);
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { ok: answer.ok, data: await answer.json() };
    };
    const analyzed = await send('comments:analyze', {
      comment: { text: 'You are an idiot and a disgrace.' },
      doNotStore: true,
      requestedAttributes: { TOXICITY: {} },
      languages: ['en'],
    });
    expect(analyzed.ok).toBe(true);
    expect(analyzed.data.attributeScores.TOXICITY.summaryScore.value).toBeGreaterThan(0.5);
    const suggested = await send('comments:suggestscore', {
      comment: { text: 'You are an idiot and a disgrace.' },
      context: { entries: [{ text: '{"url":"https://paper.example/a?commentID=1"}' }] },
      attributeScores: { TOXICITY: { summaryScore: { value: 1 } } },
      languages: ['en'],
      communityId: 'Coral:https://comments.paper.example',
      clientToken: 'comment:1f0b',
    });
    expect(suggested).toMatchObject({ ok: true, data: { clientToken: 'comment:1f0b' } });
  });

  it('pages that send JSON as text/plain, the default of `fetch`, work', async () => {
    const answer = await fetch(`${app.url}${ANALYZE}?key=${key}`, {
      method: 'POST',
      body: JSON.stringify({
        comment: { text: 'You are an idiot.' },
        requestedAttributes: { TOXICITY: {} },
        languages: ['en'],
      }),
    });
    const { attributeScores }: Json = await answer.json();
    expect(attributeScores.TOXICITY.summaryScore.value).toBeGreaterThan(0.5);
    const otherRoute = await app.call('POST', '/api/v1/keys', {
      token: app.adminKey,
      body: '{"name": "x", "scopes": ["score"]}',
      headers: { 'content-type': 'text/plain' },
    });
    expect(otherRoute.status).toBe(415);
  });
});

// Coral is tested above.
describe('a comment in Dutch, sent by the clients that the docs name', () => {
  const DUTCH = 'Dat is toch complete onzin, en dat weten jullie ook wel.';
  const languages = ['nl'];
  let keyWithScore: string;

  beforeAll(async () => {
    keyWithScore = await issueKey({ scopes: ['score'], unread: { mode: 'score', value: 1 } });
  });

  const post = async (
    callerKey: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(`${app.url}${ANALYZE}?key=${callerKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const toxicityOf = ({ attributeScores }: Json): number => attributeScores.TOXICITY.summaryScore.value;
  const CLIENT_ERROR = 'an error';

  /** How each client's code handles the response: it returns a score or an error. */
  const clients: Record<string, (callerKey: string) => Promise<number | typeof CLIENT_ERROR>> = {
    'perspective-api-client': async (callerKey) => {
      const client = new (redirectedClient())({ apiKey: callerKey });
      const options = { comment: { text: DUTCH }, languages, requestedAttributes: { TOXICITY: {} } };
      return client.analyze(options).then(toxicityOf, () => CLIENT_ERROR);
    },
    'perspectiveapi-js-client': async (callerKey) => {
      const answer = await post(callerKey, {
        comment: { text: DUTCH },
        doNotStore: true,
        languages,
        requestedAttributes: { SPAM: {}, TOXICITY: {} },
      });
      return answer.ok ? Number.parseFloat(String(toxicityOf(await answer.json()))) : CLIENT_ERROR;
    },
    'Google’s libraries': async (callerKey) => {
      const client = await discoveredClient();
      const resource = { comment: { text: DUTCH }, languages, requestedAttributes: { TOXICITY: {} } };
      return client.comments.analyze({ key: callerKey, resource }).then(
        ({ data }: Json) => toxicityOf(data),
        () => CLIENT_ERROR,
      );
    },
    Discourse: async (callerKey) => {
      const answer = await post(
        callerKey,
        {
          comment: { text: DUTCH },
          doNotStore: true,
          sessionId: 'https://forum.example_7',
          requestedAttributes: { TOXICITY: { scoreType: 'PROBABILITY' } },
        },
        { accept: '*/*', 'user-agent': 'Discourse/3.6' },
      );
      const { attributeScores }: Json = await answer.json();
      return attributeScores?.TOXICITY?.summaryScore?.value ?? 0;
    },
  };

  it.each([
    ['perspective-api-client', CLIENT_ERROR],
    ['perspectiveapi-js-client', CLIENT_ERROR],
    ['Google’s libraries', CLIENT_ERROR],
    ['Discourse', 0],
  ] as const)('%s: %p with `error`, and 1 with `score`', async (client, onError) => {
    expect([await clients[client](key), await clients[client](keyWithScore)]).toEqual([onError, 1]);
  });
});
