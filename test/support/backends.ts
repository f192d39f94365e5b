import { freshDatabase, type FreshDatabase } from './postgres.js';
import { startValkeyServer, type ValkeyServer } from './valkey-server.js';
import { redisUrl } from './shared-redis-url.js';

/** The backend of a spec. It is filled in before the first test and is new for each `describeOnBothBackends`. */
export interface Backend {
  readonly kind: 'postgres' | 'redis';
  readonly databaseUrl: string;
  /** Null if jobs, limits and realtime use PostgreSQL. */
  readonly redisUrl: string | null;
}

/**
 * Runs the same specs twice: with everything on PostgreSQL, and with Redis or Valkey beside it. `backend` may be read
 * in hooks and tests, not while they are declared.
 *
 * @param what a name; with `ownServer` for specs that break connections, which would otherwise break those of other
 *   specs too
 */
export function describeOnBothBackends(
  what: string | { name: string; ownServer: true },
  specs: (backend: Backend) => void,
): void {
  const { name, ownServer } = typeof what === 'string' ? { name: what, ownServer: false } : what;
  for (const kind of ['postgres', 'redis'] as const) {
    describe(`${name} (${kind})`, () => {
      const backend = { kind, databaseUrl: '', redisUrl: null as string | null };
      let database: FreshDatabase | undefined;
      let own: ValkeyServer | null = null;
      beforeAll(async () => {
        database = await freshDatabase();
        backend.databaseUrl = database.url;
        if (kind === 'postgres') return;
        own = ownServer ? await startValkeyServer() : null;
        backend.redisUrl = own ? own.url : await redisUrl();
      });
      specs(backend);
      // Hooks run in the order of declaration, so what the specs started ends before the backend is removed.
      afterAll(async () => {
        await own?.remove();
        await database?.drop();
      });
    });
  }
}
