import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { until } from './processes.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
}

/** Launches the Chromium that is installed on this machine, or the one that `POSTBAG_TEST_CHROMIUM` names. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['POSTBAG_TEST_CHROMIUM'] ?? findChromium();
  if (executablePath === undefined) throw new Error('Chromium was not found: install it and add it to PATH');
  return chromium.launch({ executablePath, args: FLAGS });
}

const live = new WeakMap<Page, boolean>();

/** Waits until the page is connected to the event stream of its story. It does not receive earlier events. */
export const waitUntilLive = (page: Page): Promise<void> => until(() => live.get(page) ?? false);

/** Waits for the page to focus a field and types into it. */
export async function typeIntoFocusedField(page: Page, text: string): Promise<void> {
  await page.locator('input:focus, textarea:focus').waitFor();
  await page.keyboard.type(text);
}

/**
 * A visitor with a separate browser profile. Uncaught script errors and violations of the content security policy are
 * recorded in `faults`, which the specs expect to be empty.
 */
export class Visitor {
  readonly faults: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.faults.push(message.text());
    });
    const isStream = (url: string): boolean => /\/stories\/[^/]+\/events$/.test(url);
    page.on('request', (request) => void (isStream(request.url()) && live.set(page, false)));
    page.on('response', (answer) => void (isStream(answer.url()) && live.set(page, answer.ok())));
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      ...options,
    });
    context.setDefaultTimeout(60_000);
    return new Visitor(await context.newPage());
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
