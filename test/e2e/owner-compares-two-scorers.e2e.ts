import { expect, it } from '@jest/globals';
import { openConsole, useDemoSite, visitStory, submitComment } from '../support/demo-site.js';

const demoSite = useDemoSite();
/** Folder for screenshots. */
const folder = process.env['SCREENSHOTS'];
const WIDTHS = [1280, 768, 360] as const;

it('an owner compares two scorers, reviews the differences, and adopts a threshold', async () => {
  const owner = await openConsole(demoSite.browser, demoSite.product);
  const { page } = owner;
  const takeScreenshots = async (name: string): Promise<void> => {
    if (folder === undefined) return;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${folder}/compare-${name}-${width}-${colorScheme}.png` });
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  };
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('x');
  await page.getByRole('link', { name: /Compare two scorers/ }).click();
  await page.getByRole('heading', { name: 'Nothing has been compared yet' }).waitFor();
  await takeScreenshots('empty');

  const section = page.getByRole('region', { name: 'Compare two scorers' });
  await section.getByRole('button', { name: 'Compare two scorers' }).click();
  await page.getByLabel('From', { exact: true }).selectOption('shipped');
  await page.getByLabel('To', { exact: true }).selectOption('shipped');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Choose two different scorers.').waitFor();
  await takeScreenshots('form');
  await page.getByLabel('To', { exact: true }).selectOption('local');
  // At threshold 0 every comment is held, so one is enough to propose a threshold.
  await page.getByLabel('Toxicity', { exact: true }).fill('0');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('heading', { name: 'From The shipped model alone to The local model' }).waitFor();
  const reader = await visitStory(demoSite.browser, demoSite.product, 'Insider Gold');
  await submitComment(reader, 'A calm remark that both scorers read.');
  await reader.close();
  await page
    .getByRole('status')
    .filter({ hasText: / of 2,000 comments/ })
    .waitFor();
  await page.getByText('uncertain').first().waitFor();
  await takeScreenshots('running');

  await page.getByRole('button', { name: 'Adopt the thresholds…' }).click();
  // One comment is too few, so this threshold is not preselected and the owner must check it.
  const toxicity = page.getByRole('checkbox', { name: /Toxicity: held from .* \(uncertain/ });
  expect(await toxicity.isChecked()).toBe(false);
  await toxicity.check();
  await page.getByRole('button', { name: 'Adopt them as a new version' }).click();
  await page.getByText(/Adopted as version \d+ of the policy$/).waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Start another' }).waitFor();
  expect(owner.faults).toEqual([]);
  await owner.close();
});
