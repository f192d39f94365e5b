import { IGNORES_KEY_EXTENSION } from '../../../src/platform/http/idempotency.interceptor.js';
import { loadApiDescription, type Operation } from '../../support/api-description.js';
import { badBodies, malformedBodies, withInvalidUtf8, bodiesOfWrongType } from '../../support/bad-bodies.js';
import { hostileBodies } from '../../support/hostile-bodies.js';
import type { RawAnswer } from '../../support/raw-http.js';
import { validBodies } from '../../support/valid-bodies.js';
import {
  bearer,
  fillPath,
  JSON_BODY,
  pointsTo,
  status,
  RefusalSweep,
  acceptsAuth,
  type Headers,
  type RefusalCase,
} from '../../support/refusal-sweep.js';

/*
 * Sends every kind of invalid request to every route in the OpenAPI document. The response must be a 4xx problem, and
 * nothing may be stored. New routes are covered automatically.
 */

const api = await loadApiDescription();
const MISSING = '0190d5a0-0000-7000-8000-000000000000';
const HUGE = `{"name":"${'x'.repeat(300_000)}"}`;

let sweep: RefusalSweep;

beforeAll(async () => {
  sweep = await RefusalSweep.open();
});
afterAll(() => sweep.close());

const each = (operations: readonly Operation[]): [string, Operation][] =>
  operations.map((operation) => [operation.operationId, operation]);
const operationById = (id: string): Operation =>
  api.operations.find(({ operationId }) => operationId === id)!;
const isWrite = ({ method }: Operation): boolean => method !== 'GET';
// The site has no imported comments.
const needsImportedComment = ({ path }: Operation): boolean => path.includes('{coralComment}');
/** Routes whose body is a file, which may be of any type, compressed and large. */
const isUpload = ({ operationId }: Operation): boolean => operationId === 'importsStart';
/** Routes that check the request's signature before its content. */
const checksSignatureFirst = ({ operationId }: Operation): boolean => operationId === 'coralPhaseModerate';
const reads = api.operations.filter((operation) => !isWrite(operation));
const withBody = api.operations.filter(({ body }) => body !== null);

it('has a valid body for every route that accepts one', () => {
  expect(Object.keys(validBodies).sort()).toEqual(withBody.map(({ operationId }) => operationId).sort());
});

describe('invalid credentials', () => {
  it.each(each(api.operations))('%s', async (_, operation) => {
    const body = operation.body === null ? {} : { body: JSON.stringify(validBodies[operation.operationId]) };
    const json = operation.body === null ? {} : JSON_BODY;
    const acceptsReaders = acceptsAuth(operation, 'reader');
    const acceptsPublishers = acceptsAuth(operation, 'publisher');
    const allowsAnonymous = operation.security.some((scheme) => Object.keys(scheme).length === 0);
    const isNotRefused = (answer: RawAnswer): boolean =>
      acceptsReaders && !isWrite(operation)
        ? status(...(operation.path.includes('{') ? [needsImportedComment(operation) ? 404 : 200] : [400]))(
            answer,
          )
        : answer.status === 401;
    const cases: RefusalCase[] = [];
    const addCase = (what: string, headers: Headers, expected?: RefusalCase['expect']): void => {
      cases.push({
        what,
        headers: { ...json, ...headers },
        ...body,
        ...(expected ? { expect: expected } : {}),
      });
    };
    if (acceptsReaders || acceptsPublishers) {
      addCase('no credentials', {}, allowsAnonymous ? isNotRefused : status(401));
      for (const credentials of [
        'Bearer',
        'Bearer x',
        'Bearer a.b.c',
        'Basic YTpi',
        `Bearer ${'x'.repeat(9000)}`,
        'é',
      ]) {
        addCase(`as ${credentials.slice(0, 20)}`, { authorization: credentials }, status(401));
      }
      if (acceptsPublishers || operation.path.includes('{'))
        addCase(
          'a token of another site',
          bearer(sweep.otherSite.token),
          // On these routes the token determines the site.
          status(operation.path.startsWith('/api/v1/me/') ? 404 : 401),
        );
      addCase(
        'an invalid cookie',
        { cookie: 'postbag-session=x; __Host-postbag=%00' },
        allowsAnonymous ? isNotRefused : status(401),
      );
    }
    if (acceptsReaders) addCase('the admin key', bearer(sweep.app.adminKey), status(401));
    if (acceptsPublishers) {
      addCase('a reader', bearer(sweep.site.token), status(401));
      if (isWrite(operation))
        addCase('a cookie without its header', { cookie: sweep.moderatorSession.cookie }, status(403));
      if (operation.path.includes('{'))
        addCase("another site's key", bearer(sweep.otherSite.key), status(404));
    }
    if (operation.path.startsWith('/api/v1/console') && isWrite(operation)) {
      addCase('a page of another origin', { cookie: sweep.moderatorSession.cookie }, status(403));
    }
    await sweep.expectRefusals(operation, cases);
  });
});

