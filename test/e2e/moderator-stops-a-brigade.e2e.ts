import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, type Visitor } from '../support/browser.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { addRegularReaders } from '../support/regular-readers.js';
import { connectAsOwner, createSiteFixture, type Json, type SiteFixture } from '../support/site-fixture.js';
import { CONSOLE_VIEWPORTS, expectAccessibleLayout, PHONE_VIEWPORTS } from '../support/visual-checks.js';

const STORY_TITLE = 'Talks';
const TEXTS = [
  'The new tram line will help the whole east side.',
  'I walked past the building site this morning.',
  'How much does the council expect to save?',
  'The second map is easier to read than the first.',
  'Has anybody asked the shop owners about this?',
  'A longer article about the costs would be welcome.',
  'The bridge was closed for most of last winter.',
  'I would like to see the figures for March.',
  'They promised this before the last election too.',
];

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
  consoleVisitor = await openConsole(browser, product);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.process.stop();
  await database?.drop();
});

async function submit(sub: string, body: string): Promise<string> {
  const { id } = await fixture.submit(sub, body);
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] !== 'pending');
  return (await fixture.readOwnComment(sub, id))['status'] as string;
}

it('a moderator is notified of a brigade on any page, turns strict mode on and off, and decides on all its comments at once', async () => {
  const { page } = consoleVisitor;
  const origin = product.url.replace('127.0.0.1', 'localhost');
  await page.goto(`${origin}/console/stories?site=${fixture.site}`);
  await page.getByRole('heading', { name: 'Stories', exact: true }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  const banner = page.getByRole('region', { name: 'New accounts at once' });
  expect(await banner.count()).toBe(0);

  const db = await connectAsOwner(database.url);
  await addRegularReaders(db, fixture.site, 60);
  await db.end();
  for (const [n, body] of TEXTS.entries()) await submit(`new-${n}`, body);
  await banner.getByText(/new accounts commented on one story/).waitFor();
  await banner.getByRole('link', { name: STORY_TITLE }).waitFor();
  await banner.getByRole('link', { name: '7 published' }).waitFor();
  await expectAccessibleLayout(page, 'brigade-stories', CONSOLE_VIEWPORTS);
  await expectAccessibleLayout(page, 'brigade-stories', PHONE_VIEWPORTS);
  await page.setViewportSize({ width: 1280, height: 900 });

  await banner.getByRole('button', { name: 'Strict mode for this story' }).click();
  await banner.getByText(/^Strict mode until \d/).waitFor();
  expect(await submit('late', 'Has the minister answered the letter yet?')).toBe('held');
  await banner.getByRole('button', { name: 'End strict mode' }).click();
  await banner.getByRole('button', { name: 'Strict mode for this story' }).waitFor();

  await banner.getByRole('link', { name: /^\d+ held$/ }).click();
  const rows = page.getByRole('list', { name: 'Held: comments' }).getByRole('listitem');
  await until(async () => (await rows.count()) === 3);
  await page.getByText('one group of new accounts').first().waitFor();
  await page
    .getByText(/new accounts commented on this story within 10 minutes/)
    .first()
    .waitFor();
  await expectAccessibleLayout(page, 'brigade-queue', CONSOLE_VIEWPORTS);
  await expectAccessibleLayout(page, 'brigade-queue', PHONE_VIEWPORTS);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog');
  await dialog
    .getByText(/3 comments/)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');

  await banner.getByRole('button', { name: 'Not a brigade' }).click();
  await banner.getByText(/^Nothing more is held for “Talks” until \d/).waitFor();
  expect(await submit('later', 'When does the next meeting take place?')).toBe('published');
  await banner.getByRole('button', { name: 'Undo' }).click();
  await banner.getByRole('button', { name: 'Not a brigade' }).waitFor();
  const { body } = await fixture.admin<Json>('GET', `/moderation/brigades?site=${fixture.site}`);
  expect(body.items).toMatchObject([{ readers: 10, strict: null, dismissedUntil: null }]);
  expect(consoleVisitor.faults).toEqual([]);
});
