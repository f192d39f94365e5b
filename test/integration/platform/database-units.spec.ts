import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { assertNoTransaction } from '../../../src/platform/database/transaction-context.js';
import { serviceDataSource } from '../../../src/platform/database/data-source.js';
import { Database, type Outcome, type Tx, type UnitRecord } from '../../../src/platform/database/database.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { sql } from '../../../src/platform/database/sql.js';

let fresh: FreshDatabase;
let source: DataSource;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  source = await new DataSource(serviceDataSource(fresh.url, 3)).initialize();
  database = new Database(source);
});
afterAll(async () => {
  await source.destroy();
  await fresh.drop();
});

const INSERT = sql`INSERT INTO limit_counter (key, window_ends_at, hits) VALUES ($1, now(), 1)`;
const add = (tx: Tx, key: string): Promise<unknown> => tx.query(INSERT, [key]);
/** Returns the transaction that wrote each row, which shows which rows were committed together. */
async function transactions(prefix: string): Promise<Record<string, string>> {
  const rows = await database.inSystem((tx) =>
    tx.query<{ key: string; xid: string }>(
      sql`SELECT key, xmin::text AS xid FROM limit_counter WHERE key LIKE $1`,
      [`${prefix}%`],
    ),
  );
  return Object.fromEntries(rows.map(({ key, xid }) => [key.slice(prefix.length), xid]));
}

/** Creates the record of a unit, which counts its interim commits and collects its outcomes. */
function createRecord(
  prefix: string,
): UnitRecord<unknown> & { interims: number; outcomes: Outcome<unknown>[] } {
  const record = {
    interims: 0,
    outcomes: [] as Outcome<unknown>[],
    onInterim: () => void record.interims++,
    onEnd: (tx: Tx, outcome: Outcome<unknown>) => {
      record.outcomes.push(outcome);
      tx.write('unit-end', INSERT, [`${prefix}record`]);
    },
  };
  return record;
}

describe('a unit of work', () => {
  it('commits its record with its last transaction', async () => {
    const record = createRecord('last-');
    const calls: string[] = [];
    const value = await database.inUnit(record, async () => {
      await database.inSystem((tx) => {
        tx.afterCommit(() => calls.push('committed'));
        return add(tx, 'last-effect');
      });
      expect(calls).toEqual([]);
      return 'answer';
    });
    expect([value, calls, record.outcomes, record.interims]).toEqual([
      'answer',
      ['committed'],
      [{ value: 'answer' }],
      0,
    ]);
    const { effect, record: recordXid } = await transactions('last-');
    expect(effect).toBe(recordXid);
  });

  it('joins consecutive transactions into one, and can roll back one of them', async () => {
    const record = createRecord('parts-');
    await database.inUnit(record, async () => {
      await database.inSystem((tx) => add(tx, 'parts-a'));
      expect(database.isInTransaction()).toBe(true);
      await expect(
        database.inSystem(async (tx) => {
          await add(tx, 'parts-b');
          await add(tx, 'parts-b');
        }),
      ).rejects.toMatchObject({ code: '23505' });
      await expect(
        database.inSystem(async (tx) => {
          tx.afterCommit(() => {
            throw new Error('called after a rollback');
          });
          await add(tx, 'parts-c');
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      await database.inSystem((tx) => add(tx, 'parts-d'));
    });
    const written = await transactions('parts-');
    expect(Object.keys(written).sort()).toEqual(['a', 'd', 'record']);
    expect(record.interims).toBe(0);
  });

  it('holds no connection while it waits for anything else', async () => {
    const record = createRecord('wait-');
    const connectionsInUse = (): number => {
      const { master } = source.driver as unknown as { master: { totalCount: number; idleCount: number } };
      return master.totalCount - master.idleCount;
    };
    await database.inUnit(record, async () => {
      await database.inSystem((tx) => add(tx, 'wait-early'));
      await sleep(50);
      expect(connectionsInUse()).toBe(0);
      await database.inSystem((tx) => add(tx, 'wait-effect'));
    });
    const { early, effect, record: recordXid } = await transactions('wait-');
    expect(effect).toBe(recordXid);
    expect(early).not.toBe(recordXid);
    expect(record.interims).toBe(1);
  });

  it('keeps transactions that were finished before it failed, and records the error as its outcome', async () => {
    const record = createRecord('failed-');
    const failing = database.inUnit(record, async () => {
      await database.inSystem((tx) => add(tx, 'failed-effect'));
      throw new Error('after it');
    });
    await expect(failing).rejects.toThrow('after it');
    expect(record.outcomes).toEqual([{ error: new Error('after it') }]);
    expect(Object.keys(await transactions('failed-')).sort()).toEqual(['effect', 'record']);
  });

  it('rolls back its last transaction if the record cannot be written', async () => {
    const failing = database.inUnit(
      { onInterim: () => undefined, onEnd: (tx) => tx.write('no-record', sql`SELECT 1 / $1::int`, [0]) },
      () => database.inSystem((tx) => add(tx, 'no-record-effect')),
    );
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await transactions('no-record-')).toEqual({});
  });

  it('allows concurrent transactions', async () => {
    const record = createRecord('both-');
    await database.inUnit(record, async () => {
      await Promise.all(['a', 'b', 'c'].map((key) => database.inSystem((tx) => add(tx, `both-${key}`))));
    });
    expect(Object.keys(await transactions('both-')).sort()).toEqual(['a', 'b', 'c', 'record']);
  });
});

describe('a transaction', () => {
  it('is retried after a deadlock', async () => {
    await database.inSystem(async (tx) => {
      await add(tx, 'lock-a');
      await add(tx, 'lock-b');
    });
    let runs = 0;
    const lock = (first: string, second: string): Promise<void> =>
      database.inSystem(async (tx) => {
        runs++;
        await tx.query(sql`UPDATE limit_counter SET hits = hits + 1 WHERE key = $1`, [`lock-${first}`]);
        // Long enough for both transactions to lock their first row.
        await tx.query(sql`SELECT pg_sleep(0.3)`);
        await tx.query(sql`UPDATE limit_counter SET hits = hits + 1 WHERE key = $1`, [`lock-${second}`]);
      });
    await Promise.all([lock('a', 'b'), lock('b', 'a')]);
    // If the retry locks its first row before the other transaction continues, there is one more deadlock.
    expect(runs).toBeGreaterThanOrEqual(3);
    const rows = await database.inSystem((tx) =>
      tx.query(sql`SELECT hits FROM limit_counter WHERE key IN ('lock-a', 'lock-b')`),
    );
    expect(rows).toEqual([{ hits: 3 }, { hits: 3 }]);
  });

  it('refuses calls to other servers while it is open', async () => {
    assertNoTransaction('A call');
    await expect(
      database.inSystem(() => {
        assertNoTransaction('A call');
      }),
    ).rejects.toThrow('A call was made inside a database transaction');
  });
});
