import type { DataSourceOptions } from 'typeorm';
import { APP_ROLE } from './migrate.js';

/**
 * How the service connects: as the role that row security binds, whoever `url` signs in as.
 *
 * @param max connections in the pool
 */
export function serviceDataSource(url: string, max: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize: max,
    installExtensions: false,
    extra: { options: `-c role=${APP_ROLE} -c timezone=UTC`, keepAlive: true, application_name: 'postbag' },
  };
}
