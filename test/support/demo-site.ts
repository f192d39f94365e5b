import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, Visitor } from './browser.js';
import { freshDatabase, type FreshDatabase } from './postgres.js';
import { startProduct, type Product } from './product.js';

type DemoIdentity = 'Signed out' | 'Free member' | 'Insider' | 'Insider Gold';

export const STORY = '/demo/stories/small-funds-big-year';

/**
 * A server with the demo site, and a browser. Both are available from the first to the last test of a file or group.
 */
export interface DemoSite {
  readonly database: FreshDatabase;
  readonly product: Product;
  readonly browser: Browser;
}

/** Call this where the tests of a file or a group are declared. The members are set before the first test. */
export function useDemoSite(): DemoSite {
  const demoSite: Partial<{ -readonly [Part in keyof DemoSite]: DemoSite[Part] }> = {};
  beforeAll(async () => {
    demoSite.database = await freshDatabase();
    demoSite.product = await startProduct({ databaseUrl: demoSite.database.url, demo: true });
    demoSite.browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await demoSite.browser?.close();
    await demoSite.product?.process.stop();
    await demoSite.database?.drop();
  });
  return demoSite as DemoSite;
}

/** Opens a story of the demo site as one of the readers in the bar at the top of the page. */
export async function visitStory(browser: Browser, product: Product, who: DemoIdentity): Promise<Visitor> {
  const visitor = await Visitor.open(browser);
  const { page } = visitor;
  await page.goto(product.url + STORY);
  await page.getByRole('button', { name: who, exact: true }).click();
  await page.getByRole('heading', { name: /^\d+ comments?$/ }).waitFor();
  return visitor;
}

/** Submits a comment as a reader does and returns when it is shown. */
export async function submitComment({ page }: Visitor, text: string): Promise<void> {
  await page.getByLabel('Your comment').click();
  await page.getByLabel('Your comment').fill(text);
  await page.getByRole('button', { name: 'Post comment' }).click();
  await commentOf({ page }, text).waitFor();
}

/** The comment in the thread that contains a text. */
export const commentOf = ({ page }: Pick<Visitor, 'page'>, text: string): ReturnType<typeof page.getByRole> =>
  page.getByRole('article').filter({ hasText: text });

/** Shows new comments until the one with this text is on the page. Other readers may be posting at the same time. */
export async function revealNewComments(visitor: Pick<Visitor, 'page'>, text: string): Promise<void> {
  const comment = commentOf(visitor, text);
  const newCommentsButton = visitor.page.getByRole('button', { name: /^Show \d+ new comments?$/ });
  while (!(await comment.isVisible())) {
    await newCommentsButton.or(comment).first().waitFor();
    if (await newCommentsButton.isVisible()) await newCommentsButton.click();
  }
}

/** Opens the console as a moderator who is signed in through the link printed at startup. */
export async function openConsole(browser: Browser, product: Product): Promise<Visitor> {
  const visitor = await Visitor.open(browser);
  // A Secure cookie is accepted for localhost but not for an IP address.
  const link = product.signInLink().replace('127.0.0.1', 'localhost');
  await visitor.page.goto(link);
  const later = visitor.page.getByRole('button', { name: 'Later' });
  await later.click();
  return visitor;
}
