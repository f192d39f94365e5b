import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, waitUntilLive } from '../support/browser.js';
import { visitStory } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';

describe('a subscriber who cancels while writing a comment', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url, demo: true });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await product.process.stop();
    await database.drop();
  });

  it('may no longer comment although the token is still valid, and keeps the draft', async () => {
    const reader = await visitStory(browser, product, 'Insider Gold');
    const { page } = reader;
    await page.getByLabel('Your comment').fill('Written while the subscription ended.');
    await waitUntilLive(page);

    const sites = await product.call<{ items: { id: string }[] }>('GET', '/api/v1/sites', {
      token: PRODUCT_ADMIN_KEY,
    });
    const path = `/api/v1/sites/${sites.body.items[0]?.id}/readers/visitor-gold/entitlement`;
    const body = { tier: 'insider-gold', status: 'cancelled' };
    expect((await product.call('PUT', path, { token: PRODUCT_ADMIN_KEY, body })).status).toBe(200);

    // The page updates automatically. A reader who posts before that gets the same message from the server.
    await page.getByRole('button', { name: 'Post comment', disabled: true }).waitFor();
    await page.getByRole('button', { name: 'Post comment' }).click({ force: true });
    await page
      .getByText(/subscription/i)
      .first()
      .waitFor();
    expect(await page.getByLabel('Your comment').inputValue()).toBe('Written while the subscription ended.');
    expect(reader.faults).toEqual([]);
    await reader.close();
  });

  it('triggers a signed webhook event that the publisher receives in order', async () => {
    const reader = await visitStory(browser, product, 'Signed out');
    await reader.page.goto(`${product.url}/demo/webhooks`);
    const row = reader.page.getByRole('row').filter({ hasText: 'entitlement.changed' }).first();
    await row.getByText('✓ verified').waitFor();
    expect(await reader.page.getByText('✗ not verified').count()).toBe(0);
    expect(reader.faults).toEqual([]);
    await reader.close();
  });
});
