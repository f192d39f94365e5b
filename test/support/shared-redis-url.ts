import { Redis } from 'ioredis';

/**
 * A database of its own on the run's Valkey or Redis server: keys are never shared between callers.
 * Pub/sub channels are, as the protocol has it; ids in messages keep specs apart.
 */
export async function redisUrl(): Promise<string> {
  const server = process.env['POSTBAG_TEST_REDIS'];
  if (server === undefined) throw new Error('no server: run specs by jest, whose global setup starts one');
  const redis = new Redis(server);
  try {
    // Database 0 counts those that are given out.
    return `${server}/${await redis.incr('databases')}`;
  } finally {
    redis.disconnect();
  }
}
