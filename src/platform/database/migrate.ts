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

/** The schema that the job queues' own tables live in. */
export const JOBS_SCHEMA = 'bullmq';
// Any number of processes start at once; one of them migrates, the others wait for it.
const MIGRATION_LOCK = 7_310_442_019;
const BASELINE_TIMESTAMP = 1_764_547_200_000;
const LOCK_SIGN_OF_LIFE_MS = 5_000;
const LOCK_IDLE_MS = 20_000;
/** How long a start waits for another one that migrates. */
const LOCK_WAIT_MS = 15 * 60_000;

/**
 * Brings a database to this version's schema: the roles, the product's tables, then those of the job queues. Then
 * checks that the service can work with it.
 *
 * @param url a connection as the owner of the database; no superuser is needed
 * @returns the names of the migrations that ran
 * @throws StartupError where the database cannot be reached, refuses the user, denies it a right or fails the check
 */
export async function migrate(url: string): Promise<string[]> {
  try {
    return await bringUpToDate(url);
  } catch (error) {
    throw databaseProblem(error, url);
  }
}

async function bringUpToDate(url: string): Promise<string[]> {
  const Client = watchedClient(url, Infinity);
  const lock = new Client(ownerClientConfig(url));
  await lock.connect();
  let alive: NodeJS.Timeout | undefined;
  try {
    // The lock ends with the session. If this process is cut off, the session ends when it shows no signs of life.
    await lock.query(`SET idle_session_timeout = ${LOCK_IDLE_MS}; SET lock_timeout = ${LOCK_WAIT_MS}`);
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    alive = setInterval(() => void lock.query('SELECT 1').catch(() => undefined), LOCK_SIGN_OF_LIFE_MS);
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
    clearInterval(alive);
    await lock.end();
  }
}

/** Migrations count from the baseline; what builds before it made cannot be brought to it. */
async function refuseEarlierBuild(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS exists`,
  );
  if (!rows[0].exists) return;
  const earlier = await client.query('SELECT FROM migrations WHERE timestamp < $1', [BASELINE_TIMESTAMP]);
  if (earlier.rowCount === 0) return;
  throw new StartupError(
    'The database was made by a build before 0.1.0, which cannot be upgraded: set DATABASE_URL to an empty database, or DATA_DIR to an empty folder.',
  );
}

async function migrateJobs(client: pg.Client): Promise<void> {
  await runJobMigrations(client, JOBS_SCHEMA);
  // BullMQ makes a sequence per queue, so its schema is the service's own to write in.
  await client.query(`
    GRANT USAGE, CREATE ON SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
    GRANT ALL ON ALL TABLES IN SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
    GRANT ALL ON ALL SEQUENCES IN SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
  `);
}
