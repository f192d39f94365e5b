import { migrate } from '../../../src/platform/database/migrate.js';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.js';

describe('bringing a database up to date', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.drop());

  it('is done once by processes that start together, and is nothing the next time', async () => {
    const ran = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrate(database.url)).toEqual([]);
  });

  it('says in one line what is wrong with the address', async () => {
    const wrong = (change: (url: URL) => void): Promise<unknown> => {
      const url = new URL(database.url);
      change(url);
      return migrate(url.href);
    };
    await expect(wrong((url) => (url.pathname = '/nowhere'))).rejects.toThrow('has no database "nowhere"');
    await expect(wrong((url) => (url.password = 'guess'))).rejects.toThrow('refuses the user');
    await expect(wrong((url) => (url.port = '1'))).rejects.toThrow('does not answer (ECONNREFUSED)');
  });
});
