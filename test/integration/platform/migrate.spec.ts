import pg from 'pg';
import { migrate } from '../../../src/platform/database/migrate.js';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.js';

describe('database migration', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.drop());

  it('runs once if several processes start at the same time, and does nothing the next time', async () => {
    const results = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(results.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrate(database.url)).toEqual([]);
  });

  it.each([
    ['CreateRolesAndPlumbing', 1763900000000],
    ['Baseline', 1764547200000],
    ['PicksModel', 1765000000000],
  ])(
    'refuses a database with the migration %s of an earlier build, and does not change it',
    async (name, timestamp) => {
      const earlier = await emptyDatabase();
      const client = new pg.Client(earlier.url);
      await client.connect();
      try {
        await client.query(
          `CREATE TABLE migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL);
         INSERT INTO migrations (timestamp, name) VALUES (${timestamp}, '${name}${timestamp}')`,
        );
        await expect(migrate(earlier.url)).rejects.toThrow('made by a build before 0.1.0');
        const { rows } = await client.query(
          `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
        );
        expect(rows).toEqual([{ relname: 'migrations' }]);
      } finally {
        await client.end();
        await earlier.drop();
      }
    },
  );

  it('reports in one line what is wrong with the database URL', async () => {
    const migrateWith = (change: (url: URL) => void): Promise<unknown> => {
      const url = new URL(database.url);
      change(url);
      return migrate(url.href);
    };
    await expect(migrateWith((url) => (url.pathname = '/nowhere'))).rejects.toThrow(
      'has no database "nowhere"',
    );
    await expect(migrateWith((url) => (url.password = 'guess'))).rejects.toThrow('refuses the user');
    await expect(migrateWith((url) => (url.port = '1'))).rejects.toThrow('does not answer (ECONNREFUSED)');
  });
});
