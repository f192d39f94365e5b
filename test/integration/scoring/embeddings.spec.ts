import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { similarity } from '../../../src/features/scoring/encoder/embedding.js';
import { EmbeddingRepository } from '../../../src/features/scoring/encoder/embedding.repository.js';
import { SentenceEncoder } from '../../../src/features/scoring/encoder/sentence-encoder.js';
import { RevisionScoringService } from '../../../src/features/scoring/revision-scoring.service.js';
import { Database } from '../../../src/platform/database/database.js';
import { AccountDeletionService } from '../../../src/features/readers/account-deletion.service.js';
import type { CommentId, RevisionId, SiteId } from '../../../src/platform/ids.js';
import { systemContext } from '../../../src/platform/tenancy/site-context.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import {
  connectAsOwner,
  createSiteFixture,
  expectStatus,
  type OwnerConnection,
  type SiteFixture,
} from '../../support/site-fixture.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const ENGLISH = 'The ferry to the island was late again this morning.';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
  // The first comments of a process may be scored before the encoder is ready.
  await until(async () => (await listEmbeddings(await submitAndDecide('ann', ENGLISH))).length === 1);
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

const waitForDecision = (sub: string, id: string): Promise<void> =>
  until(async () => (await fixture.readOwnComment(sub, id))['status'] !== 'pending');

async function submitAndDecide(sub: string, body: string): Promise<string> {
  const { id } = await fixture.submit(sub, body);
  await waitForDecision(sub, id);
  return id;
}

const listEmbeddings = (commentId: string) =>
  db.rows<{ revisionId: RevisionId; number: number; size: number }>(
    `SELECT e.revision_id AS "revisionId", v.number, octet_length(e.vector) AS size
     FROM embedding e JOIN revision v ON v.site_id = e.site_id AND v.id = e.revision_id
     WHERE v.comment_id = $1 ORDER BY v.number`,
    [commentId],
  );

const repository = () => app.app.get(EmbeddingRepository, { strict: false });
const find = (siteId: string, revisionIds: RevisionId[]) => {
  const ctx = systemContext(siteId as SiteId, 'spec');
  return app.app.get(Database).inSite(ctx, (tx) => repository().find(tx, ctx, revisionIds));
};

describe('the embedding of a comment', () => {
  it('is stored with the scores of each revision, in 512 bytes', async () => {
    const id = await submitAndDecide('ann', ENGLISH);
    const [{ revisionId, ...first }] = await listEmbeddings(id);
    expect(first).toEqual({ number: 1, size: 512 });
    const found = (await find(fixture.site, [revisionId])).get(revisionId)!;
    expect(similarity(found, (await SentenceEncoder.load()).embed(ENGLISH))).toBeGreaterThan(0.999);

    await expectStatus(
      200,
      app.call('PATCH', `/api/v1/comments/${id}`, {
        token: await fixture.token('ann'),
        body: { body: 'On second thought, the trains are no better than the boats.' },
      }),
    );
    await waitForDecision('ann', id);
    const both = await listEmbeddings(id);
    expect(both.map(({ number }) => number)).toEqual([1, 2]);
    const vectors = await find(
      fixture.site,
      both.map((row) => row.revisionId),
    );
    expect(similarity(vectors.get(both[0].revisionId)!, vectors.get(both[1].revisionId)!)).toBeLessThan(0.9);
  });

  it('is not stored for a text that the encoder cannot read', async () => {
    const german = await submitAndDecide(
      'ann',
      'Die Fähre zur Insel kam heute Morgen schon wieder zu spät an.',
    );
    const noWords = await submitAndDecide('ann', '👍 🙂');
    expect([...(await listEmbeddings(german)), ...(await listEmbeddings(noWords))]).toEqual([]);
  });

  it('is not stored if the scores are not stored', async () => {
    await db.rows('ALTER TABLE score ADD CONSTRAINT broken CHECK (value < 0) NOT VALID');
    try {
      expect(
        await listEmbeddings(await submitAndDecide('ann', 'The scores of this comment are lost.')),
      ).toEqual([]);
    } finally {
      await db.rows('ALTER TABLE score DROP CONSTRAINT broken');
    }
  });

  it('belongs to one site', async () => {
    const id = await submitAndDecide('ann', ENGLISH);
    const other = await createSiteFixture(app);
    const [{ revisionId }] = await listEmbeddings(id);
    expect((await find(other.site, [revisionId])).size).toBe(0);
    expect((await find(fixture.site, [revisionId])).size).toBe(1);
  });

  it('is deleted with its site, and after a year', async () => {
    const other = await createSiteFixture(app);
    const { id } = await other.submit('ann', ENGLISH);
    await until(async () => (await listEmbeddings(id)).length === 1);
    await expectStatus(204, other.admin('DELETE', `/sites/${other.site}`));
    expect(await db.rows('SELECT 1 FROM embedding WHERE site_id = $1', [other.site])).toEqual([]);

    const [old, recent] = [await submitAndDecide('ann', ENGLISH), await submitAndDecide('ann', ENGLISH)];
    const setAge = (commentId: string, days: number) =>
      db.rows(
        `UPDATE embedding SET created_at = $2 WHERE revision_id IN (SELECT id FROM revision WHERE comment_id = $1)`,
        [commentId, new Date(Date.now() - days * DAY_MS)],
      );
    await setAge(old, 366);
    await setAge(recent, 364);
    await repository().purge();
    expect(await listEmbeddings(old)).toEqual([]);
    expect(await listEmbeddings(recent)).toHaveLength(1);
  });

  it('is deleted when the author is erased, and never stored again', async () => {
    const id = await submitAndDecide('leaver', ENGLISH);
    const other = await submitAndDecide('ann', ENGLISH);
    const [{ revisionId }] = await listEmbeddings(id);
    await expectStatus(
      202,
      app.call('POST', '/api/v1/me/deletion', { token: await fixture.token('leaver') }),
    );
    await db.rows(`UPDATE reader_deletion SET due_at = now() - interval '1 second' WHERE site_id = $1`, [
      fixture.site,
    ]);
    await app.app.get(AccountDeletionService, { strict: false }).sweep();
    await until(async () => (await listEmbeddings(id)).length === 0);
    expect(await listEmbeddings(other)).toHaveLength(1);

    await app.app
      .get(RevisionScoringService, { strict: false })
      .score({ siteId: fixture.site as SiteId, commentId: id as CommentId, revision: 1 });
    const ctx = systemContext(fixture.site as SiteId, 'spec');
    await app.app.get(Database).inSite(ctx, async (tx) => {
      repository().save(tx, ctx, revisionId, (await SentenceEncoder.load()).embed(ENGLISH));
    });
    expect(await listEmbeddings(id)).toEqual([]);
  });
});
