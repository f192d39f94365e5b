import type { OpenAPIObject } from '@nestjs/swagger';
import { IGNORES_KEY_EXTENSION } from './idempotency.interceptor.js';
import type { Node } from './openapi-schemas.js';

const uuid = { type: 'string', format: 'uuid' };
const key = { type: 'string', minLength: 1, maxLength: 255 };

/** The path parameters of all routes, by name. A malformed id is a 404, like an unknown one. */
const PATH_PARAMETERS: Readonly<Record<string, { schema: Node; description: string }>> = {
  site: { schema: uuid, description: "The site's id." },
  version: { schema: { type: 'integer', minimum: 1 }, description: 'A version number of the policy.' },
  other: {
    schema: { type: 'integer', minimum: 1 },
    description: 'The version number to compare with.',
  },
  replay: { schema: uuid, description: "The replay's id." },
  calibration: { schema: uuid, description: "The calibration's id." },
  label: { schema: key, description: 'A label that texts are scored for.' },
  tier: { schema: key, description: "The tier's key." },
  sample: { schema: uuid, description: "The sample's id." },
  storyKey: { schema: key, description: "The publisher's id for the story, URL-encoded." },
  readerKey: { schema: key, description: "The `sub` of the reader's tokens, URL-encoded." },
  id: { schema: uuid, description: 'The id of the resource.' },
  coralComment: { schema: key, description: 'The id that the comment had in Coral.' },
  passkey: { schema: uuid, description: "The passkey's id." },
  moderator: { schema: uuid, description: "The moderator's id." },
  session: { schema: uuid, description: "The session's id." },
  model: { schema: uuid, description: "The site model's id." },
  delivery: { schema: uuid, description: "The delivery's id." },
  kind: {
    schema: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,31}$' },
    description: "One of the site's reaction kinds.",
  },
  provider: {
    schema: { type: 'string' },
    description: "The name of a billing provider, or `generic` for Postbag's own format.",
  },
  reference: {
    schema: { type: 'string' },
    description: 'The secret `reference` that the notice was answered with.',
  },
  portfolio: { schema: uuid, description: "The portfolio's id." },
  type: {
    schema: { type: 'string', minLength: 1, maxLength: 32 },
    description: "A topic's type, as the publisher names it, such as `company`.",
  },
  topicKey: {
    schema: { type: 'string', minLength: 1, maxLength: 120 },
    description: "A topic's key, URL-encoded, such as a company's code.",
  },
  key: {
    schema: key,
    description:
      'The id of an API key, or the key of an entitlement, organisation, override or external scorer.',
  },
};

const IDEMPOTENCY_KEY = { $ref: '#/components/parameters/IdempotencyKey' };
const CONSOLE_HEADER = { $ref: '#/components/parameters/ConsoleHeader' };

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A repeated request with the same key and body gets the first response again, for 24 hours per caller and URL, except for the members listed in `x-shown-once`, because secrets are not stored. 1 to 255 visible ASCII characters.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  ConsoleHeader: {
    name: 'X-Postbag-Console',
    in: 'header',
    required: false,
    description:
      'Always `1`. Required for every write with a session cookie; not needed for calls with a key.',
    schema: { type: 'string', const: '1' },
  },
};

const PROBLEM = {
  type: 'object',
  description:
    'Problem details (RFC 9457). Depending on `code`, there are additional members such as `requiredTier` and `url`.',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: {
      type: 'string',
      format: 'uri',
      description: 'URL of a page about the code, with cause and remedy.',
    },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'An explanation for people.' },
    code: { type: 'string', description: 'The kind of problem, for programs.' },
    requestId: { type: 'string', format: 'uuid' },
    errors: {
      type: 'array',
      description: 'All errors of the request, if the code is `invalid`.',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON pointer into the body, or below `/query`, `/path` or `/headers`.',
          },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
    requiredTier: {
      type: 'object',
      description: 'The tier that the reader needs.',
      required: ['key', 'name'],
      properties: { key: { type: 'string' }, name: { type: 'string' } },
    },
    url: { type: 'string', description: 'The page where the reader can sign in, subscribe or renew.' },
    retryAfter: { type: 'integer', description: 'Seconds to wait before trying again.' },
    requiredScope: { type: 'string', description: 'The scope that the key lacks.' },
    currentStatus: { type: 'string', description: "The comment's current status." },
  },
  additionalProperties: true,
} satisfies Node;

/** The meaning of each error status in the whole API. */
const ERROR_RESPONSES = {
  400: ['Malformed', 'Malformed or invalid.'],
  401: ['SignedOut', 'The credentials are missing or invalid.'],
  403: ['Forbidden', 'Not allowed. `code` gives the reason.'],
  404: ['NotFound', 'It does not exist, or you may not see it.'],
  409: [
    'Conflict',
    'The state has changed, or the first request with this Idempotency-Key is still being processed.',
  ],
  413: ['TooLarge', 'The body is larger than 256 kB.'],
  415: ['NotJson', 'The body is not JSON.'],
  422: ['OtherBody', 'The Idempotency-Key was already used with a different body.'],
  429: ['RateLimited', 'Too many requests.'],
  default: ['Fault', 'An internal error occurred.'],
} as const;

