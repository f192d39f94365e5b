import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, waitUntilLive, type Visitor } from '../support/browser.js';
import { until } from '../support/processes.js';
import { WidgetPages } from '../support/widget-pages.js';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
/** WCAG 2.2, 2.5.8. */
const MIN_TARGET_PX = 24;

describe('a reader on a phone', () => {
  let browser: Browser;
  let widgetPages: WidgetPages;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    widgetPages = await WidgetPages.open();
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await widgetPages?.close();
  });

  const visit = async (options: Parameters<WidgetPages['visit']>[1] = {}): Promise<void> => {
    await visitor?.close();
    visitor = await widgetPages.visit(browser, { ...PHONE, as: 'reader', ...options });
    page = visitor.page;
    await page.getByRole('heading', { name: /^\d+ comments?$/ }).waitFor();
  };
  const comment = (text: string): Locator => page.getByRole('article').filter({ hasText: text });
  const menuButton = (text: string): Locator =>
    comment(text).last().getByRole('button', { name: 'More about this comment' });
  const own = 'I had hoped for more than this';

  it('closes a menu by tapping elsewhere or by choosing an item', async () => {
    await visit();
    const menu = comment(own).first().getByRole('button', { name: 'Edit' });
    await menuButton(own).tap();
    await menu.waitFor();
    await page.getByRole('heading', { name: /^\d+ comments?$/ }).tap();
    await menu.waitFor({ state: 'hidden' });
    await menuButton(own).tap();
    await menu.tap();
    await page.getByRole('button', { name: 'Cancel' }).tap();
    await menuButton(own).waitFor();
    expect(await menu.isVisible()).toBe(false);
  });

  it('switches between the preview and the text', async () => {
    await page.getByLabel('Your comment').fill('It is **not** so.');
    await page.getByRole('button', { name: 'Preview' }).tap();
    await page.getByRole('region', { name: 'Preview' }).waitFor();
    expect(await page.getByLabel('Your comment').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Preview' }).tap();
    await page.getByLabel('Your comment').waitFor();
    expect(await page.getByLabel('Your comment').inputValue()).toBe('It is **not** so.');
  });

  it('finds the back link at the top of a single conversation, and returns to where they were', async () => {
    await visit();
    await menuButton('I had read past it').tap();
    await comment('I had read past it').last().getByRole('button', { name: 'Only this conversation' }).tap();
    const back = page.getByRole('button', { name: /^Show all/ });
    await back.waitFor();
    const first = page.getByRole('article').first();
    expect((await back.boundingBox())!.y).toBeLessThan((await first.boundingBox())!.y);
    expect(page.url()).toContain('#postbag-');
    await back.tap();
    await comment(own).first().waitFor();
    expect(page.url()).not.toContain('#postbag-');
    await until(() =>
      page.evaluate(() =>
        Boolean(
          document
            .querySelector('postbag-comments')!
            .shadowRoot!.activeElement?.textContent?.includes('The number to read'),
        ),
      ),
    );
  });

  it('returns from the sign-in page to the composer, which has the focus', async () => {
    await visit({ hash: '#postbag-write' });
    await until(() =>
      page.evaluate(
        () => document.querySelector('postbag-comments')!.shadowRoot!.activeElement?.localName === 'textarea',
      ),
    );
    expect(page.url()).not.toContain('#postbag-write');
  });

  // The second reader has held and rejected comments, and ignores another reader.
  it.each(['mara', 'reader'])('sees no layout shift when their personal content loads: %s', async (as) => {
    await visit({
      as,
      prepare: (page) =>
        page.addInitScript(() => {
          const layoutShifts = ((window as unknown as { layoutShifts: unknown[] }).layoutShifts =
            []) as unknown[];
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & {
              value: number;
              sources: { previousRect: DOMRect }[];
            })[])
              layoutShifts.push([entry.value, entry.sources.map(({ previousRect }) => previousRect)]);
          }).observe({ type: 'layout-shift', buffered: true });
        }),
    });
    await page.getByRole('button', { name: 'My comments and settings' }).waitFor();
    await menuButton('Who had not?').waitFor();
    const layoutShifts = await page.evaluate(
      () => (window as unknown as { layoutShifts: [number, DOMRect[]][] }).layoutShifts,
    );
    // The name of a site's own reaction appears in the reader's language, which makes it a few pixels wider.
    expect(layoutShifts.filter(([share]) => share > 0.001)).toEqual([]);
  });

  it.each([360, 1280])('tabs through the header in visual order at %i px wide', async (width) => {
    await visit({ viewport: { width, height: 740 } });
    await page.getByRole('button', { name: /^Follow this story|^Stop following/ }).waitFor();
    await waitUntilLive(page);
    await widgetPages.publishComment('theo', `New at ${width}.`);
    await page.getByRole('button', { name: /^Show 1 new/ }).waitFor();
    const order = await page.evaluate(() => {
      const header = document.querySelector('postbag-comments')!.shadowRoot!.querySelector('.head')!;
      return [...header.querySelectorAll('button, select')].map((each) => {
        const { top, bottom, left } = each.getBoundingClientRect();
        return { name: each.getAttribute('aria-label') ?? each.localName, row: (top + bottom) / 2, left };
      });
    });
    const visualOrder = order.toSorted((a, b) =>
      Math.abs(a.row - b.row) > 12 ? a.row - b.row : a.left - b.left,
    );
    expect(order.map(({ name }) => name)).toEqual(visualOrder.map(({ name }) => name));
    expect(order).toHaveLength(5);
  });

  it('sees no Markdown syntax in a comment excerpt', async () => {
    await visit({ as: 'gold', tier: 'insider-gold' });
    expect(await comment('I had read past it').last().locator('q').textContent()).toBe(
      'We asked; the answer is in the second half of the piece.',
    );
    await page.getByRole('button', { name: 'My comments and settings' }).tap();
    const own = page.getByRole('tabpanel', { name: 'My comments' }).locator('.excerpt');
    expect(await own.first().textContent()).toMatch(
      /^The number to read is the third one\. The rest is decoration:\s+a promise/,
    );
    await page.getByRole('tab', { name: 'Notifications' }).tap();
    await page
      .getByRole('tabpanel', { name: 'Notifications' })
      .getByText('We asked; the answer is in the second half of the piece.', { exact: true })
      .waitFor();
  });

  it('gets the number of remaining characters announced when typing pauses, not after every key', async () => {
    await visit();
    await page.evaluate(() => {
      const announcements = ((window as unknown as { announcements: string[] }).announcements =
        []) as string[];
      const root = document.querySelector('postbag-comments')!.shadowRoot!;
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest(
            '[role=status],[role=alert],[aria-live]',
          );
          if (region?.textContent && announcements.at(-1) !== region.textContent)
            announcements.push(region.textContent);
        }
      }).observe(root, { childList: true, characterData: true, subtree: true });
    });
    const field = page.getByLabel('Your comment');
    await field.fill('w '.repeat(285));
    await field.press('End');
    await page.keyboard.type('twenty more characters');
    const announcements = () =>
      page.evaluate(() => (window as unknown as { announcements: string[] }).announcements);
    await until(async () => (await announcements()).at(-1) === '8 characters left');
    // A busy machine may pause between two keys, but not between most of them.
    expect((await announcements()).length).toBeLessThan(10);
    await field.fill('');
  });

  it('finds only tap targets that are large enough', async () => {
    await page.getByLabel('Your comment').fill('Some words.');
    await page.getByRole('button', { name: 'Formatting' }).tap();
    await menuButton('Who had not?').tap();
    const tooSmall = () =>
      page.evaluate((minPx) => {
        const root = document.querySelector('postbag-comments')!.shadowRoot!;
        return [...root.querySelectorAll<HTMLElement>('a[href],button,select,input,textarea')]
          .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.text'))
          .map((each) => ({
            name: each.getAttribute('aria-label') ?? each.textContent,
            box: (each.closest('label') ?? each).getBoundingClientRect(),
          }))
          .filter(({ box }) => box.width < minPx || box.height < minPx)
          .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`);
      }, MIN_TARGET_PX);
    expect(await tooSmall()).toEqual([]);
    await page.getByRole('button', { name: 'My comments and settings' }).tap();
    for (const tab of ['Notifications', 'My comments', 'My reactions', 'Following', 'Settings']) {
      await page.getByRole('tab', { name: tab }).tap();
      await page.getByRole('tabpanel', { name: tab }).getByText(/\w/).first().waitFor();
      expect(await tooSmall()).toEqual([]);
    }
    expect(visitor.faults).toEqual([]);
  });
});
