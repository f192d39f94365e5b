import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseUnavailable } from '../database/database-unavailable.js';

const LISTEN_STATEMENT = /^(\s*--[^\n]*\n)*\s*LISTEN\s/i;
const PING_EVERY_MS = 3_000;
/**
 * How long a statement that fails because the database is unavailable is delayed, because BullMQ's workers retry
 * immediately.
 */
const UNAVAILABLE_PAUSE_MS = 250;
const RENAME_STATEMENT = /set_config\('application_name'/;

/**
 * Has the interface of a connection from a pool. BullMQ would keep a real connection for each worker to LISTEN on it.
 * This class runs statements on the pool and receives notifications through one connection that all workers share.
 */
class VirtualClient extends EventEmitter {
  constructor(private readonly pool: SharedListenerPool) {
    super();
  }

  async query(text: string, params?: readonly unknown[]): Promise<{ rows: unknown[] }> {
    if (LISTEN_STATEMENT.test(text)) {
      await this.pool.listen(text);
      return { rows: [] };
    }
    // BullMQ names connections only to list workers, and here a connection does not belong to a single worker.
    if (RENAME_STATEMENT.test(text)) return { rows: [] };
    return this.pool.query(text, params);
  }

  release(): void {
    this.pool.releaseClient(this);
  }
}

/**
 * A pool with the interface that BullMQ expects, for any number of queues and workers: a few connections for
 * statements and one for notifications. BullMQ closes neither; `finish` does.
 */
export class SharedListenerPool {
  /** BullMQ reads this option to decide how long it relies on the LISTEN connection without checking it. */
  readonly options = { keepAlive: true };
  private readonly checkedOut = new Set<VirtualClient>();
  private listener: Promise<pg.Client> | null = null;
  /** LISTEN statements that were sent on the current connection: all workers send the same ones. */
  private readonly listening = new Map<string, Promise<unknown>>();
  private finished = false;
  private pingTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly makeClient: () => pg.Client,
  ) {
    pool.setMaxListeners(0);
    // Without a listener, an idle connection that breaks would end the process; the pool opens another one.
    pool.on('error', () => undefined);
  }

  async query(text: string, params?: readonly unknown[]): Promise<{ rows: unknown[] }> {
    try {
      return await this.pool.query(text, params as unknown[]);
    } catch (error) {
      if (isDatabaseUnavailable(error) && !this.finished) await sleep(UNAVAILABLE_PAUSE_MS);
      throw error;
    }
  }

  async connect(): Promise<VirtualClient> {
    const client = new VirtualClient(this);
    this.checkedOut.add(client);
    return client;
  }

  on(event: 'error', listener: (error: Error) => void): this {
    this.pool.on(event, listener);
    return this;
  }

  removeAllListeners(): this {
    return this;
  }

  releaseClient(client: VirtualClient): void {
    this.checkedOut.delete(client);
  }

  /** BullMQ calls this only on pools that it created itself. */
  async end(): Promise<void> {}

  /** Subscribes the shared connection, which is opened on first use and reopened after it breaks. */
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
    const onLost = (error: Error): void => {
      if (this.finished || client !== current) return;
      current = null;
      clearInterval(this.pingTimer);
      this.listener = null;
      this.listening.clear();
      void client.end().catch(() => undefined);
      // Each worker then requests a new connection and sends LISTEN on it.
      for (const each of [...this.checkedOut]) if (each.listenerCount('error') > 0) each.emit('error', error);
    };
    let current: pg.Client | null = client;
    client.on('error', onLost);
    client.on('end', () => onLost(new Error('the connection for job notifications ended')));
    client.on('notification', (message) => {
      for (const each of this.checkedOut) each.emit('notification', message);
    });
    try {
      await client.connect();
    } catch (error) {
      current = null;
      this.listener = null;
      throw error;
    }
    // Without statements, a broken connection that only listens would not be detected.
    const ping = (): void => void client.query('SELECT 1').catch(onLost);
    if (!this.finished && current) this.pingTimer = setInterval(ping, PING_EVERY_MS);
    return client;
  }
}
