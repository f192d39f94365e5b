import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { fillStatistics } from '../support/statistics-fixture.js';
import { fillCalibrations } from '../support/calibrations-fixture.js';
import { fillTeam } from '../support/team-fixture.js';
import { launchBrowser, Visitor } from '../support/browser.js';
import { expectAccessibleLayout, PHONE_VIEWPORTS, CONSOLE_VIEWPORTS } from '../support/visual-checks.js';
import { openConsole } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { SITE_SETTINGS_STATES } from '../support/site-settings-states.js';
import { INTEGRATION_STATES } from '../support/integration-states.js';
import { SIGN_IN_STATES, CONSOLE_STATES } from '../support/console-states.js';

const only = process.env['SCREENSHOTS_ONLY']?.split(',');

// For the sign-in button. The provider's URL is never opened.
const SSO_SETTINGS = {
  OIDC_ISSUER: 'https://accounts.meridian.example',
  OIDC_CLIENT_ID: 'postbag',
  OIDC_CLIENT_SECRET: 'a client secret that is never sent anywhere',
  OIDC_NAME: 'the Meridian’s account',
};

describe('every state of the console pages', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;
  let consoleVisitor: Visitor;
  let stranger: Visitor;
  let limitedVisitor: Visitor;
  let emptySite: string;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url, demo: true, env: SSO_SETTINGS });
    browser = await launchBrowser();
    consoleVisitor = await openConsole(browser, product);
    await consoleVisitor.page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
    stranger = await Visitor.open(browser);
    await fillStatistics(database.url);
    await fillTeam(database.url);
    await fillCalibrations(database.url);
    const made = await product.call<{ id: string }>('POST', '/api/v1/sites', {
      token: PRODUCT_ADMIN_KEY,
      body: { name: 'The Quiet Gazette', origins: ['http://localhost'] },
    });
    emptySite = made.body.id;
    limitedVisitor = await openLimited();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await product?.process.stop();
    await database?.drop();
  });

  /** Opens the console as a moderator who was invited to the demo site. */
  async function openLimited(): Promise<Visitor> {
    const { body: sites } = await product.call<{ items: { id: string; name: string }[] }>(
      'GET',
      '/api/v1/sites',
      { token: PRODUCT_ADMIN_KEY },
    );
    const demo = sites.items.find(({ id }) => id !== emptySite)!;
    const { body: invited } = await product.call<{ link: string }>(
      'POST',
      `/api/v1/sites/${demo.id}/moderators`,
      {
        token: PRODUCT_ADMIN_KEY,
        body: { name: 'Selma', role: 'moderator', sections: ['Economy', 'Energy'] },
      },
    );
    const visitor = await Visitor.open(browser);
    await visitor.page.goto(invited.link.replace('127.0.0.1', 'localhost'));
    await visitor.page.getByRole('button', { name: 'Later' }).click();
    return visitor;
  }

  it.each(
    [...SIGN_IN_STATES, ...CONSOLE_STATES, ...INTEGRATION_STATES, ...SITE_SETTINGS_STATES].filter(
      ({ name }) => !only || only.includes(name),
    ),
  )(
    'has no accessibility violations: $name',
    async ({ name, path, isSignedOut, isLimited, isCheckedOnPhone = isLimited, before, then }) => {
      const visitor = isSignedOut ? stranger : isLimited ? limitedVisitor : consoleVisitor;
      const { page } = visitor;
      const { origin } = new URL(consoleVisitor.page.url());
      await page.setViewportSize({ width: 1280, height: 800 });
      // Start with the demo site, because the previous state may have selected another one.
      await consoleVisitor.page.evaluate(() => localStorage.removeItem('pb-site'));
      await before?.(page);
      await page.goto(`${origin}/console${path.replace('EMPTY_SITE', emptySite)}`);
      await then(page);
      await expectAccessibleLayout(
        page,
        `staff-${name}`,
        isCheckedOnPhone ? [...CONSOLE_VIEWPORTS, ...PHONE_VIEWPORTS] : CONSOLE_VIEWPORTS,
      );
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      expect(visitor.faults).toEqual([]);
    },
    180_000,
  );
});
