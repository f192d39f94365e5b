/**
 * `npm run performance [-- --json]`: measures how the comments affect the performance of a page, in the Chromium of this
 * machine, with a separate server that has the demo's data. It runs Lighthouse on a story's page (fetched by npx at the
 * version below; median of five runs). It also measures the time from when the comments are near the viewport until the
 * first one is visible, the layout shift, long tasks while scrolling through 500 comments, and how long a moderator waits
 * for the next comment after a decision. Exits with status 1 if a result misses its target.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { chromium } from 'playwright-core';
import { root } from './build.mjs';
import { measureDecisions } from './performance-console.mjs';
import { findProgram } from './programs.mjs';

// The last version that supports Node 20. It is not a dependency, because it would double the number of installed packages.
const LIGHTHOUSE = 'lighthouse@12.8.2';
const RUNS = 5;
const STORY = '/demo/stories/small-funds-big-year';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];
const adminKey = 'pbk_admin-key-for-performance-measurements-only';

const executablePath = findProgram('chromium');
if (!executablePath) throw new Error('This needs Chromium (or Google Chrome) in PATH.');

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a complete server with the demo's site and its own database. */
async function startServer(folder) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
      ADMIN_KEY: adminKey,
      LIMITS: 'off',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  for (let tries = 0; !/Postbag is ready/.test(output); tries += 1) {
    if (child.exitCode !== null || tries > 1200) throw new Error(`The server did not start:\n${output}`);
    await sleep(100);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function call(url, method, path, { token = adminKey, body } = {}) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Runs Lighthouse once. It starts its own browser with a clean profile. */
function lighthouse(url, folder, run) {
  const report = join(folder, `lighthouse-${run}.json`);
  return new Promise((resolve, reject) => {
    const child = spawn(
      'npx',
      [
        '--yes',
        LIGHTHOUSE,
        url,
        '--quiet',
        '--output=json',
        `--output-path=${report}`,
        '--only-categories=performance,accessibility',
        `--chrome-flags=--headless=new ${FLAGS.join(' ')}`,
      ],
      {
        cwd: folder,
        env: { ...process.env, CHROME_PATH: executablePath },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let output = '';
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`${LIGHTHOUSE} ended with ${code}:\n${output}`));
      const { categories, audits } = JSON.parse(readFileSync(report, 'utf8'));
      resolve({
        performance: Math.round(categories.performance.score * 100),
        accessibility: Math.round(categories.accessibility.score * 100),
        shift: audits['cumulative-layout-shift'].numericValue,
        failed: Object.values(audits)
          .filter(({ score, scoreDisplayMode }) => score === 0 && scoreDisplayMode === 'binary')
          .map(({ id }) => id),
      });
    });
  });
}

/**
 * Measures the time from when the element is close enough to the viewport to load until the first comment is visible,
 * and the layout shift until the end of the thread.
 */
async function measureLoadNearby(browser, url) {
  const context = await browser.newContext({ viewport: { width: 412, height: 500 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    document.addEventListener('DOMContentLoaded', () => {
      const element = document.querySelector('postbag-comments');
      // The demo's story is short, so add a margin that puts the comments far below the viewport.
      element.parentElement.style.marginTop = '3000px';
      const near = new IntersectionObserver(
        ([entry]) => {
          if (!entry.isIntersecting) return;
          near.disconnect();
          const startedAt = performance.now();
          const checkVisible = () => {
            const comment = element.shadowRoot?.querySelector('article');
            if (comment?.checkVisibility()) window.took = performance.now() - startedAt;
            else requestAnimationFrame(checkVisible);
          };
          checkVisible();
        },
        { rootMargin: '900px 0px' },
      );
      near.observe(element);
    });
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.mouse.move(200, 250);
  while (!(await page.evaluate(() => window.took))) {
    await page.mouse.wheel(0, 300);
    await sleep(50);
  }
  // Scroll to the end of the thread, including everything that loads while scrolling.
  for (let i = 0; i < 20; i += 1) {
    await page.mouse.wheel(0, 300);
    await sleep(50);
  }
  await sleep(1000);
  const figures = await page.evaluate(() => ({ took: window.took, shift: window.shift }));
  await context.close();
  return figures;
}

/** Creates a story with the given number of published top-level comments. */
async function createLongThread(url, count) {
  const { id: site, ssoSecret } = await call(url, 'POST', '/sites', {
    body: { name: 'Long', origins: [url] },
  });
  await call(url, 'PUT', `/sites/${site}/stories/long`, { body: { url: `${url}/long`, title: 'Long' } });
  const path = `/sites/${site}/stories/long/comments`;
  const tokens = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      new SignJWT({ sub: `reader-${n}`, name: `Reader ${n}`, aud: site })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(ssoSecret)),
    ),
  );
  let n = 0;
  const write = async () => {
    for (let index = n++; index < count; index = n++)
      await call(url, 'POST', path, {
        token: tokens[index % tokens.length],
        body: {
          body: `Remark ${index}: what was promised, what was done, and who paid for it. `.repeat(
            1 + (index % 4),
          ),
        },
      });
  };
  await Promise.all(Array.from({ length: 4 }, write));
  const total = async () => (await call(url, 'GET', path, { token: null })).total;
  while ((await total()) < count) await sleep(250);
  return site;
}

