import { Redis, type RedisOptions } from 'ioredis';
import { redisDatabase } from '../jobs/redis-connections.js';
import type { Bus, BusConnection } from './bus.js';

const OPTIONS: RedisOptions = {
  lazyConnect: true,
  connectTimeout: 5_000,
  keepAlive: 10_000,
  commandTimeout: 5_000,
  // Reconnecting is handled in one place, which also reports the gap.
  retryStrategy: () => null,
  maxRetriesPerRequest: 0,
};

/**
 * Uses one connection to subscribe and one to publish, both on one channel of one server. In a cluster that is any
 * node, since nodes forward messages to each other; the next attempt uses the next node.
 */
export class RedisBus implements Bus {
  private tries = 0;

  constructor(private readonly urls: readonly string[]) {}

  async connect(
    onMessage: (payload: string) => void,
    onLost: (error: unknown) => void,
  ): Promise<BusConnection> {
    const url = this.urls[this.tries++ % this.urls.length];
    // Channels are not separated by database, but installations that share a server use different databases.
    const channel = `postbag:${redisDatabase(this.urls)}`;
    const subscriber = new Redis(url, OPTIONS);
    const publisher = new Redis(url, OPTIONS);
    for (const redis of [subscriber, publisher]) {
      redis.on('error', () => undefined);
      redis.on('end', () => onLost(new Error('the connection ended')));
    }
    const close = async (): Promise<void> => {
      subscriber.disconnect();
      publisher.disconnect();
    };
    subscriber.on('message', (_, payload: string) => onMessage(payload));
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
