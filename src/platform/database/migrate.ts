import { runMigrations as runJobMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { checkDatabase } from './check-database.js';
import { databaseProblem } from './database-problem.js';
import { MIGRATIONS } from './migrations/index.js';
import { APP_ROLE, prepareRoles } from './roles.js';

/** The schema that the job queues' own tables live in. */
export const JOBS_SCHEMA = 'bullmq';
// Any number of processes start at once; one of them migrates, the others wait for it.
const MIGRATION_LOCK = 7_310_442_019;

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
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await prepareRoles(lock);
    const source = new DataSource({
      type: 'postgres',
      url,
      migrations: MIGRATIONS,
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
    await lock.end();
  }
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
