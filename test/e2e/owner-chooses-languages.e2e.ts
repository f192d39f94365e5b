import { expect, it } from '@jest/globals';
import { openConsole, useDemoSite } from '../support/demo-site.js';

const demoSite = useDemoSite();

it('an owner sees what happens to comments in each language, turns off a model, and restores the default', async () => {
  const owner = await openConsole(demoSite.browser, demoSite.product);
  const { page } = owner;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('y');
  const rows = page.getByRole('list', { name: 'Comments by language' }).getByRole('listitem');
  await page.getByLabel(/^Languages, such as/).fill('en, de, pl, nl');
  await rows.filter({ hasText: 'German' }).getByText('label clearly abusive comments').waitFor();
  await rows.filter({ hasText: 'Polish' }).getByText('if you switch them on').waitFor();
  await rows.filter({ hasText: 'Dutch' }).getByText('Held. No model').waitFor();
  expect(await rows.count()).toBe(3);
  const german = page.getByLabel('Model for German');
  expect(await german.inputValue()).toBe('');

  const save = async (changes: string): Promise<void> => {
    await page.getByLabel(`${changes}, not saved. Why?`).fill('Languages.');
    await page.getByRole('button', { name: /Save as version/ }).click();
    await page.getByRole('button', { name: /Save as version/ }).waitFor({ state: 'detached' });
  };
  await german.selectOption('hold');
  await save('2 changes');
  await page.reload();
  await german.waitFor();
  expect(await german.inputValue()).toBe('hold');
  await german.selectOption('');
  await save('1 change');
  await page.reload();
  await german.waitFor();
  expect(await german.inputValue()).toBe('');

  await page.setViewportSize({ width: 360, height: 740 });
  // The page does not scroll sideways on a phone.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(owner.faults).toEqual([]);
  await owner.close();
});
