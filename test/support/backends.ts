import { freshDatabase, type FreshDatabase } from './postgres.js';
import { startValkeyServer, type ValkeyServer } from './valkey-server.js';
import { redisUrl } from './shared-redis-url.js';

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
 *
 * @param what a name; with `ownServer` for specs that break connections, which are those of other specs too otherwise
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
      // Hooks run in the order in which they are declared: what the specs started ends before what it runs on.
      afterAll(async () => {
        await own?.remove();
        await database?.drop();
      });
    });
  }
}