/**
 * Scrolls through the whole thread, from the end to the beginning and back.
 *
 * @returns the page's height in pixels, the duration of the longest task in ms, and the number of long tasks
 */
async function scrollThrough(browser, url, site, count) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.route('**/long', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Long</title><script type="module" src="/embed.js"></script>
        <main style="max-width:42em;margin:auto"><postbag-comments site="${site}" story="long"></postbag-comments></main></html>`,
    }),
  );
  await page.goto(`${url}/long`);
  const articles = page.locator('postbag-comments').locator('article');
  await articles.first().waitFor();
  for (let shown = await articles.count(); shown < count; shown = await articles.count()) {
    await page.getByRole('button', { name: 'Show more comments' }).click();
    await page.waitForFunction(
      (before) =>
        document.querySelector('postbag-comments').shadowRoot.querySelectorAll('article').length > before,
      shown,
    );
  }
  await sleep(2000);
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  await page.mouse.move(640, 400);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (const direction of [-1, 1])
    for (let at = 0; at < height; at += 600) {
      await page.mouse.wheel(0, direction * 600);
      await sleep(16);
    }
  await sleep(500);
  const tasks = await page.evaluate(() => window.tasks);
  await context.close();
  return { height, longest: Math.max(0, ...tasks), tasks: tasks.length };
}

const folder = mkdtempSync(join(tmpdir(), 'postbag-performance-'));
// If this process runs as root, PostgreSQL runs as another user, who needs access to this folder.
chmodSync(folder, 0o755);
let server;
let browser;
try {
  server = await startServer(folder);
  const url = server.url + STORY;
  console.error('Lighthouse …');
  const reports = [];
  for (let run = 0; run < RUNS; run += 1) reports.push(await lighthouse(url, folder, run));
  browser = await chromium.launch({ executablePath, args: FLAGS });
  console.error('Loading of the comments near the viewport …');
  const near = [];
  for (let run = 0; run < RUNS; run += 1) near.push(await measureLoadNearby(browser, url));
  console.error('500 comments …');
  const site = await createLongThread(server.url, 500);
  const scroll = await scrollThrough(browser, server.url, site, 500);

  console.error('Decisions …');
  const decisions = (await measureDecisions(browser, server.url, call)).sort((a, b) => a - b);

  const medianOf = (results, name) => median(results.map((result) => result[name]));
  const figures = [
    { what: 'Lighthouse, performance', figure: medianOf(reports, 'performance'), least: 95 },
    { what: 'Lighthouse, accessibility', figure: medianOf(reports, 'accessibility'), least: 95 },
    { what: 'Lighthouse, layout shift', figure: medianOf(reports, 'shift'), most: 0.01 },
    { what: 'near the viewport to first comment visible, ms', figure: medianOf(near, 'took'), most: 200 },
    { what: 'layout shift, scrolled to the end', figure: medianOf(near, 'shift'), most: 0.01 },
    { what: 'longest task, 500 comments scrolled, ms', figure: scroll.longest, most: 50 },
    {
      what: 'decision to next comment in the console, p95, ms',
      figure: decisions[Math.floor(decisions.length * 0.95)],
      most: 100,
    },
  ];
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ figures, reports, near, scroll, decisions }));
  else {
    console.table(figures);
    const failed = [...new Set(reports.flatMap((report) => report.failed))];
    if (failed.length > 0) console.log(`Failed Lighthouse audits: ${failed.join(', ')}`);
  }
  const missed = figures.filter(
    ({ figure, least = -Infinity, most = Infinity }) => figure < least || figure > most,
  );
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
