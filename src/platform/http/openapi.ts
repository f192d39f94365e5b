import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** Read each time it is asked for; a few hundred milliseconds, which nobody pays at start. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Postbag')
    .setDescription(
      'The comment section that a news publisher can trust. Errors are application/problem+json (RFC 9457); ' +
        'lists answer {items, next} and take cursor and limit; writes take Idempotency-Key.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Admin key or publisher key' }, 'publisher')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Reader token' },
      'reader',
    )
    .addCookieAuth('__Host-postbag', { type: 'apiKey', in: 'cookie', name: '__Host-postbag' }, 'moderator')
    .build();
  return SwaggerModule.createDocument(app, config, { operationIdFactory: (_, method) => method });
}

/** `/api/openapi.json` and the readable reference at `/api/docs`. */
export function serveApiReference(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('api/docs', app, () => (document ??= describeApi(app)), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Postbag API',
  });
}
