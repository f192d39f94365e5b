import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeOperations } from './openapi-operations.js';
import { completeSchemas } from './openapi-schemas.js';

const ABOUT = `The comment section that a news publisher can trust.

- **Errors** are \`application/problem+json\` (RFC 9457): \`code\` is for programs, \`detail\` for people. Unknown fields in a body are refused.
- **Lists** answer \`{items, next}\` and take \`cursor\` (the \`next\` of the page before) and \`limit\` (clamped to 1…100).
- **Writes** take \`Idempotency-Key\`: the same key and body answers the first result for 24 hours, without the secrets that it showed.
- **Ids** are UUIDv7, **times** ISO 8601 in UTC. What is another site's is a 404.`;

/** In the order of the API reference; the names are those of the features. */
const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['comments', 'Threads, comments, replies, counts and appeals, as readers see them.'],
  ['reactions', "Readers' clicks of one kind."],
  ['flags', "Readers' reports, with a reason."],
  ['live', 'Server-sent events of a thread.'],
  ['readers', 'Who reads and writes: their profile, and what they may.'],
  ['following', 'What readers follow: stories, and topics in portfolios.'],
  ['search', 'Stories by words and by topic.'],
  ['sites', 'Sites, their tiers, policy and sign-on.'],
  ['keys', 'Publisher keys and their scopes.'],
  ['stories', 'The pages that carry comments.'],
  ['entitlements', "Readers' claims to tiers, told by the publisher or by a billing provider."],
  ['scoring', 'External scorers, which score beside the local model.'],
  ['webhooks', 'Webhook endpoints, deliveries, and every event in order.'],
  ['moderation', 'The queue, decisions, and the standing of readers.'],
  ['quality', 'How good decisions are: a sample put before people, and what is reckoned from it.'],
  ['learning', "What moderators' decisions taught the scorer: to look at, to choose, to take back."],
  ['moderators', "A site's team: invitations and roles."],
  ['audit', 'The record of what staff did: to read, to check, to take away.'],
  ['transfer', 'Comments that come from other products.'],
  ['mail', 'What leaves by e-mail.'],
  ['console', "Moderators' sessions."],
  [
    'analyzer',
    'The scorer for other programs, in the shape of Perspective API; its errors are those of Google APIs.',
  ],
];

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Combines the controller's area and the handler's verb: `sitesCreate`, `threadRead`. */
const operationId = (controller: string, method: string): string =>
  lowerFirst(controller.replace(/Controller$/, '')) + upperFirst(method);

/**
 * Describes the whole API. Needs only the modules, so an application in preview mode without a database is enough.
 */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Postbag')
    .setDescription(ABOUT)
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
