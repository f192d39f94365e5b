import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { APP_ROLE } from './roles.js';

/**
 * Between the pool and who asked for a connection lies a moment in which nobody listens to its errors. One that comes
 * then, as when PostgreSQL is killed, would end the process; without it the next statement fails, which is enough.
 */
class PatientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** How the service connects: as the role that row security binds, whoever `url` signs in as. */
export const serviceClientConfig = (url: string): pg.ClientConfig => ({
  connectionString: url,
  options: `-c role=${APP_ROLE} -c timezone=UTC`,
  keepAlive: true,
  application_name: 'postbag',
});

/**
 * The service's pool for TypeORM.
 *
 * @param max connections in the pool
 */
export function serviceDataSource(url: string, max: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize: max,
    installExtensions: false,
    extra: {
      ...serviceClientConfig(url),
      Client: PatientClient,
      // Statements are sent without waiting for the answers to those before; see `Tx.write`.
      pipeline: true,
    },
  };
}
