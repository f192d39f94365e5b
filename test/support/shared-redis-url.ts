import { Redis } from 'ioredis';

/**
 * Returns the URL of a separate database on the test run's Valkey or Redis server, so that callers do not share keys.
 * Pub/sub channels are shared by all databases; specs are separated by the IDs in the messages.
 */
export async function redisUrl(): Promise<string> {
  const server = process.env['POSTBAG_TEST_REDIS'];
  if (server === undefined)
    throw new Error('no Redis server: run the specs with Jest, whose global setup starts one');
  const redis = new Redis(server);
  try {
    // A counter in database 0 contains the number of the last database that was assigned.
    return `${server}/${await redis.incr('databases')}`;
  } finally {
    redis.disconnect();
  }
}
