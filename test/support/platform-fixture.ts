import 'reflect-metadata';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Clock } from '../../src/platform/clock.js';
import { SETTINGS, type Settings } from '../../src/platform/config/settings.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { DATABASE_URL } from '../../src/platform/database/database.tokens.js';
import { Database } from '../../src/platform/database/database.js';
import { newId, type SiteId } from '../../src/platform/ids.js';
import { JobHandlers } from '../../src/platform/jobs/jobs.js';
import { JobsService } from '../../src/platform/jobs/jobs.service.js';
import { JobRunner } from '../../src/platform/jobs/job-runner.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { Ticker } from '../../src/platform/jobs/ticker.js';
import { Limits } from '../../src/platform/limits/limits.js';
import { LimitsModule } from '../../src/platform/limits/limits.module.js';
import { createLog, PinoLogger } from '../../src/platform/observability/logging.js';
import { ObservabilityModule } from '../../src/platform/observability/observability.module.js';
import { OutboxHandlers } from '../../src/platform/outbox/outbox-handlers.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { OutboxModule } from '../../src/platform/outbox/outbox.module.js';
import { Relay } from '../../src/platform/outbox/relay.js';
import { PubSub } from '../../src/platform/pubsub/pubsub.js';
import { PubSubModule } from '../../src/platform/pubsub/pubsub.module.js';
import { systemContext, type SiteContext } from '../../src/platform/tenancy/site-context.js';

/** The platform layer of one process, without features. */
export interface PlatformFixture {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly outboxHandlers: OutboxHandlers;
  readonly relay: Relay;
  readonly jobs: JobsService;
  readonly jobHandlers: JobHandlers;
  readonly runner: JobRunner;
  readonly ticker: Ticker;
  readonly pubSub: PubSub;
  readonly limits: Limits;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly role?: Settings['role'];
  readonly limits?: boolean;
  readonly clock?: Clock;
  /** Registers handlers, as features do in `onModuleInit`. */
  readonly register?: (platform: PlatformFixture) => void;
}

/** Starts the platform layer like a process with this role. Several fixtures represent several processes. */
export async function startPlatform(options: PlatformOptions): Promise<PlatformFixture> {
  const { databaseUrl, redisUrl, role = 'all', limits = true, clock, register } = options;
  const settings: Pick<Settings, 'redisUrl' | 'role' | 'limits' | 'outboundAllow'> = {
    redisUrl: redisUrl === null ? null : redisUrl.split(','),
    role,
    limits,
    outboundAllow: [],
  };
  const providers = [
    { provide: SETTINGS, useValue: settings },
    { provide: DATABASE_URL, useValue: databaseUrl },
  ];

  @Global()
  @Module({ providers, exports: providers })
  class RuntimeModule {}

  const moduleBuilder = Test.createTestingModule({
    imports: [
      RuntimeModule,
      ObservabilityModule,
      DatabaseModule,
      PubSubModule,
      JobsModule,
      OutboxModule,
      LimitsModule,
    ],
  }).setLogger(new PinoLogger(createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent')));
  if (clock) moduleBuilder.overrideProvider(Clock).useValue(clock);
  const module: TestingModule = await moduleBuilder.compile();
  const platform: PlatformFixture = {
    database: module.get(Database),
    outbox: module.get(Outbox),
    outboxHandlers: module.get(OutboxHandlers),
    relay: module.get(Relay),
    jobs: module.get(JobsService),
    jobHandlers: module.get(JobHandlers),
    runner: module.get(JobRunner),
    ticker: module.get(Ticker),
    pubSub: module.get(PubSub),
    limits: module.get(Limits),
    close: () => module.close(),
  };
  try {
    register?.(platform);
    await module.init();
  } catch (error) {
    await module.close();
    throw error;
  }
  return platform;
}

export function newSiteId(): SiteId {
  return newId<'site'>();
}

export function createContext(siteId: SiteId): SiteContext {
  return systemContext(siteId, 'spec');
}
