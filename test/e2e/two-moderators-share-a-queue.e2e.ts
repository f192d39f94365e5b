import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Route } from 'playwright-core';
import { launchBrowser, Visitor } from '../support/browser.js';
import type { Json } from '../support/site-fixture.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';

let browser: Browser;
let database: FreshDatabase;
let product: Product;
let site: string;

const admin = async (method: string, path: string, body?: unknown): Promise<Json> =>
  (await product.call<Json>(method, `/api/v1${path}`, { token: PRODUCT_ADMIN_KEY, body })).body;

beforeAll(async () => {
  database = await freshDatabase();
  product = await startProduct({ databaseUrl: database.url, demo: true });
  browser = await launchBrowser();
  site = (await admin('GET', '/sites')).items[0].id;
  // From now on, comments by the demo's readers are held.
  await admin('PATCH', `/sites/${site}/policy`, { moderation: { mode: 'hold-all' } });
  await until(async () => (await admin('GET', `/moderation/queue?site=${site}`)).items.length >= 2);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await product.process.stop();
  await database.drop();
});

async function signInInvited(name: string): Promise<Visitor> {
  const { link } = await admin('POST', `/sites/${site}/moderators`, { name, role: 'moderator' });
  const visitor = await Visitor.open(browser);
  await visitor.page.goto(link.replace('127.0.0.1', 'localhost'));
  await visitor.page.getByRole('button', { name: 'Later' }).click();
  return visitor;
}

it('two moderators share a queue: a comment that one has claimed is not offered to the other, who cannot decide on it', async () => {
  const owner = await openConsole(browser, product);
  const approve = ({ page }: Visitor) => page.getByRole('button', { name: 'Approve' });
  await approve(owner).waitFor();
  // Wait until the server knows who has which comment open.
  let claimedExcerpt = '';
  await until(async () => {
    const { items } = await admin('GET', `/moderation/queue?site=${site}`);
    const item = items.find(({ claimants }: Json) => claimants.length > 0);
    // The excerpt in the list, without its opening quotation mark.
    claimedExcerpt = item?.comment.body.replace(/^> /, '').slice(0, 30) ?? '';
    return claimedExcerpt !== '';
  });

  const ida = await signInInvited('Ida');
  // The response to the claim of Ida's first comment arrives after she has left the comment. It must not be applied to
  // the next one.
  let releaseResponse = () => {};
  const responseReleased = new Promise<void>((resolve) => (releaseResponse = resolve));
  const firstClaimRequest = new Promise<string>((resolve) => {
    const delayResponse = async (route: Route) => {
      resolve(route.request().url());
      await responseReleased;
      await route.continue();
    };
    void ida.page.route(/\/claims\?/, delayResponse, { times: 1 });
  });
  await approve(ida).waitFor();
  const firstClaimUrl = await firstClaimRequest;
  const row = ida.page
    .getByRole('list', { name: 'Held: comments' })
    .getByRole('button')
    .filter({ hasText: claimedExcerpt });
  expect(await row.getAttribute('aria-current')).toBeNull();

  const claimResponse = (matches: (url: string) => boolean, method = 'PUT') =>
    ida.page.waitForResponse(
      (response) =>
        response.request().method() === method &&
        /\/claims\?/.test(response.url()) &&
        matches(response.url()),
    );
  const claimed = claimResponse((url) => url !== firstClaimUrl);
  await row.click();
  await ida.page.getByText('Owner is reading this comment.').waitFor();
  await claimed;
  const claimedAgain = claimResponse((url) => url === firstClaimUrl);
  // After that, the claim is released. Otherwise, the comment would stay claimed by Ida.
  const releaseSent = claimResponse((url) => url === firstClaimUrl, 'DELETE');
  // The wrong claim must not appear even for a moment.
  const screens = await ida.page.evaluateHandle(() => {
    const texts: string[] = [];
    const record = () => texts.push(document.body.innerText);
    new MutationObserver(record).observe(document.body, { childList: true, subtree: true });
    return texts;
  });
  releaseResponse();
  await (await claimedAgain).finished();
  await releaseSent;
  await ida.page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  expect((await screens.jsonValue()).filter((screen) => /^Approve$/m.test(screen))).toEqual([]);
  expect(await approve(ida).count()).toBe(0);
  await ida.page.keyboard.press('a');

  await owner.page.goto('about:blank');
  // A claim whose release was lost expires after 30 s, and claims are polled every 10 s.
  await approve(ida).waitFor();
  await ida.page.keyboard.press('a');
  await ida.page.getByRole('button', { name: 'Undo' }).waitFor();
  expect([...owner.faults, ...ida.faults]).toEqual([]);
  await ida.close();
  await owner.close();
});
