import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { describeOnBothBackends } from '../support/backends.js';
import { generateCoral } from '../support/coral-export.js';
import { connectAsOwner, type Json } from '../support/site-fixture.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { createSite } from '../support/sites.js';
import { tempFolder } from '../support/temp-folder.js';
import { findInconsistencies } from '../support/find-inconsistencies.js';

const TIMEOUT_MS = 240_000;
/** Several batches: a batch has 1,000 comments, and two batches are written in parallel. */
const COMMENTS = 6_000;

describeOnBothBackends('an import whose worker is killed', (backend) => {
  it('resumes where it stopped: reading, writing, or training the site model', async () => {
    const folder = tempFolder();
    const db = await connectAsOwner(backend.databaseUrl);
    const running: Product[] = [];
    const start = async (role: 'api' | 'worker'): Promise<Product> => {
      const product = await startProduct({ ...backend, role });
      running.push(product);
      return product;
    };
    try {
      const path = await generateCoral(folder.path, { comments: COMMENTS, origin: 'https://news.example' });
      let [api, worker] = await Promise.all([start('api'), start('worker')]);
      const site = await createSite({ adminKey: PRODUCT_ADMIN_KEY, call: api.call });
      const sent = await fetch(`${api.url}/api/v1/sites/${site.id}/imports?format=coral`, {
        method: 'POST',
        headers: { authorization: `Bearer ${PRODUCT_ADMIN_KEY}` },
        body: new Uint8Array(readFileSync(path)),
      });
      const { id } = (await sent.json()) as { id: string };
      const readImport = async (): Promise<Json> => (await site.publisher('GET', `/imports/${id}`)).body;
      const written = async (): Promise<number> =>
        Number((await db.rows('SELECT count(*) AS n FROM comment WHERE site_id = $1', [site.id]))[0]['n']);

      for (const hasReachedStep of [
        async () => (await db.rows('SELECT 1 FROM import_record LIMIT 1')).length > 0,
        async () => (await written()) > 0,
        async () => (await readImport()).progress.step === 'learn',
      ]) {
        await until(hasReachedStep, TIMEOUT_MS);
        await worker.process.kill();
        expect((await readImport()).state).toBe('running');
        worker = await start('worker');
      }
      // The process that accepted the upload is no longer needed.
      await api.process.kill();
      api = await start('api');
      const restartedSite = {
        ...site,
        publisher: (method: string, subpath: string) =>
          api.call<Json>(method, `/api/v1/sites/${site.id}${subpath}`, { token: PRODUCT_ADMIN_KEY }),
      };
      let done: Json;
      await until(async () => {
        done = (await restartedSite.publisher('GET', `/imports/${id}`)).body;
        return done.state !== 'running';
      }, TIMEOUT_MS);
      expect(done).toMatchObject({ state: 'done', failure: null });
      expect(done!.counts.comments.read).toBe(COMMENTS);
      expect(await written()).toBe(done!.counts.comments.created);
      const [{ reactions }] = await db.rows(
        'SELECT count(*)::int AS reactions FROM reaction WHERE site_id = $1',
        [site.id],
      );
      expect(reactions).toBe(done!.counts.reactions.created);
      expect(await findInconsistencies(db, site.id)).toEqual([]);
      // The worker was killed while it trained the model of this import.
      expect(done!.learned).toMatchObject({ outcome: 'trained' });
      const siteModels = await restartedSite.publisher('GET', '/site-models');
      expect(siteModels.body.items).toMatchObject([{ id: done!.learned.siteModelId, state: 'shadow' }]);
    } finally {
      await Promise.all(running.map((product) => product.process.kill()));
      await db.end();
      folder.remove();
    }
  }, 900_000);
});
