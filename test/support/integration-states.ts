import type { Page } from 'playwright-core';
import { CALIBRATIONS } from './calibrations-fixture.js';
import type { ConsoleState } from './console-states.js';

const clickButton = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();
const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { name }).waitFor();
/** Nothing listens on this port, so requests fail. */
const UNREACHABLE_URL = 'http://127.0.0.1:9/nobody';

const HOUSE_RULES =
  '1. No personal attacks on other readers or on our authors.\n2. Stay on the topic of the story.';

const MAPPING = JSON.stringify({
  signature: { by: 'header', header: 'X-Key' },
  readerKey: '/user',
  plans: ['/plan'],
  time: '/at',
});

/** States of the Access, Scorers and Webhooks screens. Each state depends on the ones before it. */
export const INTEGRATION_STATES: readonly ConsoleState[] = [
  {
    name: 'access-no-exceptions',
    path: '/access',
    then: (page) => heading(page, 'Exceptions'),
  },
  {
    name: 'access-exception-form',
    path: '/access',
    async then(page) {
      await clickButton(page, 'Add an exception');
      await page.getByText('Everywhere', { exact: true }).click();
      await clickButton(page, 'Until Friday, 18:00');
      await page.getByLabel('Note').fill('Election week');
    },
  },
  {
    name: 'access-exceptions',
    path: '/access',
    async then(page) {
      await clickButton(page, 'Add an exception');
      await page.getByText('Everywhere', { exact: true }).click();
      await clickButton(page, 'Until Friday, 18:00');
      await page.getByLabel('Note').fill('Election week');
      await page.getByRole('button', { name: 'Add the exception' }).last().click();
      await page.getByRole('row').filter({ hasText: 'Election week' }).waitFor();
    },
  },
  {
    name: 'access-refusals',
    path: '/access?part=refusals',
    async then(page) {
      await clickButton(page, 'What may a reader do now?');
      const explainForm = page.getByRole('form', { name: 'What may a reader do now?' });
      await explainForm.getByLabel('Reader').fill('a-stranger');
      await explainForm.getByRole('button', { name: 'Ask the gate' }).click();
      await explainForm.getByRole('row', { name: /^comment/ }).waitFor();
    },
  },
  {
    name: 'access-no-billing',
    path: '/access?part=billing',
    then: (page) => page.getByRole('button', { name: 'Connect a billing system' }).first().waitFor(),
  },
  {
    name: 'access-billing',
    path: '/access?part=billing',
    async then(page) {
      await clickButton(page, 'Connect a billing system');
      await page.getByLabel('System', { exact: true }).selectOption('json');
      await page.getByLabel('Its name').fill('tollbooth');
      await page.getByLabel('Secret', { exact: true }).fill('a long secret of theirs');
      await page.getByLabel('Mapping').fill(MAPPING);
      await page.getByRole('button', { name: 'Connect', exact: true }).last().click();
      await heading(page, 'Any JSON: tollbooth');
    },
  },
  {
    name: 'access-look-up',
    path: '/access?part=look-up',
    async then(page) {
      await clickButton(page, 'Set up the look-up');
      await page.getByLabel('URL').fill(UNREACHABLE_URL);
      await clickButton(page, 'Set it up');
      await page.getByRole('region', { name: 'Signing secret' }).waitFor();
    },
  },
  {
    name: 'access-look-up-fails',
    path: '/access?part=look-up',
    async then(page) {
      await page.getByLabel('Reader').fill('bert');
      await clickButton(page, 'Ask about this reader');
      await page
        .getByText(/^It failed|^No answer|failed after/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'access-import',
    path: '/access?part=import',
    async then(page) {
      const lines = Array.from({ length: 120 }, (_, n) => `imported-${n},insider-gold,active,2099-01-31`);
      const text = ['readerKey,tier,status,validUntil', ...lines].join('\n');
      await page
        .getByLabel('File with entitlements')
        .setInputFiles({ name: 'subscribers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await heading(page, '120 entitlements in subscribers.csv');
    },
  },
  {
    name: 'access-imported',
    path: '/access?part=import',
    async then(page) {
      const text =
        'readerKey,tier,status,validUntil\nnew-one,insider-gold,active,2099-01-31\nlate,no-such-tier,active,';
      await page
        .getByLabel('File with entitlements')
        .setInputFiles({ name: 'two.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await clickButton(page, 'Import them');
      await page.getByRole('button', { name: 'Done' }).first().click();
      await page.getByText(/Entry 2: The site has no tier/).waitFor();
    },
  },
  {
    name: 'scorers-none',
    path: '/scorers',
    then: (page) => page.getByRole('button', { name: 'Add a scorer' }).first().waitFor(),
  },
  {
    name: 'scorers-form',
    path: '/scorers',
    async then(page) {
      await clickButton(page, 'Add a scorer');
      await page.getByLabel('Name').fill('The desk’s model');
      await page.getByLabel('Use of its labels').fill('{"off-brand": {"hold": 0.8}}');
    },
  },
  {
    name: 'scorers',
    path: '/scorers',
    async then(page) {
      await clickButton(page, 'Add a scorer');
      await page.getByLabel('Name').fill('The desk’s model');
      await page.getByLabel('URL').fill(UNREACHABLE_URL);
      await page.getByLabel('Use of its labels').fill('{"off-brand": {"hold": 0.8}}');
      await clickButton(page, 'Add the scorer');
      await clickButton(page, /I have kept the secret/);
      await page.getByLabel('Text', { exact: true }).fill('This is offbrand.');
      await clickButton(page, 'Ask about this text');
      await page.getByText(/^It could not be reached/).waitFor();
    },
  },
  {
    name: 'scorers-chat-form',
    path: '/scorers',
    isCheckedOnPhone: true,
    async then(page) {
      await clickButton(page, 'Add a scorer');
      await page.getByLabel('Kind').selectOption('chat');
      await page.getByLabel('Name').fill('House rules');
      await page.getByLabel('URL').fill(UNREACHABLE_URL);
      await page.getByLabel('Model').fill('gpt-oss-safeguard:20b');
      await page.getByLabel('Up to a score of').fill('0.2');
      await page.getByLabel('Your rules').fill(HOUSE_RULES);
      await clickButton(page, 'Add the scorer');
      await page.getByText('The band must end above its beginning.').waitFor();
    },
  },
  {
    name: 'scorers-chat',
    path: '/scorers',
    isCheckedOnPhone: true,
    async then(page) {
      await clickButton(page, 'Add a scorer');
      await page.getByLabel('Kind').selectOption('chat');
      await page.getByLabel('Name').fill('House rules');
      await page.getByLabel('URL').fill(UNREACHABLE_URL);
      await page.getByLabel('Model').fill('gpt-oss-safeguard:20b');
      await page.getByLabel('Your rules').fill(HOUSE_RULES);
      await page.getByLabel(/^Send the story/).check();
      await clickButton(page, 'Add the scorer');
      await page.getByLabel('Text', { exact: true }).fill('You would not know a bridge from a ferry.');
      await clickButton(page, 'Ask about this text');
      await page.getByText(/^It could not be reached/).waitFor();
    },
  },
  {
    name: 'compare-empty',
    path: '/scorers?view=compare&site=EMPTY_SITE',
    then: (page) => heading(page, 'Nothing has been compared yet'),
  },
  {
    name: 'compare-form',
    path: '/scorers?view=compare&site=EMPTY_SITE',
    isCheckedOnPhone: true,
    async then(page) {
      await clickButton(page, 'Compare two scorers');
      await page.getByLabel('From', { exact: true }).selectOption('shipped');
      await page.getByLabel('To', { exact: true }).selectOption('shipped');
      await clickButton(page, 'Start');
      await page.getByText('Choose two different scorers.').waitFor();
    },
  },
  {
    name: 'compare-loading',
    path: '/scorers?view=compare',
    before: (page) => page.route('**/calibrations', () => undefined),
    then: (page) => page.getByRole('heading', { name: 'Compare two scorers' }).waitFor(),
  },
  {
    name: 'compare-failed',
    path: '/scorers?view=compare',
    before: (page) => page.route('**/calibrations', (route) => route.abort()),
    then: (page) => page.getByText('The comparisons could not be loaded.').waitFor(),
  },
  {
    name: 'compare-running',
    path: '/scorers?view=compare',
    isCheckedOnPhone: true,
    async then(page) {
      await page.getByText(/ of 20,000 comments/).waitFor();
      await page
        .getByText(/holds it$/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'compare-finished',
    path: '/scorers?view=compare',
    isCheckedOnPhone: true,
    async then(page) {
      await page.getByLabel('Comparison').selectOption(CALIBRATIONS.finished);
      await page.getByText(/^Ended after 2,000/).waitFor();
      await page
        .getByText(/holds it$/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'compare-nothing-differs',
    path: '/scorers?view=compare',
    async then(page) {
      await page.getByLabel('Comparison').selectOption(CALIBRATIONS.finished);
      await clickButton(page, /^Identity attack: show/);
      await heading(page, /^Identity attack: /);
    },
  },
  {
    name: 'compare-differences-failed',
    path: '/scorers?view=compare',
    before: (page) => page.route('**/differences?*', (route) => route.abort()),
    then: (page) => page.getByText('The comments could not be loaded.').waitFor(),
  },
  {
    name: 'compare-adopting',
    path: '/scorers?view=compare',
    async then(page) {
      await page.getByLabel('Comparison').selectOption(CALIBRATIONS.finished);
      await clickButton(page, 'Adopt the thresholds…');
      await page.getByText(/Toxicity: held from/).waitFor();
    },
  },
  {
    name: 'compare-adopted',
    path: '/scorers?view=compare',
    async then(page) {
      await page.getByLabel('Comparison').selectOption(CALIBRATIONS.adopted);
      await page.getByText('Adopted as version 7 of the policy').waitFor();
    },
  },
  {
    name: 'webhooks',
    path: '/webhooks',
    then: (page) => page.getByRole('row').filter({ hasText: 'comment.published' }).first().waitFor(),
  },
  {
    name: 'webhooks-delivery',
    path: '/webhooks',
    async then(page) {
      await page
        .getByRole('row')
        .filter({ hasText: 'comment.published' })
        .getByRole('button')
        .first()
        .click();
      await page.getByRole('region', { name: 'Request' }).waitFor();
    },
  },
  {
    name: 'webhooks-form',
    path: '/webhooks',
    async then(page) {
      await clickButton(page, 'Add');
      await page.getByLabel('URL').fill('ftp://nowhere');
      await clickButton(page, 'Add endpoint');
      await page.getByText(/http/).first().waitFor();
    },
  },
  {
    name: 'webhooks-made',
    path: '/webhooks',
    async then(page) {
      await clickButton(page, 'Add');
      await page.getByLabel('URL').fill(UNREACHABLE_URL);
      await page.getByRole('switch', { name: 'Sign by Ed25519 besides' }).click();
      await clickButton(page, 'Add endpoint');
      await page.getByRole('region', { name: 'Public keys' }).waitFor();
    },
  },
];
