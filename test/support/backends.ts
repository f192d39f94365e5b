import { freshDatabase, type FreshDatabase } from './postgres.js';
import { startValkeyServer, type ValkeyServer } from './valkey-server.js';
import { redisUrl } from './shared-redis-url.js';

/** The servers that a spec uses. `describeOnBothBackends` sets the members before the first test. */
export interface Backend {
  readonly kind: 'postgres' | 'redis';
  readonly databaseUrl: string;
  /** Null if jobs, limits and realtime use PostgreSQL. */
  readonly redisUrl: string | null;
}

/**
 * Declares the same specs twice: with only PostgreSQL, and with PostgreSQL and Redis or Valkey. Hooks and tests may read
 * `backend`; the code that declares them may not.
 *
 * @param what the name; `ownServer` starts a separate Redis or Valkey server, for specs that break its connections
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
      let separateServer: ValkeyServer | null = null;
      beforeAll(async () => {
        database = await freshDatabase();
        backend.databaseUrl = database.url;
        if (kind === 'postgres') return;
        separateServer = ownServer ? await startValkeyServer() : null;
        backend.redisUrl = separateServer ? separateServer.url : await redisUrl();
      });
      specs(backend);
      // Hooks run in the order of declaration, so the hooks of the specs run before these servers are removed.
      afterAll(async () => {
        await separateServer?.remove();
        await database?.drop();
      });
    });
  }
}
