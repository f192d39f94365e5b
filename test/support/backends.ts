import { freshDatabase, type FreshDatabase } from './postgres.js';
import { redisUrl } from './valkey.js';

/** What a spec runs on; filled before its first test, new for each `describeOnBothBackends`. */
export interface Backend {
  readonly kind: 'postgres' | 'redis';
  readonly databaseUrl: string;
  /** Null where jobs, limits and realtime are on PostgreSQL. */
  readonly redisUrl: string | null;
}

/**
 * The same specs twice: with everything on PostgreSQL, and with Redis or Valkey beside it. `backend` may be read in hooks
 * and tests, not while they are declared.
 */
export function describeOnBothBackends(name: string, specs: (backend: Backend) => void): void {
  for (const kind of ['postgres', 'redis'] as const) {
    describe(`${name} (${kind})`, () => {
      const backend = { kind, databaseUrl: '', redisUrl: null as string | null };
      let database: FreshDatabase;
      beforeAll(async () => {
        database = await freshDatabase();
        backend.databaseUrl = database.url;
        backend.redisUrl = kind === 'redis' ? await redisUrl() : null;
      });
      afterAll(() => database.drop());
      specs(backend);
    });
  }
}
