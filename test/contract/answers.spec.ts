import { loadApiDescription, type Operation } from '../support/api-description.js';
import { schemaFaultsOf } from '../support/schema-faults.js';
import { validBodies } from '../support/valid-bodies.js';
import { JSON_BODY, RefusalSweep } from '../support/refusal-sweep.js';

/* Checks that every response has exactly the members that the OpenAPI document describes. */

const api = await loadApiDescription();
let sweep: RefusalSweep;

beforeAll(async () => {
  sweep = await RefusalSweep.open();
});
afterAll(() => sweep.close());

/** Operations that run after all others, in this order, because they change what the others need. */
const LAST = [
  'organisationsRemove',
  'portfoliosRemove',
  'commentsEdit',
  'commentsRemove',
  // Retires the secret that signed the reader's token.
  'ssoRetire',
  'sitesRemove',
  'keysRevoke',
  'sessionSignOut',
];
const order = ({ method, operationId }: Operation): number =>
  method === 'GET'
    ? 0
    : LAST.includes(operationId)
      ? 3 + LAST.indexOf(operationId)
      : method === 'DELETE'
        ? 2
        : 1;

const operations = [...api.operations].sort((a, b) => order(a) - order(b));

/** Status of the operations that reject a valid body in this spec, because they need something that does not exist. */
const REJECTED: Readonly<Record<string, number>> = {
  billingReceive: 401,
  coralPhaseModerate: 401,
  appealsAppeal: 409,
  sessionSignIn: 401,
  moderationUndo: 403,
  myAccountIgnore: 400,
  staffSsoBegin: 409,
  accountSessionsEnd: 404,
  siteModelReadOne: 404,
  webhooksRedeliver: 404,
  webhooksDelivery: 404,
  moderationGiveOpinion: 403,
  samplesReview: 403,
  moderationReadersLinkSamePerson: 404,
  moderationStoriesSetStrict: 400,
  sessionConfirm: 409,
  passkeysAdd: 400,
  passkeysRename: 404,
  passkeysRemove: 404,
  secondFactorFinish: 400,
  secondFactorRemove: 409,
  secondFactorNewCodes: 409,
  savedQueuesSave: 404,
  bulkDecisionsDecide: 404,
  bulkDecisionsUndo: 403,
  // The site has no imports and no imported comments, and an import needs a file.
  importsStart: 400,
  importsRead: 404,
  importsCancel: 404,
  coralLinksComment: 404,
  coralLinksStory: 400,
  // A calibration is already running and has not compared anything yet.
  calibrationsStart: 409,
  calibrationsAdopt: 409,
};

/** Required query parameters. */
const QUERIES: Readonly<Record<string, () => string>> = {
  meRead: () => `?site=${sweep.site.conversation.siteId}`,
  threadCounts: () => '?story=story-1',
  calibrationsDifferences: () => '?label=refusal',
};

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  async (id, operation) => {
    const headers = sweep.authHeadersFor(operation).at(id === 'moderationUndo' ? -1 : 0)!;
    const answer = await sweep.send(operation, {
      path: sweep.address(operation) + (QUERIES[id]?.() ?? ''),
      headers: { ...headers, ...(operation.body ? JSON_BODY : {}) },
      ...(operation.body ? { body: JSON.stringify(validBodies[id]) } : {}),
    });
    const expectedStatus =
      REJECTED[id] ?? Number(Object.keys(operation.responses).find((status) => status.startsWith('2')));
    expect([answer.status, answer.text]).toEqual([expectedStatus, answer.text]);
    const described = api.resolve(operation.responses[String(answer.status)]).content;
    if (described === undefined) {
      expect(answer.text).toBe('');
      return;
    }
    const [[type, { schema }]] = Object.entries(described);
    expect(answer.headers['content-type']).toContain(type);
    if (/[/+]json$/.test(type)) expect(schemaFaultsOf(JSON.parse(answer.text), schema, api)).toEqual([]);
  },
);
