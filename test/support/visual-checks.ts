import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.js';

/** Viewport width in CSS pixels, and the colour scheme. */
export type Viewport = readonly [width: number, colorScheme: 'light' | 'dark'];

/** Folder for screenshots. If it is set, each state is captured at every size. */
const folder = process.env['SCREENSHOTS'];

/** Without screenshots, dark on a tablet and light on a desktop are enough: other combinations find nothing more. */
export const CONSOLE_VIEWPORTS: readonly Viewport[] = folder
  ? [
      [1280, 'light'],
      [768, 'light'],
      [1280, 'dark'],
      [768, 'dark'],
    ]
  : [
      [1280, 'light'],
      [768, 'dark'],
    ];

/** Some screens are also checked at the width of a phone. */
export const PHONE_VIEWPORTS: readonly Viewport[] = folder
  ? [
      [360, 'light'],
      [360, 'dark'],
    ]
  : [[360, 'dark']];

/**
 * Checks the current page for accessibility violations and for anything wider than the viewport.
 *
 * @param name of the state; also the start of the screenshots' file names
 * @param alsoCapture takes more screenshots in each viewport; `file` returns their paths
 */
export async function expectAccessibleLayout(
  page: Page,
  name: string,
  viewports: readonly Viewport[] = CONSOLE_VIEWPORTS,
  alsoCapture?: (file: (part: string) => string) => Promise<void>,
): Promise<void> {
  for (const [width, colorScheme] of viewports) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    expect([name, colorScheme, width, await axeViolations(page)]).toEqual([name, colorScheme, width, []]);
    // Content wider than the viewport scrolls in its own container, never the page.
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    if (!folder) continue;
    mkdirSync(folder, { recursive: true });
    const file = (part: string): string => join(folder, `${name}${part}-${width}-${colorScheme}.png`);
    await page.screenshot({ path: file('') });
    await alsoCapture?.(file);
  }
}