type ErrorStatus = keyof typeof ERROR_RESPONSES;

const RETRY_AFTER = {
  'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait before trying again.' },
};

const RESPONSES = Object.fromEntries(
  Object.entries(ERROR_RESPONSES).map(([status, [name, description]]) => [
    name,
    {
      description,
      ...(status === '429' || status === '403' ? { headers: RETRY_AFTER } : {}),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]),
);

interface Operation extends Node {
  parameters?: Node[];
  responses: Record<string, Node>;
  security?: Record<string, string[]>[];
  requestBody?: Node;
}

// On these routes the body names an existing resource, so they can respond with 404.
const NAMED_IN_BODY = ['/api/v1/moderation/bulk-decisions', '/api/v1/moderation/saved-queues'];

function errorStatusesOf(method: string, path: string, operation: Operation): ErrorStatus[] {
  const isWrite = method !== 'get';
  const hasBody = operation.requestBody !== undefined;
  const namesResource =
    path.includes('{') ||
    (isWrite && NAMED_IN_BODY.includes(path)) ||
    (operation.parameters ?? []).some((parameter) => parameter['in'] === 'query');
  const needsAuth = (operation.security ?? []).some((scheme) => Object.keys(scheme).length > 0);
  return [
    400,
    401,
    ...(needsAuth ? ([403] as const) : []),
    ...(namesResource ? ([404] as const) : []),
    ...(isWrite ? ([409] as const) : []),
    ...(hasBody ? ([413, 415] as const) : []),
    ...(isWrite ? ([422] as const) : []),
    429,
    'default',
  ];
}

function parametersOf(method: string, path: string, operation: Operation): Node[] {
  const otherParameters = (operation.parameters ?? []).filter((parameter) => parameter['in'] !== 'path');
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    ...(PATH_PARAMETERS[name] ?? { schema: { type: 'string' } }),
  }));
  const acceptsCookie = (operation.security ?? []).some((scheme) => 'moderator' in scheme);
  return [
    ...inPath,
    ...otherParameters,
    ...(method === 'get' || operation[IGNORES_KEY_EXTENSION] ? [] : [IDEMPOTENCY_KEY]),
    ...(method !== 'get' && (acceptsCookie || path.startsWith('/api/v1/console')) ? [CONSOLE_HEADER] : []),
  ];
}

/** Descriptions of responses whose route gives none. */
const DEFAULT_DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Done. Returns the current state.',
  201: 'Created. Returns the new resource.',
  202: 'Accepted. The work is completed shortly afterwards.',
  204: 'Done. The response has no body.',
};

function describeResponse(method: string, [status, response]: [string, Node]): [string, Node] {
  if (response['description'] !== '') return [status, response];
  const description = method === 'get' ? 'The requested data.' : (DEFAULT_DESCRIPTIONS[status] ?? 'Done.');
  return [status, { ...response, description }];
}

function withoutDuplicates<T>(items: readonly T[] | undefined): T[] | undefined {
  const seen = new Set<string>();
  return items?.filter((item) => !seen.has(JSON.stringify(item)) && seen.add(JSON.stringify(item)));
}

function descriptionOf({ description, security = [] }: Operation): { description?: string } {
  const scopes = security.flatMap((scheme) => scheme['publisher'] ?? []);
  const requirements = scopes.map(
    (scope) => `Requires a key with the scope \`${scope}\`, or a console session whose role includes it.`,
  );
  const text = [...(typeof description === 'string' ? [description] : []), ...new Set(requirements)].join(
    '\n\n',
  );
  return text === '' ? {} : { description: text };
}

function complete(method: string, path: string, scanned: Operation): Operation {
  // An empty security requirement: the route accepts no credentials.
  const security = withoutDuplicates(scanned.security) ?? [{}];
  const operation = { ...scanned, security, ...descriptionOf(scanned) };
  const errorResponses = errorStatusesOf(method, path, operation).map((status) => [
    status,
    { $ref: `#/components/responses/${ERROR_RESPONSES[status][0]}` },
  ]);
  return {
    ...operation,
    parameters: parametersOf(method, path, operation),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.responses).map((answer) => describeResponse(method, answer)),
      ),
      ...(Object.fromEntries(errorResponses) as Record<string, Node>),
    },
  };
}

/** Other routes, such as the Perspective-compatible ones, follow other conventions and are documented completely. */
const isProductApi = (path: string): boolean => path.startsWith('/api/v1/');

/** Adds to each operation what applies to all routes: path parameters, headers and error responses. */
export function completeOperations(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      isProductApi(path)
        ? Object.fromEntries(
            Object.entries(item as Record<string, Operation>).map(([method, operation]) => [
              method,
              complete(method, path, operation),
            ]),
          )
        : item,
    ]),
  );
  return {
    ...document,
    paths,
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, Problem: PROBLEM as never },
      responses: RESPONSES,
      parameters: PARAMETERS as never,
    },
  };
}
