import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  /** As the owner, a superuser; of a migrated, empty database that nobody else uses. */
  readonly url: string;
  /** Also breaks connections that are still open. */
  drop(): Promise<void>;
}

function clusterUrl(): URL {
  const url = process.env['POSTBAG_TEST_POSTGRES'];
  if (url === undefined) throw new Error('no cluster: run specs by jest, whose global setup starts one');
  return new URL(url);
}

async function inCluster(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: clusterUrl().href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function create(template: string): Promise<FreshDatabase> {
  const name = `spec_${randomBytes(6).toString('hex')}`;
  await inCluster(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = clusterUrl();
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => inCluster(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** A copy of the migrated template, some tens of milliseconds; one per spec file is the custom. */
export const freshDatabase = (): Promise<FreshDatabase> => create('postbag_template');

/** A database before the first migration. */
export const emptyDatabase = (): Promise<FreshDatabase> => create('template1');
