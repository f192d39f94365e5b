import { loadApiDescription } from '../../support/api-description.js';
import { badBodies, malformedBodies, withInvalidUtf8, bodiesOfWrongType } from '../../support/bad-bodies.js';
import type { RawAnswer } from '../../support/raw-http.js';
import { bearer, JSON_BODY, RefusalSweep } from '../../support/refusal-sweep.js';

/*
 * Like bad-input.sweep.ts, for the routes that follow Google's API: every invalid request gets a 4xx in the format of
 * Google APIs, and nothing is stored.
 */

const api = await loadApiDescription();
const comment = { text: 'I call BS.', type: 'PLAIN_TEXT' };
const context = { entries: [{ text: 'A story.', type: 'PLAIN_TEXT' }] };
const common = {
  comment,
  context,
  languages: ['en'],
  clientToken: 'c',
  sessionId: 's',
  communityId: 'paper',
};
const validBodies: Readonly<Record<string, object>> = {
  analyzeAnalyze: {
    ...common,
    doNotStore: true,
    requestedAttributes: { TOXICITY: {} },
    spanAnnotations: true,
  },
  analyzeSuggestscore: { ...common, attributeScores: { TOXICITY: { summaryScore: { value: 1 } } } },
};

// Values that are valid, as in protocol buffers: null means absent, a string may be any string, and a token may be empty.
const TOLERATED = /^(?:null|a NUL|a lone surrogate|a list of null) at /;
const isRequired = (what: string): boolean =>
  / at \/(?:comment|comment\/text|requestedAttributes|attributeScores)$/.test(what);

let sweep: RefusalSweep;

beforeAll(async () => {
  sweep = await RefusalSweep.open();
});
afterAll(() => sweep.close());

function faultOf({ status, headers, text }: RawAnswer): string | null {
  if (status < 400 || status >= 500) return `answered ${status}`;
  if (!String(headers['content-type']).startsWith('application/json'))
    return `is ${String(headers['content-type'])}`;
  const { error } = JSON.parse(text) as { error?: { code?: number; message?: string; status?: string } };
  if (error?.code !== status) return 'has a different code in its body';
  return error.message && /^[A-Z_]+$/.test(error.status ?? '') ? null : 'lacks its message or status';
}

it('covers every route', () => {
  expect(api.foreign.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(validBodies).sort());
});

describe.each(api.foreign.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  (id, operation) => {
    const validBody = validBodies[id];
    const collectFailures = async (
      cases: readonly {
        what: string;
        path?: string;
        headers?: Record<string, string>;
        body?: string | Buffer;
      }[],
    ): Promise<string[]> => {
      const before = await sweep.rowCounts();
      const failures: string[] = [];
      for (const { what, ...refusalCase } of cases) {
        const answer = await sweep.send(operation, {
          path: operation.path,
          headers: { ...JSON_BODY, ...bearer(sweep.app.adminKey) },
          ...refusalCase,
        });
        const fault = faultOf(answer);
        if (fault !== null) failures.push(`${what}: ${fault} ${answer.text.slice(0, 200)}`);
      }
      expect(await sweep.rowCounts()).toEqual(before);
      return failures;
    };

    it('accepts a valid body', async () => {
      const answer = await sweep.send(operation, {
        headers: { ...JSON_BODY, ...bearer(sweep.app.adminKey) },
        body: JSON.stringify(validBody),
      });
      expect([answer.status, answer.text]).toEqual([200, answer.text]);
    });

    it('refuses an invalid body', async () => {
      const cases = [
        ...malformedBodies.map(([what, body]) => ({ what, body })),
        { what: 'text that is not UTF-8', body: withInvalidUtf8(validBody)! },
        ...bodiesOfWrongType.map((body) => ({ what: body, body })),
        ...badBodies(validBody, operation.body!, api)
          .filter(({ what }) => !TOLERATED.test(what) || (what.startsWith('null') && isRequired(what)))
          .map(({ what, text }) => ({ what, body: text })),
      ];
      expect(cases.length).toBeGreaterThan(100);
      expect(await collectFailures(cases)).toEqual([]);
    });

    it('refuses invalid methods, headers and callers', async () => {
      const body = JSON.stringify(validBody);
      const types = ['text/html', 'application/x-www-form-urlencoded', 'application/xml', 'x', ''];
      const credentials = ['Bearer', 'Bearer x', 'Basic YTpi', `Bearer ${'x'.repeat(9000)}`, 'é'];
      expect(
        await collectFailures([
          ...types.map((type) => ({
            what: `as ${type}`,
            headers: { ...bearer(sweep.app.adminKey), 'content-type': type },
            body,
          })),
          ...credentials.map((authorization) => ({
            what: authorization,
            headers: { ...JSON_BODY, authorization },
            body,
          })),
          { what: 'a reader', headers: { ...JSON_BODY, ...bearer(sweep.site.token) }, body },
          { what: 'a key without the scope', headers: { ...JSON_BODY, ...bearer(sweep.site.key) }, body },
          { what: 'no credentials', headers: JSON_BODY, body },
          ...['?key', '?key[a]=b', '?key=%00', '?key=%ff', `?key=${'x'.repeat(5_000)}`].map((query) => ({
            what: query.slice(0, 20),
            path: operation.path + query,
            headers: JSON_BODY,
            body,
          })),
          { what: 'huge', body: `{"a":"${'x'.repeat(300_000)}"}` },
          ...['', ' ', 'a b', 'x'.repeat(256)].map((key) => ({
            what: `Idempotency-Key ${key.slice(0, 5)}`,
            headers: { ...JSON_BODY, ...bearer(sweep.app.adminKey), 'idempotency-key': key },
            body,
          })),
          { what: 'an unknown path below', path: `${operation.path}/x`, body },
        ]),
      ).toEqual([]);
    });
  },
);
