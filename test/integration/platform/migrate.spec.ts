import { randomBytes } from 'node:crypto';
import pg from 'pg';
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

  it('says which roles another user must be made a member of', async () => {
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const user = `spec_${randomBytes(4).toString('hex')}`;
    const url = new URL(database.url);
    [url.username, url.password] = [user, 'lanterns'];
    try {
      await owner.query(`
        CREATE ROLE ${user} LOGIN PASSWORD 'lanterns';
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user};
        GRANT USAGE ON SCHEMA public TO ${user}`);
      const remedy = (roles: string) =>
        `The user "${user}" of DATABASE_URL may not act as ${roles}: as a superuser, run GRANT ${roles} TO "${user}";`;
      await expect(migrate(url.href)).rejects.toThrow(remedy('postbag_app, postbag_sections'));
      await owner.query(`GRANT postbag_app TO ${user}`);
      await expect(migrate(url.href)).rejects.toThrow(remedy('postbag_sections'));
      await owner.query(`GRANT postbag_sections TO ${user}`);
      // It goes on, as far as what is not its own.
      await expect(migrate(url.href)).rejects.toThrow('lacks a right');
    } finally {
      await owner.query(`DROP OWNED BY ${user}; DROP ROLE ${user}`);
      await owner.end();
    }
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
