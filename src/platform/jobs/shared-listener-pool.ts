import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseAway } from '../database/database-away.js';

const LISTEN = /^(\s*--[^\n]*\n)*\s*LISTEN\s/i;
const PING_EVERY_MS = 3_000;
/** How long a statement that failed because the database is away takes at least: BullMQ's workers retry at once. */
const AWAY_PAUSE_MS = 250;
const RENAME = /set_config\('application_name'/;

/**
 * What BullMQ takes for a connection checked out of a pool. It would keep a real one per worker for ever, to LISTEN
 * on; this one runs its statements in the pool and hears notifications through the one connection all workers share.
 */
class BorrowedClient extends EventEmitter {
  constructor(private readonly pool: SharedListenerPool) {
    super();
  }

  async query(text: string, params?: readonly unknown[]): Promise<{ rows: unknown[] }> {
    if (LISTEN.test(text)) {
      await this.pool.listen(text);
      return { rows: [] };
    }
    // Naming the connection is for lists of workers, and here it is nobody's own.
    if (RENAME.test(text)) return { rows: [] };
    return this.pool.query(text, params);
  }

  release(): void {
    this.pool.takeBack(this);
  }
}

/**
 * A pool in the shape BullMQ expects, for any number of queues and workers: a few connections for statements and one
 * for notifications. BullMQ closes neither; `finish` does.
 */
export class SharedListenerPool {
  /** BullMQ reads it to know how long it may trust the LISTEN connection. */
  readonly options = { keepAlive: true };
  private readonly borrowed = new Set<BorrowedClient>();
  private listener: Promise<pg.Client> | null = null;
  /** Per statement, on the connection of now: all workers ask for the same. */
  private readonly listening = new Map<string, Promise<unknown>>();
  private finished = false;
  private pingTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly makeClient: () => pg.Client,
  ) {
    pool.setMaxListeners(0);
    // Without a listener an idle connection that breaks would end the process; the pool makes another.
    pool.on('error', () => undefined);
  }

  async query(text: string, params?: readonly unknown[]): Promise<{ rows: unknown[] }> {
    try {
      return await this.pool.query(text, params as unknown[]);
    } catch (error) {
      if (isDatabaseAway(error) && !this.finished) await sleep(AWAY_PAUSE_MS);
      throw error;
    }
  }

  async connect(): Promise<BorrowedClient> {
    const client = new BorrowedClient(this);
    this.borrowed.add(client);
    return client;
  }

  on(event: 'error', listener: (error: Error) => void): this {
    this.pool.on(event, listener);
    return this;
  }

  removeAllListeners(): this {
    return this;
  }

  takeBack(client: BorrowedClient): void {
    this.borrowed.delete(client);
  }

  /** BullMQ calls it on pools of its own making only. */
  async end(): Promise<void> {}

  /** Subscribes the shared connection, made on first use and made anew after it broke. */
  async listen(statement: string): Promise<void> {
    this.listener ??= this.connectListener();
    const client = await this.listener;
    const listening = this.listening.get(statement) ?? client.query(statement);
    this.listening.set(statement, listening);
    await listening;
  }

  async finish(): Promise<void> {
    this.finished = true;
    clearInterval(this.pingTimer);
    const listener = await this.listener?.catch(() => null);
    listener?.removeAllListeners('end');
    await listener?.end().catch(() => undefined);
    await this.pool.end();
  }

  private async connectListener(): Promise<pg.Client> {
    const client = this.makeClient();
    const lost = (error: Error): void => {
      if (this.finished || client !== current) return;
      current = null;
      clearInterval(this.pingTimer);
      this.listener = null;
      this.listening.clear();
      void client.end().catch(() => undefined);
      // Each worker then asks for a new connection and for LISTEN on it.
      for (const each of [...this.borrowed]) if (each.listenerCount('error') > 0) each.emit('error', error);
    };
    let current: pg.Client | null = client;
    client.on('error', lost);
    client.on('end', () => lost(new Error('the connection for job notifications ended')));
    client.on('notification', (message) => {
      for (const each of this.borrowed) each.emit('notification', message);
    });
    try {
      await client.connect();
    } catch (error) {
      current = null;
      this.listener = null;
      throw error;
    }
    // A connection that only listens would not find out that it hangs.
    const ping = (): void => void client.query('SELECT 1').catch(lost);
    if (!this.finished && current) this.pingTimer = setInterval(ping, PING_EVERY_MS);
    return client;
  }
}
