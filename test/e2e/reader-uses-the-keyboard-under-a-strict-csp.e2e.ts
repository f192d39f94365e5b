import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, Visitor } from '../support/browser.js';
import { createSiteFixture, expectStatus, type SiteFixture } from '../support/site-fixture.js';
import { commentOf } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { startProduct, PRODUCT_ADMIN_KEY, type Product } from '../support/product.js';
import { startPublisherServer, type Publisher } from '../support/publisher.js';

/** Style rules of a page that would change the appearance of the element if they applied to it. */
const HOSTILE = `
  * { letter-spacing: 4px !important; text-transform: uppercase !important; text-align: center !important;
      float: left !important; line-height: 3 !important; color: lime !important; animation: none !important; }
  button, textarea, select, article, section, header, ol, li, p, h2 { display: none !important; }
  postbag-comments::part(author) { font-family: 'Courier New', monospace; }
  main { clear: both; width: 720px; max-width: 100%; }`;

interface Focused {
  name: string;
  tag: string;
  hasVisibleFocus: boolean;
}

describe('a publisher’s page with a strict CSP', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;
  let fixture: SiteFixture;
  let publisher: Publisher;
  let visitor: Visitor;
  let page: Page;
  const requestedUrls: string[] = [];
  const streams = new Set<string>();

  const element = (story: string, token: string, inside = '') =>
    `<postbag-comments site="${fixture.site}" story="${story}" token="${token}">${inside}</postbag-comments>`;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url, env: { LIMITS: 'off' } });
    publisher = await startPublisherServer();
    fixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    await expectStatus(200, fixture.admin('PATCH', `/sites/${fixture.site}`, { origins: [publisher.url] }));
    const createStory = (key: string) =>
      expectStatus(
        200,
        fixture.admin('PUT', `/sites/${fixture.site}/stories/${key}`, {
          url: `${publisher.url}/${key}`,
          title: key,
        }),
      );
    await createStory('other');
    const { id } = await fixture.submit('theo', 'The table is in the second half.');
    await until(async () => (await fixture.readOwnComment('theo', id))['status'] === 'published');
    const token = await fixture.token('mara');
    publisher.publish('/story', {
      headers: {
        'content-security-policy': [
          `default-src 'none'`,
          `script-src 'nonce-c0ffee' 'strict-dynamic'`,
          `style-src 'nonce-c0ffee'`,
          `connect-src ${product.url}`,
          `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        ].join('; '),
      },
      html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Strict</title>
        <style nonce="c0ffee">${HOSTILE}</style>
        <script type="module" nonce="c0ffee" src="${product.url}/embed.js"></script>
        <body><main>${element(fixture.story, token, '<b slot="guidelines">Be brief.</b>')}
        ${element(fixture.story, token)}</main></body></html>`,
    });
    browser = await launchBrowser();
    visitor = await Visitor.open(browser);
    page = visitor.page;
    page.on('request', (request) => requestedUrls.push(request.url()));
    const storyOfStream = (url: string) => /stories\/([^/]+)\/events$/.exec(url)?.[1];
    page.on('request', (request) => {
      const story = storyOfStream(request.url());
      if (story) streams.add(story);
    });
    page.on('requestfailed', (request) => streams.delete(storyOfStream(request.url()) ?? ''));
    await page.goto(`${publisher.url}/story`);
  });
  afterAll(async () => {
    await browser?.close();
    await publisher?.close();
    await product?.process.stop();
    await database?.drop();
  });

  it('shows two elements of the same story, unaffected by the page’s styles, over one connection', async () => {
    const both = page.locator('postbag-comments');
    await commentOf({ page }, 'The table').nth(1).waitFor();
    for (const each of await both.all()) {
      const styles = await each.locator('article .text').evaluate((text) => {
        const { letterSpacing, textTransform, textAlign, float, lineHeight, fontSize, color } =
          getComputedStyle(text);
        return {
          letterSpacing,
          textTransform,
          textAlign,
          float,
          color,
          leading: parseFloat(lineHeight) / parseFloat(fontSize),
        };
      });
      expect(styles).toMatchObject({
        letterSpacing: 'normal',
        textTransform: 'none',
        textAlign: 'start',
        float: 'none',
        color: 'rgb(22, 24, 27)',
        leading: 1.5,
      });
      await each.getByRole('button', { name: 'Like' }).waitFor();
    }
    const author = both.first().locator('[part=author]');
    expect(await author.evaluate((name) => getComputedStyle(name).fontFamily)).toContain('Courier New');
    await page.getByText('Be brief.').waitFor();
    await until(() => streams.has(fixture.story));
    expect(requestedUrls.filter((url) => url.endsWith('/events'))).toHaveLength(1);
  });

  it('can be used with only the keyboard, from the first comment to the flag', async () => {
    /** Returns the focused element inside any shadow root, and whether its focus is visible. */
    const focused = () =>
      page.evaluate((): Focused => {
        let activeElement = document.activeElement;
        while (activeElement?.shadowRoot?.activeElement)
          activeElement = activeElement.shadowRoot.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(activeElement!);
        const field = activeElement?.closest('.field');
        const hasVisibleFocus =
          (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) ||
          (field instanceof Element && getComputedStyle(field).boxShadow !== 'none');
        const name =
          activeElement?.getAttribute('aria-label') ??
          ((activeElement as HTMLInputElement)?.labels?.[0]?.textContent || activeElement?.textContent) ??
          '';
        return { name: name.trim(), tag: activeElement?.localName ?? '', hasVisibleFocus };
      });
    /** Presses Tab until the element has focus. Every element on the way must show that it has focus. */
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let steps = 0; steps < 40; steps += 1) {
        await page.keyboard.press('Tab');
        const current = await focused();
        if (current.tag !== 'body') expect(current).toMatchObject({ hasVisibleFocus: true });
        if (name.test(current.name)) return;
      }
      throw new Error(`Tab never reached ${name}`);
    };
    const first = page.locator('postbag-comments').first();

    const sort = first.getByLabel('Sort by');
    for (const [key, order] of [
      ['ArrowDown', 'oldest'],
      ['ArrowUp', 'newest'],
    ]) {
      if (order === 'oldest') await tabTo(/^Sort by/);
      const read = page.waitForResponse((answer) => answer.url().includes(`/comments?sort=${order}`));
      await page.keyboard.press(key);
      await read;
      expect(await sort.inputValue()).toBe(order);
      await until(async () => /^Sort by/.test((await focused()).name));
    }
    await tabTo(/^Notifications/);
    await page.keyboard.press('Enter');
    await first.getByRole('tab', { name: 'Notifications', selected: true }).waitFor();
    await first.getByRole('tabpanel').getByText('Nothing yet.').waitFor();
    await page.keyboard.press('Escape');
    await first.getByRole('dialog').waitFor({ state: 'hidden' });
    await until(async () => /^Notifications/.test((await focused()).name));

    await tabTo(/^Your comment/);
    await page.keyboard.type('Written without a mouse.');
    await tabTo(/^Post comment/);
    await page.keyboard.press('Enter');
    const own = first.getByRole('article').filter({ hasText: 'Written without' });
    await own.waitFor();
    // The other element receives the new comment, and the focus moves to it.
    await until(async () => /^Comment by Reader mara/.test((await focused()).name));

    await own.getByText('Being checked').waitFor({ state: 'hidden' });
    await tabTo(/^Comment by|^Like/);
    await tabTo(/^Reply to Reader theo/);
    await page.keyboard.press('Enter');
    await first.getByLabel('Your reply to Reader theo').waitFor();
    await until(async () => /^Your reply/.test((await focused()).name));
    await page.keyboard.type('It is, thank you.');
    await page.keyboard.press('Control+Enter');
    await first.getByRole('article').filter({ hasText: 'It is, thank you.' }).first().waitFor();

    const theosComment = first.getByRole('article', { name: /^Comment by Reader theo/ });
    await theosComment.getByRole('button', { name: /^Like/ }).focus();
    await page.keyboard.press('Space');
    await theosComment.getByRole('button', { name: /^Like/, pressed: true }).waitFor();
    await tabTo(/^Flag/);
    await page.keyboard.press('Enter');
    const dialog = first.getByRole('dialog');
    await dialog.waitFor();
    await tabTo(/insults/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await tabTo(/^Send to the moderators/);
    await page.keyboard.press('Enter');
    await theosComment.getByText('Thank you. A moderator will look at it.').waitFor();
    await until(async () => /^Comment by Reader theo/.test((await focused()).name));

    await first.getByRole('button', { name: 'My comments and settings' }).focus();
    await page.keyboard.press('Enter');
    await first.getByRole('tab', { name: 'My comments' }).focus();
    await page.keyboard.press('End');
    await first.getByRole('tab', { name: 'Settings', selected: true }).waitFor();
    await page.keyboard.press('Escape');
    await first.getByRole('dialog').waitFor({ state: 'hidden' });
    await until(async () => (await focused()).name === 'My comments and settings');
  });

  it('updates if the page changes the story without reloading', async () => {
    await page.evaluate((story) => {
      const [first, second] = document.querySelectorAll('postbag-comments');
      second.remove();
      first.setAttribute('story', story);
    }, 'other');
    const shown = page.locator('postbag-comments');
    await shown.getByText('No comments yet.').waitFor();
    await until(() => streams.has('other') && !streams.has(fixture.story));
    await page.evaluate((story) => {
      const old = document.querySelector('postbag-comments')!;
      const next = document.createElement('postbag-comments');
      // Set as properties, as frameworks do for every property the element has.
      const { site, token } = old as unknown as Record<'site' | 'token', string>;
      Object.assign(next, { site, token, story });
      old.replaceWith(next);
    }, fixture.story);
    await commentOf({ page }, 'The table').first().waitFor();
    await until(() => streams.has(fixture.story) && !streams.has('other'));
  });

  it('makes no third-party requests, sets no cookies and does not violate the CSP', async () => {
    const origins = new Set(requestedUrls.map((url) => new URL(url).origin));
    expect([...origins].sort()).toEqual([product.url, publisher.url].sort());
    expect(await page.context().cookies()).toEqual([]);
    expect(visitor.faults).toEqual([]);
  });
});
