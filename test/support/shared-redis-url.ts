import { Redis } from 'ioredis';

/**
 * Returns the URL of a separate database on the test run's Valkey or Redis server, so keys are never shared between
 * callers. Pub/sub channels are shared by protocol; ids in messages keep specs apart.
 */
export async function redisUrl(): Promise<string> {
  const server = process.env['POSTBAG_TEST_REDIS'];
  if (server === undefined) throw new Error('no server: run specs by jest, whose global setup starts one');
  const redis = new Redis(server);
  try {
    // Database 0 counts the databases that were assigned.
    return `${server}/${await redis.incr('databases')}`;
  } finally {
    redis.disconnect();
  }
}
