import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrate } from '../../../src/platform/database/migrate.js';
import { FinerScoreBins1796250008000 } from '../../../src/platform/database/migrations/1796250008000-finer-score-bins.js';
import { emptyDatabase, freshDatabase, type FreshDatabase } from '../../support/postgres.js';

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

  it('converts counts per fiftieth to the finer score bins, and back', async () => {
    const migrated = await freshDatabase();
    const source = await new DataSource({ type: 'postgres', url: migrated.url }).initialize();
    const runner = source.createQueryRunner();
    const counts = async (): Promise<[number, number, number][]> =>
      (await runner.query('SELECT bin, published, refused FROM human_decision_hour ORDER BY bin')).map(
        (row: Record<string, number>) => [row.bin, row.published, row.refused],
      );
    try {
      const migration = new FinerScoreBins1796250008000();
      await runner.startTransaction();
      await migration.down(runner);
      await runner.query(
        `INSERT INTO site (id, name, origins, sso_secret_sealed, created_at, updated_at) VALUES (gen_random_uuid(), 'Bins', '{}', '', now(), now())`,
      );
      await runner.query(
        `INSERT INTO human_decision_hour (site_id, label, hour, bin, published, refused)
         SELECT id, 'refusal', '2026-12-01', unnest(ARRAY[0, 3, 4, 10, 11, 49]), 2, 1 FROM site`,
      );
      await migration.up(runner);
      // The middles .01, .07, .09, .21, .23 and .99.
      const converted = [2, 14, 18, 27, 28, 48].map((bin) => [bin, 2, 1]);
      expect(await counts()).toEqual(converted);
      await migration.down(runner);
      expect(await counts()).toEqual([0, 3, 4, 10, 11, 49].map((bin) => [bin, 2, 1]));
      await runner.rollbackTransaction();
    } finally {
      await source.destroy();
      await migrated.drop();
    }
  });

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
