import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { comment, coralImports, story, user } from '../support/coral-documents.js';
import { generateCoral, linesOf, packCoral } from '../support/coral-export.js';
import { connectAsOwner, type Json, type OwnerConnection } from '../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { createSite, type TestSite } from '../support/sites.js';
import { tempFolder } from '../support/temp-folder.js';
import { findInconsistencies } from '../support/find-inconsistencies.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const { upload, finished, imported } = coralImports(() => app);

describe('an import that fails', () => {
  /** More than one batch, so that something is written before the error. */
  const COMMENTS = 1_100;
  let file: Buffer;
  beforeAll(async () => {
    file = await packCoral({
      'stories.json': linesOf([story('story-1'), story('story-2', { metadata: { title: 'Refused' } })]),
      'users.json': linesOf([user('ann'), user('bob', { username: 'Refused' })]),
      'comments.json': linesOf([
        comment('old', 0),
        ...Array.from({ length: COMMENTS }, (_, n) =>
          comment(`c${n}`, n + 1, { parentID: 'old', authorID: n % 2 === 0 ? 'ann' : 'bob' }),
        ),
        comment('refused', COMMENTS + 1, { parentID: 'old' }),
      ]),
    });
  });
  const trigger = (table: string, when: string, sqlState: string): string => `
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'Refused by a test' USING ERRCODE = '${sqlState}'; END $$;
    CREATE TRIGGER refuses BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse()`;
  const dropTrigger = (table: string): Promise<unknown> =>
    db.rows(`DROP TRIGGER refuses ON ${table}; DROP FUNCTION refuse`);
  const withOldComment = async (): Promise<TestSite> => {
    const site = await createSite(app);
    const before = await packCoral({
      'stories.json': linesOf([story('story-1')]),
      'users.json': linesOf([user('ann')]),
      'comments.json': linesOf([comment('old', 0)]),
    });
    expect((await imported(site, before)).state).toBe('done');
    return site;
  };
  const written = async (site: TestSite): Promise<number> =>
    (await db.rows('SELECT FROM comment WHERE site_id = $1', [site.id])).length;

  it.each([
    ['read', 'import_record', `NEW.doc ->> 'ext' = 'refused'`, 'bad-data', '23514', 'none'],
    ['match', 'site_import', `NEW.step = 'stories'`, 'bad-data', '22000', 'none'],
    ['stories', 'story', `NEW.title = 'Refused'`, 'bad-data', '23514', 'none'],
    ['readers', 'reader', `NEW.name = 'Refused'`, 'bad-data', '22001', 'none'],
    ['replies', 'comment', `NEW.reply_count > 1000`, 'bad-data', '23514', 'none'],
    ['comments', 'revision', `NEW.body = 'Text of refused'`, 'bad-data', '22021', 'some'],
    ['comments', 'revision', `NEW.body = 'Text of refused'`, 'internal-error', 'XX000', 'some'],
    ['finish', 'site_import', `NEW.step = 'learn'`, 'internal-error', '42501', 'all'],
  ])(
    'in the step "%s" (%s, %s) has correct counts, and can be imported again',
    async (step, table, when, code, sqlState, remaining) => {
      const site = await withOldComment();
      await db.rows(trigger(table, when, sqlState));
      let failed: Json;
      try {
        failed = await imported(site, file);
      } finally {
        await dropTrigger(table);
      }
      expect(failed).toMatchObject({ state: 'failed', failure: { code } });
      expect(failed.failure.message).toContain(`step "${step}" (SQLSTATE ${sqlState}`);
      expect(failed.failure.message).not.toContain('Refused by a test');
      expect(failed.finishedAt).not.toBeNull();
      const rows = await written(site);
      if (remaining === 'none') expect(rows).toBe(1);
      else if (remaining === 'all') expect(rows).toBe(COMMENTS + 2);
      else expect([rows > 1, rows < COMMENTS + 2]).toEqual([true, true]);
      expect(await findInconsistencies(db, site.id)).toEqual([]);
      await until(
        async () => (await db.rows('SELECT FROM import_record WHERE site_id = $1', [site.id])).length === 0,
      );
      const entries = await db.rows<{ body: string }>(
        `SELECT body FROM audit_entry WHERE site_id = $1 AND body::jsonb ->> 'action' = 'import.failed'`,
        [site.id],
      );
      expect(entries.map(({ body }) => JSON.parse(body).details.failure)).toEqual([code]);

      const again = await imported(site, file);
      expect(again).toMatchObject({ state: 'done', failure: null });
      expect(again.counts.comments).toMatchObject({ created: COMMENTS + 2 - rows, unchanged: rows });
      expect(await written(site)).toBe(COMMENTS + 2);
      expect(await findInconsistencies(db, site.id)).toEqual([]);
    },
  );

  it('reports that the counts cannot be corrected', async () => {
    const site = await withOldComment();
    await db.rows(trigger('revision', `NEW.body = 'Text of refused'`, '23514'));
    // The constraint is not valid for existing rows, because stories of other tests may have such counts.
    await db.rows(
      `ALTER TABLE story ADD CONSTRAINT too_few CHECK (comment_count NOT BETWEEN 2 AND ${COMMENTS}) NOT VALID`,
    );
    try {
      const failed = await imported(site, file);
      expect(failed).toMatchObject({ state: 'failed', failure: { code: 'bad-data' } });
      expect(failed.failure.message).toContain('step "comments"');
      expect(failed.failure.message).toContain('could not be corrected');
    } finally {
      await dropTrigger('revision');
      await db.rows('ALTER TABLE story DROP CONSTRAINT too_few');
    }
  });

  it('still completes if only the training of the site model failed', async () => {
    const site = await createSite(app);
    await db.rows(trigger('site_import', `NEW.learned ->> 'outcome' = 'nothing-new'`, '23514'));
    try {
      const done = await imported(site, await packCoral({ 'stories.json': linesOf([story('story-1')]) }));
      expect(done).toMatchObject({ state: 'done', failure: null, learned: { outcome: 'failed' } });
    } finally {
      await dropTrigger('site_import');
    }
  });

  it.each(['53100', '40001', '57014', '08006'])(
    'waits, reports that and continues if the database cannot work for now (%s)',
    async (sqlState) => {
      const site = await withOldComment();
      await db.rows(trigger('revision', `NEW.body = 'Text of refused'`, sqlState));
      let id: string;
      try {
        ({ id } = (await upload(site, file)).body);
        await until(async () => {
          const { body } = await site.publisher<Json>('GET', `/imports/${id}`);
          return body.failure !== null;
        });
        const { body } = await site.publisher<Json>('GET', `/imports/${id}`);
        expect(body).toMatchObject({ state: 'running', failure: { code: 'waiting' } });
        expect(body.failure.message).toContain(`waits for the database (${sqlState})`);
      } finally {
        await dropTrigger('revision');
      }
      expect(await finished(site, id)).toMatchObject({ state: 'done', failure: null });
      expect(await findInconsistencies(db, site.id)).toEqual([]);
    },
  );
});

