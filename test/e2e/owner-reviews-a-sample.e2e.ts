import { expect, it } from '@jest/globals';
import { expectStatus, type Json } from '../support/site-fixture.js';
import { openConsole, useDemoSite } from '../support/demo-site.js';
import { PRODUCT_ADMIN_KEY } from '../support/product.js';

const demoSite = useDemoSite();

it('an owner watches the overview, draws a sample, reviews a text with the keyboard, removes it, and finds it in the statistics', async () => {
  const owner = await openConsole(demoSite.browser, demoSite.product);
  const { page } = owner;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  // At this point, two of the demo's readers have written. A rule rejects one of the comments, so the sample contains
  // only published ones.
  await page.getByRole('link', { name: /Published\D*(?:[2-9]|\d\d)/ }).waitFor();
  const admin = (method: string, path: string, body?: unknown) =>
    expectStatus(
      200,
      demoSite.product.call<Json>(method, `/api/v1${path}`, { token: PRODUCT_ADMIN_KEY, body }),
    );
  const [{ id: site }] = (await admin('GET', '/sites')).body.items;
  await admin('PUT', `/sites/${site}/sampling`, { published: 20, rejected: 0, twicePercent: 0 });

  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('region', { name: 'Stories of the last hour' }).getByRole('link').first().waitFor();
  await page.getByText('The figures as a table').click();
  await page
    .getByRole('region', { name: 'Comments a minute: the figures' })
    .getByRole('row')
    .nth(60)
    .waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.getByText('The sample', { exact: true }).click();
  await page.getByRole('button', { name: 'Draw a sample now' }).click();
  await page.getByRole('cell', { name: 'when asked' }).waitFor();

  await page.getByRole('link', { name: 'Judge the sample' }).click();
  const text = page.getByRole('article', { name: 'A text to judge' });
  await text.waitFor();
  // The page does not reveal what was decided.
  expect(await text.textContent()).not.toMatch(/publish by a rule|published by|rejected by|threshold/i);
  const count = async () =>
    Number(/\d+/.exec((await page.getByText(/waits? for you/).textContent()) ?? '')?.[0]);
  const before = await count();
  await page.keyboard.press('r');
  await page.getByText('You differ.').waitFor();
  await page.getByText('It was published by a rule.').waitFor();
  await page.getByRole('button', { name: 'Remove it…' }).click();
  await page.getByRole('button', { name: 'Remove and tell the author' }).click();
  await page.getByText('You have removed it').waitFor();

  await page.keyboard.press('j');
  await page.getByRole('button', { name: 'I would publish it' }).waitFor();
  expect(await count()).toBe(before - 1);
  await page.keyboard.press('a');
  await page.getByText('You agree.').waitFor();

  // Decisions are aggregated within a minute.
  const published = page.getByText('Published, and people would reject it').locator('..');
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.getByText('Figures', { exact: true }).click();
  const half = published.getByText('50 %', { exact: true });
  while (!(await half.isVisible())) {
    await page.reload();
    await half.waitFor({ timeout: 5_000 }).catch(() => undefined);
  }
  await published.getByText(/1 of 2$/).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^quality-.*\.csv$/);
  expect(owner.faults).toEqual([]);
  await owner.close();
}, 180_000);
