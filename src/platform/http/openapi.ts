import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeOperations } from './openapi-operations.js';
import { completeSchemas } from './openapi-schemas.js';

const DESCRIPTION = `The comment section that a news publisher can trust.

- **Errors** are \`application/problem+json\` (RFC 9457): \`code\` is for programs, \`detail\` is for people. Unknown fields in a body are refused.
- **Lists** return \`{items, next}\` and take \`cursor\` (the \`next\` of the previous page) and \`limit\` (clamped to 1…100).
- **Writes** accept an \`Idempotency-Key\`. For 24 hours, a request with the same key and body returns the first result, without any secrets that it contained.
- **Ids** are UUIDv7 and **times** are ISO 8601 in UTC. Anything that belongs to another site is a 404.`;

/** Tags of operations, in the order of the API reference. */
const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['comments', 'Threads, comments, replies, counts and appeals, as readers see them.'],
  ['reactions', "Readers' reactions to comments. The site's policy lists the kinds of reactions."],
  ['flags', "Readers' reports, with a reason."],
  ['notices', 'Notices that a comment is illegal, by anybody, and their decisions.'],
  ['live', 'Server-sent events of a thread.'],
  ['readers', "Readers' profiles, and what each reader may do."],
  ['following', 'What readers follow: stories, and topics in portfolios.'],
  ['search', 'Search for stories by words and by topic.'],
  ['sites', 'Sites, their tiers, policy and sign-on.'],
  ['keys', 'Publisher keys and their scopes.'],
  ['stories', 'The pages that have a comment section.'],
  ['entitlements', "Readers' entitlements to tiers, reported by the publisher or by a billing provider."],
  ['scoring', 'External scorers, which score alongside the local model.'],
  ['webhooks', 'Webhook endpoints, deliveries, and every event in order.'],
  ['moderation', 'The moderation queue, decisions, and reader sanctions.'],
  ['quality', 'How good decisions are: a sample that people review, and the statistics computed from it.'],
  [
    'learning',
    "The site model, which learns from moderators' decisions: view it, choose the version in effect, list its training examples.",
  ],
  ['moderators', "A site's team: invitations and roles."],
  ['audit', 'The log of what staff did: view, verify or export it.'],
  ['transfer', 'Import of comments from other products.'],
  ['mail', 'Outgoing email.'],
  ['console', "Moderators' sessions."],
  [
    'analyzer',
    'The scorer for other programs, with the interface of Perspective API. Its errors have the format of Google APIs.',
  ],
];

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Combines the names of the controller and the handler: `sitesCreate`, `threadRead`. */
const operationId = (controller: string, method: string): string =>
  lowerFirst(controller.replace(/Controller$/, '')) + upperFirst(method);

/**
 * Describes the whole API. An application in Nest's preview mode, without a database, is sufficient.
 */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Postbag')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addServer('/')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addSecurity('publisher', {
      type: 'http',
      scheme: 'bearer',
      description: 'The admin key or a publisher key. Each route names the scope that it requires.',
    })
    .addSecurity('reader', {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: "A reader token, signed by the publisher with the site's SSO secret or keys.",
    })
    .addSecurity('analyzerKey', {
      type: 'apiKey',
      in: 'query',
      name: 'key',
      description: 'The admin key, or a publisher key with the scope `score`.',
    })
    .addSecurity('moderator', {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-postbag',
      description: 'A console session. Over plain HTTP the cookie is named `postbag-session`.',
    });
  for (const [name, description] of TAGS) config.addTag(name, description);
  const scanned = SwaggerModule.createDocument(app, config.build(), { operationIdFactory: operationId });
  return completeOperations(completeSchemas(scanned));
}

/**
 * Serves `/api/openapi.json` and the API reference at `/api/docs`. The document is generated at the first request.
 */
export function serveApiReference(app: INestApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('api/docs', app, () => (document ??= describeApi(app)), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Postbag API',
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: { docExpansion: 'list', defaultModelsExpandDepth: -1, displayRequestDuration: true },
  });
}
