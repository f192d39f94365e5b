import pg from 'pg';
import { StartupError } from '../config/startup-error.js';

/** The role that the service runs as; it owns nothing, and row-level security applies to it. */
export const APP_ROLE = 'postbag_app';
/** The role for callers who are limited to sections of a site. */
export const SECTIONS_ROLE = 'postbag_sections';

/** The oldest release that the tests run against. */
const OLDEST_MAJOR = 17;

interface RoleState {
  readonly user: string;
  /** Those of the two roles that do not exist. */
  readonly missing: string[];
  /** Those of the two roles that row-level security does not apply to. */
  readonly unbound: string[];
  readonly sectionsIsApp: boolean;
  /** Those of the two roles that the user may not `SET ROLE` to. */
  readonly notSettable: string[];
  /** Whether the user inherits the privileges, and so the restrictive policies, of the sections role. */
  readonly inheritsSections: boolean;
  /** The grantors who granted the sections role with inheritance. */
  readonly inheritingGrantors: string[];
}

async function readRoleState(client: pg.Client): Promise<RoleState> {
  const { rows } = await client.query<RoleState>(
    `WITH required_role AS (
       SELECT name, r.oid, coalesce(r.rolsuper OR r.rolbypassrls, false) AS unbound
       FROM unnest(ARRAY[$1, $2]) name LEFT JOIN pg_roles r ON r.rolname = name
     )
     SELECT me.rolname AS "user",
       ARRAY(SELECT name FROM required_role WHERE oid IS NULL) AS missing,
       ARRAY(SELECT name FROM required_role WHERE unbound) AS unbound,
       EXISTS (SELECT FROM pg_auth_members WHERE roleid = app.oid AND member = sections.oid) AS "sectionsIsApp",
       ARRAY(SELECT name FROM required_role WHERE oid IS NULL OR NOT pg_has_role(me.oid, oid, 'SET')) AS "notSettable",
       NOT me.rolsuper AND coalesce(pg_has_role(me.oid, sections.oid, 'USAGE'), false) AS "inheritsSections",
       ARRAY(SELECT pg_get_userbyid(grantor)::text FROM pg_auth_members
             WHERE roleid = sections.oid AND member = me.oid AND inherit_option) AS "inheritingGrantors"
     FROM pg_roles me, required_role app, required_role sections
     WHERE me.rolname = session_user AND app.name = $1 AND sections.name = $2`,
    [APP_ROLE, SECTIONS_ROLE],
  );
  return rows[0];
}

/** The statements that create and grant the roles as needed; empty if nothing is missing. */
function remedyFor(state: RoleState): string[] {
  const user = pg.escapeIdentifier(state.user);
  const remedy = [
    ...state.missing.map((role) => `CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS`),
    ...state.unbound.map((role) => `ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS`),
  ];
  if (!state.sectionsIsApp) remedy.push(`GRANT ${APP_ROLE} TO ${SECTIONS_ROLE}`);
  if (state.notSettable.length > 0)
    remedy.push(`GRANT ${state.notSettable.join(', ')} TO ${user} WITH INHERIT FALSE, SET TRUE`);
  // Each grantor's grant is separate, and each must be changed.
  for (const grantor of state.inheritingGrantors)
    remedy.push(
      `GRANT ${SECTIONS_ROLE} TO ${user} WITH INHERIT FALSE, SET TRUE GRANTED BY ${pg.escapeIdentifier(grantor)}`,
    );
  return remedy;
}

/**
 * Creates the service's two roles and the user's membership in them, if missing. Roles belong to the cluster rather
 * than the database: a dump does not include them, and several databases share them. The user must be able to switch
 * to them and must not inherit the sections role; otherwise its restrictive policies would apply to the product's
 * SECURITY DEFINER functions.
 *
 * @param client as the user of `DATABASE_URL`, outside a transaction
 * @throws StartupError with the statements for an administrator, if the user may not run them
 */
export async function prepareRoles(client: pg.Client): Promise<void> {
  await checkVersion(client);
  const firstRemedy = remedyFor(await readRoleState(client));
  for (const statement of firstRemedy) {
    // Ignore refused statements: another process or an administrator may have made the same change. The check below
    // finds what is still missing.
    await client.query(statement).catch((error: unknown) => {
      if (!isExpectedRefusal(error)) throw error;
    });
  }
  const state = await readRoleState(client);
  const remedy = remedyFor(state);
  if (remedy.length > 0) {
    throw new StartupError(
      `The user ${JSON.stringify(state.user)} in DATABASE_URL is not allowed to create the database roles that Postbag needs: as an administrator (a superuser or the user who created these roles), run ${remedy.join('; ')}; and start again.`,
    );
  }
  if (state.inheritsSections) {
    throw new StartupError(
      `The user ${JSON.stringify(state.user)} in DATABASE_URL inherits ${SECTIONS_ROLE} through another role, which would hide rows from the product: grant that role to the user WITH INHERIT FALSE, and start again.`,
    );
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name`,
  );
  const [{ number, name }] = rows;
  if (number >= OLDEST_MAJOR * 10_000) return;
  throw new StartupError(
    `Postbag needs PostgreSQL ${OLDEST_MAJOR} or newer, but DATABASE_URL leads to ${name}: upgrade that server, or set DATABASE_URL to another one.`,
  );
}

/**
 * SQLSTATEs (PostgreSQL's appendix A): insufficient privilege; role does not exist; role already exists; concurrent
 * insert; concurrent update.
 */
const isExpectedRefusal = (error: unknown): boolean =>
  ['42501', '42704', '42710', '23505', 'XX000'].includes((error as { code?: string } | null)?.code ?? '');
