import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { scoreByModel } from '../../src/features/scoring/model/shipped-model.js';
import { suiteSentences } from '../../src/features/scoring/training/functional-suite.js';
import { launchBrowser } from '../support/browser.js';

const built = join(import.meta.dirname, '../../dist/features/scoring');
const TYPES: Record<string, string> = { js: 'text/javascript', bin: 'application/octet-stream' };
const PAGE = '<!doctype html><title>scorer</title>';

describe('the scorer in a browser', () => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    // The server's own modules as they are built; they need nothing of Node.
    server = createServer(({ url = '/' }, response) => {
      if (url === '/') return response.setHeader('content-type', 'text/html').end(PAGE);
      response.setHeader('content-type', TYPES[url.split('.').at(-1)!] ?? 'text/plain');
      return response.end(readFileSync(join(built, url)));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('gives the scores and spans that the server gives', async () => {
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
    const there = await page.evaluate(async (all) => {
      const load = (path: string): Promise<Record<string, never>> => import(path);
      const { decodeModel } = await load('/model/model-file.js');
      const { Scorer } = await load('/model/scorer.js');
      const { scoreText } = await load('/model/score-map.js');
      const bytes = await (await fetch('/model/shipped-model.bin')).arrayBuffer();
      const scorer = new (Scorer as new (model: unknown) => object)(
        (decodeModel as (bytes: Uint8Array) => unknown)(new Uint8Array(bytes)),
      );
      return all.map((text) => (scoreText as (scorer: object, text: string) => unknown)(scorer, text));
    }, texts);
    expect(there).toEqual(texts.map((text) => scoreByModel(text)));
  });
});
