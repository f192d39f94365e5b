import { Redis, type RedisOptions } from 'ioredis';
import { redisDatabase } from '../jobs/redis-connections.js';
import type { Bus, BusConnection } from './bus.js';

const OPTIONS: RedisOptions = {
  lazyConnect: true,
  connectTimeout: 5_000,
  keepAlive: 10_000,
  commandTimeout: 5_000,
  // Connecting anew is decided in one place, which also tells of the gap.
  retryStrategy: () => null,
  maxRetriesPerRequest: 0,
};

/**
 * One connection that subscribes and one that publishes, both to one channel of one server. In a cluster that is any
 * node, since nodes pass messages on to each other; the next try takes the next one.
 */
export class RedisBus implements Bus {
  private tries = 0;

  constructor(private readonly urls: readonly string[]) {}

  async connect(hear: (payload: string) => void, lost: (error: unknown) => void): Promise<BusConnection> {
    const url = this.urls[this.tries++ % this.urls.length];
    // Channels know no databases; installations that share a server do.
    const channel = `postbag:${redisDatabase(this.urls)}`;
    const subscriber = new Redis(url, OPTIONS);
    const publisher = new Redis(url, OPTIONS);
    for (const redis of [subscriber, publisher]) {
      redis.on('error', () => undefined);
      redis.on('end', () => lost(new Error('the connection ended')));
    }
    const close = async (): Promise<void> => {
      subscriber.disconnect();
      publisher.disconnect();
    };
    subscriber.on('message', (_, payload: string) => hear(payload));
    try {
      await Promise.all([subscriber.connect(), publisher.connect()]);
      await subscriber.subscribe(channel);
    } catch (error) {
      void close();
      throw error;
    }
    return {
      async send(payloads) {
        await Promise.all(payloads.map((payload) => publisher.publish(channel, payload)));
      },
      async ping() {
        await Promise.all([subscriber.ping(), publisher.ping()]);
      },
      close,
    };
  }
}
