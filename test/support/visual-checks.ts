import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.js';

/** A window's width in CSS pixels, and the colour scheme. */
export type Viewport = readonly [width: number, colorScheme: 'light' | 'dark'];

/** `npm run screenshots` names a folder: then each state is also painted, at every size. */
const folder = process.env['SCREENSHOTS'];

/** A tablet in the dark and a desk by daylight show as much as all pairs; pictures are taken of all. */
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

/** Moderators of a section work on phones too, and owners look at some screens there. */
export const PHONE_VIEWPORTS: readonly Viewport[] = folder
  ? [
      [360, 'light'],
      [360, 'dark'],
    ]
  : [[360, 'dark']];

/**
 * Checks what the page shows now: no accessibility violations, and nothing wider than the window.
 *
 * @param name of the state, and of its pictures
 * @param alsoPaint takes more pictures of this look; `file` gives their paths
 */
export async function expectAccessibleLayout(
  page: Page,
  name: string,
  looks: readonly Viewport[] = CONSOLE_VIEWPORTS,
  alsoPaint?: (file: (part: string) => string) => Promise<void>,
): Promise<void> {
  for (const [width, colorScheme] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    expect([name, colorScheme, width, await axeViolations(page)]).toEqual([name, colorScheme, width, []]);
    // What is wider than its window scrolls in its own place, never the page.
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    if (!folder) continue;
    mkdirSync(folder, { recursive: true });
    const file = (part: string): string => join(folder, `${name}${part}-${width}-${colorScheme}.png`);
    await page.screenshot({ path: file('') });
    await alsoPaint?.(file);
  }
}
