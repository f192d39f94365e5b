import { expect, it } from '@jest/globals';
import { typeIntoFocusedField, Visitor } from '../support/browser.js';
import { openConsole, useDemoSite } from '../support/demo-site.js';

const demoSite = useDemoSite();

it('an owner invites a moderator with the keyboard, limits them to a section, makes them a viewer, and removes them', async () => {
  const owner = await openConsole(demoSite.browser, demoSite.product);
  const { page } = owner;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('heading', { name: 'Team', exact: true }).waitFor();
  await page.keyboard.press('i');
  await typeIntoFocusedField(page, 'Ida');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copy link' }).waitFor();
  const link = await page.getByLabel('Invitation link').inputValue();

  const ida = await Visitor.open(demoSite.browser);
  await ida.page.goto(link.replace('127.0.0.1', 'localhost'));
  await ida.page.getByLabel('Email').fill('ida@meridian.example');
  await ida.page.getByLabel('Password', { exact: true }).fill('a long enough password');
  await ida.page.keyboard.press('Enter');
  await ida.page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  expect(await ida.page.getByRole('link', { name: 'Team' }).count()).toBe(0);

  await page.getByRole('button', { name: 'Sections of Ida' }).click();
  await typeIntoFocusedField(page, 'Energy');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Limit to these' }).click();
  await page.getByRole('row', { name: /Ida/ }).getByText('Energy').waitFor();
  await ida.page.reload();
  await ida.page.getByText('Section: Energy').waitFor();
  expect(await ida.page.getByRole('link', { name: /Quality|Overview|Sample/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Sections of Ida' }).click();
  await page.locator('input:focus').waitFor();
  await page.keyboard.press('Backspace');
  await page.getByRole('button', { name: 'Give the whole site' }).click();
  await page.getByRole('row', { name: /Ida/ }).getByText('Energy').waitFor({ state: 'detached' });

  const changed = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await page.getByLabel('Role of Ida').selectOption('viewer');
  await changed;
  await ida.page.goto(`${new URL(ida.page.url()).origin}/console/?state=published`);
  await ida.page.getByText('You can read everything here.').waitFor();
  expect(await ida.page.getByRole('button', { name: /Remove|Reject|Approve/ }).count()).toBe(0);

  await page.getByRole('button', { name: 'Remove Ida' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('rowheader', { name: /Ida/ }).waitFor({ state: 'detached' });
  await ida.page.reload();
  await ida.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  expect([...owner.faults, ...ida.faults]).toEqual([]);
  await ida.close();
  await owner.close();
});
