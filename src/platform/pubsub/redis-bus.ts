import { Redis, type RedisOptions } from 'ioredis';
import { redisDatabase } from '../jobs/redis-connections.js';
import type { Bus, BusConnection } from './bus.js';

const OPTIONS: RedisOptions = {
  lazyConnect: true,
  connectTimeout: 5_000,
  keepAlive: 10_000,
  commandTimeout: 5_000,
  // `PubSub` reconnects, because it also reports the gap.
  retryStrategy: () => null,
  maxRetriesPerRequest: 0,
};

/**
 * Uses one connection to subscribe and one to publish, both on one channel of one server. In a cluster, any node will
 * do, because nodes forward messages to each other. Each attempt to connect uses the next node.
 */
export class RedisBus implements Bus {
  private attempts = 0;

  constructor(private readonly urls: readonly string[]) {}

  async connect(
    onMessage: (payload: string) => void,
    onLost: (error: unknown) => void,
  ): Promise<BusConnection> {
    const url = this.urls[this.attempts++ % this.urls.length];
    // Redis channels are not separated by database number, so the name includes the number: installations that share a
    // server have different numbers.
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