describe('an import that is cancelled', () => {
  const folder = tempFolder();
  let large: Buffer;
  beforeAll(async () => {
    large = readFileSync(
      await generateCoral(folder.path, { comments: 4_000, origin: 'https://news.example' }),
    );
  });
  afterAll(() => folder.remove());

  const count = async (table: string, site: TestSite): Promise<number> =>
    Number((await db.rows(`SELECT count(*) AS n FROM ${table} WHERE site_id = $1`, [site.id]))[0]['n']);

  it.each([
    ['while its file is read', 'import_record', 'none'],
    ['while comments are written', 'comment', 'some'],
  ])('%s keeps what it wrote, and can be run again', async (_when, table, remaining) => {
    const site = await createSite(app);
    const { body } = await upload(site, large);
    await until(async () => (await count(table, site)) > 0, 60_000);
    const response = await site.publisher('DELETE', `/imports/${body.id}`);
    expect(response).toMatchObject({ status: 202, body: { id: body.id } });
    const stopped = await finished(site, body.id);
    expect(stopped).toMatchObject({ state: 'cancelled', learned: null });
    expect(stopped.finishedAt).not.toBeNull();
    const written = await count('comment', site);
    expect(written > 0).toBe(remaining === 'some');
    expect(written).toBeLessThan(3_500);
    expect(await findInconsistencies(db, site.id)).toEqual([]);
    await until(async () => (await count('import_record', site)) === 0);
    // A second cancellation is not an error.
    expect((await site.publisher('DELETE', `/imports/${body.id}`)).status).toBe(202);

    const again = await imported(site, large);
    expect(again.state).toBe('done');
    expect(again.counts.comments).toMatchObject({ unchanged: written });
    expect(await count('comment', site)).toBe(written + again.counts.comments.created);
    expect(again.learned.outcome).toBe('trained');
    expect(await findInconsistencies(db, site.id)).toEqual([]);
    expect((await site.publisher('DELETE', `/imports/${again.id}`)).body.code).toBe('import-ended');
    const entries = await db.rows<{ body: string }>(
      `SELECT body FROM audit_entry WHERE site_id = $1 AND body::jsonb ->> 'action' LIKE 'import.%' ORDER BY position`,
      [site.id],
    );
    expect(entries.map((entry) => JSON.parse(entry.body).action)).toEqual([
      'import.started',
      'import.cancelled',
      'import.started',
      'import.finished',
    ]);
  });
});
