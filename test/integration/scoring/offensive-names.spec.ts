import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { createSiteFixture, type SiteFixture } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { createSite } from '../../support/sites.js';

let database: FreshDatabase;
let app: TestApp;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url });
  fixture = await createSiteFixture(app);
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

it('does not show a name that contains a word of the lexicon or a banned word', async () => {
  const site = await createSite(app, { policy: { moderation: { wordLists: { banned: ['zorblax'] } } } });
  const nameOf = async (sub: string, name: string): Promise<string> =>
    (await site.reader(await site.token(sub, { name }), 'GET', '/me')).body.reader.name;
  expect(await nameOf('a', 'Ada Lovelace')).toBe('Ada Lovelace');
  expect(await nameOf('b', '@ssh0le')).toMatch(/^Reader [0-9a-f]{6}$/);
  expect(await nameOf('c', 'Z0rblax')).toMatch(/^Reader [0-9a-f]{6}$/);
});

it('holds a comment in a language that is not scored', async () => {
  const { id } = await fixture.submit('ann', 'Это очень интересная статья, спасибо автору.');
  await until(async () => (await fixture.readOwnComment('ann', id))['status'] === 'held');
});
