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
 * Listens and notifies on one connection. The writers' transactions do not NOTIFY, because PostgreSQL commits
 * transactions with a NOTIFY one after another, and each waits for the disk. Here a burst of messages is one statement,
 * and no writer waits for it.
 */
export class PostgresBus implements Bus {
  constructor(private readonly databaseUrl: string) {}

  async connect(
    onMessage: (payload: string) => void,
    onLost: (error: unknown) => void,
  ): Promise<BusConnection> {
    const Client = watchedClient(this.databaseUrl);
    const client = new Client(serviceClientConfig(this.databaseUrl, 'postbag bus'));
    client.on('error', onLost);
    client.on('end', () => onLost(new Error('the connection ended')));
    client.on('notification', ({ payload }) => onMessage(payload ?? ''));
    const close = async (): Promise<void> => client.end().catch(() => undefined);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      void close();
      throw error;
    }
    // The driver expects one statement at a time.
    let last: Promise<unknown> = Promise.resolve();
    const queryInSequence = async (query: pg.QueryConfig): Promise<void> => {
      const result = last.catch(() => undefined).then(() => client.query(query));
      last = result;
      await result;
    };
    return {
      send: (payloads) => queryInSequence({ ...NOTIFY, values: [payloads] }),
      ping: () => queryInSequence({ text: 'SELECT 1' }),
      close,
    };
  }
}
