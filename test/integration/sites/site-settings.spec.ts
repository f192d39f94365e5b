import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SiteSettings } from '../../../src/features/sites/site-settings.js';
import { SYSTEM } from '../../../src/platform/auth/principal.js';
import { Database } from '../../../src/platform/database/database.js';
import type { SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { createSite } from '../../support/sites.js';

/** Number of connections in the pool. The spec uses all of them. */
const CONNECTIONS = 10;

describe('site settings that are reloaded while every connection is in use', () => {
  let database: FreshDatabase;
  let server: TestApp;

  beforeAll(async () => {
    database = await freshDatabase();
    server = await startApp({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('are available to callers with and without a connection', async () => {
    const site = await createSite(server);
    const siteId = site.id as SiteId;
    const settings = server.app.get(SiteSettings);
    const db = server.app.get(Database);
    await db.inSite({ siteId, principal: SYSTEM }, (tx) => settings.publishChange(tx, siteId));

    let open = 0;
    let releaseAll!: () => void;
    const allConnected = new Promise<void>((resolve) => (releaseAll = resolve));
    const within = Array.from({ length: CONNECTIONS }, () =>
      db.inSite({ siteId, principal: SYSTEM }, async () => {
        if (++open === CONNECTIONS) releaseAll();
        await allConnected;
        return settings.get(siteId);
      }),
    );
    const outside = allConnected.then(() => settings.get(siteId));
    const results = await Promise.all([outside, ...within]);
    expect(results.map(({ id }) => id)).toEqual(Array(CONNECTIONS + 1).fill(siteId));
  });
});
