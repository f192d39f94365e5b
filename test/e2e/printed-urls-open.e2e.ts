import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useDemoSite } from '../support/demo-site.js';

const root = join(import.meta.dirname, '../..');
const docs = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/**
 * Matches URLs that people open: with an example host, or as a path in the text. URLs that programs call (`/api/v1`,
 * `/v1alpha1`) are tested elsewhere.
 */
const ADDRESS =
  /(?:https?:\/\/(?:localhost:3000|postbag\.example)|(?<=[\s`("']))(\/(?:api\/docs|api\/openapi\.json|demo|console|health|metrics|embed\.js)(?:\/[\w.-]+)*\/?)(?=[\s`)"'.,:;#]|$)/gm;

const pathsInDocs = docs.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(ADDRESS)].map(([, path]) => path),
);

/** Collects everything that a browser reports about a page. */
function pageErrorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  return errors;
}

// The console checks for a session, and browsers log the 401. They also log a missing icon for files.
const isExpected = (pageError: string): boolean =>
  /401 .*\/api\/v1\/console\/session$|404 .*\/favicon\.ico$/.test(pageError);

describe('every URL printed at startup and in the docs', () => {
  const demoSite = useDemoSite();

  it('opens without an error', async () => {
    const { product, browser } = demoSite;
    const printedUrls = [...product.process.output().matchAll(/https?:\/\/\S+/g)]
      .map(([url]) => url)
      .filter((url) => new URL(url).port === new URL(product.url).port);
    expect(printedUrls.length).toBeGreaterThanOrEqual(5);
    const paths = [...new Set(pathsInDocs)];
    expect(paths).toEqual(expect.arrayContaining(['/api/docs', '/api/openapi.json']));
    const context = await browser.newContext();
    const failures: string[] = [];
    for (const url of [...printedUrls, ...paths.map((path) => product.url + path)]) {
      const page = await context.newPage();
      const pageErrors = pageErrorsOf(page);
      const answer = await page.goto(url);
      await page.waitForLoadState('networkidle').catch(() => undefined);
      const body = page.locator('body');
      const text = await body
        .filter({ hasText: /\S/ })
        .innerText({ timeout: 20_000 })
        .catch(() => '');
      const unexpectedErrors = pageErrors.filter((pageError) => !isExpected(pageError));
      if (!answer?.ok() || text.trim() === '' || unexpectedErrors.length > 0)
        failures.push(
          `${url}: ${answer?.status()} ${JSON.stringify(text.slice(0, 80))} ${unexpectedErrors.join(' | ')}`,
        );
      await page.close();
    }
    expect(failures).toEqual([]);
    await context.close();
  });

  it('includes the API reference, which lists the operations', async () => {
    const { product, browser } = demoSite;
    const page = await browser.newPage();
    const pageErrors = pageErrorsOf(page);
    const answer = await page.goto(`${product.url}/api/docs`);
    await page.getByText('Post a comment or a reply').first().click();
    await page.getByRole('button', { name: 'Try it out' }).first().waitFor();
    expect(pageErrors).toEqual([]);
    // Only scripts that this server serves may run on the page.
    expect(answer!.headers()['content-security-policy']).toMatch(/script-src 'self'(?:;|$)/);
    await page.close();
  });
});
