import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../../support/product.js';
import { tempFolder } from '../../support/temp-folder.js';
import type { Json } from '../../support/site-fixture.js';

let database: FreshDatabase;
let folder: ReturnType<typeof tempFolder>;

beforeAll(async () => {
  database = await freshDatabase();
  folder = tempFolder();
});
afterAll(async () => {
  folder?.remove();
  await database?.drop();
});

const start = (): Promise<Product> =>
  startProduct({ databaseUrl: database.url, demo: true, env: { DATA_DIR: folder.path } });

/** Returns all URLs of the demo site that are stored in the service. */
async function readStoredUrls(
  product: Product,
): Promise<{ siteId: string; endpointId: string; urls: string[] }> {
  const read = async (path: string): Promise<Json> =>
    (await product.call<Json>('GET', `/api/v1${path}`, { token: PRODUCT_ADMIN_KEY })).body;
  const [site] = (await read('/sites')).items;
  const [endpoint] = (await read(`/sites/${site.id}/webhooks`)).items;
  const tiers = await read(`/sites/${site.id}/tiers`);
  const story = await read(`/sites/${site.id}/stories/small-funds-big-year`);
  return {
    siteId: site.id,
    endpointId: endpoint.id,
    urls: [...site.origins, endpoint.url, story.url, ...tiers.map((tier: Json) => tier.upgradeUrl)],
  };
}

it('the demo site updates its URLs if its port differs from that of the previous start', async () => {
  const first = await start();
  expect((await readStoredUrls(first)).urls.join(' ')).toContain(new URL(first.url).port);
  await first.process.stop();

  const second = await start();
  const { port } = new URL(second.url);
  expect(port).not.toBe(new URL(first.url).port);
  const { siteId, endpointId, urls } = await readStoredUrls(second);
  expect(urls.map((url) => new URL(url).port)).toEqual(urls.map(() => port));

  await second.call('POST', `/api/v1/sites/${siteId}/webhooks/${endpointId}/test`, {
    token: PRODUCT_ADMIN_KEY,
  });
  await until(async () => {
    const { body } = await second.call<string>('GET', '/demo/webhooks/rows');
    return String(body).includes('webhook.test');
  });
  await second.process.stop();
});
