import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { PartUnavailable, Readiness } from '../observability/readiness.js';
import { serviceDataSource } from './data-source.js';
import { Database } from './database.js';
import { DATABASE_URL } from './database.tokens.js';
import { PostgresWatch } from './postgres-watch.js';

/** Enough for the queries of a process with two cores. Jobs and long statements have a few connections more. */
const POOL_SIZE = 10;

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [DATABASE_URL],
      useFactory: (url: string) => ({
        ...serviceDataSource(url, POOL_SIZE),
        autoLoadEntities: true,
        retryAttempts: 1,
      }),
    }),
  ],
  providers: [Clock, Database],
  exports: [Clock, Database],
})
export class DatabaseModule implements OnModuleInit {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(DATABASE_URL) private readonly url: string,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.add('database', () => this.check());
  }

  /** @throws PartUnavailable if the database responds but accepts no work; other errors are passed on */
  private async check(): Promise<void> {
    const [{ readOnly }] = await this.source.query<{ readOnly: boolean }[]>(
      `SELECT current_setting('transaction_read_only') = 'on' AS "readOnly"`,
    );
    if (readOnly) throw new PartUnavailable('is read-only');
    const resourceError = PostgresWatch.of(this.url).recentResourceError;
    if (resourceError !== null) throw new PartUnavailable(`refuses work (SQLSTATE ${resourceError})`);
  }
}
