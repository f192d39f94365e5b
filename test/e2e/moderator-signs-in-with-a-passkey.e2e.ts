import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessibleLayout } from '../support/visual-checks.js';
import { openConsole, useDemoSite } from '../support/demo-site.js';

const demoSite = useDemoSite();

/**
 * Adds a virtual authenticator that stores passkeys to the browser.
 *
 * @returns a function that sets whether user verification succeeds
 */
async function addAuthenticator(page: Page): Promise<(isVerified: boolean) => Promise<unknown>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return (isVerified) =>
    devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: isVerified });
}

const expectLayout = (page: Page, name: string): Promise<void> =>
  expectAccessibleLayout(page, `passkey-${name}`);

it('a moderator adds a passkey, signs in with only the passkey, and removes it', async () => {
  const consoleVisitor = await openConsole(demoSite.browser, demoSite.product);
  const { page } = consoleVisitor;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  const { origin } = new URL(page.url());
  const setUserVerified = await addAuthenticator(page);

  await page.goto(`${origin}/console/security`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Rename Chrome on Linux' }).click();
  await page.getByLabel('Name of the passkey').fill('The newsroom’s laptop');
  await page.keyboard.press('Enter');
  await page.getByText('not used yet', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Rename The newsroom’s laptop' }).waitFor();
  await expectLayout(page, 'security');

  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const signIn = page.getByRole('button', { name: 'Sign in with a passkey' });
  await signIn.waitFor();
  await expectLayout(page, 'sign-in');

  // Sign-in fails if the device does not verify the user.
  await setUserVerified(false);
  const challengeResponse = page.waitForResponse((answer) => answer.url().endsWith('/passkey-challenge'));
  await signIn.click();
  await challengeResponse;
  // The button shows that it is loading until the authenticator has responded.
  await signIn.and(page.locator(':not([data-loading])')).waitFor();
  expect((await page.request.get(`${origin}/api/v1/console/session`)).status()).toBe(401);
  await setUserVerified(true);
  await signIn.click();
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();

  await page.goto(`${origin}/console/security`);
  await page.getByText(/, used /).waitFor();
  await page.getByRole('button', { name: 'Remove The newsroom’s laptop…' }).click();
  await page.getByRole('button', { name: 'Remove the passkey' }).click();
  await page.getByRole('button', { name: 'Rename The newsroom’s laptop' }).waitFor({ state: 'detached' });
  await page.getByText('Recovery codes', { exact: true }).waitFor({ state: 'detached' });
  expect(consoleVisitor.faults).toEqual([]);
  await consoleVisitor.close();
});
