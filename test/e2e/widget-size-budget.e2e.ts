import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, Visitor } from '../support/browser.js';
import { createSiteFixture, expectStatus, type SiteFixture } from '../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { startPublisherServer, type Publisher } from '../support/publisher.js';

const distPath = join(import.meta.dirname, '../../dist/web/widget');
/** Size of a built file as transferred. Every browser that supports the element accepts Brotli. */
const compressedBytes = (path: string): number => statSync(`${path}.br`).size;
const chunks = readdirSync(join(distPath, 'embed'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => [file.replace(/-.{8}\.js$/, ''), compressedBytes(join(distPath, 'embed', file))] as const);
const chunk = (name: string): number => chunks.find(([each]) => each === name)?.[1] ?? 0;

const languages = ['en', 'af', 'ar', 'de', 'es', 'fr', 'nl', 'pt'];
const code = {
  first: compressedBytes(join(distPath, 'embed.js')) + chunk('reading'),
  later: chunk('interactive') + chunk('composer'),
};

/** Maximum compressed bytes that a reader downloads, by what they do and the language of the page. */
const budgets = [
  ...languages.flatMap((lang) => [
    { what: `first comments, ${lang}`, bytes: code.first + chunk(`${lang}-first`), maxBytes: 11_000 },
    { what: `live, menus, writing, ${lang}`, bytes: code.later + chunk(`${lang}-later`), maxBytes: 22_500 },
  ]),
  { what: 'flagging, deleting, appealing', bytes: chunk('dialogs-chunk'), maxBytes: 1_300 },
  ...languages.flatMap((lang) => [
    {
      what: `my page, ${lang}`,
      bytes:
        chunk('account-chunk') +
        chunk(`${lang}-account`) +
        chunk('account-strings') +
        chunk(`${lang}-account-portfolio`),
      maxBytes: 7_000,
    },
    {
      what: `portfolio, ${lang}`,
      bytes:
        chunk('define-portfolio') +
        chunk(`${lang}-account`) +
        chunk('account-strings') +
        chunk(`${lang}-account-portfolio`),
      maxBytes: 6_000,
    },
  ]),
];

describe('the download of the element', () => {
  it('stays within its size budgets', () => {
    console.table(budgets);
    expect(budgets.filter(({ bytes, maxBytes }) => bytes > maxBytes)).toEqual([]);
    // Every chunk must be listed, so that new ones are measured too.
    expect(chunks.map(([name]) => name).sort()).toEqual(
      [
        'composer',
        'interactive',
        'dialogs-chunk',
        'token-diagnostics',
        'page',
        'account-chunk',
        'define-portfolio',
        'reading',
        'account-strings',
        ...languages.flatMap((lang) => [
          `${lang}-first`,
          `${lang}-later`,
          `${lang}-account`,
          `${lang}-account-portfolio`,
        ]),
      ].sort(),
    );
  });
});

/** A dozen comments of typical length under a news story. `replyTo` is the index of the parent. */
const THREAD: readonly { body: string; replyTo?: number }[] = [
  { body: 'Four to two is closer than I expected. At the last meeting nobody voted for a cut.' },
  { body: 'The minutes will show that it was five to one until the coffee came.', replyTo: 0 },
  {
    body: 'My fixed deal was withdrawn at 14:40, forty minutes after I had asked for the papers. They read the statement quickly when it suits them.',
  },
  { body: 'Which bank was that? Mine kept its offer open until the end of the week.', replyTo: 2 },
  {
    body: 'What would have to happen for them to cut **before** the budget?\n\n1. Rents flat for two months\n2. A strong currency\n3. A miracle',
  },
  {
    body: '> The committee sees no reason to hurry\n\nNobody on the committee rents, I suppose. Half of my pay goes to the landlord, and it rises every spring.',
  },
  {
    body: 'The chart in the middle of the article is the best explanation of this that I have seen. Please keep it up to date after each meeting.',
  },
  { body: 'Seconded. A version with the rates of the neighbouring countries would help too.', replyTo: 6 },
  {
    body: 'Savers have waited ten years for a rate above inflation. We should not begrudge them a few more months of it.',
  },
  {
    body: 'Small firms pay twice: their loans are dearer and their customers are poorer. Our order book has not been this thin since the spring of 2020.',
  },
  { body: 'The same here. We have put off two hires until the summer.', replyTo: 9 },
  { body: 'Good reporting, and thank you for linking the full statement instead of quoting one line of it.' },
];

/** A response that the browser received. */
interface ReceivedResponse {
  readonly path: string;
  readonly coding: string;
  /** When the headers arrived, in milliseconds since 1970. */
  readonly at: number;
  /** Size of headers and body as transferred; null until the response is complete. */
  bytes: number | null;
}

/**
 * Simulated latency of each response. When the element shows the comments, it requests the code for the next step.
 * Without latency, that code could arrive before the browser has painted the comments.
 */
const LATENCY_MS = 400;

/** Runs in the page. `paintedAt` is the start of the frame after the one that painted the comments. */
const RECORD_PAINT_SCRIPT = `requestAnimationFrame(function look() {
  const comment = document.querySelector('postbag-comments')?.shadowRoot?.querySelector('article');
  requestAnimationFrame(comment ? (now) => (window.paintedAt = performance.timeOrigin + now) : look);
})`;

/** Loads a page and returns all responses, except the page itself, that arrived before its comments were painted. */
async function receivedBeforeComments({ page }: Visitor, address: string): Promise<ReceivedResponse[]> {
  const received = new Map<string, ReceivedResponse>();
  const paths = new Map<string, string>();
  let clockOffsetSeconds = 0;
  const network = await page.context().newCDPSession(page);
  network.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime }) => {
    clockOffsetSeconds = wallTime - timestamp;
    if (request.url !== address) paths.set(requestId, new URL(request.url).pathname);
  });
  network.on('Network.responseReceived', ({ requestId, response, timestamp }) => {
    const path = paths.get(requestId);
    if (path === undefined) return;
    const coding = response.headers['content-encoding'] ?? 'identity';
    received.set(requestId, { path, coding, at: (timestamp + clockOffsetSeconds) * 1000, bytes: null });
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const response = received.get(requestId);
    if (response) response.bytes = encodedDataLength;
  });
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await page.addInitScript(RECORD_PAINT_SCRIPT);
  await page.goto(address);
  const painted = await page.waitForFunction<number>('window.paintedAt');
  const paintedAt = await painted.jsonValue();
  const before = (): ReceivedResponse[] => [...received.values()].filter(({ at }) => at <= paintedAt);
  // A response that has started to arrive is counted with its full size.
  await until(() => before().every(({ bytes }) => bytes !== null));
  return before();
}

