import { expect, it } from '@jest/globals';
import { openConsole, useDemoSite } from '../support/demo-site.js';
import { until } from '../support/processes.js';

const demoSite = useDemoSite();

it('an owner previews a threshold, replays a banned word on past comments, saves it, restores the version before, and finds it in the audit log', async () => {
  const owner = await openConsole(demoSite.browser, demoSite.product);
  const { page } = owner;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  // Wait for four published comments: the third is the first that contains "the".
  await page.getByRole('link', { name: /Published\D*(?:[4-9]|\d\d)/ }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('y');

  // The slider shows how other thresholds would have decided the latest comments. It changes only the draft.
  const slider = page.getByRole('slider', { name: 'Hold more or less' });
  const before = await slider.getAttribute('aria-valuetext');
  await slider.press('ArrowRight');
  await until(async () => (await slider.getAttribute('aria-valuetext')) !== before);
  await page.getByText(/Of your latest \d+ comments, [\d.]+\s?% score [\d.]+ or more/).waitFor();
  await page.getByLabel('1 change, not saved. Why?').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await until(async () => (await slider.getAttribute('aria-valuetext')) === before);

  await page.getByLabel('Banned: rejected').fill('the');
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByRole('cell', { name: 'done' }).waitFor();
  const differences = page.getByRole('region', { name: 'Comments decided differently' });
  await differences.getByText('banned word').first().waitFor();

  // The draft is still there and is not in effect yet.
  await page.getByText('Rules', { exact: true }).click();
  await page.getByLabel('1 change, not saved. Why?').fill('An experiment.');
  await page.getByRole('button', { name: /Save as version/ }).click();
  await page.getByRole('button', { name: /Save as version/ }).waitFor({ state: 'detached' });

  await page.getByText('Versions', { exact: true }).click();
  const versions = page.getByRole('list', { name: 'Versions, the newest first' });
  await versions.getByText('“An experiment.”').waitFor();
  await page.getByRole('button', { name: 'Bring back… version 2' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await versions.getByText('brought back version 2').waitFor();

  await page.goto(page.url().replace(/policy.*/, 'audit'));
  await page.getByRole('cell', { name: 'An experiment.' }).waitFor();
  const check = page.getByRole('button', { name: 'Check the record' });
  await check.focus();
  await page.keyboard.press('Enter');
  await page.getByText('are unchanged').waitFor();
  // The button was disabled while the check ran, and has focus again.
  await until(() => check.evaluate((button) => button === document.activeElement));
  expect(owner.faults).toEqual([]);
  await owner.close();
});
