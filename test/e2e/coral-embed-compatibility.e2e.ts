import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, Visitor } from '../support/browser.js';
import { dateOf, linesOf, packCoral } from '../support/coral-export.js';
import { expectStatus, type Json } from '../support/site-fixture.js';
import { commentOf } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { startProduct, PRODUCT_ADMIN_KEY, type Product } from '../support/product.js';
import { startPublisherServer, type Publisher } from '../support/publisher.js';
import { createSite, readerToken, type TestSite } from '../support/sites.js';

/*
 * Uses the pages in Coral's documentation (client/docs/docs/cms.md, counts.md), the embed code in Coral's admin, and
 * Coral's examples (client/src/core/client/embed/story.html, storyButton.html). Only the host is changed.
 */

const COMMENTED_AT = dateOf(Date.UTC(2024, 4, 1));
const ids = {
  story: '5f0c5a52-0f4d-4b39-8d5c-0ef8a1c7f701',
  first: '5f0c5a52-0f4d-4b39-8d5c-0ef8a1c7f702',
  reply: '5f0c5a52-0f4d-4b39-8d5c-0ef8a1c7f703',
  held: '5f0c5a52-0f4d-4b39-8d5c-0ef8a1c7f704',
};
const ANN = 'c1f5d1c8-ann';
const LONG_STORY = '<p style="height:2000px">Twenty paragraphs of a story.</p>';

/** Records in `embedEvents` every event that Coral's embed emits to the page. */
const RECORD_EVENTS_SCRIPT = `window.embedEvents = [];
  const recordEvents = (events) => events.onAny((name, data) => embedEvents.push([name, data]));`;

