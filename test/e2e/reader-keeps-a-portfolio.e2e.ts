import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { waitForAnimations } from '../support/axe.js';
import { launchBrowser, type Visitor } from '../support/browser.js';
import { visitStory } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { startProduct, type Product } from '../support/product.js';

interface Violation {
  id: string;
  nodes: { html: string }[];
}

describe('a reader who follows companies', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;
  let reader: Visitor;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url, demo: true });
    browser = await launchBrowser();
    reader = await visitStory(browser, product, 'Insider Gold');
  });
  afterAll(async () => {
    await browser.close();
    await product.process.stop();
    await database.drop();
  });

  const portfolio = (page: Page) => page.locator('postbag-portfolio');
  async function expectAccessible(page: Page, selector: string): Promise<void> {
    await waitForAnimations(page);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(
      async (where) =>
        (
          await (
            window as unknown as { axe: { run: (where: string) => Promise<{ violations: Violation[] }> } }
          ).axe.run(where)
        ).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      selector,
    );
    expect(violations).toEqual([]);
  }

  it('creates a portfolio and an alert portfolio, and adds a company with a click', async () => {
    const { page } = reader;
    const element = portfolio(page);
    await element.getByText('You do not have any portfolios, please create one here.').waitFor();
    await element.getByText('You do not have an alert portfolio, please create one here.').waitFor();
    await expectAccessible(page, 'postbag-portfolio');
    for (const [open, name] of [
      ['Create a portfolio', 'Miners'],
      ['Create an alert portfolio', 'Alerts'],
    ] as const) {
      await element.getByRole('button', { name: open }).click();
      await element.getByLabel('Name of the portfolio').fill(name);
      await element.getByRole('button', { name: 'Create', exact: true }).click();
      await element.getByRole('heading', { name, exact: true }).waitFor();
    }
    await page.locator('.topics [data-postbag-topic]').first().click();
    await element.getByText('Latest stories').waitFor();
    await element.getByRole('button', { name: 'Add to Alerts' }).click();
    await element.getByRole('button', { name: 'Remove from Alerts' }).waitFor();
    await expectAccessible(page, 'postbag-portfolio');
  });

  it('finds stories by words and a company by its code', async () => {
    const { page } = reader;
    const element = portfolio(page);
    await element.getByLabel('Words, or the name or code of a company').fill('northgate');
    await element.getByRole('button', { name: 'Search stories' }).click();
    await element.getByRole('link', { name: /Northgate stops work/ }).waitFor();
    await expectAccessible(page, 'postbag-portfolio');
    await element.getByRole('button', { name: /NGP/ }).click();
    await element.getByText('Ounces a year').waitFor();
  });

  it('deletes a portfolio only after confirming', async () => {
    const { page } = reader;
    const element = portfolio(page);
    await element.getByRole('button', { name: 'Back' }).click();
    const name = element.getByRole('heading', { name: 'Miners', exact: true });
    const deleteButton = element.getByRole('button', { name: 'Delete Miners', expanded: false });
    await deleteButton.click();
    await element.getByRole('button', { name: 'Keep it' }).click();
    await deleteButton.click();
    expect(await name.isVisible()).toBe(true);
    await expectAccessible(page, 'postbag-portfolio');
    await element.getByRole('button', { name: 'Delete Miners' }).last().click();
    await name.waitFor({ state: 'hidden' });
    await element.getByRole('heading', { name: 'Alerts', exact: true }).waitFor();
  });

  it('follows the story and confirms an address through an email in the mailbox', async () => {
    const { page } = reader;
    const thread = page.locator('postbag-comments');
    await thread.getByRole('button', { name: 'Follow this story' }).click();
    await page.goto(`${page.url().split('#')[0]}#postbag-me`);
    await page.reload();
    await thread.getByRole('tab', { name: 'Following' }).click();
    await thread.getByRole('tabpanel').getByRole('link').first().waitFor();
    await thread.getByRole('tab', { name: 'Settings' }).click();
    await thread.getByLabel('Email address').fill('amara@mail.example');
    await thread.getByRole('button', { name: 'Send me emails' }).click();
    await thread.getByText(/An email is on its way to amara@mail.example/).waitFor();
    await expectAccessible(page, 'postbag-comments');
    await page.goto(`${product.url}/demo/mailbox`);
    const row = page.getByRole('row').filter({ hasText: 'amara@mail.example' }).first();
    await row.locator('summary').click();
    await row.getByRole('link', { name: /\/email\/confirm\// }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Confirmed' }).waitFor();
    await expectAccessible(page, 'body');
    expect(reader.faults).toEqual([]);
  });
});
