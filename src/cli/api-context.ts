import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { OpenRuntime } from '../runtime.js';

/**
 * Creates the Nest application of an API process for a command, without serving requests. It takes no jobs, runs no
 * timers and is closed when the command ends.
 */
export async function apiContext({
  runtime,
  logger,
  cleanups,
}: OpenRuntime): Promise<INestApplicationContext> {
  const settings = { ...runtime.settings, role: 'api' as const };
  const context = await NestFactory.createApplicationContext(AppModule.forRuntime({ ...runtime, settings }), {
    logger,
    abortOnError: false,
  });
  cleanups.push(() => context.close());
  return context;
}
