import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { describeOnBothBackends } from '../support/backends.js';
import { generateCoral } from '../support/coral-export.js';
import { connectAsOwner, type Json, type OwnerConnection } from '../support/site-fixture.js';
import { until } from '../support/processes.js';
import { createSite, type TestSite } from '../support/sites.js';
import { tempFolder } from '../support/temp-folder.js';
import { findInconsistencies } from '../support/find-inconsistencies.js';

const TIMEOUT_MS = 120_000;
const STORY = '00000002-0000-4000-8000-000000000001';

describeOnBothBackends('a large Coral export with every kind of document', (backend) => {
  const folder = tempFolder();
  let app: TestApp;
  let db: OwnerConnection;
  let file: Buffer;

  beforeAll(async () => {
    app = await startApp({
      databaseUrl: backend.databaseUrl,
      redisUrl: backend.redisUrl,
      settings: { limits: false },
    });
    db = await connectAsOwner(backend.databaseUrl);
    file = readFileSync(
      await generateCoral(folder.path, { comments: 3_000, origin: 'https://news.example' }),
    );
  });
  afterAll(async () => {
    await db?.end();
    await app?.close();
    folder.remove();
  });

  const upload = (site: TestSite) =>
    fetch(`${app.url}/api/v1/sites/${site.id}/imports?format=coral`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.adminKey}` },
      body: new Uint8Array(file),
    });
  const readImport = async (site: TestSite, id: string): Promise<Json> =>
    (await site.publisher('GET', `/imports/${id}`)).body;

  it('leaves counters equal to a recount, while readers write and read', async () => {
    const site = await createSite(app);
    const token = await site.token('sub-5');
    const thread = `/sites/${site.id}/stories/${STORY}`;
    const write = (n: number): Promise<unknown> =>
      site.reader(token, 'POST', `${thread}/comments?url=https://news.example/stories/1`, {
        body: `A reader writes meanwhile, number ${n} of many different ones.`,
      });
    const total = async (): Promise<number> =>
      (await site.reader(null, 'GET', `${thread}/comments`)).body.total as number;
    await write(0);
    await until(async () => (await total()) === 1);
    const sent = await upload(site);
    expect(sent.status).toBe(202);
    const { id } = (await sent.json()) as { id: string };
    expect((await upload(site)).status).toBe(409);

    const writes: Promise<unknown>[] = [];
    await until(async () => {
      writes.push(write(writes.length + 1));
      return (await readImport(site, id)).state !== 'running';
    }, TIMEOUT_MS);
    await Promise.all(writes);
    const done = await readImport(site, id);
    expect(done).toMatchObject({ state: 'done', failure: null });
    expect(done.counts.comments.created + done.counts.comments.skipped).toBe(done.counts.comments.read);
    const pending = (): Promise<unknown[]> =>
      db.rows(`SELECT 1 FROM comment WHERE site_id = $1 AND status = 'pending' LIMIT 1`, [site.id]);
    await until(async () => (await pending()).length === 0);
    expect(await findInconsistencies(db, site.id)).toEqual([]);
    // The thread that was cached before the import is no longer served.
    const [{ count }] = await db.rows<{ count: number }>(
      'SELECT comment_count AS count FROM story WHERE site_id = $1 AND key = $2',
      [site.id, STORY],
    );
    expect(count).toBeGreaterThan(writes.length + 1);
    await until(async () => (await total()) === count);

    const again = (await (await upload(site)).json()) as { id: string };
    await until(async () => (await readImport(site, again.id)).state !== 'running', TIMEOUT_MS);
    expect((await readImport(site, again.id)).counts.comments).toMatchObject({
      created: 0,
      unchanged: done.counts.comments.created,
    });
    expect(await findInconsistencies(db, site.id)).toEqual([]);
  });
});
