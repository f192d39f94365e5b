import type { Backend } from './backends.js';
import { freshDatabase } from './postgres.js';
import { redisUrl } from './shared-redis-url.js';
import { TEST_MS } from './promise-checker.js';

/** Functions that clean up after a scenario. They run in reverse order, also if the scenario failed. */
export type Cleanups = (() => Promise<unknown>)[];
type Scenario = (backend: Backend, cleanups: Cleanups) => Promise<void>;

async function runScenario(kind: Backend['kind'], scenario: Scenario): Promise<void> {
  const database = await freshDatabase();
  const cleanups: Cleanups = [() => database.drop()];
  try {
    const redis = kind === 'redis' ? await redisUrl() : null;
    await scenario({ kind, databaseUrl: database.url, redisUrl: redis }, cleanups);
  } catch (error) {
    throw new Error(`on ${kind}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

/** Runs one test with both backends at the same time, for scenarios that mostly wait. */
export function itOnBothBackendsInParallel(name: string, scenario: Scenario): void {
  it(
    `${name} (postgres and redis)`,
    async () => {
      const outcomes = await Promise.allSettled([
        runScenario('postgres', scenario),
        runScenario('redis', scenario),
      ]);
      const failures = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
      if (failures.length > 0)
        throw failures.length > 1 ? new AggregateError(failures, String(failures)) : failures[0];
    },
    TEST_MS,
  );
}
