import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  /** URL of a migrated, empty database that only the caller uses. Its user is the owner but not a superuser. */
  readonly url: string;
  /** Also closes connections that are still open. */
  drop(): Promise<void>;
}

function clusterUrl(name: 'POSTBAG_TEST_POSTGRES' | 'POSTBAG_TEST_POSTGRES_SUPERUSER'): URL {
  const url = process.env[name];
  if (url === undefined)
    throw new Error('no PostgreSQL cluster: run the specs with Jest, whose global setup starts one');
  return new URL(url);
}

/** Runs `work` with a connection of the superuser. @param database `postgres` by default */
export async function asSuperuser<T>(
  work: (client: pg.Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const url = clusterUrl('POSTBAG_TEST_POSTGRES_SUPERUSER');
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates a database whose owner is the default user or another existing role. */
async function create(template: string, owner = clusterUrl('POSTBAG_TEST_POSTGRES')): Promise<FreshDatabase> {
  const name = `spec_${randomBytes(6).toString('hex')}`;
  await asSuperuser((client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${owner.username}`),
  );
  owner.pathname = `/${name}`;
  return {
    url: owner.href,
    drop: async () => {
      await asSuperuser((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Creates a database from the migrated template, which takes some tens of milliseconds. Use one per spec file. */
export const freshDatabase = (): Promise<FreshDatabase> => create('postbag_template');

/** Creates a database without migrations. @param user name and password of the owner, if not the default one */
export function emptyDatabase(user?: {
  readonly name: string;
  readonly password: string;
}): Promise<FreshDatabase> {
  const owner = clusterUrl('POSTBAG_TEST_POSTGRES');
  if (user) [owner.username, owner.password] = [user.name, user.password];
  return create('template1', owner);
}
