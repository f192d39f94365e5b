import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { DATABASE_URL } from '../database/database.tokens.js';
import { Readiness } from '../observability/readiness.js';
import { chooseBus } from '../jobs/backend.js';
import { PubSub } from './pubsub.js';

@Global()
@Module({
  providers: [
    {
      provide: PubSub,
      inject: [SETTINGS, DATABASE_URL],
      useFactory: (settings: Settings, databaseUrl: string) => new PubSub(chooseBus(settings, databaseUrl)),
    },
  ],
  exports: [PubSub],
})
export class PubSubModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(PubSub) private readonly pubSub: PubSub,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'redisUrl'>,
    private readonly readiness: Readiness,
  ) {}

  async onModuleInit(): Promise<void> {
    // Optional, because without Valkey limits are counted in PostgreSQL or in the process, and jobs and live events
    // wait.
    if (this.settings.redisUrl) this.readiness.addOptional('valkey', () => this.pubSub.checkConnection());
    await this.pubSub.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pubSub.close();
  }
}
