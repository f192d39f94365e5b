import { beforeAll, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { waitForAnimations } from '../support/axe.js';
import { LookUpEndpoint } from '../support/look-up-endpoint.js';
import { openExternalScorers, type ExternalScorerServers } from '../support/external-scorer-servers.js';
import { openConsole, useDemoSite } from '../support/demo-site.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY } from '../support/product.js';
import type { Body } from '../support/sites.js';

const demoSite = useDemoSite();
let page: Page;
let site: string;

beforeAll(async () => {
  ({ page } = await openConsole(demoSite.browser, demoSite.product));
  site = (await demoSite.product.call<Body>('GET', '/api/v1/sites', { token: PRODUCT_ADMIN_KEY })).body
    .items[0].id;
});

const publisher = async (method: string, path: string, body?: unknown): Promise<Body> => {
  const answer = await demoSite.product.call<Body>(method, `/api/v1/sites/${site}${path}`, {
    token: PRODUCT_ADMIN_KEY,
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const gateOf = async (readerKey: string): Promise<Body> =>
  (await publisher('POST', '/gate', { readerKey })).gate.comment;
const button = (name: string | RegExp) => page.getByRole('button', { name });
async function open(section: string): Promise<void> {
  await page.getByRole('link', { name: 'Access', exact: true }).click();
  await page.getByRole('navigation', { name: 'Access' }).getByRole('link', { name: section }).click();
  await page.getByRole('heading', { level: 2, name: section }).waitFor();
}
/** Reads the secret from the card that shows it once, and closes the card. */
async function readSecretOnce(): Promise<string> {
  const card = page.getByRole('region', { name: 'Signing secret' });
  const secret = await card.getByRole('textbox').inputValue();
  await card.getByRole('button', { name: 'I have kept the secret: close' }).click();
  return secret;
}
/** Checks the page with axe-core's rules for WCAG 2.2 A and AA. */
async function expectAccessible(): Promise<void> {
  await waitForAnimations(page);
  await page.evaluate(axe.source);
  const violationLines = await page.evaluate(async () => {
    const { violations } = await (
      window as unknown as { axe: { run(options: object): Promise<{ violations: Body[] }> } }
    ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }: Body) => `${id} ${target}: ${failureSummary}`),
    );
  });
  expect(violationLines).toEqual([]);
}

it('an owner gives everyone access until Friday, finds out who had no access before, and ends the override', async () => {
  await publisher('PATCH', '/policy', { gate: { comment: 'insider-gold' } });
  await publisher('PUT', '/stories/asked', { url: demoSite.product.url, title: 'Asked' });
  const refused = await demoSite.product.call<Body>('POST', `/api/v1/sites/${site}/stories/asked/comments`, {
    body: { body: 'May I?' },
  });
  expect(refused.status).toBe(401);

  await open('Refusals');
  await page.getByLabel('Wanted to').selectOption('comment');
  await button('Signed out').first().click();
  await page.getByText('comment: Insider Gold and above').waitFor();
  await expectAccessible();
  await button('What may a reader do now?').click();
  const explainForm = page.getByRole('form', { name: 'What may a reader do now?' });
  await explainForm.getByLabel('Reader').fill('a-stranger');
  await explainForm.getByRole('button', { name: 'Ask the gate' }).click();
  await explainForm.getByRole('row', { name: /^comment No/ }).waitFor();
  await expectAccessible();

  await open('Exceptions');
  await button('Add an exception').click();
  await page.getByText('Everywhere', { exact: true }).click();
  await button('Until Friday, 18:00').click();
  await page.getByLabel('Note').fill('Election week');
  await expectAccessible();
  await button('Add the exception').last().click();
  const row = page.getByRole('row').filter({ hasText: 'Election week' });
  await row.getByText('In force').waitFor();
  await until(async () => (await gateOf('a-stranger')).allowed);
  await row.getByRole('button', { name: 'End now…' }).click();
  await button('End it now').click();
  await row.waitFor({ state: 'detached' });
  await until(async () => (await gateOf('a-stranger')).code === 'tier-required');
});

it('an owner connects a billing system, maps its plan when a webhook does not match, and replays the webhook', async () => {
  await open('Billing systems');
  await button('Connect a billing system').first().click();
  await page.getByLabel('System', { exact: true }).selectOption('json');
  await page.getByLabel('Its name').fill('tollbooth');
  await page.getByLabel('Secret', { exact: true }).fill('a long secret of theirs');
  const mapping = {
    signature: { by: 'header', header: 'X-Key' },
    readerKey: '/user',
    plans: ['/plan'],
    time: '/at',
  };
  await page.getByLabel('Mapping').fill('{"signature":');
  await button('Connect').last().click();
  await page.getByText('This is not JSON yet.').waitFor();
  await page.getByLabel('Mapping').fill(JSON.stringify(mapping));
  await button('Connect').last().click();
  await page.getByRole('heading', { name: 'Any JSON: tollbooth' }).waitFor();

  const sendBillingWebhook = (key: string) =>
    demoSite.product.call<Body>('POST', `/api/v1/sites/${site}/inbound/json-tollbooth`, {
      body: { user: 'anna', plan: 'GOLD12', at: new Date().toISOString() },
      headers: { 'x-key': key },
    });
  expect((await sendBillingWebhook('guessed')).status).toBe(401);
  expect((await sendBillingWebhook('a long secret of theirs')).body.outcome).toBe('unmapped');
  const unmapped = page.getByRole('row').filter({ hasText: 'Not mapped' });
  await unmapped.getByText('No tier is mapped to "GOLD12".', { exact: false }).waitFor();
  await page.getByText('The signature does not match', { exact: false }).waitFor();
  await unmapped.getByRole('button', { name: 'Not mapped' }).click();
  await page.getByText('"plan": "GOLD12"').waitFor();
  await expectAccessible();

  await button('Edit').click();
  await button('Add a line').click();
  await page.getByLabel('Their price, plan or product').fill('GOLD12');
  await page.getByLabel('Tier that GOLD12 opens').selectOption({ label: 'Insider Gold' });
  await expectAccessible();
  await button('Save').click();
  await page.getByText('GOLD12 → Insider Gold').waitFor();
  expect(await gateOf('anna')).toMatchObject({ allowed: false });
  await unmapped.getByRole('button', { name: 'Replay' }).click();
  await page.getByText('Replayed: applied.').waitFor();
  expect(await gateOf('anna')).toEqual({ allowed: true });
});

it('an owner sets up the lookup, tests it, sees that it works, and removes it', async () => {
  const endpoint = await LookUpEndpoint.open();
  try {
    await open('Look-up');
    await button('Set up the look-up').click();
    await page.getByLabel('URL').fill(endpoint.url);
    await button('Set it up').click();
    endpoint.secret = await readSecretOnce();
    await page.getByText('Not called yet').waitFor();
    endpoint.entitled.set('bert', [{ tier: 'insider', status: 'active' }]);
    await page.getByLabel('Reader').fill('bert');
    await button('Ask about this reader').click();
    await page.getByText(/^Answered 200 after/).waitFor();
    await expectAccessible();
    await gateOf('bert');
    await page.getByText('It answers').waitFor();
    await button('Remove…').click();
    await button('Remove the look-up').click();
    await page.getByText('No look-up endpoint').waitFor();
  } finally {
    await endpoint.close();
  }
});

it('an owner imports a file of subscribers, and sees which line could not be imported', async () => {
  await open('Import');
  const lines = Array.from({ length: 120 }, (_, n) => `imported-${n},insider-gold,active,2099-01-31`);
  const file = ['reader_key;tier;status;valid_until', ...lines.map((line) => line.replaceAll(',', ';'))];
  const choose = (text: string) =>
    page
      .getByLabel('File with entitlements')
      .setInputFiles({ name: 'subscribers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('name,tier\nx,y');
  await page.getByText(/has no column "readerKey"/).waitFor();
  await choose([...file, 'late;no-such-tier;active;'].join('\n'));
  await page.getByRole('heading', { name: '121 entitlements in subscribers.csv' }).waitFor();
  await expectAccessible();
  await button('Import them').click();
  await page.getByText('121 of 121').waitFor();
  await button('Done').first().click();
  await page.getByText('Entry 121: The site has no tier with the key "no-such-tier".').waitFor();
  await expectAccessible();
  expect(await gateOf('imported-119')).toEqual({ allowed: true });
});

it('an owner adds an external scorer, tests it, and sees when it fails', async () => {
  const scorers: ExternalScorerServers = await openExternalScorers();
  try {
    await page.getByRole('link', { name: 'Scorers', exact: true }).click();
    await button('Add a scorer').first().click();
    await page.getByLabel('Name').fill('The desk’s model');
    await page.getByLabel('URL').fill(`${scorers.url}/newsroom`);
    await page.getByLabel('Use of its labels').fill('{"off-brand": {"hold": 0.8}}');
    await expectAccessible();
    await button('Add the scorer').click();
    scorers.secret = await readSecretOnce();
    await page.getByText('off-brand: holds from 0.8').waitFor();
    await page.getByLabel('Text', { exact: true }).fill('This is offbrand.');
    await button('Ask about this text').click();
    await page.getByText(/^It scored after/).waitFor();
    await page.getByText('0.93').waitFor();
    await expectAccessible();
    scorers.behaviour = 'returns-500';
    await button('Ask about this text').click();
    await page.getByText(/^It failed after .*, with 500/).waitFor();
    await page.getByRole('status').filter({ hasText: 'Last call failed' }).waitFor();
    await button('Disable').click();
    await button('Enable').waitFor();
    await until(async () => (await publisher('GET', '/scorers')).items[0].enabled === false);
  } finally {
    await scorers.close();
  }
});
