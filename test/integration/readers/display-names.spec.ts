import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { signInModerator } from '../../support/moderator-session.js';
import { connectAsOwner, type OwnerConnection } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { createSite, type TestSite } from '../../support/sites.js';

describe('the display names of readers', () => {
  let database: FreshDatabase;
  let server: TestApp;
  let owner: OwnerConnection;
  let site: TestSite;

  beforeAll(async () => {
    database = await freshDatabase();
    server = await startApp({ databaseUrl: database.url });
    owner = await connectAsOwner(database.url);
    site = await createSite(server);
    await signInModerator(server, owner, 'Wilhelmina Strand', site.id);
    await signInModerator(server, owner, 'Aurelio Pettersen', null);
  });
  afterAll(async () => {
    await owner.end();
    await server.close();
    await database.drop();
  });

  const nameOf = async (onSite: TestSite, name: string): Promise<string> => {
    const token = await onSite.token(`reader-${name}`, { name });
    const { body } = await onSite.reader(token, 'GET', `/me?site=${onSite.id}`);
    return (body as { reader: { name: string } }).reader.name;
  };

  it.each(['Wilhelmina Strand', 'WiIhelmina  Strand', 'Aurelio Pettersen'])(
    'cannot equal or resemble those of the site’s moderators: %s',
    async (name) => {
      expect(await nameOf(site, name)).toMatch(/^Reader [0-9a-f]+$/);
    },
  );

  it('come with the current role, even in threads that were cached before', async () => {
    const token = await site.token('columnist', { name: 'Ingeborg Vale' });
    const story = await site.publisher('PUT', '/stories/names', {
      url: 'https://news.example/n',
      title: 'N',
    });
    expect(story.status).toBe(200);
    const path = `/sites/${site.id}/stories/names/comments`;
    const posted = await site.reader(token, 'POST', path, { body: 'Who wrote this piece?' });
    expect(posted.status).toBe(202);
    const roles = async (): Promise<string[]> => {
      const { body } = await site.reader(null, 'GET', path);
      return (body as { items: { author: { role: string } }[] }).items.map(({ author }) => author.role);
    };
    await until(async () => (await roles()).length === 1);
    expect(await roles()).toEqual(['reader']);
    const { name, role } = { name: 'Ingeborg Vale', role: 'staff' };
    expect((await site.publisher('PUT', '/readers/columnist', { name, role })).status).toBe(200);
    expect(await roles()).toEqual(['staff']);
  });

  it('may equal those of another site’s moderators', async () => {
    expect(await nameOf(await createSite(server), 'Wilhelmina Strand')).toBe('Wilhelmina Strand');
  });
});
