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

const insertCounter = (tx: Tx, key: string): void =>
  tx.write('count-one', sql`INSERT INTO limit_counter (key, window_ends_at, hits) VALUES ($1, now(), 1)`, [
    key,
  ]);
const storedKeys = (prefix: string): Promise<{ key: string }[]> =>
  database.inSystem((tx) =>
    tx.query(sql`SELECT key FROM limit_counter WHERE key LIKE $1 ORDER BY key`, [`${prefix}%`]),
  );

describe('writes that the code does not wait for', () => {
  it('run in order before the next statement and before the commit', async () => {
    await database.inSystem(async (tx) => {
      insertCounter(tx, 'order-a');
      tx.write('count-up', sql`UPDATE limit_counter SET hits = hits + 1 WHERE key = $1`, ['order-a']);
      expect(await tx.query(sql`SELECT hits FROM limit_counter WHERE key = $1`, ['order-a'])).toEqual([
        { hits: 2 },
      ]);
      insertCounter(tx, 'order-b');
    });
    expect(await storedKeys('order-')).toEqual([{ key: 'order-a' }, { key: 'order-b' }]);
  });

  it('fail the transaction, which reports their error', async () => {
    const calls: string[] = [];
    const beforeCommit = database.inSystem((tx) => {
      tx.afterCommit(() => calls.push('committed'));
      insertCounter(tx, 'twice-a');
      insertCounter(tx, 'twice-a');
    });
    await expect(beforeCommit).rejects.toMatchObject({ code: '23505' });
    const beforeStatement = database.inSystem(async (tx) => {
      insertCounter(tx, 'twice-b');
      insertCounter(tx, 'twice-b');
      await tx.query(sql`SELECT 1`);
    });
    await expect(beforeStatement).rejects.toMatchObject({ code: '23505' });
    expect(await storedKeys('twice-')).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('leave the connection usable for the next transaction', async () => {
    for (let n = 0; n < 5; n++) {
      const failing = database.inSystem((tx) => {
        insertCounter(tx, 'next');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await storedKeys('next')).toEqual([]);
    }
  });
});
