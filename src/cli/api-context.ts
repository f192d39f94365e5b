import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { OpenRuntime } from '../runtime.js';

/**
 * What an API process works with, without serving requests. It takes no jobs and runs no timers. Closed when the
 * command ends.
 */
export async function apiContext({
  runtime,
  logger,
  cleanups,
}: OpenRuntime): Promise<INestApplicationContext> {
  const settings = { ...runtime.settings, role: 'api' as const };
  const context = await NestFactory.createApplicationContext(AppModule.of({ ...runtime, settings }), {
    logger,
    abortOnError: false,
  });
  cleanups.push(() => context.close());
  return context;
}
