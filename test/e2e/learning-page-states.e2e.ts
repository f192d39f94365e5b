import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { remarks } from '../../src/features/scoring/site-model/remarks.builder.js';
import { launchBrowser, Visitor } from '../support/browser.js';
import { expectAccessibleLayout, CONSOLE_VIEWPORTS } from '../support/visual-checks.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../support/site-fixture.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';

let browser: Browser;
let database: FreshDatabase;
let product: Product;
let desk: Visitor;
let origin: string;
let room: SiteFixture;

const newsroom = (): Promise<SiteFixture> =>
  createSiteFixture(
    { call: product.call.bind(product), adminKey: PRODUCT_ADMIN_KEY },
    { moderation: { mode: 'hold-all' } },
  );

beforeAll(async () => {
  database = await freshDatabase();
  product = await startProduct({ databaseUrl: database.url, demo: true, env: { LIMITS: 'off' } });
  browser = await launchBrowser();
  room = await newsroom();
  desk = await openConsole(browser, product);
  origin = new URL(desk.page.url()).origin;
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.process.stop();
  await database?.drop();
});

async function look(name: string): Promise<void> {
  const { page } = desk;
  await expectAccessibleLayout(page, `staff-learning-${name}`, CONSOLE_VIEWPORTS, async (file) => {
    const words = page.getByRole('heading', { name: 'Words that moved' });
    if (!(await words.isVisible())) return;
    await words.evaluate((heading) => heading.scrollIntoView());
    await page.screenshot({ path: file('-words') });
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Readers post comments and a moderator decides on each. */
async function decided(of: SiteFixture, isRefused: (text: string, at: number) => boolean): Promise<void> {
  const bodies = remarks(180);
  const decisions: Json[] = [];
  for (let from = 0; from < bodies.length; from += 20) {
    const some = bodies.slice(from, from + 20);
    const submitted = await Promise.all(some.map((body, at) => of.submit(`reader-${at}`, body)));
    submitted.forEach(({ id }, at) =>
      decisions.push({
        commentId: id,
        revision: 1,
        action: isRefused(some[at], from + at) ? 'reject' : 'approve',
      }),
    );
  }
  await until(
    async () =>
      (await of.admin<Json>('GET', `/moderation/queue/counts?site=${of.site}`)).body.counts.held.count ===
      180,
    120_000,
  );
  for (let from = 0; from < decisions.length; from += 100) {
    const { body } = await expectStatus(
      200,
      of.admin<Json>('POST', '/moderation/decisions', { decisions: decisions.slice(from, from + 100) }),
    );
    expect(body.results.every((result: Json) => result.decisionId)).toBe(true);
  }
}

async function open(of: SiteFixture): Promise<void> {
  await desk.page.goto(`${origin}/console/learning?site=${of.site}`);
  await desk.page.getByRole('heading', { name: 'The newsroom’s line' }).waitFor();
}

const heading = (name: string) => desk.page.getByRole('heading', { name, exact: true });
const button = (name: string) => desk.page.getByRole('button', { name, exact: true });

it('before any decision, the page says what is needed, and learning can be switched off and on', async () => {
  const { page } = desk;
  await page.goto(`${origin}/console/?site=${room.site}`);
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await heading('Collecting decisions').waitFor();
  await heading('No decision yet').waitFor();
  await look('collecting-nothing');
  await page.getByText('Learn nothing', { exact: true }).click();
  await heading('Nothing is learned here').waitFor();
  expect(await button('Train now').count()).toBe(0);
  await look('off');
  await page.getByText('Learn, and ask', { exact: true }).click();
  await heading('Collecting decisions').waitFor();
});

it('when every comment about marrows is refused, the scorer learns it in shadow mode, takes over on request, and can be rolled back', async () => {
  const { page } = desk;
  await decided(room, (text) => text.includes('marrow'));
  await open(room);
  await page.getByText('180 decisions so far').waitFor();
  await page.getByRole('cell', { name: 'nothing is wrong with it held out, to measure' }).first().waitFor();
  await look('collecting');

  await button('Train now').click();
  await heading('In the shadow, and ahead').waitFor({ timeout: 60_000 });
  const toxicity = page.getByRole('region', { name: 'By label' }).getByRole('row', { name: /^Toxicity/ });
  await toxicity.getByText('Ahead').waitFor();
  const moved = page.getByRole('region', { name: 'Words that moved' });
  await moved.getByRole('rowheader', { name: 'marrow', exact: true }).waitFor();
  await look('shadow-ahead');

  await room.admin('PATCH', `/sites/${room.site}/policy`, {
    moderation: { mode: 'score', thresholds: { toxicity: { hold: 0.6 } } },
  });
  const fate = async (body: string): Promise<string> => {
    const { id } = await room.submit('zoe', body);
    await until(async () => (await room.readOwnComment('zoe', id))['status'] !== 'pending');
    return (await room.readOwnComment('zoe', id))['status'];
  };
  expect(await fate('Is the marrow contest on again?')).toBe('published');

  await button('Let it take over…').click();
  await look('asked-to-take-over');
  await button('Let it take over').click();
  await heading('What was learned counts').waitFor();
  expect(await fate('Who dislikes the marrow contest?')).toBe('held');
  await look('counts');

  await button('Go back to the shipped model…').click();
  await button('Go back').click();
  await heading('Collecting decisions').waitFor();
  expect(await fate('Who forgot the marrow contest?')).toBe('published');
  await look('gone-back');

  await page.getByRole('button', { name: /^Bring back… the training of/ }).click();
  await button('Bring it back').click();
  await heading('What was learned counts').waitFor();
  expect(await fate('Who paints the marrow contest?')).toBe('held');
  expect(desk.faults).toEqual([]);
}, 300_000);

it('decisions that do not depend on the texts are not learned', async () => {
  const other = await newsroom();
  await decided(other, (_, at) => Math.abs(Math.sin(at * 78.233) * 43758.5453) % 1 < 0.4);
  await open(other);
  await button('Train now').click();
  await heading('In the shadow, and not ahead').waitFor({ timeout: 60_000 });
  expect(await button('Let it take over…').count()).toBe(0);
  await look('shadow-not-ahead');
}, 300_000);

it('a moderator cannot open the page and is told why', async () => {
  const { body } = await expectStatus(
    201,
    room.admin<Json>('POST', `/sites/${room.site}/moderators`, { name: 'Mo', role: 'moderator' }),
  );
  const visitor = await Visitor.open(browser);
  await visitor.page.goto(body.link.replace('127.0.0.1', 'localhost'));
  await visitor.page.getByRole('button', { name: 'Later' }).click();
  await visitor.page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  expect(await visitor.page.getByRole('link', { name: 'Learning' }).count()).toBe(0);
  await visitor.page.goto(`${origin}/console/learning?site=${room.site}`);
  await visitor.page.getByText('Only owners and admins of the site see what the scorer learned').waitFor();
  expect(visitor.faults).toEqual([]);
  await visitor.close();
});
