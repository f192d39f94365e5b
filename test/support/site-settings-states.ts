import type { Page } from 'playwright-core';
import type { ConsoleState } from './console-states.js';

const clickButton = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();

const LONG_NAME = 'The Featherstonehaugh-Cholmondeley and Wolfeschlegelsteinhausen Evening Intelligencer';

const KEYS = JSON.stringify({
  keys: [
    {
      kty: 'EC',
      crv: 'P-256',
      kid: 'sign-in-2026',
      alg: 'ES256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
  ],
});

/**
 * States of a site's settings screens: name, tiers, single sign-on, keys, Coral, and the list of
 * sites. Each depends on the ones before it.
 */
export const SITE_SETTINGS_STATES: readonly ConsoleState[] = [
  {
    name: 'settings-site',
    path: '/settings',
    then: (page) => page.getByRole('region', { name: 'Lines for the page of a story' }).waitFor(),
  },
  {
    name: 'settings-site-edit',
    path: '/settings',
    async then(page) {
      await clickButton(page, 'Edit');
      await page.getByLabel('Origins').fill('https://meridian.example\nmeridian.example/stories');
      await clickButton(page, 'Save');
      await page.getByText(/has no scheme: write/).waitFor();
    },
  },
  {
    name: 'settings-site-delete',
    path: '/settings',
    async then(page) {
      await clickButton(page, 'Delete this site…');
      await page.getByText(/published comments/).waitFor();
      await page.getByLabel(/^Type .* to delete it$/).fill('The Meridian?');
      await clickButton(page, 'Delete it for good');
      await page.getByText(/^Enter the exact name/).waitFor();
    },
  },
  {
    name: 'settings-no-tiers',
    path: '/settings?part=tiers&site=EMPTY_SITE',
    then: (page) => page.getByRole('heading', { name: 'No tier yet' }).waitFor(),
  },
  {
    name: 'settings-tiers',
    path: '/settings?part=tiers',
    then: (page) => page.getByText('Who may comment').waitFor(),
  },
  {
    name: 'settings-tiers-invalid',
    path: '/settings?part=tiers',
    async then(page) {
      await page.getByText('Who may comment').waitFor();
      await clickButton(page, 'Add a tier');
      await page.getByLabel('Name of the new tier').fill('Patron');
      await page.getByLabel('Address of Patron').fill('meridian.example/patron');
      await clickButton(page, 'Save the tiers');
      await page.getByText(/must be a URL/).waitFor();
    },
  },
  {
    name: 'settings-tier-in-use',
    path: '/settings?part=tiers',
    async then(page) {
      await clickButton(page, 'Take Insider Gold away');
      await page.getByRole('heading', { name: 'Insider Gold cannot go yet' }).waitFor();
    },
  },
  {
    name: 'settings-tier-gone',
    path: '/settings?part=tiers',
    async then(page) {
      await clickButton(page, 'Take Member away');
      await clickButton(page, 'Take it away');
      await page.getByRole('button', { name: 'Keep it' }).waitFor();
      await clickButton(page, 'Take Insider away');
      await page.getByRole('region', { name: 'Take Insider away?' }).waitFor();
    },
  },
  {
    name: 'settings-sign-on',
    path: '/settings?part=sign-on&site=EMPTY_SITE',
    then: (page) => page.getByRole('rowheader', { name: 'In use' }).waitFor(),
  },
  {
    name: 'settings-sign-on-rotate',
    path: '/settings?part=sign-on&site=EMPTY_SITE',
    async then(page) {
      await clickButton(page, 'Rotate…');
      await page.getByLabel('Tokens signed with the current secret stay valid').selectOption('604800');
    },
  },
  {
    name: 'settings-sign-on-rotated',
    path: '/settings?part=sign-on&site=EMPTY_SITE',
    async then(page) {
      await clickButton(page, 'Rotate…');
      await clickButton(page, 'Create a new secret');
      await page.getByRole('rowheader', { name: 'The one before' }).waitFor();
    },
  },
  {
    name: 'settings-sign-on-retire',
    path: '/settings?part=sign-on&site=EMPTY_SITE',
    async then(page) {
      await clickButton(page, 'End it now…');
      await page.getByRole('button', { name: 'End it now', exact: true }).waitFor();
    },
  },
  {
    name: 'settings-sign-on-form',
    path: '/settings?part=sign-on&site=EMPTY_SITE',
    async then(page) {
      await clickButton(page, 'Edit');
      await page.getByRole('radio', { name: 'Keys of your own' }).check();
      await page.getByLabel('Address of your keys').fill('http://10.0.0.1/keys');
      await clickButton(page, 'Save');
      await page.getByRole('alert').or(page.locator('[data-error]')).first().waitFor();
    },
  },
  {
    name: 'settings-sign-on-keys',
    path: '/settings?part=sign-on&site=EMPTY_SITE',
    async then(page) {
      await clickButton(page, 'Edit');
      await page.getByRole('radio', { name: 'Keys of your own' }).check();
      await page.getByLabel('Keys stored here').fill(KEYS);
      await clickButton(page, 'Save');
      await page.getByRole('rowheader', { name: 'sign-in-2026' }).waitFor();
    },
  },
  {
    name: 'settings-no-keys',
    path: '/settings?part=keys',
    then: (page) => page.getByRole('heading', { name: 'No keys yet' }).waitFor(),
  },
  {
    name: 'settings-key-form',
    path: '/settings?part=keys',
    async then(page) {
      await clickButton(page, 'Create a key');
      await page.getByRole('radio', { name: 'Several sites' }).check();
      await page.getByLabel('Name').fill('The editorial system');
      await page.getByRole('button', { name: 'Create the key' }).click();
      await page.getByText('Choose at least one permission.').waitFor();
    },
  },
  {
    name: 'settings-key-fallback-score-missing',
    path: '/settings?part=keys',
    isCheckedOnPhone: true,
    async then(page) {
      await clickButton(page, 'Create a key');
      await page.getByLabel('Name').fill('Coral');
      await page.getByLabel('Scoring').check();
      await page.getByLabel('Answer with a score for every attribute').check();
      await page.getByLabel('Score for text in an unsupported language').fill('');
      await page.getByRole('button', { name: 'Create the key' }).click();
      await page.getByText('Enter a score from 0 to 1.').waitFor();
    },
  },
  {
    name: 'settings-key-made',
    path: '/settings?part=keys',
    async then(page) {
      await clickButton(page, 'Create a key');
      await page.getByLabel('Name').fill('The editorial system');
      await page.getByLabel('Publisher').check();
      await page.getByLabel('Moderation').check();
      await page.getByRole('button', { name: 'Create the key' }).click();
      await page.getByRole('button', { name: 'Copy key' }).waitFor();
      await page.getByRole('rowheader', { name: /The editorial system/ }).waitFor();
    },
  },
  {
    name: 'settings-key-revoke',
    path: '/settings?part=keys',
    async then(page) {
      await clickButton(page, 'Revoke The editorial system');
      await page.getByRole('button', { name: 'Revoke it' }).waitFor();
    },
  },
  {
    name: 'settings-coral-none',
    path: '/settings?part=coral',
    then: (page) => page.getByRole('heading', { name: 'Coral is not connected' }).waitFor(),
  },
  {
    name: 'settings-coral-form',
    path: '/settings?part=coral',
    async then(page) {
      await clickButton(page, 'Connect Coral');
      await page.getByRole('region', { name: 'Callback URL' }).waitFor();
      await clickButton(page, 'Connect');
      await page.getByText(/signing secret that Coral shows for the phase is needed/).waitFor();
    },
  },
  {
    name: 'settings-coral',
    path: '/settings?part=coral',
    async then(page) {
      await clickButton(page, 'Connect Coral');
      await page.getByLabel('Signing secret').fill(`empsec_${'4c'.repeat(32)}`);
      await clickButton(page, 'Connect');
      await page.getByText('No request from Coral yet').waitFor();
    },
  },
  {
    name: 'settings-coral-remove',
    path: '/settings?part=coral',
    async then(page) {
      await clickButton(page, 'Disconnect…');
      await page.getByRole('button', { name: 'Disconnect Coral' }).waitFor();
    },
  },
  {
    name: 'settings-sites',
    path: '/settings?part=sites',
    then: (page) => page.getByRole('rowheader').nth(1).waitFor(),
  },
  {
    name: 'settings-site-made',
    path: '/settings?part=sites',
    async then(page) {
      await clickButton(page, 'Add a site');
      await page.getByLabel('Name').fill(LONG_NAME);
      await page.getByLabel('Origins').fill('https://intelligencer.example');
      await clickButton(page, 'Create the site');
      await page.getByRole('button', { name: 'Copy secret' }).waitFor();
      await page.getByRole('rowheader', { name: LONG_NAME }).waitFor();
    },
  },
];
