import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule, type Runtime } from './app.module.js';
import { registerPublicThreadCache, PublicThreadCache } from './features/comments/public-thread-cache.js';
import { RejectedWebhookLog } from './features/entitlements/billing/rejected-webhook-log.js';
import { EmailPages, registerEmailPages } from './features/notifications/email-pages.js';
import { trustedProxy } from './platform/http/response-headers.js';
import { serveApiReference } from './platform/http/openapi.js';
import { notFound } from './platform/http/problem.js';
import { serveProblemPages } from './platform/http/problem-pages.js';
import { renderAnalyzeError } from './features/scoring/analyze-api/analyze-error.js';
import { createServer } from './platform/http/server.js';
import { serveWebAssets } from './platform/http/web-assets.js';

/** Routes outside the Nest modules, registered directly on Fastify; the demo uses this. */
export interface AppExtras {
  register(fastify: FastifyInstance): Promise<void>;
}

/** Only the orchestrator and Prometheus call a worker, so it serves health checks and metrics and nothing else. */
function serveOnlyHealthAndMetrics(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const isServed = request.url.startsWith('/health/') || request.url === '/metrics';
    done(isServed ? undefined : notFound());
  });
}

/** Creates the whole server for one role, ready to listen. `runtime.settings.role` decides what it serves. */
export async function createApp(
  runtime: Runtime,
  logger: LoggerService,
  extras: AppExtras | null = null,
): Promise<NestFastifyApplication> {
  const servesReaders = runtime.settings.role !== 'worker';
  return createServer(AppModule.forRuntime(runtime), logger, {
    errorFormats: ['/v1alpha1', '/$discovery'].map((prefix) => ({ prefix, render: renderAnalyzeError })),
    publicUrl: runtime.settings.publicUrl,
    trustProxy: runtime.settings.trustProxy,
    beforeHooks(fastify, app) {
      if (servesReaders)
        registerPublicThreadCache(
          fastify,
          app.get(PublicThreadCache),
          trustedProxy(runtime.settings.trustProxy),
        );
      else serveOnlyHealthAndMetrics(fastify);
    },
    async routes(fastify, app) {
      if (!servesReaders) return;
      app.get(RejectedWebhookLog).register(fastify);
      serveApiReference(app);
      serveProblemPages(fastify);
      await serveWebAssets(fastify);
      await registerEmailPages(fastify, app.get(EmailPages));
      await extras?.register(fastify);
      // The root path has no page of its own: redirect to the demo if it runs, otherwise to the console.
      fastify.get('/', (_request, reply) => reply.redirect(extras ? '/demo/' : '/console/'));
    },
  });
}
