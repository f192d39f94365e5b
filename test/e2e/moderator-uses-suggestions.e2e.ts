import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeViolations } from '../support/axe.js';
import { launchBrowser, type Visitor } from '../support/browser.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { createSiteFixture, type Json, type SiteFixture } from '../support/site-fixture.js';

let browser: Browser;
let database: FreshDatabase;
let product: Product;
let fixture: SiteFixture;
let consoleVisitor: Visitor;

beforeAll(async () => {
  database = await freshDatabase();
  product = await startProduct({ databaseUrl: database.url, demo: true });
  browser = await launchBrowser();
  fixture = await createSiteFixture({ call: product.call.bind(product), adminKey: PRODUCT_ADMIN_KEY });
  for (const [sub, body] of [
    ['ann', 'When will the paper publish the second part of this series?'],
    ['bob', 'Can you tell us which agencies were surveyed?'],
  ] as const) {
    await fixture.submit(sub, body);
  }
  consoleVisitor = await openConsole(browser, product);
});
afterAll(async () => {
  await browser.close();
  await product.process.stop();
  await database.drop();
});

it('a moderator picks and answers a question in the list of questions', async () => {
  const { page } = consoleVisitor;
  const list = `/moderation/queue?site=${fixture.site}&state=published&suggested=question`;
  const questions = async (): Promise<Json[]> => (await fixture.admin<Json>('GET', list)).body.items;
  await until(async () => (await questions()).length === 2);
  await page.goto(`${product.url.replace('127.0.0.1', 'localhost')}/console/?site=${fixture.site}`);
  await page.getByRole('link', { name: 'Questions' }).click();
  await page.getByText('Asks something that you or the author could answer.').waitFor();
  const asked = await page.getByRole('article').getByText(/\?$/).first().textContent();

  await page.keyboard.press('i');
  await page.getByRole('button', { name: 'Picked', pressed: true }).waitFor();
  await until(async () =>
    (await questions()).some(({ comment }) => comment.picked && comment.body === asked),
  );
  expect(await axeViolations(page)).toEqual([]);
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }

  await page.keyboard.press('w');
  await page.getByRole('dialog', { name: 'Conversation' }).getByRole('textbox').fill('It appears on Friday.');
  await page
    .getByRole('button', { name: /^Answer|^Post|^Send/ })
    .last()
    .click();
  // Once the answer is published, the question is no longer listed.
  await until(async () => (await questions()).length === 1);
  expect((await questions())[0].comment.body).not.toBe(asked);
});
