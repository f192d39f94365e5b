import { Redis } from 'ioredis';
import pg from 'pg';
import { describeOnBothBackends } from '../../support/backends.js';
import { freshDatabase } from '../../support/postgres.js';

async function countSpecTables(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'spec_%'",
  );
  await client.end();
  return rows[0].n;
}

describeOnBothBackends('the test backend', (backend) => {
  it('has its own migrated database, and its own Redis if there is one', async () => {
    const client = new pg.Client({ connectionString: backend.databaseUrl });
    await client.connect();
    const { rowCount } = await client.query("SELECT 1 FROM pg_tables WHERE tablename = 'comment'");
    expect(rowCount).toBe(1);
    await client.query('CREATE TABLE spec_own (i int)');
    await client.end();
    const other = await freshDatabase();
    expect(await countSpecTables(other.url)).toBe(0);
    await other.drop();

    expect(backend.redisUrl === null).toBe(backend.kind === 'postgres');
    if (backend.redisUrl === null) return;
    const redis = new Redis(backend.redisUrl);
    expect(await redis.dbsize()).toBe(0);
    expect(await redis.set('a', '1')).toBe('OK');
    redis.disconnect();
  });
});
