import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { openDesk } from '../support/paper.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { startProduct, type Product } from '../support/product.js';

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

it('a moderator finds a story, sets strict mode, ends it, and closes the story', async () => {
  const desk = await openDesk(browser, product);
  const { page } = desk;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.getByRole('heading', { name: 'Stories' }).waitFor();
  await page.keyboard.press('f');
  await page.keyboard.type('small funds');
  await page
    .getByRole('rowheader')
    .getByRole('link', { name: /small funds/i })
    .first()
    .click();
  await page.getByRole('button', { name: 'Strict mode…' }).click();
  await page.getByLabel('Reason').fill('Before the court.');
  await page.getByRole('button', { name: 'Set strict mode' }).click();
  await page.getByText('Before the court.').waitFor();
  await page.getByRole('button', { name: 'End strict mode' }).click();
  await page.getByText('Before the court.').waitFor({ state: 'detached' });
  await page.getByLabel('When it closes by itself').selectOption('7');
  await page.getByText(/Open until/).waitFor();
  await page.getByRole('button', { name: 'Close now' }).click();
  await page.getByRole('button', { name: 'Open again' }).waitFor();
  await page.getByText(/Closed ·/).waitFor();
  expect(desk.faults).toEqual([]);
  await desk.close();
});