describe('invalid path parameters', () => {
  const bad = [
    'x',
    '%00',
    'a%00b',
    '%ED%A0%80',
    '%',
    '%zz',
    '%FF',
    '..%2f..',
    "'%20OR%201=1",
    '%F0%9F%98%80',
  ];
  const long = ['a'.repeat(300), 'a'.repeat(5_000), '%F0%9F%98%80'.repeat(300), '%F0%9F%98%80'.repeat(700)];
  // Any string is valid for these parameters. Nothing has these names, so reads are a 404.
  const anyText = new Set(['storyKey', 'readerKey', 'key', 'provider', 'kind', 'type', 'topicKey']);

  const numbers = new Set(['version', 'other']);

  it.each(each(api.operations.filter(({ path }) => path.includes('{'))))('%s', async (id, operation) => {
    const validParams = sweep.site.params(operation.path);
    const otherSiteParams = sweep.otherSite.params(operation.path);
    const body = operation.body === null ? {} : { body: JSON.stringify(validBodies[id]) };
    const json = operation.body === null ? {} : JSON_BODY;
    const cases: RefusalCase[] = [];
    for (const [index, headers] of sweep.authHeadersFor(operation).entries()) {
      for (const name of [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param)) {
        const isFree = anyText.has(name);
        const values = [
          ...bad,
          ...(index === 0 ? long : []),
          // A version is a number, and every site has a version 1.
          ...(isFree
            ? []
            : numbers.has(name)
              ? ['0', '99999']
              : [MISSING, otherSiteParams[name], '1', `${MISSING}0`]),
          // Labels are the same on every site, and both sites have this tier.
        ].filter((value) => value !== validParams[name] || !['label', 'tier'].includes(name));
        for (const value of values) {
          const path = fillPath(operation.path, { ...validParams, [name]: value });
          // If any string is valid, a write may create the resource, and a read of a missing one may return an empty
          // result.
          const mayPass =
            isFree && !/%00|%$|%zz|%FF|%ED/.test(value) && (value.length < 3_500 || name === 'kind');
          cases.push({
            what: `${name} ${value.slice(0, 20)}`,
            path,
            headers: { ...json, ...headers },
            ...body,
            ...(mayPass ? { expect: () => true } : {}),
          });
        }
      }
    }
    // Requests that succeed may store something.
    const strict = cases.filter((refusalCase) => refusalCase.expect === undefined);
    await sweep.expectRefusals(operation, strict);
    const tolerated = cases.filter((refusalCase) => refusalCase.expect !== undefined);
    expect(await sweep.findViolations(operation, tolerated)).toEqual([]);
  });
});

