import { setTimeout } from 'node:timers/promises';
import { runMigrations as runJobMigrations } from 'bullmq';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { checkDatabase } from './check-database.js';
import { ownerClientConfig } from './data-source.js';
import { StartupError } from '../config/startup-error.js';
import { databaseProblem } from './database-problem.js';
import { MIGRATIONS } from './migrations/index.js';
import { watchedClient } from './postgres-watch.js';
import { APP_ROLE, prepareRoles } from './roles.js';

/** The schema of the job queues' tables. */
export const JOBS_SCHEMA = 'bullmq';
// If several processes start at once, one of them migrates and the others wait for it.
const MIGRATION_LOCK = 7_310_442_019;
const BASELINE_TIMESTAMP = 1_796_169_600_000;
const LOCK_HEARTBEAT_MS = 5_000;
const LOCK_IDLE_MS = 20_000;
/** How long a start waits for another process that migrates. */
const LOCK_WAIT_MS = 15 * 60_000;
const LOCK_RETRY_MS = 250;

/**
 * Migrates a database to this version's schema: the roles, the product's tables, then the tables of the job queues.
 * Then checks that the service can use the database.
 *
 * @param url a connection as the owner of the database; superuser rights are not needed
 * @returns the names of the migrations that ran
 * @throws StartupError if the database cannot be reached, rejects the user, denies it a privilege or fails the check
 */
export async function migrate(url: string): Promise<string[]> {
  try {
    return await runAllMigrations(url);
  } catch (error) {
    throw databaseProblem(error, url);
  }
}

async function runAllMigrations(url: string): Promise<string[]> {
  const Client = watchedClient(url, Infinity);
  const lock = new Client(ownerClientConfig(url));
  await lock.connect();
  let keepAliveTimer: NodeJS.Timeout | undefined;
  try {
    // The lock ends with the session. If this process loses its connection, the session ends after the idle timeout.
    await lock.query(`SET idle_session_timeout = ${LOCK_IDLE_MS}`);
    await waitForLock(lock);
    keepAliveTimer = setInterval(() => void lock.query('SELECT 1').catch(() => undefined), LOCK_HEARTBEAT_MS);
    await refuseEarlierBuild(lock);
    await prepareRoles(lock);
    const source = new DataSource({
      type: 'postgres',
      url,
      migrations: MIGRATIONS,
      extra: { ...ownerClientConfig(url), Client },
      migrationsTransactionMode: 'each',
    });
    await source.initialize();
    try {
      const ran = await source.runMigrations();
      await migrateJobs(lock);
      await checkDatabase(url);
      return ran.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    clearInterval(keepAliveTimer);
    await lock.end();
  }
}

/**
 * Polls for the lock. A statement that waits for the lock would hold a snapshot, and the process that has the lock may
 * build an index concurrently, which waits until all older snapshots are gone: both would wait for each other.
 *
 * @throws with the SQLSTATE of a lock timeout after `LOCK_WAIT_MS`
 */
async function waitForLock(client: pg.Client): Promise<void> {
  const giveUpAt = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    const { rows } = await client.query<{ isLocked: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS "isLocked"',
      [MIGRATION_LOCK],
    );
    if (rows[0].isLocked) return;
    if (Date.now() > giveUpAt)
      throw Object.assign(new Error('another process is still running migrations'), { code: '55P03' });
    await setTimeout(LOCK_RETRY_MS);
  }
}

/** Migrations start from the baseline; databases of earlier builds cannot be migrated to it. */
async function refuseEarlierBuild(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS exists`,
  );
  if (!rows[0].exists) return;
  const earlier = await client.query('SELECT FROM migrations WHERE timestamp < $1', [BASELINE_TIMESTAMP]);
  if (earlier.rowCount === 0) return;
  throw new StartupError(
    'The database was made by a build before 0.1.0 and cannot be upgraded: set DATABASE_URL to an empty database, or DATA_DIR to an empty folder.',
  );
}

async function migrateJobs(client: pg.Client): Promise<void> {
  await runJobMigrations(client, JOBS_SCHEMA);
  // BullMQ creates a sequence per queue, so the service may create objects in that schema.
  await client.query(`
    GRANT USAGE, CREATE ON SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
    GRANT ALL ON ALL TABLES IN SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
    GRANT ALL ON ALL SEQUENCES IN SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
  `);
}
