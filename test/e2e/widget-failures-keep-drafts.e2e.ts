import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, waitUntilLive, Visitor } from '../support/browser.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../support/site-fixture.js';
import { commentOf } from '../support/demo-site.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { startProduct, PRODUCT_ADMIN_KEY, type Product } from '../support/product.js';
import { startPublisherServer, type Publisher } from '../support/publisher.js';
import { readerToken } from '../support/sites.js';

const MAX_CHARS = 200;
const FAMILY = '👨‍👩‍👧‍👦';
const DRAFT_TEXT = 'Half a morning went into these words.';
const THREAD = '**/comments?sort=*';

describe('the widget under failures', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;
  let fixture: SiteFixture;
  let publisher: Publisher;
  let stories = 0;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url, env: { LIMITS: 'off' } });
    publisher = await startPublisherServer();
    fixture = await createSiteFixture(
      { call: product.call, adminKey: PRODUCT_ADMIN_KEY },
      { body: { maxChars: MAX_CHARS } },
    );
    await expectStatus(200, fixture.admin('PATCH', `/sites/${fixture.site}`, { origins: [publisher.url] }));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await publisher?.close();
    await product?.process.stop();
    await database?.drop();
  });

  /** Opens a publisher's page with a separate story, as the given reader. */
  async function open(
    token?: string,
    {
      siteFixture = fixture,
      seed,
      prepare,
    }: {
      siteFixture?: SiteFixture;
      seed?: (story: string) => Promise<unknown>;
      prepare?: (page: Page) => Promise<unknown>;
    } = {},
  ): Promise<{ visitor: Visitor; page: Page; story: string; field: Locator }> {
    const story = `story-${++stories}`;
    const url = `${publisher.url}/${story}`;
    await expectStatus(
      200,
      siteFixture.admin('PUT', `/sites/${siteFixture.site}/stories/${story}`, { url, title: 'A story' }),
    );
    publisher.publish(`/${story}`, {
      html: `<!doctype html><html lang="en"><title>A story</title>
        <script type="module" src="${product.url}/embed.js"></script>
        <postbag-comments site="${siteFixture.site}" story="${story}"${token ? ` token="${token}"` : ''}></postbag-comments>`,
    });
    await seed?.(story);
    const visitor = await Visitor.open(browser);
    const { page } = visitor;
    await prepare?.(page);
    await page.goto(url);
    return { visitor, page, story, field: page.getByLabel('Your comment') };
  }
  const postButton = (page: Page) => page.getByRole('button', { name: 'Post comment' });
  /**
   * Returns the comments of a story from the API, as soon as there are any. The page cannot be used for this, because it
   * shows a comment before the response arrives.
   */
  async function listBodies(story: string, siteFixture = fixture, token?: string): Promise<string[]> {
    let bodies: string[] = [];
    await until(async () => {
      const { body } = await product.call<{ items: { body: string }[] }>(
        'GET',
        `/api/v1/sites/${siteFixture.site}/stories/${story}/comments`,
        { token: token ?? (await siteFixture.token('mara')) },
      );
      bodies = body.items.map(({ body }) => body);
      return bodies.length > 0;
    });
    return bodies;
  }

  it('slow network: shows a message while the reader waits, and then the comments', async () => {
    let releaseResponse: () => void = () => undefined;
    const responseReleased = new Promise<void>((resolve) => (releaseResponse = resolve));
    const { visitor, page } = await open(undefined, {
      prepare: async (page) => {
        await page.route(THREAD, async (route) => {
          await responseReleased;
          await route.continue();
        });
        // Play animations ten times as fast, because the message appears after a delay of six seconds.
        const session = await page.context().newCDPSession(page);
        await session.send('Animation.enable');
        await session.send('Animation.setPlaybackRate', { playbackRate: 10 });
      },
    });
    await page.getByLabel('Loading comments').waitFor();
    await page.getByText('This takes longer than usual.').waitFor();
    releaseResponse();
    await page.getByText('No comments yet.').waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('no response: says what happened and offers a retry, which works', async () => {
    let isDown = true;
    const { visitor, page } = await open(undefined, {
      prepare: (page) => page.route(THREAD, (route) => (isDown ? route.abort() : route.continue())),
    });
    await page.getByText('The comments could not be loaded.').waitFor();
    isDown = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No comments yet.').waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('a token expires while the reader writes: the page supplies another, or a sign-in link appears under the draft', async () => {
    // Use a separate site, because its secret is retired to invalidate the tokens that were signed with it.
    const siteFixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    await expectStatus(
      200,
      siteFixture.admin('PATCH', `/sites/${siteFixture.site}`, { origins: [publisher.url] }),
    );
    const token = await siteFixture.token('mara', { name: 'Mara' });
    const [withGetToken, withoutGetToken] = [
      await open(token, { siteFixture }),
      await open(token, { siteFixture }),
    ];
    await withGetToken.field.fill(DRAFT_TEXT);
    await withoutGetToken.field.fill(DRAFT_TEXT);
    const { body: next } = await expectStatus(
      200,
      siteFixture.admin<Json>('POST', `/sites/${siteFixture.site}/sso/secret`, { overlapSeconds: 0 }),
    );
    const newToken = await readerToken(next.ssoSecret, { sub: 'mara', name: 'Mara', aud: siteFixture.site });
    await withGetToken.page.evaluate((next) => {
      const element = document.querySelector('postbag-comments') as unknown as {
        getToken: () => Promise<string>;
      };
      element.getToken = async () => {
        document.title = `${document.title}, asked`;
        return next;
      };
    }, newToken);

    await postButton(withGetToken.page).click();
    await commentOf(withGetToken, DRAFT_TEXT).waitFor();
    expect(await withGetToken.page.title()).toContain('asked');

    await postButton(withoutGetToken.page).click();
    await withoutGetToken.page.getByText('Your sign-in has ended. Your text is kept').waitFor();
    expect(await withoutGetToken.field.inputValue()).toBe(DRAFT_TEXT);
    await withoutGetToken.page.evaluate((next) => {
      const element = document.querySelector('postbag-comments')!;
      element.addEventListener('postbag:signin', () => element.setAttribute('token', next));
    }, newToken);
    await withoutGetToken.page.getByRole('button', { name: 'Sign in' }).click();
    await withoutGetToken.page.getByText('Your sign-in has ended').waitFor({ state: 'hidden' });
    expect(await withoutGetToken.field.inputValue()).toBe(DRAFT_TEXT);
    await postButton(withoutGetToken.page).click();
    await commentOf(withoutGetToken, DRAFT_TEXT).waitFor();
    expect(await listBodies(withoutGetToken.story, siteFixture, newToken)).toEqual([DRAFT_TEXT]);
    expect([...withGetToken.visitor.faults, ...withoutGetToken.visitor.faults]).toEqual([]);
    await withGetToken.visitor.close();
    await withoutGetToken.visitor.close();
  });

  it('a token expired before the page opened: shows the comments and a sign-in link', async () => {
    const ended = await readerToken(fixture.ssoSecret, {
      sub: 'mara',
      name: 'Mara',
      aud: fixture.site,
      iat: Math.floor(Date.now() / 1000) - 7200,
      exp: Math.floor(Date.now() / 1000) - 3600,
    });
    for (const token of [ended, 'abc.def.ghi']) {
      const { page, visitor } = await open(token);
      await page.getByText('You must be signed in to comment.').waitFor();
      await page.getByText('No comments yet.').waitFor();
      await page.evaluate((token) => {
        const portfolioElement = document.createElement('postbag-portfolio');
        const { site, story } = document.querySelector('postbag-comments') as unknown as Record<
          string,
          string
        >;
        document.body.append(Object.assign(portfolioElement, { site, story, token }));
      }, token);
      const portfolio = page.locator('postbag-portfolio');
      await portfolio.getByRole('button', { name: 'Sign in' }).waitFor();
      await visitor.close();
    }
  });

  it('a reader subscribes in another tab: the composer is shown when they return', async () => {
    const siteFixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    const set = (method: string, path: string, body: unknown) =>
      expectStatus(200, siteFixture.admin(method, `/sites/${siteFixture.site}${path}`, body));
    await set('PATCH', '', { origins: [publisher.url] });
    await set('PUT', '/tiers', [{ key: 'insider-gold', name: 'Insider Gold', rank: 30 }]);
    await set('PATCH', '/policy', { gate: { comment: 'insider-gold' } });
    const { visitor, page, field } = await open(await siteFixture.token('mara'), { siteFixture });
    await page.getByText('You must be signed in and an Insider Gold subscriber to comment.').waitFor();
    await waitUntilLive(page);

    await page.clock.install();
    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    const streamFailure = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/events'));
    await page.clock.fastForward(60_000);
    await streamFailure;
    await set('PUT', '/readers/mara/entitlement', { tier: 'insider-gold', status: 'active' });
    await hide(false);
    await page.getByRole('button', { name: 'Join the conversation' }).click();
    await field.fill(DRAFT_TEXT);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('a reader signs in on another page to reply: the reply box reopens with the draft', async () => {
    const siteFixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    await expectStatus(
      200,
      siteFixture.admin('PATCH', `/sites/${siteFixture.site}`, { origins: [publisher.url] }),
    );
    const { visitor, page, story } = await open(await siteFixture.token('mara', { name: 'Mara' }), {
      siteFixture,
      seed: (story) => publishComment(story, siteFixture),
    });
    const reply = page.getByLabel('Your reply to Reader theo');
    await page.getByRole('button', { name: 'Reply to Reader theo' }).click();
    await reply.fill(DRAFT_TEXT);
    const { body: next } = await expectStatus(
      200,
      siteFixture.admin<Json>('POST', `/sites/${siteFixture.site}/sso/secret`, { overlapSeconds: 0 }),
    );
    await page.getByRole('button', { name: 'Post reply' }).click();
    await page.getByText('Your sign-in has ended. Your text is kept').waitFor();
    publisher.publish('/sign-in', { html: '<!doctype html><title>Sign in</title><p>Who are you?' });
    await page.evaluate(() =>
      document
        .querySelector('postbag-comments')!
        .addEventListener('postbag:signin', () => (location.href = `/sign-in#${location.href}`)),
    );
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Who are you?').waitFor();
    const returnUrl = new URL(page.url()).hash.slice(1);
    const newToken = await readerToken(next.ssoSecret, { sub: 'mara', name: 'Mara', aud: siteFixture.site });
    // The thread is loaded although the element is far below the viewport.
    publisher.publish(`/${story}`, {
      html: `<!doctype html><html lang="en"><title>A story</title><div style="height:9000px">A long story</div>
        <script type="module" src="${product.url}/embed.js"></script>
        <postbag-comments site="${siteFixture.site}" story="${story}" token="${newToken}"></postbag-comments>`,
    });
    await page.goto(returnUrl);
    await reply.waitFor();
    expect(await reply.inputValue()).toBe(DRAFT_TEXT);
    await page.waitForFunction(
      () => document.querySelector('postbag-comments')?.shadowRoot?.activeElement?.tagName === 'TEXTAREA',
    );
    await page.getByRole('button', { name: 'Post reply' }).click();
    await commentOf({ page }, DRAFT_TEXT).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('a reader subscribes to reply: the reply box opens as soon as they may reply', async () => {
    const siteFixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    const set = (method: string, path: string, body: unknown) =>
      expectStatus(200, siteFixture.admin(method, `/sites/${siteFixture.site}${path}`, body));
    await set('PATCH', '', { origins: [publisher.url] });
    await set('PUT', '/tiers', [{ key: 'insider-gold', name: 'Insider Gold', rank: 30 }]);
    const { visitor, page } = await open(await siteFixture.token('mara'), {
      siteFixture,
      seed: async (story) => {
        await publishComment(story, siteFixture);
        await set('PATCH', '/policy', { gate: { reply: 'insider-gold' } });
      },
    });
    await waitUntilLive(page);
    await page.getByRole('button', { name: 'Reply to Reader theo' }).click();
    await page.getByText('You must be signed in and an Insider Gold subscriber to reply.').waitFor();
    await page.getByRole('button', { name: 'Get Insider Gold' }).click();
    await set('PUT', '/readers/mara/entitlement', { tier: 'insider-gold', status: 'active' });
    await page.getByLabel('Your reply to Reader theo').fill(DRAFT_TEXT);
    await page.getByRole('button', { name: 'Post reply' }).click();
    await commentOf({ page }, DRAFT_TEXT).waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('each rejected action shows its own message', async () => {
    const { visitor, page } = await open(undefined, { seed: (story) => publishComment(story) });
    const comment = commentOf({ page }, 'Something to answer.');
    for (const [button, to] of [
      ['Like', 'to react'],
      ['Reply to Reader theo', 'to reply'],
      ['Flag', 'to flag a comment'],
      ['Like', 'to react'],
    ]) {
      await comment.hover();
      await comment.getByRole('button', { name: button }).click();
      await comment.getByText(`You must be signed in ${to}.`).waitFor();
    }
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('a permalink to a missing comment: shows a message above the other comments', async () => {
    const { visitor, page } = await open(undefined, { seed: (story) => publishComment(story) });
    await page.evaluate(() => (location.hash = '#postbag-01999999-9999-7999-8999-999999999999'));
    await page.getByText('The comment that the link leads to is no longer here.').waitFor();
    await page.getByText('Something to answer.').waitFor();
    await page.evaluate(() => (location.hash = ''));
    await page
      .getByText('The comment that the link leads to is no longer here.')
      .waitFor({ state: 'hidden' });
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('a page on an origin that the site does not list: development mode names the origin', async () => {
    const { visitor, page } = await open();
    const logged = page.waitForEvent('console', (message) => message.text().startsWith('[postbag] 404'));
    await page.evaluate((site) => {
      const element = document.createElement('postbag-comments');
      for (const [name, value] of Object.entries({
        site,
        story: 'nobody-registered',
        url: 'https://elsewhere.example/a-story',
        debug: '',
      }))
        element.setAttribute(name, value);
      document.querySelector('postbag-comments')!.replaceWith(element);
    }, fixture.site);
    await page.getByText('The comments could not be loaded.').waitFor();
    expect((await logged).text()).toContain("https://elsewhere.example is not one of the site's origins");
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('a story closes while the reader writes: shows a message before they post, and keeps the draft', async () => {
    const { visitor, page, story, field } = await open(await fixture.token('mara'));
    const set = (state: string) =>
      expectStatus(
        200,
        fixture.admin('PUT', `/sites/${fixture.site}/stories/${story}`, {
          state,
          title: 'A story',
          url: `${publisher.url}/${story}`,
        }),
      );
    await field.fill(DRAFT_TEXT);
    await waitUntilLive(page);
    await set('closed');
    await page.getByText('Comments on this story are closed.').waitFor();
    await page.getByText('Your text is kept here; copy it').waitFor();
    expect(await field.inputValue()).toBe(DRAFT_TEXT);
    expect(await postButton(page).getAttribute('aria-disabled')).toBe('true');
    await set('open');
    await page.getByText('Comments on this story are closed.').waitFor({ state: 'hidden' });
    await postButton(page).click();
    await commentOf({ page }, DRAFT_TEXT).waitFor();
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('a comment is removed during a reply: the reply can be posted as a comment', async () => {
    let commentId = '';
    const { visitor, page, story } = await open(await fixture.token('mara'), {
      seed: async (story) => {
        const { body } = await product.call<{ id: string }>(
          'POST',
          `/api/v1/sites/${fixture.site}/stories/${story}/comments`,
          { token: await fixture.token('theo'), body: { body: 'This one will be taken away.' } },
        );
        commentId = body.id;
        await until(async () => (await fixture.readOwnComment('theo', commentId))['status'] === 'published');
      },
    });
    await page.getByRole('button', { name: 'Reply to Reader theo' }).click();
    await page.getByLabel('Your reply to Reader theo').fill(DRAFT_TEXT);
    await waitUntilLive(page);
    await expectStatus(
      200,
      product.call('POST', '/api/v1/moderation/decisions', {
        token: PRODUCT_ADMIN_KEY,
        body: { decisions: [{ commentId, revision: 1, action: 'remove', reason: 'off-topic' }] },
      }),
    );
    await page.getByText('The comment you answer is no longer there.').waitFor();
    const answer = page.locator('form').filter({ hasText: 'no longer there' });
    expect(await answer.getByRole('textbox').inputValue()).toBe(DRAFT_TEXT);
    await answer.getByRole('button', { name: 'Post comment' }).click();
    await commentOf({ page }, DRAFT_TEXT).waitFor();
    expect(await listBodies(story)).toContain(DRAFT_TEXT);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('ten thousand pasted characters are counted and kept, and a family emoji counts as one', async () => {
    const { visitor, page, story, field } = await open(await fixture.token('mara'));
    await field.click();
    await page.keyboard.insertText('x'.repeat(10_000));
    await page.getByText('9,800 characters too many').waitFor();
    expect(await postButton(page).getAttribute('aria-disabled')).toBe('true');
    expect(await field.inputValue()).toHaveLength(10_000);
    await field.fill(FAMILY.repeat(MAX_CHARS + 1));
    await page.getByText('1 character too many').waitFor();
    await field.fill(FAMILY.repeat(MAX_CHARS));
    await page.getByText('0 characters left').waitFor();
    await postButton(page).click();
    await commentOf({ page }, FAMILY).waitFor();
    expect(await listBodies(story)).toEqual([FAMILY.repeat(MAX_CHARS)]);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('Arabic in an English thread keeps its direction in the composer and in the thread', async () => {
    const arabic = 'قرأت المقال مرتين، وأتفق مع الفقرة الثالثة (2026).';
    const { visitor, page, field } = await open(await fixture.token('mara', { name: 'منى' }));
    await field.fill(arabic);
    const direction = (element: Locator) => element.evaluate((node) => getComputedStyle(node).direction);
    expect(await direction(field)).toBe('rtl');
    await postButton(page).click();
    const comment = commentOf({ page }, arabic);
    await comment.waitFor();
    expect(await direction(comment.locator('.text'))).toBe('rtl');
    expect(await direction(comment)).toBe('ltr');
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  it('the server goes down and comes back: the draft is kept and posted once', async () => {
    const { visitor, page, story, field } = await open(await fixture.token('mara'));
    await field.fill(DRAFT_TEXT);
    await product.process.stop();
    await postButton(page).click();
    await page.getByText('The server did not answer. Your text is kept.').waitFor();
    expect(await field.inputValue()).toBe(DRAFT_TEXT);
    product = await startProduct({
      databaseUrl: database.url,
      env: { LIMITS: 'off', PORT: new URL(product.url).port },
    });
    await page.getByRole('button', { name: 'Post again' }).click();
    await commentOf({ page }, DRAFT_TEXT).waitFor();
    expect(await listBodies(story)).toEqual([DRAFT_TEXT]);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  /** Posts a comment by Theo under a story and waits until it is published. */
  const publishComment = async (story: string, siteFixture = fixture): Promise<string> => {
    const {
      body: { id },
    } = await expectStatus(
      202,
      product.call<{ id: string }>('POST', `/api/v1/sites/${siteFixture.site}/stories/${story}/comments`, {
        token: await siteFixture.token('theo'),
        body: { body: 'Something to answer.' },
      }),
    );
    await until(async () => (await siteFixture.readOwnComment('theo', id))['status'] === 'published');
    return id;
  };

  describe('a script that fails to load', () => {
    /** Matches built files of the element by the start of their name: of the current build, or of all builds. */
    const chunk = (name: string, build: 'this-loader' | 'every-loader') =>
      new RegExp(`${build === 'this-loader' ? '(?<!/\\d+)' : ''}/embed/${name}-[\\w-]+\\.js$`);
    it('before anything is shown: shows a message in the page’s language, and loads after a retry', async () => {
      let isDown = true;
      const { visitor, page } = await open(undefined, {
        prepare: async (page) => {
          await page.route(chunk('reading', 'every-loader'), (route) =>
            isDown ? route.abort() : route.continue(),
          );
          await page.addInitScript(() => {
            document.addEventListener('DOMContentLoaded', () => (document.documentElement.lang = 'nl'));
          });
        },
      });
      await page.getByText('De reacties konden niet worden geladen.').waitFor();
      isDown = false;
      await page.getByRole('button', { name: 'Probeer opnieuw' }).click();
      await page.getByText('Nog geen reacties.').waitFor();
      expect(visitor.faults).toEqual([]);
      await visitor.close();
    });

    it('because a deployment removed it: automatically loads the script of the new build', async () => {
      const requestedUrls: string[] = [];
      const { visitor, page } = await open(undefined, {
        prepare: async (page) => {
          page.on('request', (request) => requestedUrls.push(new URL(request.url()).pathname));
          for (const name of ['reading', 'en-first'])
            await page.route(chunk(name, 'this-loader'), (route) => route.fulfill({ status: 404 }));
        },
      });
      await page.getByText('No comments yet.').waitFor();
      expect(requestedUrls.filter((path) => /^\/embed\/\d+\/embed\.js$/.test(path))).toHaveLength(1);
      expect(visitor.faults).toEqual([]);
      await visitor.close();
    });

    it('after the first comments: shows a message, and the interactive parts work after a retry', async () => {
      let isDown = true;
      const { visitor, page } = await open(undefined, {
        seed: (story) => publishComment(story),
        prepare: (page) =>
          page.route(chunk('interactive', 'every-loader'), async (route) => {
            if (isDown) return route.abort();
            // Delayed, so that the reader clicks before the new code is ready.
            await sleep(1_500);
            return route.continue();
          }),
      });
      await page.getByText('Not everything could be loaded.').waitFor();
      await page.getByText('Something to answer.').waitFor();
      isDown = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('Not everything could be loaded.').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Reply to Reader theo' }).click();
      await page.getByText('You must be signed in to reply.').waitFor();
      expect(visitor.faults).toEqual([]);
      await visitor.close();
    });

    it('when the reader replies: shows a message at the comment, and the reply box opens after a retry', async () => {
      let isDown = true;
      const { visitor, page } = await open(await fixture.token('mara'), {
        seed: (story) => publishComment(story),
        prepare: (page) =>
          page.route(chunk('composer', 'every-loader'), (route) =>
            isDown ? route.abort() : route.continue(),
          ),
      });
      const comment = commentOf({ page }, 'Something to answer.');
      await waitUntilLive(page);
      await comment.getByRole('button', { name: 'Reply to Reader theo' }).click();
      await comment.getByText('That could not be done.').waitFor();
      isDown = false;
      await comment.getByRole('button', { name: 'Try again' }).click();
      await page.getByLabel('Your reply to Reader theo').fill(DRAFT_TEXT);
      await page.getByRole('button', { name: 'Post reply' }).click();
      await commentOf({ page }, DRAFT_TEXT).waitFor();
      expect(visitor.faults).toEqual([]);
      await visitor.close();
    });
  });
});
