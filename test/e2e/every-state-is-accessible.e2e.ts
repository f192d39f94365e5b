import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { ReaderStage } from '../support/reader-stage.js';
import { READER_STATES } from '../support/reader-states.js';

/** `npm run screenshots` names a folder: then each state is also painted at every size. */
const folder = process.env['SCREENSHOTS'];
const only = process.env['SCREENSHOTS_ONLY']?.split(',');
const SIZES = folder ? [360, 768, 1280] : [360, 1280];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  id: string;
  nodes: { target: unknown; failureSummary: string }[];
}

/** What axe-core finds wrong, by its default rules (WCAG 2.2 A and AA, best practices). */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(
    async () =>
      // The page around the element is the spec's own, and no subject.
      (
        await (
          window as unknown as {
            axe: { run(root: Element, options: object): Promise<{ violations: Violation[] }> };
          }
        ).axe.run(document.querySelector('postbag-comments')!, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })
      ).violations,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)}: ${failureSummary}`),
  );
}

describe.each(['light', 'dark'] as const)('every state of the comments in %s', (theme) => {
  let browser: Browser;
  let stage: ReaderStage;

  beforeAll(async () => {
    stage = await ReaderStage.open();
    browser = await launchBrowser();
    if (folder) mkdirSync(folder, { recursive: true });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  it.each(READER_STATES.filter(({ name }) => !only || only.includes(name)))(
    'has no violations: $name',
    async ({ name, options, before, then }) => {
      for (const width of SIZES) {
        // Two pairs say as much as four when nothing is to be painted.
        if (!folder && (theme === 'dark') !== (width === 360)) continue;
        const visitor = await stage.visit(browser, {
          theme,
          viewport: { width, height: 800 },
          ...(width === 360 ? { hasTouch: true, isMobile: true } : {}),
          ...options?.(stage),
          ...(before ? { prepare: before } : {}),
        });
        const { page } = visitor;
        await then(page, stage);
        expect(await violations(page)).toEqual([]);
        expect(
          await page.evaluate(
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
          ),
        ).toBe(true);
        if (folder)
          await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), fullPage: true });
        expect(visitor.faults).toEqual([]);
        await visitor.close();
      }
    },
    120_000,
  );
});
