import { runMigrations as runJobMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { StartupError } from '../config/startup-error.js';
import { databaseProblem } from './database-problem.js';
import { MIGRATIONS } from './migrations/index.js';

/** The schema that the job queues' own tables live in. */
export const JOBS_SCHEMA = 'bullmq';
/** The role the service runs as; it owns nothing and row security binds it. */
export const APP_ROLE = 'postbag_app';
/** As that, for whoever is limited to sections of a site. */
export const SECTIONS_ROLE = 'postbag_sections';

// Any number of processes start at once; one of them migrates, the others wait for it.
const MIGRATION_LOCK = 7_310_442_019;

/**
 * Brings a database to this version's schema: the product's tables, then those of the job queues.
 *
 * @param url a connection as the owner: a role that may create roles and tables
 * @returns the names of the migrations that ran
 * @throws StartupError where the database cannot be reached, refuses the user or denies it a right
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
    const source = new DataSource({
      type: 'postgres',
      url,
      migrations: MIGRATIONS,
      migrationsTransactionMode: 'each',
    });
    await source.initialize();
    try {
      const ran = await source.runMigrations();
      await checkMembership(lock);
      await migrateJobs(lock);
      return ran.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}

/**
 * The service goes on as these roles, which are of the cluster: who brought the schema there is a member, and another
 * user, or one of a cluster that the database was moved to, has to be made one.
 *
 * @throws StartupError
 */
async function checkMembership(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ user: string; missing: string[] }>(
    `SELECT current_user AS "user",
       ARRAY(SELECT role FROM unnest($1::text[]) role WHERE NOT pg_has_role(current_user, role, 'MEMBER')) AS missing`,
    [[APP_ROLE, SECTIONS_ROLE]],
  );
  const { user, missing } = rows[0];
  if (missing.length === 0) return;
  const roles = missing.join(', ');
  throw new StartupError(
    `The user ${JSON.stringify(user)} of DATABASE_URL may not act as ${roles}: as a superuser, run ` +
      `GRANT ${roles} TO ${pg.escapeIdentifier(user)}; and start again.`,
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
