import { DataSource } from 'typeorm';
import { serviceDataSource } from '../../../src/platform/database/data-source.js';
import { Database, type Tx } from '../../../src/platform/database/database.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { sql } from '../../../src/platform/database/sql.js';

let fresh: FreshDatabase;
let source: DataSource;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  source = await new DataSource(serviceDataSource(fresh.url, 2)).initialize();
  database = new Database(source);
});
afterAll(async () => {
  await source.destroy();
  await fresh.drop();
});

const count = (tx: Tx, key: string): void =>
  tx.write('count-one', sql`INSERT INTO limit_counter (key, window_ends_at, hits) VALUES ($1, now(), 1)`, [
    key,
  ]);
const stored = (prefix: string): Promise<{ key: string }[]> =>
  database.inSystem((tx) =>
    tx.query(sql`SELECT key FROM limit_counter WHERE key LIKE $1 ORDER BY key`, [`${prefix}%`]),
  );

describe('writes that the code does not wait for', () => {
  it('run in order before the next statement and before the commit', async () => {
    await database.inSystem(async (tx) => {
      count(tx, 'order-a');
      tx.write('count-up', sql`UPDATE limit_counter SET hits = hits + 1 WHERE key = $1`, ['order-a']);
      expect(await tx.query(sql`SELECT hits FROM limit_counter WHERE key = $1`, ['order-a'])).toEqual([
        { hits: 2 },
      ]);
      count(tx, 'order-b');
    });
    expect(await stored('order-')).toEqual([{ key: 'order-a' }, { key: 'order-b' }]);
  });

  it('fail the transaction, which reports their error', async () => {
    const calls: string[] = [];
    const twice = database.inSystem((tx) => {
      tx.afterCommit(() => calls.push('committed'));
      count(tx, 'twice-a');
      count(tx, 'twice-a');
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    const pending = database.inSystem(async (tx) => {
      count(tx, 'twice-b');
      count(tx, 'twice-b');
      await tx.query(sql`SELECT 1`);
    });
    await expect(pending).rejects.toMatchObject({ code: '23505' });
    expect(await stored('twice-')).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('leave the connection usable for the next transaction', async () => {
    for (let n = 0; n < 5; n++) {
      const failing = database.inSystem((tx) => {
        count(tx, 'next');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await stored('next')).toEqual([]);
    }
  });
});
