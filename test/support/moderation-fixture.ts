import { Clock } from '../../src/platform/clock.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { startApp, type TestApp } from './app.js';
import { createSiteFixture, connectAsOwner, type SiteFixture, type OwnerConnection } from './site-fixture.js';
import { freshDatabase } from './postgres.js';

/** A server with its own database and one site, for moderation specs. */
export interface ModerationFixture {
  readonly app: TestApp;
  readonly databaseUrl: string;
  readonly db: OwnerConnection;
  readonly fixture: SiteFixture;
  /** Sets the server's clock ahead by this many milliseconds. */
  advanceClock(ms: number): void;
  /** Resets the server's clock. */
  resetClock(): void;
  close(): Promise<void>;
}

/**
 * Open it before all tests of a file and close it after them.
 *
 * @param policy merged into the site's policy
 */
export async function openModerationFixture(
  policy: Record<string, unknown> = {},
  settings: Partial<Settings> = {},
): Promise<ModerationFixture> {
  const database = await freshDatabase();
  const app = await startApp({ databaseUrl: database.url, settings: { limits: false, ...settings } });
  const db = await connectAsOwner(database.url);
  const clock = app.app.get(Clock, { strict: false });
  const realNow = clock.now.bind(clock);
  return {
    app,
    databaseUrl: database.url,
    db,
    fixture: await createSiteFixture(app, policy),
    advanceClock(ms) {
      clock.now = () => new Date(realNow().getTime() + ms);
    },
    resetClock() {
      clock.now = realNow;
    },
    async close() {
      await db.end();
      await app.close();
      await database.drop();
    },
  };
}
