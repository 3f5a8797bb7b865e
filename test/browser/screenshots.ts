/**
 * Pictures of the pages for people to look at: `npx tsx test/browser/screenshots.ts FOLDER` (by default `screenshots`).
 * Light, dark, 400 pixels, paper, and 5,000 rows of each kind.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { chromiumPath, launch } from './tab.ts';
import { largeViews, smallViews } from './views.ts';

interface Look {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly printed?: boolean;
  readonly large?: boolean;
}

const DESK = { width: 1280, height: 900 };

const LOOKS: readonly Look[] = [
  { name: 'light', options: { viewport: DESK, colorScheme: 'light' } },
  { name: 'dark', options: { viewport: DESK, colorScheme: 'dark' } },
  { name: '400px', options: { viewport: { width: 400, height: 800 } } },
  { name: 'paper', options: { viewport: { width: 800, height: 1100 } }, printed: true },
  { name: '5000', options: { viewport: DESK }, large: true },
];

async function main(folder: string): Promise<number> {
  const path = chromiumPath();
  if (path === undefined) {
    process.stderr.write('There is no Chromium; name one in CHROMIUM_PATH.\n');
    return 1;
  }
  await mkdir(folder, { recursive: true });
  const browser = await launch(path);
  try {
    for (const look of LOOKS) {
      const views = Object.entries(look.large === true ? largeViews() : smallViews());
      for (const [name, html] of views)
        process.stdout.write(`${await picture(browser, folder, name, html, look)}\n`);
    }
  } finally {
    await browser.close();
  }
  return 0;
}

async function picture(
  browser: Browser,
  folder: string,
  name: string,
  html: string,
  look: Look,
): Promise<string> {
  const file = join(folder, `${name}-${look.name}.html`);
  await writeFile(file, html);
  const page = await browser.newPage(look.options);
  await page.goto(pathToFileURL(file).href);
  const path = join(folder, `${name}-${look.name}.${look.printed === true ? 'pdf' : 'png'}`);
  if (look.printed === true)
    await page.pdf({
      path,
      format: 'A4',
      margin: { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' },
    });
  else await page.screenshot({ path, fullPage: look.large !== true });
  await page.close();
  return path;
}

process.exitCode = await main(resolve(process.argv[2] ?? 'screenshots'));
