import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeViolations } from '../support/axe.js';
import { launchBrowser, type Visitor } from '../support/browser.js';
import { createSiteFixture, connectAsOwner, type Json, type SiteFixture } from '../support/site-fixture.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';

let browser: Browser;
let database: FreshDatabase;
let product: Product;
let fixture: SiteFixture;
let consoleVisitor: Visitor;

const heldCount = async (): Promise<number> =>
  (await fixture.admin<Json>('GET', `/moderation/queue/counts?site=${fixture.site}`)).body.counts.held.count;

beforeAll(async () => {
  database = await freshDatabase();
  product = await startProduct({ databaseUrl: database.url, demo: true });
  browser = await launchBrowser();
  fixture = await createSiteFixture(
    { call: product.call.bind(product), adminKey: PRODUCT_ADMIN_KEY },
    { moderation: { mode: 'hold-all' } },
  );
  for (const [sub, body] of [
    ['ann', 'The figure in the fourth paragraph is per household.'],
    ['bob', 'Read [meridian.example](https://thief.example/buy) first, you cunt.'],
    ['cleo', 'Nobody asked the people of the valley.'],
    ['dan', 'Who pays when the cable fails?'],
  ] as const) {
    await fixture.submit(sub, body);
  }
  await until(async () => (await heldCount()) === 4);
  consoleVisitor = await openConsole(browser, product);
});
afterAll(async () => {
  await browser.close();
  await product.process.stop();
  await database.drop();
});

it('a moderator filters the queue, saves the filter, decides many comments with keys and undoes it', async () => {
  const { page } = consoleVisitor;
  await page.goto(`${product.url.replace('127.0.0.1', 'localhost')}/console/?site=${fixture.site}`);
  const rows = page.getByRole('list', { name: 'Held: comments' }).getByRole('listitem');
  await until(async () => (await rows.count()) === 4);
  expect(await axeViolations(page)).toEqual([]);

  await page.keyboard.press('f');
  const filter = page.getByRole('dialog', { name: 'Filter' });
  await filter.getByLabel('Readers').selectOption('new');
  expect(await axeViolations(page)).toEqual([]);
  await filter.getByRole('button', { name: 'Show these' }).click();
  await page.waitForURL(/readers=new/);
  await page.getByRole('button', { name: 'Keep…' }).click();
  await page.getByLabel('Save as a queue named').fill('New here');
  await page.getByLabel('Target for the oldest comment').selectOption('15');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('link', { name: /New here.*4/ }).click();
  await page.waitForURL(/saved=/);
  // The oldest comment has waited longer than the target. The sidebar says so, without widening the page in a narrow
  // window.
  const db = await connectAsOwner(database.url);
  await db.rows(`UPDATE queue_entry SET waiting_since = now() - interval '1 hour' WHERE site_id = $1`, [
    fixture.site,
  ]);
  await db.end();
  await page.reload();
  await page.getByRole('link', { name: /New here.*over its target/ }).waitFor();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 800 });

  await until(async () => (await rows.count()) === 4);
  await page.keyboard.press('x');
  await page.keyboard.press('x');
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: 'Decide many' });
  await dialog.getByText('Each author will read').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Reject 2 comments' }).click();
  await page.getByText('Rejected 2 comments').waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await until(async () => (await rows.count()) === 2);
  await until(async () => (await heldCount()) === 2);
  // The 30-second undo period continues after a reload. Here the queue is read before the undo and arrives after it.
  const undone = page.waitForResponse((response) => response.url().endsWith('/undo'));
  await page.route(
    /\/moderation\/queue\?/,
    async (route) => {
      const response = await route.fetch();
      await undone;
      // Fails if the page does not wait for it any more.
      await route.fulfill({ response }).catch(() => undefined);
    },
    { times: 1 },
  );
  await page.reload();
  await page.getByText('Rejected 2 comments').waitFor();
  await page.keyboard.press('u');
  await until(async () => (await rows.count()) === 4);
  await until(async () => (await heldCount()) === 4);

  await page.keyboard.press('2');
  await page.getByLabel('Your question').fill('Irony?');
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('Left to a colleague').waitFor();
  const requests = async (): Promise<Json[]> =>
    (await fixture.admin<Json>('GET', `/moderation/queue?site=${fixture.site}&opinion=requested`)).body.items;
  await until(async () => (await requests()).length > 0);
  expect(await requests()).toMatchObject([{ opinions: [{ leaning: 'unsure', note: 'Irony?' }] }]);

  await rows.filter({ hasText: 'meridian.example' }).getByRole('button').click();
  await page.getByText('another site than it says').waitFor();
  await page.keyboard.press('c');
  const conversation = page.getByRole('dialog', { name: 'Conversation' });
  await conversation.getByText('thief.example').waitFor();
  await conversation.getByRole('button', { name: 'Hidden words. Show them' }).click();
  await conversation.getByText('you cunt.').waitFor();
  await page.keyboard.press('Escape');
  await conversation.waitFor({ state: 'hidden' });

  // Even if the queue is empty, moderators can filter, save the filter and delete it.
  await page.goto(
    `${product.url.replace('127.0.0.1', 'localhost')}/console/?site=${fixture.site}&standing=banned`,
  );
  await page.getByRole('heading', { name: 'Nothing is waiting.' }).waitFor();
  await page.getByRole('button', { name: 'Keep…' }).click();
  await page.getByLabel('Save as a queue named').fill('Banned ones');
  await page.getByRole('button', { name: 'Keep it' }).click();
  const savedQueueLink = page.getByRole('link', { name: /Banned ones/ });
  await savedQueueLink.click();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep no longer' }).click();
  await savedQueueLink.waitFor({ state: 'detached' });
  await page.keyboard.press('f');
  await page.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'Clear' }).click();
  await until(async () => (await rows.count()) === 4);
  expect(consoleVisitor.faults).toEqual([]);
});
