import { describeAnalyzer } from '../../src/features/scoring/analyze-api/discovery.js';
import { startApp, type TestApp } from '../support/app.js';
import { loadApiDescription, type Schema } from '../support/api-description.js';
import { schemaFaultsOf } from '../support/schema-faults.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { expectRecorded } from '../support/recordings.js';

/*
 * Compares the analyzer, field by field, with the published description of Comment Analyzer v1alpha1 (revision
 * 20260504 of https://commentanalyzer.googleapis.com/$discovery/rest?version=v1alpha1). The parts of the responses that
 * clients rely on are compared with a recording.
 */
const PUBLISHED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AnalyzeCommentRequest: {
    clientToken: 'string',
    comment: 'TextEntry',
    communityId: 'string',
    context: 'Context',
    doNotStore: 'boolean',
    dropUnsupportedAttributes: 'boolean',
    languages: 'array of string',
    requestedAttributes: 'map of AttributeParameters',
    sessionId: 'string',
    spanAnnotations: 'boolean',
  },
  AnalyzeCommentResponse: {
    attributeScores: 'map of AttributeScores',
    clientToken: 'string',
    detectedLanguages: 'array of string',
    languages: 'array of string',
  },
  SuggestCommentScoreRequest: {
    attributeScores: 'map of AttributeScores',
    clientToken: 'string',
    comment: 'TextEntry',
    communityId: 'string',
    context: 'Context',
    languages: 'array of string',
    sessionId: 'string',
  },
  SuggestCommentScoreResponse: {
    clientToken: 'string',
    detectedLanguages: 'array of string',
    requestedLanguages: 'array of string',
  },
  TextEntry: { text: 'string', type: 'TEXT_TYPE_UNSPECIFIED PLAIN_TEXT HTML' },
  Context: { articleAndParentComment: 'ArticleAndParentComment', entries: 'array of TextEntry' },
  ArticleAndParentComment: { article: 'TextEntry', parentComment: 'TextEntry' },
  AttributeParameters: {
    scoreThreshold: 'number',
    scoreType: 'SCORE_TYPE_UNSPECIFIED PROBABILITY STD_DEV_SCORE PERCENTILE RAW',
  },
  AttributeScores: { spanScores: 'array of SpanScore', summaryScore: 'Score' },
  SpanScore: { begin: 'integer', end: 'integer', score: 'Score' },
  Score: { type: 'SCORE_TYPE_UNSPECIFIED PROBABILITY STD_DEV_SCORE PERCENTILE RAW', value: 'number' },
};
/** Schemas that have another name in the OpenAPI document, because other parts of it use their names. */
const SCHEMA_NAMES: Readonly<Record<string, string>> = {
  Context: 'CommentContext',
  Score: 'AnalyzerScore',
};
/** Fields that the analyzer accepts in addition to the published ones. */
const EXTRA_FIELDS: Readonly<Record<string, readonly string[]>> = {
  SuggestCommentScoreRequest: ['doNotStore'],
};

const api = await loadApiDescription();
const schemas = api.document.components!.schemas as Record<string, Schema>;
const publishedName = (name: string): string =>
  Object.entries(SCHEMA_NAMES).find(([, ownName]) => ownName === name)?.[0] ?? name;

function kindOf(schema: Schema): string {
  if (schema.$ref) return publishedName(schema.$ref.split('/').at(-1)!);
  if (schema.enum) return schema.enum.join(' ');
  if (schema.items) return `array of ${kindOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `map of ${kindOf(schema.additionalProperties)}`;
  return String(schema.type);
}

it.each(Object.entries(PUBLISHED))('%s has the published fields', (name, fields) => {
  const properties = schemas[SCHEMA_NAMES[name] ?? name].properties!;
  const own = Object.entries(properties).filter(([field]) => !EXTRA_FIELDS[name]?.includes(field));
  expect(Object.fromEntries(own.map(([field, schema]) => [field, kindOf(schema)]))).toEqual(fields);
});

it('describes the published fields in its discovery document for Google’s client libraries', () => {
  const { schemas: described } = describeAnalyzer('https://postbag.example') as {
    schemas: Record<string, Schema>;
  };
  expect(
    Object.fromEntries(
      Object.entries(described).map(([name, { properties }]) => [
        name,
        Object.fromEntries(
          Object.entries(properties!)
            .filter(([field]) => !EXTRA_FIELDS[name]?.includes(field))
            .map(([field, schema]) => [field, kindOf(schema)]),
        ),
      ]),
    ),
  ).toEqual(PUBLISHED);
});

describe('an analyzer response', () => {
  let database: FreshDatabase;
  let app: TestApp;

  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const requests: Readonly<Record<string, readonly [verb: string, body: object, key?: string]>> = {
    analyze: [
      'analyze',
      {
        comment: { text: 'You are an idiot.' },
        requestedAttributes: { TOXICITY: {}, INSULT: {} },
        languages: ['en'],
        clientToken: 'mine',
      },
    ],
    spans: [
      'analyze',
      { comment: { text: 'You are an idiot.' }, requestedAttributes: { INSULT: {} }, spanAnnotations: true },
    ],
    suggestscore: [
      'suggestscore',
      {
        comment: { text: 'You are an idiot.' },
        attributeScores: { TOXICITY: { summaryScore: { value: 1 } } },
        languages: ['en'],
        communityId: 'Coral:https://paper.example',
        clientToken: 'comment:1',
      },
    ],
    empty: ['analyze', { comment: { text: '' }, requestedAttributes: { TOXICITY: {} } }],
    unknownAttribute: ['analyze', { comment: { text: 'x' }, requestedAttributes: { LOVE: {} } }],
    unknownField: ['analyze', { comment: { text: 'x' }, love: 1 }],
    language: [
      'analyze',
      { comment: { text: 'x' }, requestedAttributes: { TOXICITY: {} }, languages: ['xx'] },
    ],
    wrongKey: ['analyze', { comment: { text: 'x' }, requestedAttributes: { TOXICITY: {} } }, 'none'],
  };

  it('has the shape that clients expect', async () => {
    const seen: Record<string, unknown> = {};
    for (const [name, [verb, body, key = app.adminKey]] of Object.entries(requests)) {
      const answer = await app.call('POST', `/v1alpha1/comments:${verb}?key=${key}`, { body });
      const operation = api.foreign.find(({ path }) => path.endsWith(verb))!;
      const described =
        operation.responses[answer.status === 200 ? '200' : '4XX'].content!['application/json'];
      expect([name, schemaFaultsOf(answer.body, described.schema, api)]).toEqual([name, []]);
      // Do not compare the score values, because they depend on the model.
      const scored: unknown = JSON.parse(JSON.stringify(answer.body), (member, value: unknown) =>
        member === 'value' && typeof value === 'number' ? '<score>' : value,
      );
      seen[name] = { status: answer.status, body: scored };
    }
    expectRecorded('analyzer', seen);
  });
});
