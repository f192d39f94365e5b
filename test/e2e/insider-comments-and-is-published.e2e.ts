import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { commentOf, visitStory, submitComment, revealNewComments } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { startProduct, type Product } from '../support/product.js';

describe('an Insider Gold subscriber comments and is published', () => {
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

  it('shows a signed-out reader what they need, with the thread below', async () => {
    const reader = await visitStory(browser, product, 'Signed out');
    await reader.page
      .getByText('You must be signed in and an Insider Gold subscriber to comment.')
      .first()
      .waitFor();
    const comments = reader.page.locator('postbag-comments');
    expect(await comments.getByRole('button', { name: 'Sign in' }).count()).toBe(1);
    expect(await reader.page.getByRole('button', { name: 'Post comment' }).count()).toBe(0);
    expect(reader.faults).toEqual([]);
    await reader.close();
  });

  it('tells an Insider which tier is required and where to get it', async () => {
    const reader = await visitStory(browser, product, 'Insider');
    const upgradeLink = reader.page.getByRole('link', { name: 'Get Insider Gold' });
    await upgradeLink.click();
    await reader.page.getByRole('button', { name: 'Start Insider Gold' }).click();
    // The reader returns to the story, may now comment, and the composer has focus.
    await reader.page.getByLabel('Your comment').and(reader.page.locator(':focus')).waitFor();
    expect(reader.faults).toEqual([]);
    await reader.close();
  });

  it('publishes “I call BS” and shows it to another reader without a reload', async () => {
    const watcher = await visitStory(browser, product, 'Signed out');
    const author = await visitStory(browser, product, 'Insider Gold');
    const text = 'I call BS — observe Crimea 2 coming to a screen near you soon !!';

    await submitComment(author, text);
    await revealNewComments(watcher, text);
    await commentOf(author, text).getByRole('button', { name: 'Reply to Amara Osei' }).waitFor();
    expect(await commentOf(author, text).getByText('Being checked').count()).toBe(0);
    expect([...watcher.faults, ...author.faults]).toEqual([]);
    await watcher.close();
    await author.close();
  });
});
