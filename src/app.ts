import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type Runtime } from './app.module.js';
import { serveApiReference } from './platform/http/openapi.js';
import { createServer } from './platform/http/server.js';
import { serveWebAssets } from './platform/http/web-assets.js';

/** The whole server for one role, ready to listen; what it serves depends on `runtime.settings.role`. */
export async function createApp(runtime: Runtime, logger: LoggerService): Promise<NestFastifyApplication> {
  return createServer(AppModule.of(runtime), logger, async (fastify, app) => {
    if (runtime.settings.role === 'worker') return;
    serveApiReference(app);
    await serveWebAssets(fastify);
  });
}
