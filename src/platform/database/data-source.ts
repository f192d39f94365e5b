import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { watchedClient } from './postgres-watch.js';
import { APP_ROLE } from './roles.js';

/** The statement timeout, unless the transaction raises it; see `Tx.allowLongStatements`. */
const STATEMENT_TIMEOUT_MS = 30_000;
export const LONG_STATEMENT_MS = 10 * 60_000;
/** How long the transaction of a job over many rows may be idle between two statements. */
export const LONG_IDLE_MS = 2 * 60_000;
const LOCK_TIMEOUT_MS = 10_000;
/** How long the transaction of a process that lost its connection can hold locks. */
const IDLE_IN_TRANSACTION_MS = 20_000;
/** Long enough to build an index over many millions of rows. */
const MIGRATION_STATEMENT_TIMEOUT_MS = 6 * 60 * 60_000;
const MIGRATION_LOCK_TIMEOUT_MS = 30_000;
/**
 * Usually `PostgresWatch` ends a connection attempt sooner. Unlike this timeout, it does not count time during which
 * this process itself is busy.
 */
const CONNECT_TIMEOUT_MS = 30_000;

/**
 * Server settings with which PostgreSQL detects within about 15 s that a client is gone, even while it runs a
 * statement.
 */
const KEEPALIVE_SETTINGS = {
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 3,
  tcp_keepalives_count: 3,
  tcp_user_timeout: 15_000,
  client_connection_check_interval: 5_000,
};

type ServerSettings = Readonly<Record<string, string | number>>;

const optionsOf = (settings: ServerSettings): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

/** Settings shared by all connections: every wait on them has a limit. */
const baseClientConfig = (url: string, name: string, settings: ServerSettings): pg.ClientConfig => ({
  connectionString: url,
  application_name: name,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  options: optionsOf({ ...KEEPALIVE_SETTINGS, ...settings }),
});

/**
 * How the service connects: it switches to APP_ROLE, to which row-level security applies, whichever user `url` names.
 *
 * @param name `application_name` of the connection in `pg_stat_activity`
 * @param settings server settings that are added to the usual ones or override them
 */
export const serviceClientConfig = (
  url: string,
  name = 'postbag',
  settings: ServerSettings = {},
): pg.ClientConfig =>
  baseClientConfig(url, name, {
    role: APP_ROLE,
    timezone: 'UTC',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    ...settings,
  });

/** How migrations and operators' commands connect: as the user of `url`, with long statement timeouts. */
export const ownerClientConfig = (url: string): pg.ClientConfig =>
  baseClientConfig(url, 'postbag owner', {
    timezone: 'UTC',
    statement_timeout: MIGRATION_STATEMENT_TIMEOUT_MS,
    lock_timeout: MIGRATION_LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: LONG_STATEMENT_MS,
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
      Client: watchedClient(url),
      // Sends statements without waiting for the results of earlier ones; see `Tx.write`.
      pipeline: true,
    },
  };
}
