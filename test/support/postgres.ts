import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  /** As the owner, who is no superuser; of a migrated, empty database that nobody else uses. */
  readonly url: string;
  /** Also breaks connections that are still open. */
  drop(): Promise<void>;
}

function clusterUrl(name: 'POSTBAG_TEST_POSTGRES' | 'POSTBAG_TEST_POSTGRES_SUPERUSER'): URL {
  const url = process.env[name];
  if (url === undefined) throw new Error('no cluster: run specs by jest, whose global setup starts one');
  return new URL(url);
}

/** Runs `work` on a connection as the cluster's superuser. @param database `postgres` when left out */
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

/** A new database of the owner's, or of another user's whose role exists. */
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

/** A copy of the migrated template, some tens of milliseconds; one per spec file is the custom. */
export const freshDatabase = (): Promise<FreshDatabase> => create('postbag_template');

/** A database before the first migration. @param user its owner, with a password, where it is not the usual one */
export function emptyDatabase(user?: {
  readonly name: string;
  readonly password: string;
}): Promise<FreshDatabase> {
  const owner = clusterUrl('POSTBAG_TEST_POSTGRES');
  if (user) [owner.username, owner.password] = [user.name, user.password];
  return create('template1', owner);
}
