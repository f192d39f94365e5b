import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { WidgetPages } from '../support/widget-pages.js';
import { WIDGET_STATES } from '../support/widget-states.js';

/** Folder for screenshots, set by `npm run screenshots`. If it is set, each state is captured at every size. */
const folder = process.env['SCREENSHOTS'];
const only = process.env['SCREENSHOTS_ONLY']?.split(',');
const VIEW_VARIANTS = (
  folder
    ? [360, 768, 1280].flatMap((width) => [
        [width, 'light'],
        [width, 'dark'],
      ])
    : // For the checks alone, dark on a phone and light on a desktop are enough: other combinations find nothing more.
      [
        [360, 'dark'],
        [1280, 'light'],
      ]
) as [number, 'light' | 'dark'][];

interface Violation {
  id: string;
  nodes: { target: unknown; failureSummary: string }[];
}

/** The violations that axe-core reports by its default rules (WCAG 2.2 A and AA, best practices). */
async function violations(page: Page, tag: string): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  const found = await page.evaluate(
    async (tag) =>
      // Only the element is checked. The page around it is part of this spec.
      (
        await (
          window as unknown as {
            axe: { run(root: Element, options: object): Promise<{ violations: Violation[] }> };
          }
        ).axe.run(document.querySelector(tag)!, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })
      ).violations,
    tag,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)}: ${failureSummary}`),
  );
}

describe('every state of the elements', () => {
  let browser: Browser;
  let widgetPages: WidgetPages;

  beforeAll(async () => {
    widgetPages = await WidgetPages.open();
    browser = await launchBrowser();
    if (folder) mkdirSync(folder, { recursive: true });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await widgetPages?.close();
  });

  it.each(WIDGET_STATES.filter(({ name }) => !only || only.includes(name)))(
    'has no accessibility violations: $name',
    async ({ name, once, options, before, then }) => {
      for (const [width, theme] of once && !folder ? VIEW_VARIANTS.slice(0, 1) : VIEW_VARIANTS) {
        const visitor = await widgetPages.visit(browser, {
          theme,
          viewport: { width, height: 800 },
          ...(width === 360 ? { hasTouch: true, isMobile: true } : {}),
          ...options?.(widgetPages),
          ...(before ? { prepare: before } : {}),
        });
        const { page } = visitor;
        await then(page, widgetPages);
        expect(await violations(page, options?.(widgetPages).tag ?? 'postbag-comments')).toEqual([]);
        // A page that is wider than the viewport would scroll horizontally on a phone.
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        if (folder)
          await page.screenshot({
            path: join(folder, `${name}-${width}-${theme}.png`),
            // For a dialog, only the viewport is captured.
            fullPage: !(await page.getByRole('dialog').isVisible()),
          });
        expect(visitor.faults).toEqual([]);
        await visitor.close();
      }
    },
    180_000,
  );
});
