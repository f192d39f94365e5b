import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { Database } from '../database/database.js';
import { PostgresCounters } from '../limits/postgres-counters.js';
import { RedisCounters } from '../limits/redis-counters.js';
import type { Counters } from '../limits/limits.js';
import type { Bus } from '../pubsub/bus.js';
import { PostgresBus } from '../pubsub/postgres-bus.js';
import type { PubSub } from '../pubsub/pubsub.js';
import { RedisBus } from '../pubsub/redis-bus.js';
import type { JobQueues } from './job-queues.js';
import { PostgresJobQueues } from './postgres-job-queues.js';
import { RedisJobQueues } from './redis-job-queues.js';

/*
 * Here and nowhere else is chosen whether jobs, messages between processes and limits use Redis (or Valkey) or
 * PostgreSQL. BullMQ runs on both; only where it keeps its queues differs.
 */

export function chooseBus({ redisUrl }: Settings, databaseUrl: string): Bus {
  return redisUrl ? new RedisBus(redisUrl) : new PostgresBus(databaseUrl);
}

export function chooseCounters({ redisUrl }: Settings, database: Database, clock: Clock): Counters {
  return redisUrl ? new RedisCounters(redisUrl) : new PostgresCounters(database, clock);
}

export function chooseQueues(
  { redisUrl }: Settings,
  databaseUrl: string,
  database: Database,
  pubSub: PubSub,
  clock: Clock,
): JobQueues {
  return redisUrl
    ? new RedisJobQueues(redisUrl, database, pubSub, clock)
    : new PostgresJobQueues(databaseUrl, clock);
}
