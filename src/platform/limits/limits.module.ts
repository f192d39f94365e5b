import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LIMITS_ENTITIES } from './limits.entities.js';
import { Clock } from '../clock.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Database } from '../database/database.js';
import { chooseCounters } from '../jobs/backend.js';
import { Ticker } from '../jobs/ticker.js';
import type { Counters } from './counters.js';
import { Limits } from './limits.js';
import { PostgresCounters } from './postgres-counters.js';

const COUNTERS = Symbol('COUNTERS');
const SWEEP_EVERY_MS = 60_000;

@Global()
@Module({
  imports: [TypeOrmModule.forFeature(LIMITS_ENTITIES)],
  providers: [
    {
      provide: COUNTERS,
      inject: [SETTINGS, Database, Clock],
      useFactory: (settings: Settings, database: Database, clock: Clock): Counters | null =>
        settings.limits ? chooseCounters(settings, database, clock) : null,
    },
    {
      provide: Limits,
      inject: [COUNTERS, Database, Clock],
      useFactory: (counters: Counters | null, database: Database, clock: Clock) =>
        new Limits(counters, counters && new PostgresCounters(database, clock)),
    },
  ],
  exports: [Limits],
})
export class LimitsModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(COUNTERS) private readonly counters: Counters | null,
    @Inject(Ticker) private readonly ticker: Ticker,
  ) {}

  async onModuleInit(): Promise<void> {
    const { counters } = this;
    if (!counters) return;
    this.ticker.every('limits.sweep', SWEEP_EVERY_MS, () => counters.sweep());
    await counters.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.counters?.close();
  }
}
