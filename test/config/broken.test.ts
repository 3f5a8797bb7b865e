/** The page of slips: what people really get wrong, and the exact text they are told. */

import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/config/load-project.ts';
import { diagnosticsText } from '../../src/report/diagnostics-text.ts';
import { memoryFiles, PROJECT } from './memory-files.ts';

const FOLDER = fileURLToPath(new URL('./broken/', import.meta.url));
const GOLDEN = fileURLToPath(new URL('./broken.golden.txt', import.meta.url));
const ROOT = 'version: 1\nenvironments: { local: { url: emulator } }\ninclude: [config/*.yaml]\n';
const PASSWORDS = ['Winter2026', 'Summer2026', 'Autumn2026', 'Spring-2026', 'support_password'];

const names = (await readdir(FOLDER)).sort();
const pages = new Map(await Promise.all(names.map(async (name) => [name, await pageOf(name)] as const)));

/** `root-*` files are the root file itself; the others are included by one that is fine. */
async function pageOf(name: string): Promise<string> {
  const bytes = await readFile(`${FOLDER}${name}`);
  const contents = name.startsWith('root-')
    ? { 'mailboxctl.yaml': bytes }
    : { 'mailboxctl.yaml': ROOT, [`config/${name}`]: bytes };
  const { diagnostics } = await loadProject(PROJECT, memoryFiles(contents));
  return diagnosticsText(diagnostics, { colors: createColors(false) });
}

function title(name: string): string {
  const text = name.replace('.yaml', '').replaceAll('-', ' ');
  return `${text}\n${'='.repeat(text.length)}`;
}

describe('slips that people make', () => {
  it('are explained as on the golden page', async () => {
    const page = [...pages].map(([name, text]) => `${title(name)}\n\n${text}`).join('\n\n');
    await expect(page).toMatchFileSnapshot(GOLDEN);
  });

  it.each(names)('%s is told', (name) => {
    expect(pages.get(name)).toMatch(/Errors: [1-9]/u);
  });

  it.each(PASSWORDS)('the password %s is not told', (password) => {
    expect([...pages.values()].filter((text) => text.includes(password))).toEqual([]);
  });
});
