import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { totpCodeOf } from '../support/totp-code.js';
import { axeViolations } from '../support/axe.js';
import { launchBrowser, Visitor } from '../support/browser.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../support/site-fixture.js';
import { startSsoServer, CLIENT_ID, type SsoServer } from '../support/sso-server.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { freePort } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';

let database: FreshDatabase;
let server: SsoServer;
let product: Product;
let browser: Browser;
let fixture: SiteFixture;
let origin: string;

beforeAll(async () => {
  database = await freshDatabase();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  server = await startSsoServer(`${origin}/api/v1/console/oidc/callback`);
  product = await startProduct({
    databaseUrl: database.url,
    env: {
      PORT: String(port),
      PUBLIC_URL: origin,
      OIDC_ISSUER: server.issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: server.clientSecret,
      OIDC_NAME: 'the Ledger’s account',
    },
  });
  fixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.process.stop();
  await server?.close();
  await database?.drop();
});

const invite = (name: string, email: string) =>
  expectStatus(
    201,
    fixture.admin<Json>('POST', `/sites/${fixture.site}/moderators`, { name, email, role: 'moderator' }),
  );
const IDA = { sub: 'ida', email: 'ida@ledger.example', email_verified: true };

it('a moderator signs in with single sign-on, or sees why they cannot', async () => {
  await invite('Ida', IDA.email);
  const ida = await Visitor.open(browser);
  const { page } = ida;
  const navigation = page.getByRole('navigation', { name: 'Queues and settings' });
  const button = page.getByRole('link', { name: 'Sign in with the Ledger’s account' });
  const alert = page.getByRole('alert');
  await page.goto(`${origin}/console/`);

  await server.stopAnswering();
  await button.click();
  await alert.filter({ hasText: 'does not answer' }).waitFor();
  await server.resumeAnswering();

  server.person = null;
  await button.click();
  await alert.filter({ hasText: 'sign-in without signing in' }).waitFor();

  server.person = { sub: 'otto', email: 'otto@ledger.example', email_verified: true };
  await button.click();
  await alert.filter({ hasText: 'Nobody with that address is in a team here' }).waitFor();
  // End Otto's session with the provider.
  await page.context().clearCookies({ domain: '127.0.0.1' });

  // Open a callback URL that was already used, in a browser that has started another sign-in and in one that has not.
  server.person = IDA;
  let callbackUrl = '';
  page.on('request', (request) => {
    if (request.url().includes('/oidc/callback?')) callbackUrl = request.url();
  });
  await button.click();
  // A staff member who signs in through the provider is not asked for a password.
  await navigation.waitFor();
  expect(new URL(page.url()).hash).toBe('');
  const other = await Visitor.open(browser);
  await other.page.goto(callbackUrl);
  await other.page
    .getByRole('alert')
    .filter({ hasText: 'took too long, or was started in another' })
    .waitFor();
  server.person = null;
  await other.page.getByRole('link', { name: 'Sign in with the Ledger’s account' }).click();
  await other.page.getByRole('alert').filter({ hasText: 'without signing in' }).waitFor();
  // This browser has started another sign-in that is not completed.
  await other.page.goto(`${origin}/console/sign-in`);
  await other.page.evaluate(() => fetch('/api/v1/console/oidc', { redirect: 'manual' }));
  await other.page.goto(callbackUrl);
  await other.page.getByRole('alert').filter({ hasText: 'sent an invalid response' }).waitFor();

  // Ida's second factor is also required after single sign-on.
  server.person = IDA;
  await page.goto(`${origin}/console/security`);
  await page.getByRole('button', { name: 'Set up an app…' }).click();
  await page.getByRole('img', { name: 'QR code for your app' }).waitFor();
  const secret = (await page.locator('code').first().innerText()).replaceAll(' ', '');
  await page.getByLabel('Then type the six figures it shows').fill(totpCodeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Account: Ida' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await button.click();
  await page.getByRole('heading', { name: 'And your second factor' }).waitFor();
  await page.getByLabel('Code from your app').fill(totpCodeOf(secret, Date.now() + 30_000));
  await page.keyboard.press('Enter');
  await navigation.waitFor();

  // Gert's account is not linked to an identity at the provider. He links it in the console.
  const gert = await Visitor.open(browser);
  const { link } = (
    await expectStatus(
      201,
      fixture.admin<Json>('POST', `/sites/${fixture.site}/moderators`, { name: 'Gert', role: 'moderator' }),
    )
  ).body;
  await gert.page.goto(link);
  await gert.page.getByLabel('Email').fill('gert@ledger.example');
  await gert.page.getByLabel('Password', { exact: true }).fill('seven old lanterns');
  await gert.page.getByRole('button', { name: 'Save and begin' }).click();
  const gertsNavigation = gert.page.getByRole('navigation', { name: 'Queues and settings' });
  await gertsNavigation.waitFor();
  server.person = { sub: 'gert', email: 'gert@ledger.example', email_verified: true };
  const signOut = async () => {
    await gert.page.getByRole('button', { name: 'Account: Gert' }).click();
    await gert.page.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  const ssoLink = gert.page.getByRole('link', { name: 'Sign in with the Ledger’s account' });
  await signOut();
  await ssoLink.click();
  await gert.page.getByRole('alert').filter({ hasText: 'An account here has your address' }).waitFor();
  expect(await axeViolations(gert.page)).toEqual([]);
  await gert.page.getByLabel('Email').fill('gert@ledger.example');
  await gert.page.getByLabel('Password', { exact: true }).fill('seven old lanterns');
  await gert.page.keyboard.press('Enter');
  await gertsNavigation.waitFor();
  await gert.page.goto(`${origin}/console/security`);
  await gert.page.getByRole('button', { name: 'Connect', exact: true }).press('Enter');
  await gert.page.getByText('Connected since').waitFor();
  expect(await axeViolations(gert.page)).toEqual([]);
  await signOut();
  await ssoLink.click();
  await gertsNavigation.waitFor();

  expect([...ida.faults, ...other.faults, ...gert.faults]).toEqual([]);
  await gert.close();
  await other.close();
  await ida.close();
});