describe('a page with a Coral embed', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;
  let publisher: Publisher;
  let site: TestSite;
  /** `//host`, as in Coral's examples. */
  let host: string;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url, env: { LIMITS: 'off' } });
    publisher = await startPublisherServer();
    browser = await launchBrowser();
    host = new URL(product.url).host;
    site = await createSite(
      { call: product.call, adminKey: PRODUCT_ADMIN_KEY },
      { origins: [publisher.url] },
    );
    const comment = (id: string, body: string, more: object = {}) => ({
      id,
      storyID: ids.story,
      authorID: 'coral-user-1',
      status: 'NONE',
      createdAt: COMMENTED_AT,
      revisions: [{ id: `${id}-1`, body: `<div>${body}</div>`, createdAt: COMMENTED_AT }],
      ...more,
    });
    const file = await packCoral({
      'stories.json': linesOf([
        { id: ids.story, siteID: 's', url: `${publisher.url}/a-story`, createdAt: COMMENTED_AT },
      ]),
      'users.json': linesOf([
        {
          id: 'coral-user-1',
          username: 'Ann',
          createdAt: COMMENTED_AT,
          profiles: [{ type: 'sso', id: ANN }],
        },
      ]),
      'comments.json': linesOf([
        comment(ids.first, 'The first comment from Coral.'),
        comment(ids.reply, 'The reply from Coral.', { parentID: ids.first }),
        comment(ids.held, 'Nobody sees this one.', { status: 'PREMOD' }),
      ]),
    });
    const sent = await fetch(`${product.url}/api/v1/sites/${site.id}/imports?format=coral`, {
      method: 'POST',
      headers: { authorization: `Bearer ${PRODUCT_ADMIN_KEY}` },
      body: new Uint8Array(file),
    });
    const { id } = (await sent.json()) as { id: string };
    await until(async () => (await site.publisher('GET', `/imports/${id}`)).body.state === 'done', 60_000);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await publisher?.close();
    await product?.process.stop();
    await database?.drop();
  });

  /** Opens a page. @param path may include a query @returns the visitor, and what the page logged to its console */
  async function open(
    path: string,
    html: string,
  ): Promise<{ visitor: Visitor; page: Page; pageErrors: string[] }> {
    publisher.publish(path.split('?')[0], {
      html: `<!doctype html><html lang="en"><head><title>A story</title>${html}</html>`,
    });
    const visitor = await Visitor.open(browser);
    const { page } = visitor;
    const pageErrors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') pageErrors.push(message.text());
    });
    await page.goto(publisher.url + path);
    return { visitor, page, pageErrors };
  }
  const embedEvents = (page: Page): Promise<[string, Json][]> => page.evaluate('embedEvents');
  const waitForEvent = (page: Page, name: string): Promise<unknown> =>
    page.waitForFunction(`embedEvents.some(([name]) => name === ${JSON.stringify(name)})`);

  /** The embed code that Coral's admin shows for copying. */
  const embedCode = (options = ''): string => `
    <div id="coral_thread"></div>
    <script type="text/javascript">
      ${RECORD_EVENTS_SCRIPT}
      (function() {
          var d = document, s = d.createElement('script');
          var URL = ${JSON.stringify(host)};
          s.src = '//' + URL + '/assets/js/embed.js';
          s.async = false;
          s.defer = true;
          s.onload = function() {
              window.embed = Coral.createStreamEmbed({
                  id: "coral_thread",
                  autoRender: true,
                  rootURL: '//' + URL,
                  events: recordEvents,
                  ${options}
              });
          };
          (d.head || d.body).appendChild(s);
      })();
    </script>`;

  it('shows the imported thread and its counts', async () => {
    const { visitor, page, pageErrors } = await open(
      '/a-story',
      `<link rel="canonical" href="${publisher.url}/a-story">
      <script class="coral-script" src="//${host}/assets/js/count.js" defer></script></head><body>
      <a id="by-page" href="#coral_thread" class="coral-count">Comments</a>
      <span id="by-url" class="coral-count" data-coral-url="${publisher.url}/a-story"></span>
      <span id="by-id" class="coral-count" data-coral-id="${ids.story}" data-coral-notext="true"></span>
      <span id="other" lang="de" class="coral-count" data-coral-url="${publisher.url}/nobody-wrote-here"></span>
      <span id="unknown" class="coral-count" data-coral-url="https://elsewhere.example/">Discuss</span>
      ${embedCode()}</body>`,
    );
    await page.getByRole('heading', { name: '2 comments' }).waitFor();
    await commentOf({ page }, 'The reply from Coral.').first().waitFor();
    expect(await page.getByText('Nobody sees this one.').count()).toBe(0);
    await waitForEvent(page, 'ready');
    for (const id of ['by-page', 'by-url']) {
      const count = page.locator(`#${id}[data-coral-count="2"]`);
      await count.waitFor();
      expect(await count.innerHTML()).toBe(
        '<span class="coral-count-number">2</span> <span class="coral-count-text">Comments</span>',
      );
    }
    expect(await page.locator('#by-id').innerHTML()).toBe('<span class="coral-count-number">2</span>');
    await page.locator('#other').getByText('Kommentare').waitFor();
    expect(await page.locator('#unknown').textContent()).toBe('Discuss');
    // The page also requests the count of another publisher's URL, which is a 404.
    expect(pageErrors.filter((text) => !/404/.test(text))).toEqual([]);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('follows a permalink to a comment, even when the comments open behind a button', async () => {
    const { visitor, page } = await open(
      `/a-story-with-button?commentID=${ids.reply}`,
      `<script src="${product.url}/assets/js/embed.js"></script></head><body>
      <a href="#coralStreamEmbed" class="coral-count">Comments</a>${LONG_STORY}
      <div id="coralStreamEmbed" style="max-width: 640px; margin: 0 auto;"></div>
      <button id="showComments">Show Comments</button>
      <script>
        const CoralStreamEmbed = Coral.createStreamEmbed({
          id: "coralStreamEmbed",
          rootURL: ${JSON.stringify(product.url)},
          storyID: ${JSON.stringify(ids.story)},
          storyURL: location.origin + '/a-story',
        });
        const button = document.getElementById("showComments");
        const showStreamEmbed = function () {
          CoralStreamEmbed.render();
          button.remove();
        };
        button.onclick = showStreamEmbed;
        CoralStreamEmbed.on("showPermalink", showStreamEmbed);
      </script></body>`,
    );
    await page.getByText('You see one conversation.').waitFor();
    const reply = commentOf({ page }, 'The reply from Coral.').last();
    await reply.waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#postbag-[0-9a-f-]{36}$/);
    await page.waitForFunction('scrollY > 1000');
    // The embed fills in the counts on its page without count.js.
    await page.locator('.coral-count[data-coral-count]').waitFor();
    // All comments are shown again, and the permalink notice is gone.
    await page.getByRole('button', { name: 'Show all 2 comments' }).click();
    await page.getByText('You see one conversation.').waitFor({ state: 'hidden' });
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it.each([
    ['in sight', ids.held, 0],
    ['far down', 'a-comment', 3_000],
  ])(
    'says in Postbag’s own element too that the comment of a permalink is missing (%s)',
    async (_where, id, height) => {
      const { visitor, page } = await open(
        `/a-story?commentID=${id}`,
        `<script type="module" src="${product.url}/embed.js"></script></head><body><div style="height: ${height}px"></div>
       <postbag-comments site="${site.id}" story="${ids.story}" url="${publisher.url}/a-story"></postbag-comments></body>`,
      );
      await page.getByText('The comment that the link leads to is no longer here.').waitFor();
      await commentOf({ page }, 'The first comment from Coral.').first().waitFor();
      expect(visitor.faults).toEqual([]);
      await visitor.close();
    },
  );

  it.each([
    ['held', ids.held],
    ['unknown', '0b1f7a52-4e0f-4c51-9d2a-5f3f5a1f0a11'],
    ['unknown and no UUID', 'a-comment'],
  ])('says that the comment of a permalink does not exist (%s), and shows the others', async (_what, id) => {
    const { visitor, page } = await open(
      `/a-story?commentID=${id}`,
      `</head><body>${embedCode(`storyID: '${ids.story}',`)}</body>`,
    );
    await page.getByText('The comment that the link leads to is no longer here.').waitFor();
    await commentOf({ page }, 'The first comment from Coral.').first().waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('does not accept a token in Coral’s format and says what to sign instead; the reader keeps their comments', async () => {
    const now = Math.floor(Date.now() / 1000);
    const coralToken = await new SignJWT({
      jti: 'b6f5b2b4',
      iat: now,
      exp: now + 3600,
      user: { id: ANN, email: 'ann@news.example', username: 'Ann' },
    })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(site.ssoSecret));
    const { visitor, page, pageErrors } = await open(
      '/a-story',
      `</head><body>${embedCode(`accessToken: ${JSON.stringify(coralToken)},`)}</body>`,
    );
    await page.getByText('You must be signed in to comment.').waitFor();
    expect(pageErrors).toHaveLength(1);
    for (const part of ['Coral', 'sub: user.id', `aud: "${site.id}"`, 'ssoSecret'])
      expect(pageErrors[0]).toContain(part);
    await page.getByRole('button', { name: 'Sign in' }).first().click();
    await waitForEvent(page, 'loginPrompt');

    // The page responds to the login prompt by signing the reader in.
    const token = await readerToken(site.ssoSecret, { sub: ANN, name: 'Ann', aud: site.id });
    await page.evaluate(`embed.login(${JSON.stringify(token)})`);
    await page.getByLabel('Your comment').fill('A remark after the move.');
    await page.getByRole('button', { name: 'Post comment' }).click();
    await waitForEvent(page, 'createComment.success');
    const [, created] = (await embedEvents(page)).find(([name]) => name === 'createComment.success')!;
    expect(created).toEqual({
      storyID: ids.story,
      body: 'A remark after the move.',
      success: { id: expect.any(String), status: 'pending' },
    });
    // The comments that were written in Coral with that user ID belong to this reader.
    const own = await expectStatus(200, site.reader<Json>(token, 'GET', '/me/comments'));
    expect(own.body.items.map(({ body }: Json) => body)).toContain('The reply from Coral.');
    await page.evaluate('embed.logout()');
    await page.getByText('You must be signed in to comment.').waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('asks the page for a new token when one expires', async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: 'ben', name: 'Ben', aud: site.id };
    const [expiredToken, validToken] = [
      await readerToken(site.ssoSecret, { ...claims, iat: now - 7200, exp: now - 3600 }),
      await readerToken(site.ssoSecret, claims),
    ];
    const { visitor, page } = await open(
      '/a-story',
      `</head><body>${embedCode(`accessToken: ${JSON.stringify(expiredToken)},
        refreshAccessToken: (nextAccessToken) => setTimeout(() => nextAccessToken(${JSON.stringify(validToken)})),`)}</body>`,
    );
    await page.getByLabel('Your comment').waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('says so in the console if the page’s origin belongs to no site', async () => {
    const { visitor, pageErrors } = await open(
      '/a-story',
      `</head><body>${embedCode(`storyURL: 'https://unregistered.example/a',`)}</body>`,
    );
    await until(() => pageErrors.some((text) => text.includes('[postbag]')));
    expect(pageErrors.find((text) => text.includes('[postbag]'))).toContain(
      'no site of this server has the origin of https://unregistered.example/a',
    );
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });
});
