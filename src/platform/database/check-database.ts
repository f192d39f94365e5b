import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { StartupError } from '../config/startup-error.js';
import { serviceClientConfig } from './data-source.js';
import { watchedClient } from './postgres-watch.js';
import { APP_ROLE, SECTIONS_ROLE } from './roles.js';

/** Tables with a `site_id` but without row-level security: the relay reads the events of all sites (ADR 0001). */
const TABLES_WITHOUT_ISOLATION: readonly string[] = ['outbox'];

/**
 * Checks that sites are isolated from each other, with the service's own connection settings: the role, row-level
 * security on every table with a `site_id`, and which rows of a test site are visible in which scope. The test site is
 * rolled back.
 *
 * @throws StartupError with the remedy
 */
export async function checkDatabase(url: string): Promise<void> {
  const Client = watchedClient(url);
  const client = new Client(serviceClientConfig(url));
  await client.connect();
  try {
    await checkRole(client);
    await checkRowSecurity(client);
    await checkProbe(client);
  } finally {
    await client.end();
  }
}

async function checkRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
  const [{ role }] = rows;
  if (role === APP_ROLE) return;
  throw new StartupError(
    `A DATABASE_URL connection runs as ${JSON.stringify(role)} instead of ${APP_ROLE}, because something between Postbag and PostgreSQL, such as a connection pooler, drops the option "role": point DATABASE_URL directly at PostgreSQL.`,
  );
}

async function checkRowSecurity(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
       AND NOT (c.relname = ANY ($1))
       AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'site_id' AND NOT a.attisdropped)
     ORDER BY c.relname`,
    [TABLES_WITHOUT_ISOLATION],
  );
  if (rows.length === 0) return;
  throw new StartupError(
    `Row-level security is not forced on ${rows.map(({ name }) => name).join(', ')}, so sites could see each other's data: restore the database with its policies, or run ALTER TABLE … ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY as the owner.`,
  );
}

interface ProbeResult {
  /** Whether a SECURITY DEFINER function finds the story; edits, flags and decisions need this. */
  readonly foundByDefiner: boolean;
  readonly ownSite: boolean;
  readonly otherSites: boolean;
  readonly section: boolean;
  readonly otherSection: boolean;
}

const EXPECTED: ProbeResult = {
  foundByDefiner: true,
  ownSite: true,
  otherSites: false,
  section: true,
  otherSection: false,
};

const REMEDIES: Readonly<Record<keyof ProbeResult, string>> = {
  foundByDefiner:
    'the owner of the tables does not see the rows of all sites. The user in DATABASE_URL must own the product\'s tables and functions, and must be the role named in their policies "owner_sees_all"',
  ownSite: `${APP_ROLE} does not see the rows of the site that it works for. Restore the policies "site_isolation"`,
  otherSites: `${APP_ROLE} sees rows of other sites. Restore the policies "site_isolation" and remove any other policies`,
  section: `${SECTIONS_ROLE} does not see the rows of its own sections. Restore the policies "section_limit"`,
  otherSection: `${SECTIONS_ROLE} sees rows of other sections. Restore the policies "section_limit"`,
};

/** Inserts a site with a story in one section, and checks from which site and section the story is visible. */
async function probe(client: pg.Client): Promise<ProbeResult> {
  const [site, story] = [randomUUID(), randomUUID()];
  const setSite = (id: string) => client.query(`SELECT set_config('app.site_id', $1, true)`, [id]);
  const isTrue = async (sql: string): Promise<boolean> =>
    (await client.query<{ result: boolean }>(`SELECT ${sql} AS result`, [story])).rows[0].result;
  const isStoryVisible = () => isTrue('EXISTS (SELECT FROM story WHERE id = $1)');
  const isVisibleIn = async (sections: string): Promise<boolean> => {
    await client.query(`SELECT set_config('app.sections', $1, true), set_config('role', $2, true)`, [
      sections,
      SECTIONS_ROLE,
    ]);
    return isStoryVisible();
  };
  await client.query('BEGIN');
  try {
    await setSite(site);
    await client.query(
      `INSERT INTO site (id, name, origins, sso_secret_sealed, created_at, updated_at) VALUES ($1, 'probe', '{}', '', now(), now())`,
      [site],
    );
    await client.query(
      `INSERT INTO story (site_id, id, key, url, title, section, created_at, updated_at)
       VALUES ($1, $2, 'probe', 'https://probe.invalid/', 'probe', 'probe', now(), now())`,
      [site, story],
    );
    const foundByDefiner = await isTrue(`site_of_story($1) IS NOT NULL`);
    const ownSite = await isStoryVisible();
    await setSite(randomUUID());
    const otherSites = await isStoryVisible();
    await setSite(site);
    const section = await isVisibleIn('{probe}');
    const otherSection = await isVisibleIn('{other}');
    return { foundByDefiner, ownSite, otherSites, section, otherSection };
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

async function checkProbe(client: pg.Client): Promise<void> {
  const result = await probe(client);
  for (const [name, remedy] of Object.entries(REMEDIES) as [keyof ProbeResult, string][]) {
    if (result[name] !== EXPECTED[name])
      throw new StartupError(`The database cannot be used in its current state: ${remedy}.`);
  }
}
