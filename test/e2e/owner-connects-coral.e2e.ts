import { expect, it } from '@jest/globals';
import { askAsCoral, coralRequest } from '../support/coral-phase.js';
import { openConsole, useDemoSite } from '../support/demo-site.js';

const paper = useDemoSite();
const SECRET = { secret: `empsec_${'5d'.repeat(34)}` };

it('an owner connects Coral, and sees that it sends requests', async () => {
  const owner = await openConsole(paper.browser, paper.product);
  const { page } = owner;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.getByRole('link', { name: /^Coral/ }).click();
  await page.getByRole('button', { name: 'Connect Coral' }).click();
  // Coral needs the callback URL before it can show a secret.
  const shown = (await page.getByRole('region', { name: 'Callback URL' }).textContent())!.trim();
  const url = paper.product.url + new URL(shown).pathname;
  expect(await askAsCoral(url, [SECRET], coralRequest({ body: 'Too early.' }), 10_000)).toMatchObject({
    kind: 'skipped',
    httpStatus: 404,
  });
  await page.getByLabel('Signing secret').fill(SECRET.secret);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('No request from Coral yet').waitFor();

  const insult = coralRequest({ body: 'You are a pathetic idiot and everybody knows it.' });
  expect((await askAsCoral(url, [SECRET], insult, 10_000)).result.status).toBe('SYSTEM_WITHHELD');
  await page.getByText('Connected, answering requests from Coral').waitFor();
  await page.getByText(/held for a moderator/).waitFor();
  await askAsCoral(url, [{ secret: `${SECRET.secret}0` }], insult, 10_000);
  await page.getByText('The last request failed').waitFor();
  await page.getByText(/signing secret in Coral and the one that is set here differ/).waitFor();

  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await page.getByRole('button', { name: 'Disconnect Coral' }).click();
  await page.getByRole('heading', { name: 'Coral is not connected' }).waitFor();
  expect((await askAsCoral(url, [SECRET], insult, 10_000)).httpStatus).toBe(404);
  expect(owner.faults).toEqual([]);
  await owner.close();
});
