import type { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app.js';
import { loadSettings, type Settings } from '../../src/platform/config/settings.js';
import { createLog, PinoLogger } from '../../src/platform/observability/logging.js';
import { caller, type RunningServer } from './caller.js';

export const TEST_ADMIN_KEY = 'pbk_test-admin-key-of-forty-characters-length';
export const TEST_SECRET_KEY = 'a secret key for tests, long enough for anyone';

/** The server, running in the process of the spec, so that its services can be accessed. */
export interface TestApp extends RunningServer {
  readonly app: NestFastifyApplication;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly databaseUrl: string;
  readonly redisUrl?: string | null;
  readonly settings?: Partial<Settings>;
  /** Receives the log at every level; stdout by default. */
  readonly logTo?: Writable;
}

/**
 * Starts the complete server in this process, with its routes, guards, jobs and relay, on a port chosen by the system.
 */
export async function startApp({
  databaseUrl,
  redisUrl = null,
  settings = {},
  logTo,
}: TestAppOptions): Promise<TestApp> {
  const base = loadSettings({
    DATABASE_URL: databaseUrl,
    SECRET_KEY: TEST_SECRET_KEY,
    ADMIN_KEY: TEST_ADMIN_KEY,
    HOST: '127.0.0.1',
    PORT: '0',
    OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  });
  const effectiveSettings = { ...base, ...settings };
  const app = await createApp(
    { settings: effectiveSettings, databaseUrl, adminKey: TEST_ADMIN_KEY, secretKey: TEST_SECRET_KEY },
    new PinoLogger(logTo ? createLog('trace', logTo) : createLog(effectiveSettings.logLevel)),
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return { app, url, adminKey: TEST_ADMIN_KEY, call: caller(url), close: () => app.close() };
}
