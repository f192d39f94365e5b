import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsOwner, type OwnerConnection } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

describe('SQL functions that an import calls for each row', () => {
  let database: FreshDatabase;
  let db: OwnerConnection;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await connectAsOwner(database.url);
  });
  afterAll(async () => {
    await db?.end();
    await database?.drop();
  });

  const REF = '8d3f0e52-97a1-8c44-a6b0-1f2e3d4c5b6a';

  it.each([
    ['2024-05-01T12:00:00.123Z', '018f3406-9e7b-7c44-a6b0-1f2e3d4c5b6a'],
    ['1970-01-01T00:00:00.001Z', '00000000-0001-7c44-a6b0-1f2e3d4c5b6a'],
    // PostgreSQL stores microseconds. The ID contains the millisecond, rounded down.
    ['2026-03-29T01:59:59.999999Z', '019d3751-c8ff-7c44-a6b0-1f2e3d4c5b6a'],
  ])('create the ID for %s from a time and a ref', async (at, id) => {
    const [row] = await db.rows('SELECT imported_id($1, $2) AS id, first_id_at($1) AS first', [at, REF]);
    expect(row).toEqual({ id, first: `${id.slice(0, 15)}000-8000-000000000000` });
  });

  it('are inlined, so that IDs are created without a function call per row', async () => {
    const plan = await db.rows(
      'EXPLAIN (VERBOSE, COSTS OFF) SELECT imported_id(r.at, r.ref) FROM import_record r',
    );
    expect(JSON.stringify(plan)).not.toContain('imported_id');
  });

  it('chain audit entries in linear time', async () => {
    const entries = 300;
    const site = '0198a1b2-0000-7000-8000-000000000001';
    const read = async (): Promise<number> => {
      await db.rows('SELECT pg_stat_force_next_flush()');
      const [{ read: total }] = await db.rows<{ read: number }>(
        `SELECT sum(idx_tup_read)::int AS read FROM pg_stat_user_indexes WHERE relname = 'audit_entry'`,
      );
      return total;
    };
    const before = await read();
    await db.rows(
      `SELECT add_audit_entry($1, now(), 'comment.remove', 'comment', n::text, NULL, 1, '{}')
       FROM generate_series(1, ${entries}) n`,
      [site],
    );
    const [{ chained }] = await db.rows<{ chained: number }>(
      'SELECT count(position)::int AS chained FROM audit_entry WHERE site_id = $1',
      [site],
    );
    expect(chained).toBe(entries);
    expect((await read()) - before).toBeLessThan(entries * 10);
  });
});
