import { expect, it } from '@jest/globals';
import { sendAsCoral, coralRequest } from '../support/coral-phase.js';
import { openConsole, useDemoSite } from '../support/demo-site.js';

const demoSite = useDemoSite();
const SECRET = { secret: `empsec_${'5d'.repeat(34)}` };

it('an owner connects Coral and sees that it sends requests', async () => {
  const owner = await openConsole(demoSite.browser, demoSite.product);
  const { page } = owner;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.getByRole('link', { name: /^Coral/ }).click();
  await page.getByRole('button', { name: 'Connect Coral' }).click();
  // Coral needs the callback URL before it can show a secret.
  const callbackUrl = (await page.getByRole('region', { name: 'Callback URL' }).textContent())!.trim();
  const url = demoSite.product.url + new URL(callbackUrl).pathname;
  expect(await sendAsCoral(url, [SECRET], coralRequest({ body: 'Too early.' }), 10_000)).toMatchObject({
    kind: 'skipped',
    httpStatus: 404,
  });
  await page.getByLabel('Signing secret').fill(SECRET.secret);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('No request from Coral yet').waitFor();

  const insult = coralRequest({ body: 'You are a pathetic idiot and everybody knows it.' });
  expect((await sendAsCoral(url, [SECRET], insult, 10_000)).result.status).toBe('SYSTEM_WITHHELD');
  await page.getByText('Connected, answering requests from Coral').waitFor();
  await page.getByText(/held for a moderator/).waitFor();
  await sendAsCoral(url, [{ secret: `${SECRET.secret}0` }], insult, 10_000);
  await page.getByText('The last request failed').waitFor();
  await page.getByText(/signing secret in Coral differs from the one that is set here/).waitFor();

  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await page.getByRole('button', { name: 'Disconnect Coral' }).click();
  await page.getByRole('heading', { name: 'Coral is not connected' }).waitFor();
  expect((await sendAsCoral(url, [SECRET], insult, 10_000)).httpStatus).toBe(404);
  expect(owner.faults).toEqual([]);
  await owner.close();
});
