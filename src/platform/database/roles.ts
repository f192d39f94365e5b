import pg from 'pg';
import { StartupError } from '../config/startup-error.js';

/** The role the service runs as; it owns nothing and row security binds it. */
export const APP_ROLE = 'postbag_app';
/** As that, for whoever is limited to sections of a site. */
export const SECTIONS_ROLE = 'postbag_sections';

/** The first release in which a membership can be granted without its rights (`WITH INHERIT FALSE`). */
const OLDEST_MAJOR = 16;

interface RoleState {
  readonly user: string;
  /** Of the two roles, those that do not exist. */
  readonly missing: string[];
  /** Of the two roles, those that row security does not bind. */
  readonly unbound: string[];
  readonly sectionsIsApp: boolean;
  /** Of the two roles, those that the user may not `SET ROLE` to. */
  readonly notSettable: string[];
  /** Whether the user has the rights, and so the restrictive policies, of the sections role without asking for it. */
  readonly inheritsSections: boolean;
  /** Who granted the sections role in a way that passes its rights on. */
  readonly inheritingGrantors: string[];
}

async function readRoleState(client: pg.Client): Promise<RoleState> {
  const { rows } = await client.query<RoleState>(
    `WITH wanted AS (
       SELECT name, r.oid, coalesce(r.rolsuper OR r.rolbypassrls, false) AS unbound
       FROM unnest(ARRAY[$1, $2]) name LEFT JOIN pg_roles r ON r.rolname = name
     )
     SELECT me.rolname AS "user",
       ARRAY(SELECT name FROM wanted WHERE oid IS NULL) AS missing,
       ARRAY(SELECT name FROM wanted WHERE unbound) AS unbound,
       EXISTS (SELECT FROM pg_auth_members WHERE roleid = app.oid AND member = sections.oid) AS "sectionsIsApp",
       ARRAY(SELECT name FROM wanted WHERE oid IS NULL OR NOT pg_has_role(me.oid, oid, 'SET')) AS "notSettable",
       NOT me.rolsuper AND coalesce(pg_has_role(me.oid, sections.oid, 'USAGE'), false) AS "inheritsSections",
       ARRAY(SELECT pg_get_userbyid(grantor)::text FROM pg_auth_members
             WHERE roleid = sections.oid AND member = me.oid AND inherit_option) AS "inheritingGrantors"
     FROM pg_roles me, wanted app, wanted sections
     WHERE me.rolname = session_user AND app.name = $1 AND sections.name = $2`,
    [APP_ROLE, SECTIONS_ROLE],
  );
  return rows[0];
}

/** The statements that turn `state` into what the service needs; none when it is so already. */
function remedyOf(state: RoleState): string[] {
  const user = pg.escapeIdentifier(state.user);
  const remedy = [
    ...state.missing.map((role) => `CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS`),
    ...state.unbound.map((role) => `ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS`),
  ];
  if (!state.sectionsIsApp) remedy.push(`GRANT ${APP_ROLE} TO ${SECTIONS_ROLE}`);
  if (state.notSettable.length > 0)
    remedy.push(`GRANT ${state.notSettable.join(', ')} TO ${user} WITH INHERIT FALSE, SET TRUE`);
  // Each grantor's grant counts by itself, and each has to be changed.
  for (const grantor of state.inheritingGrantors)
    remedy.push(
      `GRANT ${SECTIONS_ROLE} TO ${user} WITH INHERIT FALSE, SET TRUE GRANTED BY ${pg.escapeIdentifier(grantor)}`,
    );
  return remedy;
}

/**
 * Makes the two roles of the service and the user's membership in them, as far as they are not there. They belong to
 * the cluster and not to the database: a dump does not carry them, and several databases share them. The user must be
 * able to change to them and must not inherit the sections role, whose restrictive policies would then bind the
 * product's SECURITY DEFINER functions.
 *
 * @param client as the user of `DATABASE_URL`, outside a transaction
 * @throws StartupError with the statements for an administrator where the user may not run them
 */
export async function prepareRoles(client: pg.Client): Promise<void> {
  await checkVersion(client);
  const before = remedyOf(await readRoleState(client));
  for (const statement of before) {
    // What another start or an administrator did meanwhile, or what this user may not do, shows below.
    await client.query(statement).catch((error: unknown) => {
      if (!isRefused(error)) throw error;
    });
  }
  const state = await readRoleState(client);
  const remedy = remedyOf(state);
  if (remedy.length > 0) {
    throw new StartupError(
      `The user ${JSON.stringify(state.user)} of DATABASE_URL may not prepare the database roles that Postbag needs: ` +
        `as an administrator (a superuser, or who made these roles), run ${remedy.join('; ')}; and start again.`,
    );
  }
  if (state.inheritsSections) {
    throw new StartupError(
      `The user ${JSON.stringify(state.user)} of DATABASE_URL inherits ${SECTIONS_ROLE} through another role, which would hide ` +
        `rows from the product: grant that role to it WITH INHERIT FALSE, and start again.`,
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
    `Postbag needs PostgreSQL ${OLDEST_MAJOR} or newer, and DATABASE_URL leads to ${name}: upgrade it, or set DATABASE_URL to another.`,
  );
}

/** SQLSTATE (PostgreSQL's appendix A): no right to; no such role yet; exists by now; two at once. */
const isRefused = (error: unknown): boolean =>
  ['42501', '42704', '42710', '23505', 'XX000'].includes((error as { code?: string } | null)?.code ?? '');
