import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../../support/product.js';
import { createSite, type TestSite } from '../../support/sites.js';
import type { Json } from '../../support/site-fixture.js';

let database: FreshDatabase;
let product: Product;

beforeAll(async () => {
  database = await freshDatabase();
  product = await startProduct({ databaseUrl: database.url, demo: true });
});
afterAll(async () => {
  await product?.process.stop();
  await database?.drop();
});

const mail = async (query = ''): Promise<Json[]> =>
  (await product.call<Json>('GET', `/api/v1/mail?limit=100${query}`, { token: PRODUCT_ADMIN_KEY })).body
    .items;

/** Registers a reader's address, which sends a confirmation email to it. */
const registerAddress = async (token: string, address: string): Promise<void> => {
  const { status, body } = await product.call('PUT', '/api/v1/me/notifications/email', {
    token,
    body: { address, delivery: 'daily' },
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
};

it('the demo mailbox shows only the emails of the demo site, and only to its own pages', async () => {
  const other: TestSite = await createSite({ adminKey: PRODUCT_ADMIN_KEY, call: product.call });
  await registerAddress(await other.token('ann'), 'ann@elsewhere.example');
  const sites = (await product.call<Json>('GET', '/api/v1/sites', { token: PRODUCT_ADMIN_KEY })).body.items;
  const demo = sites.find(({ id }: Json) => id !== other.id);
  // The demo site's page gets its reader token from the same route.
  const { body: token } = await product.call<string>('GET', '/demo/token', {
    headers: { cookie: 'demo_who=gold' },
  });
  await registerAddress(token, 'ben@demo.example');
  await until(async () => (await mail()).length >= 2);

  expect((await mail(`&site=${other.id}`)).map(({ to }) => to)).toEqual(['ann@elsewhere.example']);
  expect((await mail(`&site=${demo.id}`)).map(({ siteId }) => siteId)).toEqual([demo.id]);
  for (const path of ['/demo/mailbox', '/demo/mailbox/rows']) {
    const answer = await product.call<string>('GET', path, { headers: { origin: 'https://paper.example' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect(answer.body).toContain('ben@demo.example');
    expect(answer.body).not.toContain('ann@elsewhere.example');
  }
});
