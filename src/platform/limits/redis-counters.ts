import { connectRedis, type RedisClient } from '../jobs/redis-connections.js';
import type { Counters } from './counters.js';

const FIRST_CONNECTION_MS = 1_000;

const COUNT = `
  local hits = redis.call('INCR', KEYS[1])
  if hits == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return {hits, redis.call('PTTL', KEYS[1])}`;

/** Counts in Redis, one key per counter. The key expires with its window. */
export class RedisCounters implements Counters {
  private readonly redis: RedisClient & {
    countHit(key: string, windowMs: number): Promise<[number, number]>;
  };

  constructor(urls: readonly string[]) {
    const redis = connectRedis(urls, {
      // Fail immediately if the server is unavailable, so that `FallbackCounters` counts elsewhere.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 500,
    });
    redis.on('error', () => undefined);
    redis.defineCommand('countHit', { numberOfKeys: 1, lua: COUNT });
    this.redis = redis as typeof this.redis;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.redis.status === 'ready') return resolve();
      const timer = setTimeout(resolve, FIRST_CONNECTION_MS);
      this.redis.once('ready', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }> {
    const [hits, remainingMs] = await this.redis.countHit(`postbag:limit:${key}`, Math.ceil(windowMs));
    return { hits, remainingMs };
  }

  async sweep(): Promise<void> {}

  async close(): Promise<void> {
    this.redis.disconnect();
  }
}
