import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { scoreByModel, SHIPPED_MODEL } from '../../src/features/scoring/model/shipped-model.js';
import { suiteSentences } from '../../src/features/scoring/training/functional-suite.js';
import { launchBrowser } from '../support/browser.js';
import { tempFolder } from '../support/temp-folder.js';

const distPath = join(import.meta.dirname, '../../dist/features/scoring/model');
const PAGE = `<!doctype html><title>scorer</title><link rel="icon" href="data:,">
<script type="module">
  import { decodeModel } from '/model-file.js';
  import { scoreText } from '/score-map.js';
  import { Scorer } from '/scorer.js';
  const bytes = await (await fetch('/model.bin')).arrayBuffer();
  const scorer = new Scorer(decodeModel(new Uint8Array(bytes)));
  window.scoreAll = (texts) => texts.map((text) => scoreText(scorer, text));
</script>`;

/**
 * Bundles the built modules of the server's model, which do not depend on Node, with their npm dependency. Runs in a
 * separate process, because the bundler does not work in Jest's sandbox.
 */
function bundle(outDir: string): void {
  const entry = ['model-file', 'score-map', 'scorer'].map((name) => join(distPath, `${name}.js`));
  const lib = { entry, formats: ['es'] };
  const options = { configFile: false, logLevel: 'error', build: { outDir, emptyOutDir: false, lib } };
  const script = `const { build } = await import('vite'); await build(${JSON.stringify(options)});`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
  });
}

describe('the scorer in the browser', () => {
  const { path: folder, remove } = tempFolder();
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    bundle(folder);
    server = createServer(({ url = '/' }, response) => {
      if (url === '/') return response.setHeader('content-type', 'text/html').end(PAGE);
      if (url === '/model.bin') return response.end(readFileSync(SHIPPED_MODEL));
      return response.setHeader('content-type', 'text/javascript').end(readFileSync(join(folder, url)));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
    remove();
  });

  it('returns the same scores and spans as the server', async () => {
    const texts = [
      ...suiteSentences()
        .filter((_, index) => index % 9 === 0)
        .map(({ text }) => text),
      'You are a f*cking 1d10t, аnd “nobody” cares 🖕',
      'word '.repeat(900),
      '',
    ];
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('window.scoreAll');
    const browserScores = await page.evaluate(`window.scoreAll(${JSON.stringify(texts)})`);
    expect(browserScores).toEqual(texts.map((text) => scoreByModel(text)));
  });
});