describe('invalid query parameters', () => {
  it.each(each(reads))('%s', async (_, operation) => {
    const address = sweep.address(operation);
    const headers = sweep.authHeadersFor(operation)[0];
    const cases: RefusalCase[] = [];
    const addCase = (query: string, expected?: RefusalCase['expect']): void => {
      cases.push({
        what: query.slice(0, 40),
        path: `${address}?${query}`,
        headers,
        ...(expected ? { expect: expected } : {}),
      });
    };
    const required = operation.parameters
      .filter((parameter) => parameter.in === 'query' && parameter.required)
      .flatMap(
        ({ name, schema }) =>
          api
            .resolve(schema)
            .enum?.slice(0, 1)
            .map((value) => `${name}=${String(value)}`) ?? [],
      );
    for (const { name, in: location, schema } of operation.parameters) {
      if (location !== 'query') continue;
      const { enum: choices, format, type } = api.resolve(schema);
      const isId = format === 'uuid';
      addCase(`${name}=%00`, status(400));
      if (choices || isId || type === 'integer') {
        for (const value of ['x', '', '1.5', '1e3', '0x10', '[]', 'null', '%20', 'a'.repeat(3_000)]) {
          addCase(`${name}=${value}`, status(400, 404));
        }
        addCase(`${name}=x&${name}=y`, status(400, 404));
      }
      if (name === 'cursor') {
        for (const value of [
          'x',
          '',
          'AAAA',
          'a'.repeat(2_000),
          Buffer.alloc(40).toString('base64url'),
          '%F0%9F%98%80',
        ]) {
          addCase(`cursor=${value}`, status(400));
        }
        addCase('cursor=x&cursor=y', status(400));
        addCase('cursor[a]=x', () => true);
      }
      if (name === 'limit')
        for (const value of ['-5', '0', '101', '999999999999', '9'.repeat(40)])
          addCase([...required, `limit=${value}`].join('&'), status(200));
      for (const value of ['%ED%A0%80', '%', '%zz', '%FF', '%F0%9F%98%80'])
        addCase(`${name}=${value}`, () => true);
    }
    for (const query of [
      '',
      '&&&',
      '=',
      '?',
      '%',
      'a[b]=c',
      '__proto__=x',
      '__proto__[x]=y',
      'constructor=x',
      'x='.repeat(2_000),
    ]) {
      addCase(query, () => true);
    }
    await sweep.expectRefusals(operation, cases);
  });
});

describe('invalid bodies', () => {
  it.each(each(withBody))('%s', async (id, operation) => {
    const validBody = validBodies[id];
    const headers = { ...JSON_BODY, ...sweep.authHeadersFor(operation)[0] };
    const isOpen = api.resolve(operation.body!).additionalProperties === true;
    // A billing webhook is refused because of its signature, regardless of its content.
    const refused = isOpen ? status(400, 401) : status(400);
    const isBodyOptional = ['calibrationsAdopt', 'policyVersionsRestore', 'ssoRotate'].includes(id);
    const cases: RefusalCase[] = [
      ...malformedBodies
        .filter(([what]) => !(isBodyOptional && what === 'nothing'))
        .map(([what, body]) => ({ what, headers, body, expect: refused })),
      ...bodiesOfWrongType
        .filter((body) => !(isBodyOptional && body === 'null'))
        .map((body) => ({ what: body, headers, body, expect: refused })),
      ...(isOpen ? [] : badBodies(validBody, operation.body!, api)).map(({ what, text, pointer }) => ({
        what,
        headers,
        body: text,
        expect: pointsTo(pointer),
      })),
    ];
    await sweep.expectRefusals(operation, cases);
  });
});

describe('invalid values in a body', () => {
  const cases = hostileBodies.map(
    ([id, members]) => [`${id} ${JSON.stringify(members)}`.slice(0, 120), id, members] as const,
  );

  it.each(cases)('%s', async (_, id, members) => {
    const operation = operationById(id);
    const validBody = validBodies[id];
    const body = Array.isArray(validBody) ? Object.values(members) : { ...(validBody as object), ...members };
    const headers = { ...JSON_BODY, ...sweep.authHeadersFor(operation)[0] };
    await sweep.expectRefusals(operation, [{ what: id, headers, body: JSON.stringify(body) }]);
  });

  it('never accepts another site’s comment as a parent', async () => {
    const operation = operationById('threadSubmit');
    const parentId = sweep.otherSite.params('/api/v1/comments/{id}')['id'];
    await sweep.expectRefusals(operation, [
      {
        what: 'a comment of the other site',
        headers: { ...JSON_BODY, ...bearer(sweep.site.token) },
        body: JSON.stringify({ body: 'x', parentId }),
      },
    ]);
  });

  it('never decides on another site’s comments, and reports each at its position in the list', async () => {
    const before = await sweep.rowCounts();
    const commentId = sweep.otherSite.params('/api/v1/comments/{id}')['id'];
    const decisions = [commentId, MISSING].map((id) => ({ commentId: id, revision: 1, action: 'reject' }));
    const { status: code, text } = await sweep.send(operationById('moderationDecide'), {
      headers: { ...JSON_BODY, ...bearer(sweep.site.key) },
      body: JSON.stringify({ decisions }),
    });
    expect(code).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      results: decisions.map((decision) => ({
        commentId: decision.commentId,
        error: { status: 404, code: 'not-found' },
      })),
    });
    expect(await sweep.rowCounts()).toEqual(before);
  });
});

