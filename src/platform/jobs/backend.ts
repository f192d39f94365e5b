import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { Database } from '../database/database.js';
import { PostgresCounters } from '../limits/postgres-counters.js';
import { RedisCounters } from '../limits/redis-counters.js';
import type { Counters } from '../limits/counters.js';
import { FallbackCounters } from '../limits/fallback-counters.js';
import { LocalCounters } from '../limits/local-counters.js';
import type { Bus } from '../pubsub/bus.js';
import { PostgresBus } from '../pubsub/postgres-bus.js';
import type { PubSub } from '../pubsub/pubsub.js';
import { RedisBus } from '../pubsub/redis-bus.js';
import type { JobQueues } from './job-queues.js';
import { PostgresJobQueues } from './postgres-job-queues.js';
import { RedisJobQueues } from './redis-job-queues.js';

/*
 * The functions in this file are the only place that chooses between Redis (or Valkey) and PostgreSQL for jobs,
 * messages between processes and limits. BullMQ runs on both; only the storage of its queues differs.
 */

export function chooseBus({ redisUrl }: Settings, databaseUrl: string): Bus {
  return redisUrl ? new RedisBus(redisUrl) : new PostgresBus(databaseUrl);
}

/**
 * Counts in Redis if it is configured, otherwise in PostgreSQL. While one of them is unavailable, the next one is used:
 * Redis, PostgreSQL, the memory of the process.
 */
export function chooseCounters({ redisUrl }: Settings, database: Database, clock: Clock): Counters {
  const databaseCounters = new FallbackCounters(
    new PostgresCounters(database, clock),
    new LocalCounters(clock),
  );
  return redisUrl ? new FallbackCounters(new RedisCounters(redisUrl), databaseCounters) : databaseCounters;
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
