import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import type { Browser } from 'playwright-core';
import { axeViolations } from '../support/axe.js';
import { launchBrowser, typeIntoFocusedField } from '../support/browser.js';
import { connectAsOwner } from '../support/site-fixture.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';

let browser: Browser;
let database: FreshDatabase;
let product: Product;

// Starts without the demo: an installation without sites.
beforeAll(async () => {
  database = await freshDatabase();
  product = await startProduct({ databaseUrl: database.url });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await product?.process.stop();
  await database?.drop();
});

/**
 * Returns the gate of a reader whose token is signed with that secret, or the status of the response if the token is
 * rejected.
 */
async function gateOf(siteId: string, secret: string, tier?: string): Promise<unknown> {
  const token = await new SignJWT({ name: 'Ada', ...(tier ? { tier } : {}) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ada')
    .setAudience(siteId)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
  const answer = await product.call<{ gate: { comment: { allowed: boolean } } }>(
    'GET',
    `/api/v1/me?site=${siteId}`,
    { token },
  );
  return answer.status === 200 ? answer.body.gate.comment.allowed : answer.status;
}

it('an owner creates the first site, its tiers, a new secret and an API key, and deletes the site, using only the keyboard', async () => {
  const visitor = await openConsole(browser, product);
  const { page } = visitor;
  const { keyboard } = page;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const clickButton = async (name: string | RegExp) => {
    await button(name).first().focus();
    await keyboard.press('Enter');
  };
  const openSection = async (name: string) => {
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).focus();
    await keyboard.press('Enter');
    await page.getByRole('region', { name, exact: true }).waitFor();
  };
  /** Waits until another control has the focus, after the one that had it disappeared. */
  const waitForFocus = () => page.waitForFunction(() => document.activeElement !== document.body);
  const readSecret = async (field = 'Secret for reader tokens') =>
    page.getByRole('textbox', { name: field }).inputValue();

  // No site exists yet. An error is shown at its field and says what to write instead.
  await page.getByRole('heading', { name: 'Create your first site' }).waitFor();
  await typeIntoFocusedField(page, 'The Ledger');
  await keyboard.press('Tab');
  await keyboard.type('ledger.example/stories');
  await clickButton('Create the site');
  await page.getByText('has no scheme: write https://ledger.example.').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeViolations(page)).toEqual([]);
  }
  await page.getByLabel('Origins').fill('https://ledger.example');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  const firstSecret = await readSecret();
  const lines = await page.getByRole('region', { name: 'Lines for the page of a story' }).innerText();
  const siteId = /site="([^"]+)"/.exec(lines)![1];
  expect(await axeViolations(page)).toEqual([]);
  expect(await gateOf(siteId, firstSecret)).toBe(true);
  await clickButton('Continue to its tiers');

  // Tiers: each gets a key derived from its name, and one that the gate requires cannot be removed.
  await page.getByRole('heading', { name: 'No tier yet' }).waitFor();
  await clickButton('Add a tier');
  await typeIntoFocusedField(page, 'Insider Gold');
  await keyboard.press('Enter');
  await page.getByText('It counts from now on').waitFor();

  // A change that is made through the API at the same time is not overwritten.
  await clickButton('Add a tier');
  await typeIntoFocusedField(page, 'Patron');
  await product.call('PUT', `/api/v1/sites/${siteId}/tiers`, {
    token: PRODUCT_ADMIN_KEY,
    body: [{ key: 'insider-gold', name: 'Insider Gold', rank: 30 }],
  });
  await clickButton('Save the tiers');
  await page.getByText('Someone else has changed the tiers').waitFor();
  await clickButton('Discard');
  await until(async () => (await page.getByLabel('Rank of Insider Gold').inputValue()) === '30');
  await clickButton('Add a tier');
  await typeIntoFocusedField(page, 'Patron');
  await clickButton('Save the tiers');
  await button('Save the tiers').waitFor({ state: 'detached' });
  await waitForFocus();
  await keyboard.press('g');
  await keyboard.press('y');
  await page.getByLabel('Who may comment').selectOption({ label: 'Insider Gold and above' });
  await clickButton('Save as version 2');
  await button('Save as version 2').waitFor({ state: 'detached' });
  await until(async () => (await gateOf(siteId, firstSecret)) === false);
  expect(await gateOf(siteId, firstSecret, 'insider-gold')).toBe(true);
  expect(await gateOf(siteId, firstSecret, 'patron')).toBe(true);

  await keyboard.press('g');
  await keyboard.press('i');
  await openSection('Tiers');
  await clickButton('Take Insider Gold away');
  await page.getByRole('heading', { name: 'Insider Gold cannot go yet' }).waitFor();
  await page.getByText('The site’s policy asks for it to comment.').waitFor();
  await keyboard.press('Escape');
  await clickButton('Take Patron away');
  await button('Take it away').waitFor();
  await keyboard.press('Enter');
  await clickButton('Save the tiers');
  await page.getByText('It counts from now on').waitFor();
  await until(async () => (await gateOf(siteId, firstSecret, 'patron')) === false);

  // An old session must be confirmed again before a secret is created. The previous secret stays valid until it is
  // retired.
  const db = await connectAsOwner(database.url);
  await db.rows(`UPDATE moderator_session SET confirmed_at = now() - interval '11 minutes'`);
  await openSection('Reader sign-in');
  await clickButton('Rotate…');
  await clickButton('Create a new secret');
  await page.getByRole('dialog', { name: 'Set a password first' }).waitFor();
  await page.getByLabel('Email').fill('owner@ledger.example');
  await page.getByLabel('Password', { exact: true }).fill('three words that nobody guesses');
  await keyboard.press('Enter');
  await page.getByRole('rowheader', { name: 'The one before' }).waitFor();
  const secondSecret = await readSecret();
  expect([await gateOf(siteId, firstSecret, 'insider-gold'), await gateOf(siteId, secondSecret)]).toEqual([
    true,
    false,
  ]);
  await clickButton('End it now…');
  await button('End it now').waitFor();
  await keyboard.press('Enter');
  await page.getByRole('rowheader', { name: 'The one before' }).waitFor({ state: 'detached' });
  await waitForFocus();
  expect([await gateOf(siteId, firstSecret), await gateOf(siteId, secondSecret)]).toEqual([401, false]);

  // A key for a program is shown once, used and revoked.
  await openSection('Keys');
  await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
  await clickButton('Create a key');
  await typeIntoFocusedField(page, 'The archive');
  await page.getByLabel('Publisher').focus();
  await keyboard.press('Space');
  await clickButton('Create the key');
  const key = await readSecret('Publisher key');
  const call = () => product.call('GET', `/api/v1/sites/${siteId}`, { token: key });
  await page
    .getByRole('row', { name: /The archive/ })
    .getByText('not yet')
    .waitFor();
  expect((await call()).status).toBe(200);
  await clickButton('I have kept the key: close');
  await page.reload();
  await page
    .getByRole('row', { name: /The archive/ })
    .getByText('just now')
    .waitFor();
  expect(await page.content()).not.toContain(key);
  await clickButton('Revoke The archive');
  await button('Revoke it').waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
  expect((await call()).status).toBe(401);

  // All changes are in the audit log under the owner's name.
  const me = (await db.rows<{ id: string }>('SELECT id FROM moderator'))[0].id;
  const recorded = await db.rows<{ action: string; actor: string }>(
    `SELECT action, actor FROM audit_entry WHERE site_id = $1 ORDER BY position`,
    [siteId],
  );
  await db.end();
  expect(recorded.filter(({ action, actor }) => actor === me && action !== 'policy.changed')).toEqual(
    [
      'site.made',
      'tiers.replaced',
      'tiers.replaced',
      'tiers.replaced',
      'site.changed',
      'site.changed',
      'key.made',
      'key.revoked',
    ].map((action) => ({ action, actor: me })),
  );

  // To delete the site, its name must be typed.
  await openSection('This site');
  await clickButton('Delete this site…');
  await typeIntoFocusedField(page, 'the ledger');
  await keyboard.press('Enter');
  await page.getByText('Enter the exact name: The Ledger').waitFor();
  await page.getByLabel('Type The Ledger to delete it').fill('The Ledger');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Create your first site' }).waitFor();
  await button('Sign out').waitFor();
  expect((await product.call('GET', `/api/v1/me?site=${siteId}`)).status).toBe(404);

  // A staff member who has no site and may not create one sees whom to ask, and can sign out.
  const owner = await connectAsOwner(database.url);
  await owner.rows(`UPDATE moderator SET role_everywhere = NULL`);
  await owner.end();
  await page.reload();
  await page.getByRole('heading', { name: 'You do not moderate any site yet' }).waitFor();
  await page.getByText(/^Ask an owner or admin of your publication/).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await clickButton('Sign out');
  await page.waitForURL('**/console/sign-in');
  expect(visitor.faults).toEqual([]);
});
