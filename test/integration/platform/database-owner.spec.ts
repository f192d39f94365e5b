import { randomBytes } from 'node:crypto';
import pg from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/platform/database/embedded/embedded-postgres.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import { startApp } from '../../support/app.js';
import { Conversation } from '../../support/conversation.js';
import { tempFolder } from '../../support/temp-folder.js';

// A separate cluster, because roles are shared by all databases of a cluster.
const temp = tempFolder();
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({
    dataDir: temp.path,
    log: () => undefined,
    onProgress: () => undefined,
  });
});
afterAll(async () => {
  await postgres.stop();
  temp.remove();
});

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Creates a database with a separate owner who is not a superuser. */
async function ownedDatabase(grants = ''): Promise<{ readonly owner: string; readonly url: string }> {
  const owner = `owner_${randomBytes(4).toString('hex')}`;
  await run(postgres.superuserUrl, `CREATE ROLE ${owner} LOGIN PASSWORD 'lanterns' ${grants}`);
  await run(postgres.superuserUrl, `CREATE DATABASE ${owner} OWNER ${owner}`);
  const url = new URL(postgres.url);
  [url.username, url.password, url.pathname] = [owner, 'lanterns', `/${owner}`];
  return { owner, url: url.href };
}

const problemOf = (url: string): Promise<string> =>
  migrate(url).then(
    () => '',
    (error: Error) => error.message,
  );

/** Returns the statements that an error message asks an administrator to run. */
const remedyIn = (problem: string): string => /, run (.*); and start again\.$/.exec(problem)![1];

/**
 * Flags, edits, rejects and deletes a comment. To find the comment's site, routes call a function of the owner, which fails
 * if the owner inherits the policies.
 */
async function expectCommentsWork(databaseUrl: string): Promise<void> {
  const app = await startApp({ databaseUrl, settings: { role: 'api', limits: false } });
  try {
    const conversation = await Conversation.open(app);
    const [anna, ben] = [await conversation.token('anna'), await conversation.token('ben')];
    const id = await conversation.published(anna);
    expect(
      await conversation.comment('POST', id, { path: '/flags', token: ben, body: { reason: 'spam' } }),
    ).toMatchObject({
      status: 202,
    });
    expect(await conversation.comment('PATCH', id, { token: anna, body: { body: 'Changed' } })).toMatchObject(
      {
        status: 200,
      },
    );
    const decided = await app.call<{ results: unknown[] }>('POST', '/api/v1/moderation/decisions', {
      token: app.adminKey,
      body: { decisions: [{ commentId: id, revision: 2, action: 'reject', reason: 'spam' }] },
    });
    expect(decided).toMatchObject({ status: 200, body: { results: [{ status: 'rejected' }] } });
    expect(await conversation.comment('DELETE', id, { token: anna })).toMatchObject({ status: 204 });
  } finally {
    await app.close();
  }
}

describe('a database owner without superuser rights', () => {
  it('that may not create roles gets the statements that an administrator has to run, and can start afterwards', async () => {
    const { owner, url } = await ownedDatabase();
    const problem = await problemOf(url);
    expect(remedyIn(problem)).toBe(
      [
        'CREATE ROLE postbag_app NOLOGIN NOSUPERUSER NOBYPASSRLS',
        'CREATE ROLE postbag_sections NOLOGIN NOSUPERUSER NOBYPASSRLS',
        'GRANT postbag_app TO postbag_sections',
        `GRANT postbag_app, postbag_sections TO "${owner}" WITH INHERIT FALSE, SET TRUE`,
      ].join('; '),
    );
    await run(postgres.superuserUrl, remedyIn(problem));
    await migrate(url);
    await expectCommentsWork(url);
  });

  it('that inherits roles from an earlier version no longer has them after the next start', async () => {
    const { owner, url } = await ownedDatabase('CREATEROLE');
    await run(
      postgres.superuserUrl,
      `GRANT postbag_app, postbag_sections TO ${owner} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
       GRANT postbag_app, postbag_sections TO ${owner} GRANTED BY ${owner}`,
    );
    await migrate(url);
    await expectCommentsWork(url);
  });

  it('that inherits roles granted by an administrator gets the statement that revokes the grant', async () => {
    const { owner, url } = await ownedDatabase();
    await run(postgres.superuserUrl, `GRANT postbag_app, postbag_sections TO ${owner}`);
    const problem = await problemOf(url);
    expect(remedyIn(problem)).toBe(
      `GRANT postbag_sections TO "${owner}" WITH INHERIT FALSE, SET TRUE GRANTED BY "postgres"`,
    );
    await run(postgres.superuserUrl, remedyIn(problem));
    await migrate(url);
  });

  it('cannot start if roles or policies no longer isolate sites', async () => {
    const { url } = await ownedDatabase();
    await run(postgres.superuserUrl, remedyIn(await problemOf(url)));
    await migrate(url);

    await run(url, 'ALTER TABLE comment NO FORCE ROW LEVEL SECURITY');
    expect(await problemOf(url)).toContain('Row-level security is not forced on comment,');
    await run(url, 'ALTER TABLE comment FORCE ROW LEVEL SECURITY');

    await run(url, 'CREATE POLICY lenient ON story TO postbag_app USING (true)');
    expect(await problemOf(url)).toContain('postbag_app sees rows of other sites');
    await run(url, 'DROP POLICY lenient ON story');

    await run(url, 'DROP POLICY section_limit ON story');
    expect(await problemOf(url)).toContain('postbag_sections sees rows of other sections');
    await run(
      url,
      `CREATE POLICY section_limit ON story AS RESTRICTIVE TO postbag_sections
         USING (section = ANY (nullif(current_setting('app.sections', true), '')::text[]))`,
    );

    await run(url, 'DROP POLICY owner_sees_all ON story');
    expect(await problemOf(url)).toContain('does not see the rows of all sites');
    await run(url, 'CREATE POLICY owner_sees_all ON story TO CURRENT_USER USING (true) WITH CHECK (true)');

    await run(postgres.superuserUrl, 'ALTER ROLE postbag_app BYPASSRLS');
    expect(remedyIn(await problemOf(url))).toBe('ALTER ROLE postbag_app NOSUPERUSER NOBYPASSRLS');
    await run(postgres.superuserUrl, 'ALTER ROLE postbag_app NOBYPASSRLS');
    expect(await migrate(url)).toEqual([]);
  });
});

it('an embedded PostgreSQL cluster has a separate owner for its database', async () => {
  const { username, pathname } = new URL(postgres.url);
  expect({ username, pathname }).toEqual({ username: 'postbag', pathname: '/postbag' });
});
