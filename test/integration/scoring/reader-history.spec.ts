import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScoreRepository } from '../../../src/features/scoring/score.repository.js';
import { newId, type CommentId, type SiteId } from '../../../src/platform/ids.js';
import { systemContext } from '../../../src/platform/tenancy/site-context.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  createSiteFixture,
  connectAsOwner,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { asSuperuser, freshDatabase, type FreshDatabase } from '../../support/postgres.js';

const MINUTE_MS = 60_000;

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

/** Creates a comment of the given age and sets its fingerprint. */
async function createComment(
  sub: string,
  ageMs: number,
  fingerprint: string,
  from = fixture,
): Promise<string> {
  const { id } = await from.submit(sub, `A remark ${fingerprint}.`);
  const at = Date.now() - ageMs;
  const older = newId<'comment'>(at);
  await db.rows('UPDATE revision SET fingerprint = $2 WHERE comment_id = $1', [id, fingerprint]);
  // With this setting, which only a superuser may change, foreign keys are not checked.
  await asSuperuser(async (client) => {
    await client.query('SET session_replication_role = replica');
    await client.query('UPDATE revision SET comment_id = $2 WHERE comment_id = $1', [id, older]);
    await client.query('UPDATE comment SET id = $2, created_at = $3 WHERE id = $1', [
      id,
      older,
      new Date(at),
    ]);
  }, new URL(database.url).pathname.slice(1));
  return older;
}

describe('the history for a comment', () => {
  it('contains the reader’s last day, other readers’ last hour, and the number of recent comments', async () => {
    const other = await createSiteFixture(app);
    await createComment('ann', 25 * 60 * MINUTE_MS, 'own-yesterday');
    await createComment('ann', 20 * MINUTE_MS, 'own-20');
    await createComment('ann', 5 * MINUTE_MS, 'own-5');
    await createComment('ben', 61 * MINUTE_MS, 'ben-61');
    await createComment('ben', 30 * MINUTE_MS, 'ben-30');
    await createComment('cat', 0, 'cat-0');
    await createComment('ann', 1 * MINUTE_MS, 'elsewhere', other);
    await createComment('ben', 5 * 60 * MINUTE_MS, 'this');
    await createComment('ben', 6 * 60 * MINUTE_MS, 'this');
    await createComment('dan', 23 * 60 * MINUTE_MS, 'this');
    await createComment('eve', 25 * 60 * MINUTE_MS, 'this');
    await createComment('eve', 60 * MINUTE_MS, 'this', other);
    const id = await createComment('ann', 0, 'this');

    const found = await app.app
      .get(ScoreRepository, { strict: false })
      .load(
        systemContext(fixture.site as SiteId, 'spec'),
        { commentId: id as CommentId, revision: 1 },
        new Date(),
      );
    expect(found?.history).toEqual({
      own: ['own-5', 'own-20'],
      otherFingerprints: ['cat-0', 'ben-30'],
      sameByOthers: 2,
      byReader: { minute: 0, tenMinutes: 1 },
      onStory: { minute: 1, tenMinutes: 2 },
    });
  });

  it('is not loaded if no time is given', async () => {
    const id = await createComment('dan', 0, 'alone');
    const repository = app.app.get(ScoreRepository, { strict: false });
    const ctx = systemContext(fixture.site as SiteId, 'spec');
    const found = await repository.load(ctx, { commentId: id as CommentId, revision: 1 }, null);
    expect(found).toMatchObject({ body: 'A remark alone.', standing: 'normal', publishedCount: 0 });
    expect(found?.history).toBeUndefined();
    expect(await repository.load(ctx, { commentId: id as CommentId, revision: 2 }, null)).toBeNull();
  });
});