const bytesOf = (responses: readonly ReceivedResponse[]): number =>
  responses.reduce((total, { bytes }) => total + (bytes ?? 0), 0);

describe('the download before the first comments are painted', () => {
  let browser: Browser;
  let database: FreshDatabase;
  let product: Product;
  let fixture: SiteFixture;
  let publisher: Publisher;

  beforeAll(async () => {
    database = await freshDatabase();
    product = await startProduct({ databaseUrl: database.url });
    publisher = await startPublisherServer();
    fixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    await expectStatus(200, fixture.admin('PATCH', `/sites/${fixture.site}`, { origins: [publisher.url] }));
    const ids: string[] = [];
    for (const [n, { body, replyTo }] of THREAD.entries()) {
      const parent = replyTo === undefined ? {} : { parentId: ids[replyTo] };
      const { id } = await fixture.submit(`reader-${n}`, body, { language: 'en', ...parent });
      ids.push(id);
      await until(async () => (await fixture.readOwnComment(`reader-${n}`, id))['status'] === 'published');
    }
    for (const lang of languages)
      publisher.publish(`/${lang}`, {
        html: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>A story</title>
          <link rel="icon" href="data:,">
          <script type="module" src="${product.url}/embed.js"></script>
          <postbag-comments site="${fixture.site}" story="${fixture.story}"></postbag-comments></html>`,
      });
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await publisher?.close();
    await product?.process.stop();
    await database?.drop();
  });

  it('is compressed with Brotli, and stays within the limits of docs/embedding.md in every language', async () => {
    const measured = [];
    for (const lang of languages) {
      const visitor = await Visitor.open(browser);
      const responses = await receivedBeforeComments(visitor, `${publisher.url}/${lang}`);
      expect(await visitor.page.getByRole('article').count()).toBe(THREAD.length);
      await visitor.close();
      const isCode = ({ path }: ReceivedResponse): boolean => path.startsWith('/embed');
      measured.push({
        lang,
        paths: responses.map(({ path }) => path.replace(/-.{8}\.js$/, '')).sort(),
        codings: [...new Set(responses.map(({ coding }) => coding))],
        code: bytesOf(responses.filter(isCode)),
        comments: bytesOf(responses.filter((response) => !isCode(response))),
      });
    }
    console.table(measured, ['lang', 'codings', 'code', 'comments']);
    for (const { lang, paths, codings, code, comments } of measured) {
      expect(paths).toEqual(
        [
          `/api/v1/sites/${fixture.site}/stories/${fixture.story}/comments`,
          '/embed.js',
          `/embed/${lang}-first`,
          '/embed/reading',
        ].sort(),
      );
      expect(codings).toEqual(['br']);
      expect(code).toBeLessThan(13_000);
      expect(comments).toBeLessThan(2_800);
    }
  });
});
