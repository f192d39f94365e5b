import type pg from 'pg';
import { serviceClientConfig } from '../database/data-source.js';
import { watchedClient } from '../database/postgres-watch.js';
import type { Bus, BusConnection } from './bus.js';

const CHANNEL = 'postbag';
const NOTIFY = {
  name: 'notify',
  text: `SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`,
};

/**
 * One connection that listens and notifies. NOTIFY is not part of the writers' own transactions: PostgreSQL lets
 * those commit one at a time only, each with its wait for the disk. Here a burst is one statement, and waits for none.
 */
export class PostgresBus implements Bus {
  constructor(private readonly databaseUrl: string) {}

  async connect(hear: (payload: string) => void, lost: (error: unknown) => void): Promise<BusConnection> {
    const Client = watchedClient(this.databaseUrl);
    const client = new Client(serviceClientConfig(this.databaseUrl, 'postbag bus'));
    client.on('error', lost);
    client.on('end', () => lost(new Error('the connection ended')));
    client.on('notification', ({ payload }) => hear(payload ?? ''));
    const close = async (): Promise<void> => client.end().catch(() => undefined);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      void close();
      throw error;
    }
    // One statement at a time is what the driver wants.
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = async (query: pg.QueryConfig): Promise<void> => {
      const own = last.catch(() => undefined).then(() => client.query(query));
      last = own;
      await own;
    };
    return {
      send: (payloads) => inTurn({ ...NOTIFY, values: [payloads] }),
      ping: () => inTurn({ text: 'SELECT 1' }),
      close,
    };
  }
}
