import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { DATABASE_URL } from '../database/database.tokens.js';
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
  constructor(@Inject(PubSub) private readonly pubSub: PubSub) {}

  async onModuleInit(): Promise<void> {
    await this.pubSub.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pubSub.close();
  }
}
