import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, Visitor } from '../support/browser.js';
import {
  commentOf,
  openConsole,
  visitStory,
  submitComment,
  revealNewComments,
} from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { startProduct, type Product } from '../support/product.js';

/** Appends an obfuscated slur, so that the comment is held. The sentence identifies the comment. */
const withSlur = (sentence: string): string => `${sentence} f4gg0t`;

describe('a moderator decides a held comment', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;
  let consoleVisitor: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url, demo: true });
    browser = await launchBrowser();
    consoleVisitor = await openConsole(browser, product);
  });
  afterAll(async () => {
    await browser.close();
    await product.process.stop();
    await database.drop();
  });

  /** Opens the comment from the list, after loading new arrivals. */
  async function openComment(sentence: string): Promise<void> {
    const { page } = consoleVisitor;
    const row = page
      .getByRole('list', { name: 'Held: comments' })
      .getByRole('button')
      .filter({ hasText: sentence });
    const newCommentsButton = page.getByRole('button', { name: /\d+ new/ });
    await row.or(newCommentsButton).first().waitFor();
    if ((await row.count()) === 0) await newCommentsButton.click();
    await row.click();
  }

  it('approves it with a key, and the author’s page updates automatically', async () => {
    const author = await visitStory(browser, product, 'Insider Gold');
    const watcher = await visitStory(browser, product, 'Signed out');
    await submitComment(author, withSlur('Approve this one please'));
    await commentOf(author, 'Approve this one please').getByText('Waits for a moderator').waitFor();
    expect(await commentOf(watcher, 'Approve this one please').count()).toBe(0);

    await openComment('Approve this one please');
    await consoleVisitor.page.keyboard.press('a');
    await consoleVisitor.page.getByRole('button', { name: 'Undo' }).waitFor();

    await commentOf(author, 'Approve this one please')
      .getByRole('button', { name: /^Reply to/ })
      .waitFor();
    await revealNewComments(watcher, 'Approve this one please');
    expect([...author.faults, ...watcher.faults, ...consoleVisitor.faults]).toEqual([]);
    await author.close();
    await watcher.close();
  });

  it('rejects it with a reason that the author sees, and undoes that', async () => {
    const author = await visitStory(browser, product, 'Insider Gold');
    await submitComment(author, 'I will find you and kill you. Reject this one please.');
    await commentOf(author, 'Reject this one please').getByText('Waits for a moderator').waitFor();

    await openComment('Reject this one please');
    await consoleVisitor.page.keyboard.press('r');
    const reasons = consoleVisitor.page.getByRole('group', { name: 'Reject: choose a reason' });
    await reasons.getByRole('listitem').first().waitFor();
    // The reason that matches the top label is preselected.
    expect(await reasons.locator('button[data-chosen]').innerText()).toContain('Threat');
    await consoleVisitor.page.keyboard.press('1');
    await commentOf(author, 'Reject this one please').getByText('Not published').waitFor();

    await consoleVisitor.page.keyboard.press('u');
    await commentOf(author, 'Reject this one please').getByText('Waits for a moderator').waitFor();
    await author.close();
  });

  it('handles a key pressed immediately after Esc', async () => {
    const { page } = consoleVisitor;
    const keys = page.getByRole('dialog', { name: 'Keys' });
    const filter = page.getByRole('dialog', { name: 'Filter' });
    await page.keyboard.press('?');
    await keys.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await filter.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await keys.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.getByRole('dialog', { name: /conversation/i }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await keys.waitFor();
    // Press both keys immediately, while the dialog is still in the document.
    await page.evaluate(() => {
      for (const key of ['Escape', 'f']) {
        document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      }
    });
    await filter.waitFor();
    await keys.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await filter.waitFor({ state: 'detached' });
  });

  it('shows every decision as a button to tap on a narrow phone', async () => {
    const phone = await Visitor.open(browser, {
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      isMobile: true,
      storageState: await consoleVisitor.page.context().storageState(),
    });
    const { page } = phone;
    await page.goto(consoleVisitor.page.url());
    // Finds elements that are wider than the window, and button labels that are cut off.
    const tooWide = () =>
      page.evaluate(() => [
        window.innerWidth,
        [...document.querySelectorAll('main .mantine-Button-label')]
          .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth)
          .map((each) => each.textContent),
      ]);
    const decide = page.getByRole('group', { name: 'Decide' });
    await decide.getByRole('button', { name: 'Approve' }).waitFor();
    await page.getByRole('button', { name: 'The conversation' }).waitFor();
    expect(await tooWide()).toEqual([360, []]);
    await decide.getByRole('button', { name: 'Ask for a second opinion' }).tap();
    await page.getByRole('button', { name: 'Leave it to a colleague' }).waitFor();
    expect(await tooWide()).toEqual([360, []]);
    await decide.getByRole('button', { name: /^Reject/ }).tap();
    await page.getByRole('button', { name: 'Reject and tell the author' }).waitFor();
    expect(await tooWide()).toEqual([360, []]);
    expect(phone.faults).toEqual([]);
    await phone.close();
  });
});
