import { SCORE_TYPES, TEXT_TYPES } from './messages.js';

/*
 * A Google API discovery document (https://developers.google.com/discovery/v1/reference/apis) for the analyzer.
 * Google's client libraries build their calls from it. The messages are those of analyze.dto.ts under their published
 * names.
 */

type Field = Readonly<Record<string, unknown>>;

const ref = (name: string): Field => ({ $ref: name });
const string: Field = { type: 'string' };
const boolean: Field = { type: 'boolean' };
const float: Field = { type: 'number', format: 'float' };
const integer: Field = { type: 'integer', format: 'int32' };
const arrayOf = (items: Field): Field => ({ type: 'array', items });
const mapOf = (name: string): Field => ({ type: 'object', additionalProperties: ref(name) });
const oneOf = (values: readonly string[]): Field => ({ type: 'string', enum: [...values] });

const COMMON = {
  comment: ref('TextEntry'),
  context: ref('Context'),
  languages: arrayOf(string),
  clientToken: string,
  communityId: string,
  sessionId: string,
};

const MESSAGES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  AnalyzeCommentRequest: {
    ...COMMON,
    doNotStore: boolean,
    dropUnsupportedAttributes: boolean,
    requestedAttributes: mapOf('AttributeParameters'),
    spanAnnotations: boolean,
  },
  AnalyzeCommentResponse: {
    attributeScores: mapOf('AttributeScores'),
    clientToken: string,
    detectedLanguages: arrayOf(string),
    languages: arrayOf(string),
  },
  ArticleAndParentComment: { article: ref('TextEntry'), parentComment: ref('TextEntry') },
  AttributeParameters: { scoreThreshold: float, scoreType: oneOf(SCORE_TYPES) },
  AttributeScores: { spanScores: arrayOf(ref('SpanScore')), summaryScore: ref('Score') },
  Context: {
    articleAndParentComment: ref('ArticleAndParentComment'),
    entries: arrayOf(ref('TextEntry')),
  },
  Score: { type: oneOf(SCORE_TYPES), value: float },
  SpanScore: { begin: integer, end: integer, score: ref('Score') },
  SuggestCommentScoreRequest: { ...COMMON, attributeScores: mapOf('AttributeScores'), doNotStore: boolean },
  SuggestCommentScoreResponse: {
    clientToken: string,
    detectedLanguages: arrayOf(string),
    requestedLanguages: arrayOf(string),
  },
  TextEntry: { text: string, type: oneOf(TEXT_TYPES) },
};

/** Parameters of every call. */
const PARAMETERS: Readonly<Record<string, Field>> = {
  $format: { ...oneOf(['json']), location: 'query' },
  alt: { ...oneOf(['json']), default: 'json', location: 'query' },
  key: { ...string, description: 'A key with the scope `score`.', location: 'query' },
  prettyPrint: { ...boolean, default: 'true', location: 'query' },
  quotaUser: { ...string, location: 'query' },
};

function method(name: string, message: string, description: string): object {
  const path = `v1alpha1/comments:${name}`;
  return {
    id: `commentanalyzer.comments.${name}`,
    description,
    httpMethod: 'POST',
    path,
    flatPath: path,
    parameters: {},
    parameterOrder: [],
    request: ref(`${message}Request`),
    response: ref(`${message}Response`),
  };
}

/** @param rootUrl scheme, host and port of this installation */
export function describeAnalyzer(rootUrl: string): object {
  const root = `${rootUrl}/`;
  return {
    kind: 'discovery#restDescription',
    discoveryVersion: 'v1',
    id: 'commentanalyzer:v1alpha1',
    name: 'commentanalyzer',
    version: 'v1alpha1',
    revision: '20260504',
    title: 'Comment Analyzer',
    description: 'Scores comments, in the shape of Perspective API.',
    documentationLink: `${rootUrl}/api/docs`,
    protocol: 'rest',
    rootUrl: root,
    servicePath: '',
    baseUrl: root,
    basePath: '',
    batchPath: 'batch',
    version_module: true,
    parameters: PARAMETERS,
    schemas: Object.fromEntries(
      Object.entries(MESSAGES).map(([id, properties]) => [id, { id, type: 'object', properties }]),
    ),
    resources: {
      comments: {
        methods: {
          analyze: method('analyze', 'AnalyzeComment', 'Scores a comment.'),
          suggestscore: method(
            'suggestscore',
            'SuggestCommentScore',
            'Suggests the scores that a comment should have received.',
          ),
        },
      },
    },
  };
}
