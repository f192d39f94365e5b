import { createPublicKey, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { launchBrowser } from '../support/browser.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { startProduct, type Product } from '../support/product.js';
import { openInbox, type WebhookInbox } from '../support/webhook-inbox.js';

let browser: Browser;
let database: FreshDatabase;
let product: Product;
let inbox: WebhookInbox;

beforeAll(async () => {
  database = await freshDatabase();
  product = await startProduct({ databaseUrl: database.url, demo: true });
  browser = await launchBrowser();
  inbox = await openInbox();
});
afterAll(async () => {
  await browser.close();
  await product.process.stop();
  await inbox.close();
  await database.drop();
});

/** Whether a delivery has a valid signature with the prefix `v1a`. */
function isSignedByKey(
  { headers, body }: { headers: IncomingHttpHeaders; body: string },
  key: string,
): boolean {
  const x = Buffer.from(key.trim().slice('whpk_'.length), 'base64').toString('base64url');
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  const signed = Buffer.from([headers['webhook-id'], headers['webhook-timestamp'], body].join('.'));
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((entry) => entry.startsWith('v1a,'))
    .some((entry) => verify(null, signed, publicKey, Buffer.from(entry.slice('v1a,'.length), 'base64')));
}

it('an owner adds an endpoint in the console, tests it, rotates its secret and resends failed deliveries', async () => {
  const { page } = await openConsole(browser, product);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.getByRole('heading', { name: 'Webhooks', exact: true }).waitFor();
  await button('Add').click();
  await page.getByLabel('URL').fill(`${inbox.url}/hook`);
  await page.getByRole('switch', { name: 'Sign by Ed25519 besides' }).click();
  await button('Add endpoint').click();
  const secretField = page.getByRole('textbox', { name: 'Signing secret' });
  const secret = await secretField.inputValue();
  expect(secret).toMatch(/^whsec_/);

  await button('Send a test event').click();
  const isTest = ({ event }: { event: { type: string } }) => event.type === 'webhook.test';
  await until(() => inbox.received.some(isTest));
  const test = inbox.received.find(isTest)!;
  new Webhook(secret).verify(test.body, test.headers as Record<string, string>);
  // The public key is shown for publishers who do not want to store a secret.
  const keys = page.getByRole('region', { name: 'Public keys' }).getByRole('listitem');
  expect(await keys.count()).toBe(1);
  expect(isSignedByKey(test, await keys.first().innerText())).toBe(true);
  const row = page.getByRole('row').filter({ hasText: 'webhook.test' });
  await row.getByRole('button', { name: 'Delivered' }).first().click();
  await page.getByRole('region', { name: 'Request' }).getByText('"type": "webhook.test"').waitFor();

  await button('I have kept the secret: close').click();
  await button('More for this endpoint').click();
  await page.getByRole('menuitem', { name: 'Rotate the secret…' }).click();
  await button('Rotate').click();
  await until(async () => (await secretField.inputValue().catch(() => secret)) !== secret);
  await button('Send a test event').click();
  await until(() =>
    inbox.received.some(
      (delivery) => isTest(delivery) && String(delivery.headers['webhook-signature']).split('v1,').length > 2,
    ),
  );

  await until(async () => (await keys.count()) === 2);

  // A delivery that the receiver rejected permanently can be sent again when the receiver is fixed.
  inbox.answer = () => 410;
  await button('Send a test event').click();
  await button('Enable').waitFor();
  inbox.answer = () => 200;
  await button('Enable').click();
  await page.getByText('Failed', { exact: true }).first().click();
  await button('Failed').first().waitFor();
  await button('Redeliver these…').click();
  await button(/^Redeliver$/)
    .first()
    .click();
  await page.getByText(/queued for redelivery/).waitFor();
  await page.getByRole('heading', { name: 'No failed deliveries' }).waitFor();
});
