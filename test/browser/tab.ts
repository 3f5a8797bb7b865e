/** A headless Chromium where there is one, and pages in it that tell what went wrong in them. */

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, type TestContext } from 'vitest';

const USUAL_PLACES: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** `CHROMIUM_PATH`, or the first of the usual places; `undefined` where there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return named;
  return [...USUAL_PLACES, chromium.executablePath()].find((path) => existsSync(path));
}

export async function launch(path: string): Promise<Browser> {
  // Chromium's sandbox does not work for root, as whom containers run tests.
  return chromium.launch({ executablePath: path, chromiumSandbox: process.getuid?.() !== 0 });
}

export interface Tab {
  readonly page: Page;
  /** Errors and warnings of the console, and what a script threw. */
  readonly errors: readonly string[];
  /** What the content-security policy refused. */
  readonly violations: () => Promise<readonly string[]>;
  /** Everything that was asked for besides the page itself. */
  readonly requests: readonly string[];
}

export type OpenTab = (context: TestContext, html: string, options?: BrowserContextOptions) => Promise<Tab>;

/** One browser for the tests of a file; they are skipped where there is none. */
export function tabs(): OpenTab {
  let browser: Browser | undefined;
  let folder: string | undefined;
  let opened = 0;
  afterAll(async () => {
    await browser?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  return async (context, html, options = {}) => {
    const path = chromiumPath();
    if (path === undefined) return context.skip('there is no Chromium; name one in CHROMIUM_PATH');
    browser ??= await launch(path);
    folder ??= await mkdtemp(join(tmpdir(), 'mailboxctl-html-'));
    opened += 1;
    const file = join(folder, `${opened}.html`);
    await writeFile(file, html);
    const place = await browser.newContext(options);
    context.onTestFinished(async () => place.close());
    return openTab(await place.newPage(), pathToFileURL(file).href);
  };
}

export async function openTab(page: Page, url: string): Promise<Tab> {
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(globalThis, { refused });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      refused.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(url);
  const violations = async (): Promise<readonly string[]> =>
    page.evaluate(() => (globalThis as unknown as { refused: readonly string[] }).refused);
  return { page, errors, violations, requests };
}
