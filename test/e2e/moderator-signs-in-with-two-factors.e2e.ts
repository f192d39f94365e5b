import { expect, it } from '@jest/globals';
import { totpCodeOf } from '../support/totp-code.js';
import { typeIntoFocusedField, Visitor } from '../support/browser.js';
import { expectAccessibleLayout } from '../support/visual-checks.js';
import { openConsole, useDemoSite } from '../support/demo-site.js';

const PASSWORD = 'a long enough password';

const demoSite = useDemoSite();

const expectLayout = ({ page }: Visitor, name: string): Promise<void> =>
  expectAccessibleLayout(page, `sign-in-${name}`);

it('an owner requires a second factor from the team, and a moderator signs in with an authenticator app and with a recovery code', async () => {
  const owner = await openConsole(demoSite.browser, demoSite.product);
  await owner.page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  const origin = new URL(owner.page.url()).origin;
  await owner.page.goto(`${origin}/console/team`);
  await owner.page.getByRole('button', { name: 'Invite someone' }).click();
  await typeIntoFocusedField(owner.page, 'Ida');
  await owner.page.keyboard.press('Enter');
  const link = await owner.page.getByLabel('Invitation link').inputValue();

  const ida = await Visitor.open(demoSite.browser);
  const { page } = ida;
  await page.goto(link.replace('127.0.0.1', 'localhost'));
  await page.getByLabel('Email').fill('ida@meridian.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();

  // The owner turns the requirement on and must set up a second factor immediately.
  await owner.page.getByRole('switch', { name: 'Everybody signs in with a second factor' }).click();
  await owner.page.getByRole('heading', { name: /asks for a second factor$/ }).waitFor();

  await page.reload();
  await page.getByRole('img', { name: 'QR code for your app' }).waitFor();
  await expectLayout(ida, 'asked');
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Then type the six figures it shows').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText('This is not the code that the app shows now.').waitFor();
  const setupCode = totpCodeOf(secret);
  await page.getByLabel('Then type the six figures it shows').fill(setupCode);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  await expectLayout(ida, 'recovery-codes');
  const codes = await page.getByRole('list').locator('code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();

  await page
    .getByRole('button', { name: 'Account: ida' })
    .or(page.getByRole('button', { name: 'Account: Ida' }))
    .click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const submitPassword = async () => {
    await page.getByLabel('Email').fill('ida@meridian.example');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByLabel('Code from your app').waitFor();
  };
  await submitPassword();
  await expectLayout(ida, 'code');
  // The code that was used to set up the app cannot be used again.
  await page.getByLabel('Code from your app').fill(setupCode);
  await page.keyboard.press('Enter');
  await page.getByText('That is not it, or it was used before.').waitFor();
  // The code of the next 30-second step has not been used.
  await page.getByLabel('Code from your app').fill(totpCodeOf(secret, Date.now() + 30_000));
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();

  await page.goto(`${origin}/console/security`);
  await page.getByText('10 of them have not been used yet.').waitFor();
  await expectLayout(ida, 'security');
  await page.getByRole('button', { name: 'Account: Ida' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await submitPassword();
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await page.getByLabel('Recovery code').fill(codes[0].toLowerCase());
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.goto(`${origin}/console/security`);
  await page.getByText('9 of them have not been used yet.').waitFor();
  // The site requires a second factor and this is the last one, so it cannot be removed.
  await page.getByRole('button', { name: 'Remove the app…' }).click();
  await page.getByRole('button', { name: 'Remove the app', exact: true }).click();
  await page.getByText('A site that you work for requires a second factor').waitFor();

  expect([...owner.faults, ...ida.faults]).toEqual([]);
  await ida.close();
  await owner.close();
});
