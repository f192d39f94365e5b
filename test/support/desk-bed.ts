import { Clock } from '../../src/platform/clock.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { startApp, type TestApp } from './app.js';
import { aNewsroom, ownerOf, type Newsroom, type Owner } from './newsroom.js';
import { freshDatabase } from './postgres.js';

/** The product with one newsroom, on a database of its own; for specs of the desk. */
export interface DeskBed {
  readonly app: TestApp;
  readonly db: Owner;
  readonly room: Newsroom;
  /** Puts the product's clock so many milliseconds ahead. */
  later(ms: number): void;
  /** Puts it right again. */
  rightClock(): void;
  close(): Promise<void>;
}

/**
 * To be opened before all cases of a file and closed after them.
 *
 * @param policy merged into the newsroom's
 */
export async function openDeskBed(
  policy: Record<string, unknown> = {},
  settings: Partial<Settings> = {},
): Promise<DeskBed> {
  const database = await freshDatabase();
  const app = await startApp({ databaseUrl: database.url, settings: { limits: false, ...settings } });
  const db = await ownerOf(database.url);
  const clock = app.app.get(Clock, { strict: false });
  const real = clock.now.bind(clock);
  return {
    app,
    db,
    room: await aNewsroom(app, policy),
    later(ms) {
      clock.now = () => new Date(real().getTime() + ms);
    },
    rightClock() {
      clock.now = real;
    },
    async close() {
      await db.end();
      await app.close();
      await database.drop();
    },
  };
}