const isMalformed = ({ status: code, text }: RawAnswer): boolean =>
  code === 400 && (JSON.parse(text) as { code: string }).code === 'malformed';

describe('invalid encodings and headers', () => {
  it.each(each(api.operations.filter(isWrite)))('%s', async (id, operation) => {
    const [authHeaders] = sweep.authHeadersFor(operation);
    const text = JSON.stringify(validBodies[id] ?? {});
    const cases: RefusalCase[] = [
      {
        what: 'huge',
        headers: { ...authHeaders, ...JSON_BODY },
        body: HUGE,
        expect: status(isUpload(operation) ? 400 : 413),
      },
      ...[
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
        'application/octet-stream',
        'json',
        'x',
        '',
      ].map((type) => ({
        what: `as ${type}`,
        headers: { ...authHeaders, 'content-type': type },
        body: text,
        expect: status(415, 400),
      })),
      { what: 'without a content type', headers: { ...authHeaders }, body: text, expect: status(415, 400) },
      {
        what: 'compressed',
        headers: { ...authHeaders, ...JSON_BODY, 'content-encoding': 'gzip' },
        body: text,
        expect: status(isUpload(operation) ? 400 : 415),
      },
      ...[withInvalidUtf8(validBodies[id] ?? {})].flatMap((body) =>
        body === null
          ? []
          : [
              {
                what: 'text that is not UTF-8',
                headers: { ...authHeaders, ...JSON_BODY },
                body,
                expect: isMalformed,
              },
            ],
      ),
      ...(operation[IGNORES_KEY_EXTENSION] ? [] : ['', ' ', 'a b', 'x'.repeat(256), '\u00e9']).map((key) => ({
        what: `Idempotency-Key ${key.slice(0, 10)}`,
        headers: { ...authHeaders, ...JSON_BODY, 'idempotency-key': key },
        body: text,
        expect: status(400),
      })),
    ];
    await sweep.expectRefusals(
      operation,
      checksSignatureFirst(operation)
        ? cases.map((refusalCase) => ({ ...refusalCase, expect: status(401) }))
        : cases,
    );
  });

  it.each(each(reads))('%s', async (_, operation) => {
    const headers = sweep.authHeadersFor(operation)[0];
    await sweep.expectRefusals(operation, [
      { what: 'a body', headers: { ...headers, ...JSON_BODY }, body: '{', expect: () => true },
      { what: 'a huge body', headers: { ...headers, ...JSON_BODY }, body: HUGE, expect: () => true },
      { what: 'an address below it', path: `${sweep.address(operation)}/no/such/thing`, headers },
    ]);
  });

  // Many clients send a JSON content type with every request, even without a body.
  it.each(['webhooksRotate', 'webhooksDelete', 'reactionsAdd', 'moderationUndo', 'commentsRemove'])(
    'an empty body with a JSON content type is treated as absent: %s',
    async (id) => {
      const operation = operationById(id);
      const path = fillPath(operation.path, { ...sweep.site.params(operation.path), id: MISSING });
      const headers = { ...sweep.authHeadersFor(operation)[0], ...JSON_BODY };
      await sweep.expectRefusals(operation, [
        { what: 'no body', path, headers, expect: status(404) },
        { what: 'an empty body', path, headers, body: '', expect: status(404) },
      ]);
    },
  );

  it('malformed HTTP is refused', async () => {
    const operation = operationById('eventTypesList');
    await sweep.expectRefusals(operation, [
      { what: 'a path with a byte outside ASCII', path: '/api/v1/event-types?x=\u00e9', expect: status(400) },
      {
        what: 'a token of 20 kB',
        path: '/api/v1/me',
        headers: bearer('x'.repeat(20_000)),
        expect: status(401),
      },
      { what: 'headers of 100 kB', headers: bearer('x'.repeat(100_000)), expect: status(431) },
    ]);
  });
});
